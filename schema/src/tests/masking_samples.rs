//! Samples of masking requests, erasures and legal holds.

use crate::event::{
    DestroyedKey, Event, EventType, LegalHoldLifted, LegalHoldPlaced, MaskMode, MaskingApproved,
    MaskingDeclined, MaskingExtended, MaskingRequested, MaskingWithdrawn, PiiMasked,
};
use crate::id::{Position, UserId};
use crate::personal::{Group, KeyOwner, Personal};
use crate::value::{EmailMaskFormat, LegalBasis, Timestamp, UsernameMaskFormat};

/// Every event of requests and holds at least once, in the order of the types.
pub fn all() -> Vec<Event> {
    let (user, request) = (UserId(8), Position(300));
    let due_at = Timestamp::from_millis(1_700_000_000_000);
    vec![
        MaskingRequested {
            user,
            mode: MaskMode::Erasure,
            username_format: UsernameMaskFormat::Plain,
            email_format: EmailMaskFormat::Id,
            legal_basis: LegalBasis::Objection,
            due_at,
        }
        .into(),
        MaskingExtended { user, request, from: due_at, to: due_at.plus_months(2) }.into(),
        MaskingApproved { user, request }.into(),
        MaskingDeclined { user, request }.into(),
        MaskingWithdrawn { user, request }.into(),
        LegalHoldPlaced { user }.into(),
        LegalHoldLifted { user }.into(),
    ]
}

fn masked(mode: MaskMode) -> Event {
    let owner = KeyOwner::Subject(UserId(8));
    let key = DestroyedKey { owner, group: Group::Login, fingerprint: [7; 16] };
    let (username_format, email_format) = (UsernameMaskFormat::default(), EmailMaskFormat::default());
    let (destroyed, masked) = (vec![key], Personal::Absent);
    PiiMasked { user: UserId(8), mode, username_format, email_format, destroyed, masked }.into()
}

#[test]
fn msk_18_an_erasure_is_stored_as_one_more_mode() {
    let history = masked(MaskMode::History).clear_bytes().unwrap();
    let erasure = masked(MaskMode::Erasure).clear_bytes().unwrap();
    assert_eq!((history[1], erasure[1]), (0, 1));
    assert_eq!((&history[0], &history[2..]), (&erasure[0], &erasure[2..]));
}

#[test]
fn a_month_later_is_the_same_day_or_the_last() {
    let after = |day: &str, months| Timestamp::parse(day).unwrap().plus_months(months).to_string();
    assert_eq!(after("2026-01-15T08:30:00Z", 1), "2026-02-15T08:30:00.000Z");
    assert_eq!(after("2026-01-31T08:30:00Z", 1), "2026-02-28T08:30:00.000Z");
    assert_eq!(after("2026-11-30T08:30:00Z", 3), "2027-02-28T08:30:00.000Z");
}

#[test]
fn msk_13_every_event_that_orders_a_key_destroyed_is_looked_for_at_start() {
    let ordering: Vec<Event> =
        super::samples::all().into_iter().filter(|event| !event.destroys().is_empty()).collect();
    for event in &ordering {
        assert!(EventType::DESTROYING.contains(&event.event_type()), "{:?}", event.event_type());
    }
    for destroying in EventType::DESTROYING {
        assert!(ordering.iter().any(|event| event.event_type() == destroying), "{destroying:?}");
    }
}
