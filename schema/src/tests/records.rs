//! Records: what is in clear, what is hashed, and that any bytes give a record or an error.

use zeroize::Zeroizing;

use super::golden::{envelope, record};
use super::samples;
use crate::codec::{CodecError, Unsealed, Unshown, encode, to_json};
use crate::event::RecordedEvent;
use crate::id::{CredentialNumber, Digest, UserId};
use crate::personal::{Group, KeyOwner, Personal};
use crate::record::{Envelope, Header, Record, SealedPart};
use sha2::Digest as _;

pub fn restore(record: &Record) -> Result<RecordedEvent, CodecError> {
    record.restore(|index, _, _| {
        Ok(match &record.parts[index] {
            SealedPart::Sealed(bytes) => Personal::Known(Zeroizing::new(bytes.clone())),
            SealedPart::Removed(_) => Personal::Erased,
        })
    })
}

fn contains(haystack: &[u8], needle: &str) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle.as_bytes())
}

#[test]
fn the_header_of_no_event_holds_personal_data_in_clear() {
    for event in samples::all() {
        let header = record(&event).header_bytes;
        for word in [
            "ada",
            "Ada",
            "byron",
            "example.org",
            "Countess",
            "Sales",
            "nightly",
            "192.0.2.7",
            "ticket",
            "argon2",
        ] {
            assert!(!contains(&header, word), "{} shows {word}", event.event_type().name());
        }
    }
}

#[test]
fn an_erased_part_is_a_value_and_the_event_is_still_read() {
    for event in samples::all() {
        let record = record(&event);
        let read: Result<RecordedEvent, CodecError> = record.restore(|_, _, _| Ok(Personal::Erased));
        assert_eq!(read.unwrap().event.event_type(), event.event_type());
    }
}

#[test]
fn the_digest_stays_when_sealed_bytes_are_removed() {
    for event in samples::all() {
        let whole = record(&event);
        let mut emptied = whole.clone();
        for part in &mut emptied.parts {
            if let SealedPart::Sealed(bytes) = part {
                *part = SealedPart::Removed(Digest(sha2::Sha256::digest(bytes).into()));
            }
        }
        assert_eq!(emptied.digest(), whole.digest());
    }
}

#[test]
fn the_digest_changes_with_every_byte_of_header_and_parts() {
    let whole = record(&samples::all()[0]);
    for at in 0..whole.header_bytes.len() {
        let mut changed = whole.clone();
        changed.header_bytes[at] ^= 1;
        assert_ne!(changed.digest(), whole.digest());
    }
    let mut changed = whole.clone();
    if let SealedPart::Sealed(bytes) = &mut changed.parts[0] {
        bytes[0] ^= 1;
    }
    assert_ne!(changed.digest(), whole.digest());
}

#[test]
fn any_bytes_are_a_record_or_an_error() {
    arbtest::arbtest(|u| {
        let bytes: Vec<u8> = u.arbitrary()?;
        let _ = Record::from_bytes(&bytes);
        // Damage to a real record reaches deeper than noise does.
        let samples = samples::all();
        let mut bytes = record(u.choose(&samples)?).to_bytes().unwrap();
        let at = u.choose_index(bytes.len())?;
        bytes[at] = u.arbitrary()?;
        if let Ok(record) = Record::from_bytes(&bytes) {
            let _ = restore(&record);
        }
        Ok(())
    });
}

#[test]
fn an_unknown_event_type_stops_the_reader() {
    let mut unknown = record(&samples::all()[0]);
    unknown.header.event_type = "user.cloned".to_owned();
    assert!(matches!(restore(&unknown), Err(CodecError::UnknownEvent { .. })));
}

#[test]
fn json_shows_parts_that_were_not_opened_as_sealed_and_never_a_verifier() {
    for event in samples::all() {
        let record = record(&event);
        let read = restore(&record).unwrap();
        assert!(!to_json(&read, Unshown::Erased).unwrap().to_string().contains("argon2"));
        let sealed: Result<RecordedEvent, CodecError> = record.restore(|_, _, _| Ok(Personal::Erased));
        let json = to_json(&sealed.unwrap(), Unshown::Sealed).unwrap();
        for (group, shown) in json["personal"].as_object().unwrap() {
            assert_eq!(shown, "sealed", "{group}");
        }
    }
}

#[test]
fn the_type_of_an_event_is_read_from_the_beginning_of_its_record() {
    for event in samples::all() {
        let record = record(&event);
        let bytes = record.to_bytes().unwrap();
        assert_eq!(Header::peek_event_type(&bytes).unwrap(), record.header.event_type);
        let behind = bytes.len() - record.parts.len() - record.header_bytes.len();
        assert!(Header::peek_event_type(&bytes[..behind.min(8)]).is_err(), "a beginning that is none");
    }
}

#[test]
fn a_context_can_stand_under_a_key_of_its_own_and_is_read_as_such() {
    let event = samples::all().remove(0);
    let number = CredentialNumber(300);
    let told = Envelope { context_key: Some(number), ..envelope(&event) };
    let Unsealed { header, header_bytes, parts } = encode(&told, &event, Digest([6; 32])).unwrap();
    assert_eq!(header.parts.last(), Some(&(KeyOwner::Credential(number), Group::Context)));
    let parts = parts.iter().map(|part| SealedPart::Sealed(part.bytes.to_vec())).collect();
    let stored = Record { header, header_bytes, parts }.to_bytes().unwrap();
    let record = Record::from_bytes(&stored).unwrap();
    assert!(restore(&record).unwrap().envelope == told);
    let part = (KeyOwner::Credential(number), Group::Context);
    assert!(record.header.is_of(told.actor.id, part) && !record.header.is_of(UserId(77), part));
}
