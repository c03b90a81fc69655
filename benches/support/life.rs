//! A directory that lived for a while: many small changes of many people.

use rollbook::access::Caller;
use rollbook::bench::{Seeded, populate};
use rollbook::directory::{Asking, Directory};
use rollbook_schema::UserId;
use rollbook_schema::command::{ChangeProfile, Command, DisableUser, EnableUser, LockAccount, UnlockAccount};
use rollbook_schema::value::{PersonField, PersonText};

use super::fill_up;

/// A user for so many events: three agents to one client leave 2.5 each; changes make up the rest.
const EVENTS_PER_USER: u64 = 10;

/// People first, then what becomes of them.
pub async fn fill(directory: &Directory, events: u64) -> Vec<UserId> {
    let users = populate(directory, events / EVENTS_PER_USER).await.unwrap();
    let asked = &users;
    fill_up(directory, events, |seeded| change(directory, asked, seeded)).await;
    users
}

/// What is refused is as good.
async fn change(directory: &Directory, users: &[UserId], mut seeded: Seeded) {
    let user = users[seeded.below(users.len())];
    let command: Command = match seeded.draw() % 10 {
        0 => LockAccount { user }.into(),
        1 => UnlockAccount { user }.into(),
        2 => DisableUser { user, keep_team: None }.into(),
        3 | 4 => EnableUser { user }.into(),
        _ => {
            let title = PersonText::parse(&format!("Title {}", seeded.draw() % 1000)).unwrap();
            let person = vec![(PersonField::Title, Some(title))];
            ChangeProfile { user, username: None, email: None, person }.into()
        }
    };
    let _ = directory.ask(Asking::by(Caller::Operator), command).await;
}
