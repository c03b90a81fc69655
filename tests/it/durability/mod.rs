//! Acknowledged means durable and visible: failed syncs, power cuts, kills, each held against a witness
//! of what was acknowledged.
//!
//! `ROLLBOOK_TEST_CYCLES` says how often each cut and kill is repeated: 20 unless told otherwise.

mod failed_sync;
pub mod faulty_disk;
mod kill;
mod power_cut;

use rollbook::access::Caller;
use rollbook::directory::{Asking, Directory};
use rollbook::writer::Answer;
use rollbook_schema::command::CreateUser;
use rollbook_schema::event::Origin;
use rollbook_schema::value::{
    AccessProfile, EmailAddress, Login, PersonField, PersonFields, PersonText, UserKind, UserSource, Username,
};

pub fn cycles() -> u64 {
    std::env::var("ROLLBOOK_TEST_CYCLES").map_or(20, |cycles| cycles.parse().expect("a number"))
}

/// Somebody to create, named after a number.
pub fn somebody(name: &str) -> CreateUser {
    let mut person = PersonFields::default();
    person.0.insert(PersonField::FullName, PersonText::parse(name).unwrap());
    CreateUser {
        kind: UserKind::Client,
        login: Login {
            username: Username::parse(name).unwrap(),
            email: EmailAddress::parse(&format!("{name}@example.org")).unwrap(),
        },
        person: person.completed(),
        verifier: None,
        initial: None,
        email_verified: false,
        access_profile: AccessProfile::Standard,
        roles: Vec::new(),
        license: None,
        origin: Origin::Import,
        welcome: false,
        rule: None,
        max_chats: None,
        team: None,
        attributes: Vec::new(),
        business_units: Vec::new(),
        reports_to: None,
        source: UserSource::Local,
    }
}

pub async fn create(directory: &Directory, name: &str) -> Answer {
    directory.ask(Asking::by(Caller::Operator), somebody(name)).await
}

/// Whether somebody of this name is in the list.
pub fn is_known(directory: &Directory, name: &str) -> bool {
    directory.views().users.by_username(name).is_some()
}
