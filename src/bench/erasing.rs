//! Erasing somebody with few events and with many: from the approval to the receipt, and what it leaves in the log.
//! The search of other people's texts goes over the newest records in any case, and is measured beside it.

use std::path::Path;
use std::time::Instant;

use futures_util::stream::{self, StreamExt as _, TryStreamExt as _};
use rollbook_schema::command::{
    AssignAccessProfile, Command, DeleteUser, LockAccount, RequestMasking, UnlockAccount,
};
use rollbook_schema::event::MaskMode;
use rollbook_schema::value::{
    AccessProfile, ClientType, EmailMaskFormat, LegalBasis, Reason, UserKind, UsernameMaskFormat,
};
use rollbook_schema::{Position, UserId};

use super::fault::BenchFault;
use super::place::{first_start, options};
use super::population::Person;
use super::server::PASSWORD;
use crate::access::Caller;
use crate::directory::offline::OfflineFault;
use crate::directory::{Asking, Directory, SignInRequest};

const ASKED_AT_ONCE: usize = 128;

/// What an erasure took, round by round; of each round both kinds of people.
#[derive(Clone, Debug, Default)]
pub struct Erased {
    /// Milliseconds from the approval to the receipt, of those with few events and of those with many.
    pub took: [Vec<f64>; 2],
    /// Milliseconds of the search of other people's texts.
    pub searched: Vec<f64>,
    /// Records and bytes in the log, of the last round.
    pub written: [(u64, usize); 2],
}

/// Erases people with so many events, in turn.
///
/// # Errors
/// What opening and asking meet.
pub async fn erase(data: &Path, counts: [u64; 2], rounds: usize) -> Result<Erased, BenchFault> {
    let directory = first_start(options(data)).await?;
    let officer = officer(&directory).await?;
    let mut erased = Erased::default();
    for round in 0..rounds as u64 {
        for (index, events) in counts.into_iter().enumerate() {
            let (user, request) = prepared(&directory, officer, round * 2 + index as u64, events).await?;
            let head = directory.reached().0;
            let start = Instant::now();
            let asked = directory.clone();
            let search = tokio::task::spawn_blocking(move || asked.free_text_about(user).map(drop)).await;
            search.map_err(|fault| BenchFault::Start(fault.into()))?.map_err(OfflineFault::Read)?;
            erased.searched.push(start.elapsed().as_secs_f64() * 1e3);
            let start = Instant::now();
            directory.approve_masking(Asking::by(Caller::Operator), request).await?;
            erased.took[index].push(start.elapsed().as_secs_f64() * 1e3);
            erased.written[index] = appended(&directory, head)?;
        }
    }
    directory.close().await?;
    Ok(erased)
}

/// A deleted user with so many events, whose erasure only has to be approved.
async fn prepared(
    directory: &Directory,
    officer: Caller,
    number: u64,
    events: u64,
) -> Result<(UserId, Position), BenchFault> {
    let person = Person::numbered(number).create(UserKind::Agent, Vec::new())?;
    let login = person.login.clone();
    let user = directory.ask(by(), person).await?.user().ok_or(BenchFault::Answer("createUser"))?;
    let commands = (0..events).map(|n| -> Command {
        if n % 2 == 0 { LockAccount { user }.into() } else { UnlockAccount { user }.into() }
    });
    let asked = stream::iter(commands).map(|command| directory.ask(by(), command));
    asked.buffered(ASKED_AT_ONCE).try_for_each(async |_| Ok(())).await?;
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
    asking.context.reason = Some(Reason::parse("measured")?);
    let request = directory.ask(asking, request).await?.position;
    directory.ask(by(), DeleteUser { user, called: Vec::new() }).await?;
    Ok((user, request))
}

/// Who asks; the operator is the second person.
async fn officer(directory: &Directory) -> Result<Caller, BenchFault> {
    let administrator = SignInRequest {
        login: "admin".to_owned(),
        password: PASSWORD.to_owned().into(),
        client: ClientType::Web,
    };
    // One administrator must be left.
    let other = Person::numbered(1_000_000).create(UserKind::Agent, Vec::new())?;
    let other = directory.ask(by(), other).await?.user().ok_or(BenchFault::Answer("createUser"))?;
    let assigned =
        [(other, AccessProfile::Administrator), (UserId::FIRST_PERSON, AccessProfile::ComplianceOfficer)];
    for (user, profile) in assigned {
        directory.ask(by(), AssignAccessProfile { user, profile }).await?;
    }
    let opened = directory.sign_in(&Asking::by(Caller::Anonymous), administrator).await?;
    directory.caller(&opened.token).ok_or(BenchFault::Answer("signIn"))
}

fn by() -> Asking {
    Asking::by(Caller::Operator)
}

fn appended(directory: &Directory, head: u64) -> Result<(u64, usize), BenchFault> {
    let records = directory.reached().0 - head;
    let mut bytes = 0;
    for position in head + 1..=head + records {
        let stored = directory.stored_record(Position(position)).map_err(OfflineFault::from)?;
        bytes += stored.map_or(0, |bytes| bytes.len());
    }
    Ok((records, bytes))
}
