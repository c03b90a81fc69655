//! The chain of records, held against records that were tampered with. Keys play no part.

use std::sync::LazyLock;

use rollbook::evidence::verify::{Chain, VerifyFault, broken_log, verify};
use rollbook_event_log::{Batch, BatchId, Damage, EventLog, Fault, MemoryLog};
use rollbook_schema::event::{Event, UserEnabled};
use rollbook_schema::id::Digest;
use rollbook_schema::record::SealedPart;
use rollbook_schema::value::Timestamp;
use rollbook_schema::{
    Actor, CommandId, Context, CorrelationId, Envelope, EventId, Personal, Position, Record, Subject, UserId,
    Version, codec,
};
use sha2::{Digest as _, Sha256};

/// Five chained records, each with one part whose sealed bytes are made up.
static RECORDS: LazyLock<Vec<Record>> = LazyLock::new(|| {
    let mut previous = Digest::default();
    let next = |position| {
        let made = record(position, previous);
        previous = made.digest();
        made
    };
    (1..=5).map(next).collect()
});

fn record(position: u64, previous: Digest) -> Record {
    let user = UserId(8);
    let envelope = Envelope {
        position: Position(position),
        event_id: EventId::default(),
        recorded_at: Timestamp::default(),
        subject: Subject::User(user),
        subject_version: Version(position),
        actor: Actor::OPERATOR,
        on_behalf_of: None,
        proxy_session: None,
        command_id: CommandId::default(),
        causation: None,
        correlation_id: CorrelationId::default(),
        context: Personal::Known(Context::default()),
        context_key: None,
    };
    let event = Event::from(UserEnabled { user, seat_taken: None });
    let unsealed = codec::encode(&envelope, &event, previous).unwrap();
    let parts = unsealed.parts.iter().map(|_| SealedPart::Sealed(vec![7; 40])).collect();
    Record { header: unsealed.header, header_bytes: unsealed.header_bytes, parts }
}

fn bytes(records: &[Record]) -> Vec<Vec<u8>> {
    records.iter().map(|record| record.to_bytes().unwrap()).collect()
}

/// The head digest, or where the chain breaks.
fn followed(stored: &[Vec<u8>]) -> Result<Digest, u64> {
    let mut chain = Chain::default();
    stored.iter().try_for_each(|bytes| chain.follow(bytes)).map_err(|broken| broken.position.0)?;
    Ok(chain.digest)
}

#[test]
fn untouched_records_are_intact() {
    assert_eq!(followed(&bytes(&RECORDS)), Ok(RECORDS[4].digest()));
}

#[test]
fn other_sealed_bytes_break_the_chain_at_the_next_record() {
    let mut records = RECORDS.clone();
    records[2].parts = vec![SealedPart::Sealed(vec![8; 40])];
    assert_eq!(followed(&bytes(&records)), Err(4));
}

#[test]
fn a_record_left_out_is_found_at_its_place() {
    let mut records = RECORDS.clone();
    records.remove(2);
    assert_eq!(followed(&bytes(&records)), Err(3));
}

#[test]
fn two_records_that_changed_places_are_found_at_the_first() {
    let mut records = RECORDS.clone();
    records.swap(1, 3);
    assert_eq!(followed(&bytes(&records)), Err(2));
}

#[test]
fn bytes_that_are_no_record_are_found() {
    let mut stored = bytes(&RECORDS);
    stored[3] = b"not a record".to_vec();
    assert_eq!(followed(&stored), Err(4));
}

#[test]
fn sealed_bytes_that_were_removed_leave_the_chain_intact() {
    let mut records = RECORDS.clone();
    for record in &mut records {
        for part in &mut record.parts {
            if let SealedPart::Sealed(bytes) = part {
                *part = SealedPart::Removed(Digest(Sha256::digest(bytes).into()));
            }
        }
    }
    assert_eq!(followed(&bytes(&records)), Ok(RECORDS[4].digest()));
}

#[test]
fn any_flipped_bit_of_any_record_but_the_last_is_found() {
    let stored = bytes(&RECORDS);
    for (at, bytes) in stored.iter().enumerate().take(4) {
        for bit in 0..bytes.len() * 8 {
            let mut flipped = stored.clone();
            flipped[at][bit / 8] ^= 1 << (bit % 8);
            assert!(followed(&flipped).is_err(), "record {} bit {bit}", at + 1);
        }
    }
}

#[test]
fn a_log_of_chained_records_is_intact() {
    let log = MemoryLog::new();
    log.append(0, &Batch { id: BatchId([1; 16]), records: bytes(&RECORDS) }).unwrap();
    let intact = verify(&log, &mut |_| ()).unwrap();
    assert_eq!((intact.records, intact.head), (5, RECORDS[4].digest()));
}

#[test]
fn a_log_whose_frames_hold_and_whose_records_do_not_is_broken() {
    let log = MemoryLog::new();
    let mut records = RECORDS.clone();
    records.remove(1);
    log.append(0, &Batch { id: BatchId([1; 16]), records: bytes(&records) }).unwrap();
    match verify(&log, &mut |_| ()) {
        Err(VerifyFault::Broken(broken)) => assert_eq!(broken.position, Position(2)),
        other => panic!("{other:?}"),
    }
}

#[test]
fn damage_without_a_place_is_told_as_such() {
    let fault = Fault::Corrupt { position: 0, damage: Damage::Engine };
    assert_eq!(
        broken_log(&fault).unwrap().to_string(),
        "BROKEN at a position that cannot be told: the storage engine cannot read its file"
    );
    let locked = Fault::Locked { directory: "log".into() };
    assert!(broken_log(&locked).is_none());
}
