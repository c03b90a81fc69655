//! 64 clients at once over the façade of a real directory: threads, disk, keys and all.
//!
//! Each keeps what it was answered and what it read, with the position. When all are done, the log is read
//! from the start, and every answer and every read is held against it.

use std::collections::BTreeSet;
use std::sync::Arc;

use rollbook::access::Caller;
use rollbook::bench::Seeded;
use rollbook::directory::offline::OfflineDirectory;
use rollbook::directory::{
    Asking, Directory, DirectoryOptions, FirstAdministrator, MaskRequest, Proofs, SignInRequest,
};
use rollbook::identity::SessionToken;
use rollbook::writer::{Answer, CommandError};
use rollbook_schema::command::MaskPii;
use rollbook_schema::id::Digest;
use rollbook_schema::value::Password;
use rollbook_schema::{
    Command, CommandId, Context, Position, RecordedEvent, RejectionCode, SessionId, UserId,
};
use tempfile::TempDir;

use super::ledger::Ledger;
use super::rules::Audit;
use super::seen::Read;
use super::wish::{PASSWORDS, Wish, name, reason, sign_in, who, wish};
use super::{CLIENTS, client, cycles, is_a_trace, roles_and_seats, with_seeds};
use crate::support::rollbook::{ADMIN_PASSWORD, options};

/// What each client asks in one cycle.
const ASKS: u64 = 2;

#[test]
fn sixty_four_clients_at_once_find_and_leave_every_invariant() {
    with_seeds(0..1, |seed| {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(4).enable_all().build();
        runtime.unwrap().block_on(run(seed, ASKS * cycles()));
    });
}

async fn run(seed: u64, asks: u64) {
    let folder = TempDir::new().unwrap();
    let provider_token = Some(Digest([7; 32]));
    let directory = Directory::open(DirectoryOptions { provider_token, ..options(&folder) }).unwrap();
    let password = Some(ADMIN_PASSWORD.to_owned().into());
    directory.first_start(FirstAdministrator { email: None, password }).await.unwrap();
    for command in roles_and_seats() {
        directory.ask(Asking::by(Caller::Operator), command).await.unwrap();
    }
    let clients = (0..CLIENTS as u64).map(|number| {
        let walker = Walker::new(directory.clone(), Seeded(seed).draw() ^ Seeded(number).draw());
        tokio::spawn(walker.walk(asks))
    });
    let mut kept = Vec::new();
    for client in clients.collect::<Vec<_>>() {
        kept.push(client.await.unwrap());
    }
    hold_against_log(&directory, kept);

    let this = directory.clone();
    let rebuilt = tokio::task::spawn_blocking(move || this.rebuild_in_shadow().unwrap()).await.unwrap();
    assert!(rebuilt.live.is_some(), "nothing moves any more");
    assert_eq!(rebuilt.different(), Vec::<&str>::new(), "views rebuilt from zero are the live ones");
    directory.close().await.unwrap();
    drop(directory);
    let offline = OfflineDirectory::open(options(&folder)).unwrap();
    let intact = offline.verify(&mut |_| ()).unwrap();
    assert_eq!(intact.records, offline.head().0);
    offline.close().unwrap();
}

/// What one client was told.
#[derive(Default)]
struct Kept {
    reads: Vec<Read>,
    /// Under which actor and key, and the receipts: of the first time, and of the second if there was one.
    accepted: Vec<((UserId, CommandId), Position, Option<Position>)>,
    refused: BTreeSet<(UserId, CommandId)>,
    uses: Vec<Use>,
}

/// A token that was sent while the views stood at one position.
struct Use {
    at: Position,
    user: UserId,
    session: SessionId,
    opened: bool,
}

/// A token and what it once opened.
#[derive(Clone)]
struct Held {
    token: Arc<SessionToken>,
    user: UserId,
    session: SessionId,
}

/// A client.
struct Walker {
    directory: Directory,
    seed: u64,
    own: Option<Held>,
    proxy: Option<Held>,
    kept: Kept,
}

impl Walker {
    fn new(directory: Directory, seed: u64) -> Self {
        Walker { directory, seed, own: None, proxy: None, kept: Kept::default() }
    }

    async fn walk(mut self, asks: u64) -> Kept {
        for number in 0..asks {
            // Each question draws from a seed of its own: what it is does not hang on answers before it.
            let mut seeded = Seeded(self.seed.wrapping_add(number));
            let key = CommandId(
                [seeded.draw().to_be_bytes(), seeded.draw().to_be_bytes()].concat().try_into().unwrap(),
            );
            let caller = self.caller(&mut seeded);
            let (user, wish) = {
                let views = self.directory.views();
                let (user, name) = (who(&mut seeded, &views), name(&mut seeded));
                self.kept.reads.push(Read::of(&views, user, name));
                let is_lost = self.own.is_none() && seeded.below(4) == 0;
                (user, if is_lost { sign_in(&mut seeded, &views) } else { wish(&mut seeded, &views) })
            };
            let context = Context { reason: reason(&mut seeded), ..Context::default() };
            let asking = Asking { idempotency_key: Some(key.to_string()), context, ..Asking::by(caller) };
            self.grant(&asking, wish.clone(), key, seeded.below(4) == 0).await;
            let views = self.directory.views();
            self.kept.reads.push(Read::of(&views, user, name(&mut seeded)));
        }
        self.kept
    }

    /// As whom it asks, which also tries its token.
    fn caller(&mut self, seeded: &mut Seeded) -> Caller {
        let is_operator = seeded.below(3) == 0;
        let Some(held) = self.proxy.clone().or_else(|| self.own.clone()) else {
            return if is_operator { Caller::Operator } else { Caller::Anonymous };
        };
        let before = self.directory.reached();
        let caller = self.directory.caller(&held.token);
        if self.directory.reached() == before {
            let (user, session, opened) = (held.user, held.session, caller.is_some());
            self.kept.uses.push(Use { at: before, user, session, opened });
        }
        if caller.is_none() && self.proxy.take().is_none() {
            self.own = None;
        }
        caller.unwrap_or(Caller::Anonymous)
    }

    async fn grant(&mut self, asking: &Asking, wish: Wish, key: CommandId, again: bool) {
        let directory = self.directory.clone();
        match wish {
            Wish::Ask(command) => self.ask(asking, command, key, again).await,
            Wish::Bulk(commands) => {
                let asked = commands.len();
                let answers = directory.ask_each(asking.clone(), commands).await.unwrap();
                assert_eq!(answers.len(), asked);
                answers.iter().for_each(|answer| self.is_visible(answer));
            }
            Wish::Create(command, password) => {
                let password = Password::parse(PASSWORDS[password].to_owned()).unwrap();
                let in_own_name = command.rule.is_none();
                let answer = directory.create_user(asking.clone(), command, password).await;
                if in_own_name {
                    self.keep(asking, key, &answer, None);
                }
            }
            Wish::SignIn(login, password) => {
                let password = PASSWORDS[password].to_owned().into();
                let request = SignInRequest {
                    login: login.to_owned(),
                    password,
                    client: rollbook_schema::value::ClientType::Web,
                };
                if let Ok(opened) = directory.sign_in(&Asking::by(Caller::Anonymous), request).await {
                    self.own = self.held(opened.token);
                    self.proxy = None;
                }
            }
            Wish::SignOut => drop(directory.sign_out(asking.clone()).await),
            Wish::SetPassword(user, password) => {
                let password = Password::parse(PASSWORDS[password].to_owned()).unwrap();
                let answer = directory.set_password(asking.clone(), user, password, Proofs::default()).await;
                self.keep(asking, key, &answer, None);
            }
            Wish::ResetPassword(user) => {
                let answer = directory.reset_password(asking.clone(), user).await.map(|done| done.outcome);
                self.keep(asking, key, &answer, None);
            }
            Wish::Mask(user) => self.mask(asking, user, key).await,
            Wish::StartProxy(user) => {
                if let Ok(opened) = directory.start_proxy(asking.clone(), user, true, None).await {
                    self.proxy = self.held(opened.token);
                }
            }
            Wish::StartSupport(user) => {
                let asking = Asking { context: asking.context.clone(), ..Asking::by(Caller::Provider) };
                if let Ok(opened) = directory.start_support(asking, Some(user), true).await {
                    self.proxy = self.held(opened.token);
                }
            }
            Wish::EndProxy => {
                let is_support = matches!(asking.caller, Caller::Person(person) if person.is_support());
                let answer = match is_support {
                    true => directory.end_support(asking.clone()).await,
                    false => directory.end_proxy(asking.clone()).await,
                };
                self.proxy = self.proxy.take().filter(|_| answer.is_err());
                self.keep(asking, key, &answer, None);
            }
            Wish::Approve(_, request) => {
                let answer = directory.approve_masking(asking.clone(), request).await;
                self.keep(asking, key, &answer, None);
            }
        }
    }

    async fn ask(&mut self, asking: &Asking, command: Command, key: CommandId, again: bool) {
        let is_own_name = !matches!(command, Command::SizeLicensePool(_) | Command::ChangeSettings(_));
        let first = self.directory.ask(asking.clone(), command.clone()).await;
        let second = if again { Some(self.directory.ask(asking.clone(), command).await) } else { None };
        if is_own_name {
            self.keep(asking, key, &first, second.as_ref());
        }
    }

    async fn mask(&mut self, asking: &Asking, user: UserId, key: CommandId) {
        let command = {
            let views = self.directory.views();
            let Some(row) = views.users.get(user) else { return };
            let (Some(username), Some(email)) = (row.username(), row.email()) else { return };
            client::masking(user, username, email)
        };
        let Some(Command::MaskPii(command)) = command else { return };
        let MaskPii { username, email, username_format, email_format, .. } = command;
        let request = MaskRequest { user, username, email, username_format, email_format };
        let answer = self.directory.mask(asking.clone(), request).await;
        self.keep(asking, key, &answer, None);
    }

    fn held(&self, token: SessionToken) -> Option<Held> {
        let Some(Caller::Person(person)) = self.directory.caller(&token) else { return None };
        Some(Held { token: Arc::new(token), user: person.id, session: person.session })
    }

    fn keep(&mut self, asking: &Asking, key: CommandId, first: &Answer, second: Option<&Answer>) {
        self.is_visible(first);
        let Some(actor) = asking.caller.actor() else {
            assert!(first.is_err(), "nobody changes anything");
            return;
        };
        match first {
            Ok(done) => {
                let second = second.and_then(|second| second.as_ref().ok()).map(|again| again.position);
                self.kept.accepted.push(((actor.id, key), done.position, second));
            }
            Err(CommandError::Refused(_)) => match second {
                // What was in its way was gone by then.
                Some(Ok(done)) => self.kept.accepted.push(((actor.id, key), done.position, None)),
                _ => drop(self.kept.refused.insert((actor.id, key))),
            },
            Err(CommandError::Stopped(stop)) => panic!("{stop}"),
        }
    }

    /// Whoever is answered reads the change.
    fn is_visible(&self, answer: &Answer) {
        match answer {
            Ok(done) => assert!(self.directory.reached() >= done.position, "an answer before it is visible"),
            Err(CommandError::Refused(why)) => assert_ne!(why.code(), RejectionCode::IdempotencyConflict),
            Err(CommandError::Stopped(stop)) => panic!("{stop}"),
        }
    }
}

fn hold_against_log(directory: &Directory, mut kept: Vec<Kept>) {
    let mut reads: Vec<Read> = kept.iter_mut().flat_map(|kept| std::mem::take(&mut kept.reads)).collect();
    let mut uses: Vec<Use> = kept.iter_mut().flat_map(|kept| std::mem::take(&mut kept.uses)).collect();
    reads.sort_by_key(|read| std::cmp::Reverse(read.at));
    uses.sort_by_key(|used| std::cmp::Reverse(used.at));
    let refused: BTreeSet<_> = kept.iter().flat_map(|kept| kept.refused.iter().copied()).collect();
    let (mut audit, mut events) = (Audit::default(), 0_u64);
    loop {
        let page = directory.events_after(audit.ledger.position).unwrap();
        if page.is_empty() {
            break;
        }
        for recorded in &page {
            leaves_a_trace_at_most(recorded, &refused);
            audit.take(recorded);
            events += 1;
            while let Some(read) = reads.pop_if(|read| read.at == audit.ledger.position) {
                read.hold_against(&audit.ledger);
            }
            while let Some(used) = uses.pop_if(|used| used.at == audit.ledger.position) {
                used.hold_against(&audit.ledger, recorded);
            }
        }
    }
    assert_eq!((reads.len(), uses.len()), (0, 0), "every read was of a position that exists");
    assert_eq!(events, directory.reached().0);
    receipts(&audit.ledger, &kept);
}

fn leaves_a_trace_at_most(recorded: &RecordedEvent, refused: &BTreeSet<(UserId, CommandId)>) {
    let asked = (recorded.envelope.actor.id, recorded.envelope.command_id);
    let stem = recorded.event.event_type().stem();
    assert!(!refused.contains(&asked) || is_a_trace(stem), "{stem} by a command that was refused");
}

impl Use {
    fn hold_against(&self, ledger: &Ledger, last: &RecordedEvent) {
        let usable = ledger.is_usable(self.user, self.session, last.envelope.recorded_at);
        assert!(usable || !self.opened, "at {}: a token opened a session that had ended", self.at);
    }
}

/// Each accepted command has a receipt of its own, which is its last event, and the same when asked again.
fn receipts(ledger: &Ledger, kept: &[Kept]) {
    let mut given = BTreeSet::new();
    for (asked, first, second) in kept.iter().flat_map(|kept| &kept.accepted) {
        // Where there is none, there was nothing to change.
        let Some((_, last)) = ledger.commands.get(asked) else { continue };
        // A command that found nothing to change was not done: asked again, it may find something.
        let done_at_once = last == first;
        assert!(done_at_once || *second == Some(*last), "a receipt is the position of the last event");
        assert!(
            !done_at_once || second.is_none_or(|second| second == *first),
            "asked again: the same receipt"
        );
        assert!(given.insert(*last), "a receipt is given once");
    }
    assert!(given.len() > CLIENTS, "much was done");
}
