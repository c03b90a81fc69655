//! Erasing somebody with few events and with many: `cargo bench --bench erase`.
//!
//! From the approval to the receipt: how long, and how many records and bytes the log takes for it. The search of
//! other people's texts goes over the newest records in any case, and is measured beside it. A number on the
//! command line is the number of events of the busier person.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "prints what it measures, or stops"
)]

mod support;

use std::time::{Duration, Instant};

use futures_util::stream::{self, StreamExt as _};
use rollbook::access::Caller;
use rollbook::bench::PASSWORD;
use rollbook::bench::{Neighbours, Person, Spread};
use rollbook::directory::{Asking, Directory, SignInRequest};
use rollbook_schema::command::{
    AssignAccessProfile, Command, DeleteUser, LockAccount, RequestMasking, UnlockAccount,
};
use rollbook_schema::event::MaskMode;
use rollbook_schema::value::{
    AccessProfile, ClientType, EmailMaskFormat, LegalBasis, Reason, UserKind, UsernameMaskFormat,
};
use rollbook_schema::{Position, UserId};
use support::{
    ROUNDS, first_start, folder, is_asked_to_measure, number_or, options, print_machine, print_neighbours,
};

const EVENTS_FEW: u64 = 10;
const EVENTS_MANY: u64 = 10_000;
const ASKED_AT_ONCE: usize = 128;

#[tokio::main]
async fn main() {
    if !is_asked_to_measure() {
        return;
    }
    let folder = folder();
    print_machine(&folder);
    let directory = first_start(options(&folder, "erase")).await;
    let officer = officer(&directory).await;
    let neighbours = Neighbours::watch();
    let counts = [EVENTS_FEW, number_or(EVENTS_MANY)];
    let mut took = [Vec::new(), Vec::new()];
    let (mut searched, mut written) = (Vec::new(), [(0, 0); 2]);
    for round in 0..ROUNDS as u64 {
        for (index, events) in counts.into_iter().enumerate() {
            let (user, request) = prepared(&directory, officer, round * 2 + index as u64, events).await;
            let head = directory.reached().0;
            let start = Instant::now();
            let asked = directory.clone();
            tokio::task::spawn_blocking(move || asked.free_text_about(user).unwrap()).await.unwrap();
            searched.push(start.elapsed().as_secs_f64() * 1e3);
            let start = Instant::now();
            directory.approve_masking(Asking::by(Caller::Operator), request).await.unwrap();
            took[index].push(start.elapsed().as_secs_f64() * 1e3);
            written[index] = appended(&directory, head);
        }
    }
    for (index, events) in counts.into_iter().enumerate() {
        let (records, bytes) = written[index];
        println!("\n{events} events: {records} records, {bytes} bytes");
        println!("  approval to receipt, ms   {}", Spread::of(took[index].iter().copied()));
    }
    println!("  many over few             {}", Spread::ratio(&took[1], &took[0]));
    println!("the search alone, ms        {}", Spread::of(searched));
    print_neighbours(neighbours.cores(Duration::ZERO));
    directory.close().await.unwrap();
}

/// A deleted user with so many events, whose erasure only has to be approved.
async fn prepared(directory: &Directory, officer: Caller, number: u64, events: u64) -> (UserId, Position) {
    let person = Person::numbered(number).create(UserKind::Agent, Vec::new()).unwrap();
    let login = person.login.clone();
    let user = directory.ask(by(), person).await.unwrap().user().unwrap();
    let commands = (0..events).map(|n| -> Command {
        if n % 2 == 0 { LockAccount { user }.into() } else { UnlockAccount { user }.into() }
    });
    let asked = stream::iter(commands).map(|command| directory.ask(by(), command));
    asked.buffered(ASKED_AT_ONCE).for_each(async |answer| assert!(answer.is_ok())).await;
    let request = RequestMasking {
        user,
        username: Some(login.username),
        email: Some(login.email),
        mode: MaskMode::Erasure,
        username_format: UsernameMaskFormat::default(),
        email_format: EmailMaskFormat::default(),
        legal_basis: LegalBasis::Objection,
    };
    let mut asking = Asking::by(officer);
    asking.context.reason = Some(Reason::parse("measured").unwrap());
    let request = directory.ask(asking, request).await.unwrap().position;
    directory.ask(by(), DeleteUser { user }).await.unwrap();
    (user, request)
}

/// Who asks; the operator is the second person.
async fn officer(directory: &Directory) -> Caller {
    let administrator = SignInRequest {
        login: "admin".to_owned(),
        password: PASSWORD.to_owned().into(),
        client: ClientType::Web,
    };
    // One administrator must be left.
    let other = Person::numbered(1_000_000).create(UserKind::Agent, Vec::new()).unwrap();
    let other = directory.ask(by(), other).await.unwrap().user().unwrap();
    let assigned =
        [(other, AccessProfile::Administrator), (UserId::FIRST_PERSON, AccessProfile::ComplianceOfficer)];
    for (user, profile) in assigned {
        directory.ask(by(), AssignAccessProfile { user, profile }).await.unwrap();
    }
    let opened = directory.sign_in(&Asking::by(Caller::Anonymous), administrator).await.unwrap();
    directory.caller(&opened.token).unwrap()
}

fn by() -> Asking {
    Asking::by(Caller::Operator)
}

fn appended(directory: &Directory, head: u64) -> (u64, usize) {
    let records = directory.reached().0 - head;
    let stored = |at| directory.stored_record(Position(at)).unwrap().map_or(0, |bytes| bytes.len());
    (records, (head + 1..=head + records).map(stored).sum())
}
