//! The locks: bytes of every event version ever stored. They are written once and never again: a test
//! that fails here says that logs in the field could no longer be read.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::samples;
use crate::codec::{Unsealed, encode};
use crate::event::{Event, EventType};
use crate::id::{CommandId, CorrelationId, Digest, EventId, Position, SessionId, UserId, Version};
use crate::personal::Personal;
use crate::record::{Actor, ActorKind, Context, Envelope, Record, SealedPart};
use crate::value::{Reason, Timestamp};

/// Set, locks that are missing are written. Locks that exist are never touched.
const WRITE_NEW: &str = "ROLLBOOK_TEST_NEW_LOCKS";

pub fn envelope(event: &Event) -> Envelope {
    Envelope {
        position: Position(41),
        event_id: EventId([1; 16]),
        recorded_at: Timestamp::from_millis(1_600_000_000_123),
        subject: event.subject(),
        subject_version: Version(6),
        actor: Actor { id: UserId(9), kind: ActorKind::Person },
        on_behalf_of: Some(UserId(10)),
        proxy_session: Some(SessionId([2; 16])),
        command_id: CommandId([3; 16]),
        causation: Some(Position(40)),
        correlation_id: CorrelationId([4; 16]),
        context: Personal::Known(Context {
            request_id: Some("r-1".to_owned()),
            client_address: Some("192.0.2.7".to_owned()),
            user_agent: None,
            reason: Some(Reason::parse("ticket 12").unwrap()),
        }),
        context_key: None,
    }
}

/// A record whose parts are "sealed" by leaving them as they are: ciphers are not this crate's.
pub fn record(event: &Event) -> Record {
    let Unsealed { header, header_bytes, parts } = encode(&envelope(event), event, Digest([6; 32])).unwrap();
    let parts = parts.iter().map(|part| SealedPart::Sealed(part.bytes.to_vec())).collect();
    Record { header, header_bytes, parts }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Vec<u8> {
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
}

fn lock(event_type: EventType) -> PathBuf {
    let name = format!("{}@{}.jsonl", event_type.name(), event_type.version());
    Path::new(env!("CARGO_MANIFEST_DIR")).join("golden").join(name)
}

fn lines(event_type: EventType) -> Vec<Value> {
    let samples = samples::all().into_iter().filter(|event| event.event_type() == event_type);
    let line = |event: Event| {
        let record = record(&event);
        json!({ "digest": record.digest(), "record": hex(&record.to_bytes().unwrap()) })
    };
    samples.map(line).collect()
}

#[test]
fn every_event_version_has_the_bytes_it_was_locked_with() {
    for event_type in EventType::ALL {
        let path = lock(*event_type);
        let today: String = lines(*event_type).iter().map(|line| format!("{line}\n")).collect();
        assert!(!today.is_empty(), "{} has no sample", event_type.name());
        if !path.exists() && std::env::var_os(WRITE_NEW).is_some() {
            fs::write(&path, &today).unwrap();
        }
        let locked = fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(locked, today, "{}: a stored shape changed; give it a new version", path.display());
    }
}

#[test]
fn every_locked_record_is_still_read_as_the_same_event() {
    for event_type in EventType::ALL {
        let locked = fs::read_to_string(lock(*event_type)).unwrap();
        let expected = samples::all().into_iter().filter(|event| event.event_type() == *event_type);
        for (line, event) in locked.lines().zip(expected) {
            let line: Value = serde_json::from_str(line).unwrap();
            let record = Record::from_bytes(&unhex(line["record"].as_str().unwrap())).unwrap();
            assert_eq!(json!(record.digest()), line["digest"]);
            let read = super::records::restore(&record).unwrap();
            assert!(read.event == event, "{}", event_type.name());
            assert!(read.envelope == envelope(&event));
        }
    }
}

#[test]
fn no_lock_is_left_of_a_type_that_nobody_can_read() {
    let known: Vec<PathBuf> = EventType::ALL.iter().map(|event_type| lock(*event_type)).collect();
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("golden")).unwrap() {
        let path = entry.unwrap().path();
        assert!(known.contains(&path), "{} is locked and unknown: add its upcaster", path.display());
    }
}
