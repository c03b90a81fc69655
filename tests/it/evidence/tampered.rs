//! Histories with erasures, and what somebody could do to them who has the disk and none of the keys.

use arbtest::arbitrary::{self, Unstructured};
use rollbook::evidence::check::{Checked, Checker, Signed};
use rollbook::evidence::checkpoint::Checkpoint;
use rollbook::evidence::leaves::LeafFile;
use rollbook::evidence::merkle::Frontier;
use rollbook::evidence::note::{Note, SignatureKind, SignatureLine, VerifierKey};
use rollbook::evidence::proof::{Subtrees, consistency, is_consistent};
use rollbook::evidence::store::SignedCheckpoint;
use rollbook::evidence::tree::Tree;
use rollbook::evidence::verify::{Broken, Flaw};
use rollbook_schema::event::{DestroyedKey, Event, MaskMode, PiiMasked, UserEnabled};
use rollbook_schema::id::Digest;
use rollbook_schema::record::SealedPart;
use rollbook_schema::value::{EmailMaskFormat, Timestamp, UsernameMaskFormat};
use rollbook_schema::{
    Actor, CommandId, Context, CorrelationId, Envelope, EventId, Group, KeyOwner, Personal, Position, Record,
    Subject, UserId, Version, codec,
};
use tempfile::TempDir;

/// Users of a history.
const USERS: u64 = 4;

fn chained(events: &[Event], at: impl Fn(u64) -> i64) -> Vec<Record> {
    let mut previous = Digest::default();
    let mut records = Vec::new();
    for (event, position) in events.iter().zip(1_u64..) {
        let Subject::User(user) = event.subject() else { unreachable!("histories of users") };
        let envelope = Envelope {
            position: Position(position),
            event_id: EventId::default(),
            recorded_at: Timestamp::from_millis(at(position)),
            subject: event.subject(),
            subject_version: Version(position),
            actor: Actor::person(user),
            on_behalf_of: None,
            proxy_session: None,
            command_id: CommandId::default(),
            causation: None,
            correlation_id: CorrelationId::default(),
            context: Personal::Known(Context::default()),
            context_key: None,
        };
        let unsealed = codec::encode(&envelope, event, previous).unwrap();
        let parts = unsealed.parts.iter().map(|_| SealedPart::Sealed(vec![position as u8; 40])).collect();
        let record = Record { header: unsealed.header, header_bytes: unsealed.header_bytes, parts };
        previous = record.digest();
        records.push(record);
    }
    records
}

/// Anybody at all: erased now and then, and seen again.
fn events(u: &mut Unstructured<'_>) -> arbitrary::Result<Vec<Event>> {
    let count = u.int_in_range(1..=24)?;
    (0..count)
        .map(|_| {
            let user = UserId(UserId::FIRST_PERSON.0 + u.int_in_range(0..=USERS - 1)?);
            let erases = u.ratio(1, 6)?;
            Ok(if erases { erased(user) } else { UserEnabled { user, seat_taken: None }.into() })
        })
        .collect()
}

fn erased(user: UserId) -> Event {
    let destroyed =
        vec![DestroyedKey { owner: KeyOwner::Subject(user), group: Group::Context, fingerprint: [0; 16] }];
    PiiMasked {
        user,
        mode: MaskMode::History,
        username_format: UsernameMaskFormat::default(),
        email_format: EmailMaskFormat::default(),
        destroyed,
        masked: Personal::Absent,
    }
    .into()
}

/// A history, what was signed about it, and the hashes that were kept apart from it.
struct Audited {
    events: Vec<Event>,
    records: Vec<Record>,
    checkpoints: Vec<SignedCheckpoint>,
    folder: TempDir,
}

fn log_key() -> ed25519_dalek::SigningKey {
    ed25519_dalek::SigningKey::from_bytes(&[9; 32])
}

fn verifier() -> VerifierKey {
    VerifierKey::new("log.example", SignatureKind::Log, log_key().verifying_key().to_bytes()).unwrap()
}

fn sign(size: u64, root: Digest) -> SignedCheckpoint {
    use ed25519_dalek::Signer as _;
    let checkpoint = Checkpoint { origin: "log.example".to_owned(), size, root };
    let text = checkpoint.to_string();
    let line = SignatureLine::of(&verifier(), log_key().sign(text.as_bytes()).to_bytes().to_vec());
    let note = Note { text, signatures: vec![line] };
    SignedCheckpoint { checkpoint, signed_at: Timestamp::default(), note }
}

fn audited(u: &mut Unstructured<'_>) -> arbitrary::Result<Audited> {
    let events = events(u)?;
    let records = chained(&events, |position| 1_000 * position as i64);
    let folder = TempDir::new().unwrap();
    let leaves = LeafFile::open(&folder.path().join("leaves")).unwrap();
    let digests: Vec<Digest> = records.iter().map(Record::digest).collect();
    leaves.write(0, &digests).unwrap();
    let mut frontier = Frontier::default();
    let mut checkpoints = Vec::new();
    for digest in &digests {
        frontier.push(*digest, |_, _| ());
        if u.ratio(1, 4)? || frontier.size() == digests.len() as u64 {
            checkpoints.push(sign(frontier.size(), frontier.root()));
        }
    }
    Ok(Audited { events, records, checkpoints, folder })
}

impl Audited {
    fn leaves(&self) -> LeafFile {
        LeafFile::open(&self.folder.path().join("leaves")).unwrap()
    }

    fn check(&self, stored: &[Vec<u8>], leaves: Option<LeafFile>) -> Result<Checked, Broken> {
        let signed = Signed { checkpoints: self.checkpoints.clone(), trusted: vec![verifier()], leaves };
        let mut checker = Checker::new(signed);
        stored.iter().try_for_each(|bytes| checker.take_bytes(bytes).map(drop))?;
        checker.end()
    }
}

fn stored(records: &[Record]) -> Vec<Vec<u8>> {
    records.iter().map(|record| record.to_bytes().unwrap()).collect()
}

#[test]
fn whatever_was_erased_every_record_verifies_and_every_checkpoint_is_consistent() {
    arbtest::arbtest(|u| {
        let audited = audited(u)?;
        let checked = audited.check(&stored(&audited.records), Some(audited.leaves())).unwrap();
        assert_eq!(checked.covered, audited.records.len() as u64);
        assert_eq!(checked.checkpoints, audited.checkpoints.len());
        let is_gone = |user: Subject| {
            audited.events.iter().any(|event| matches!(event, Event::PiiMasked(_)) && event.subject() == user)
        };
        for record in &audited.records {
            let has_context = record.header.parts.iter().any(|(_, group)| *group == Group::Context);
            assert_eq!(checked.is_erased(record), has_context && is_gone(record.header.subject));
        }
        let size = audited.records.len() as u64;
        let tree = Tree::over(audited.leaves(), size).unwrap();
        for signed in &audited.checkpoints {
            let (from, root) = (signed.checkpoint.size, &signed.checkpoint.root);
            let proof = consistency(&tree, from, size).unwrap();
            assert!(is_consistent((from, root), (size, &tree.root()), &proof));
            assert!(tree.subtree(0, from - 1).is_ok());
        }
        Ok(())
    })
    .budget_ms(1_500);
}

#[test]
fn a_record_that_was_changed_dropped_swapped_or_back_dated_is_found_at_its_place() {
    arbtest::arbtest(|u| {
        let audited = audited(u)?;
        let count = audited.records.len();
        let at = u.int_in_range(0..=count - 1)?;
        let mut stored = stored(&audited.records);
        match u.int_in_range(0..=3)? {
            0 => {
                let byte = u.int_in_range(0..=stored[at].len() - 1)?;
                stored[at][byte] ^= 1 << u.int_in_range(0..=7)?;
            }
            1 => drop(stored.remove(at)),
            2 if at + 1 < count => stored.swap(at, u.int_in_range(at + 1..=count - 1)?),
            // The whole rest of the log made to fit.
            _ => {
                let earlier = |position: u64| 1_000 * position as i64 - i64::from(position == at as u64 + 1);
                stored = self::stored(&chained(&audited.events, earlier));
            }
        }
        let broken = audited.check(&stored, Some(audited.leaves())).unwrap_err();
        assert_eq!(broken.position, Position(at as u64 + 1), "{broken}");
        Ok(())
    })
    .budget_ms(2_500);
}

#[test]
fn without_the_kept_hashes_a_log_made_to_fit_is_found_between_two_checkpoints() {
    arbtest::arbtest(|u| {
        let audited = audited(u)?;
        let at = u.int_in_range(1..=audited.records.len() as u64)?;
        let earlier = |position: u64| 1_000 * position as i64 - i64::from(position == at);
        let stored = stored(&chained(&audited.events, earlier));
        let broken = audited.check(&stored, None).unwrap_err();
        let Flaw::OtherRoot { signed } = broken.flaw else { panic!("{broken}") };
        assert!((broken.position.0..=signed).contains(&at), "{broken}, changed at {at}");
        Ok(())
    })
    .budget_ms(1_500);
}

#[test]
fn a_checkpoint_of_a_stranger_proves_nothing() {
    arbtest::arbtest(|u| {
        let mut audited = audited(u)?;
        let last = audited.checkpoints.last_mut().unwrap();
        last.note.signatures[0].signature[3] ^= 1;
        let broken = audited.check(&stored(&audited.records), None).unwrap_err();
        assert!(matches!(broken.flaw, Flaw::NotSigned { .. }), "{broken}");
        Ok(())
    })
    .budget_ms(500);
}
