//! What each event around accounts must find.

use rollbook_schema::event::{AttributesSet, Event, MaskMode, PiiMasked};
use rollbook_schema::value::{AccessProfile, AttributeType, AttributeValue, PartContent};
use rollbook_schema::{RecordedEvent, UserId};

use super::super::ledger::{Account, Ledger};

/// Holds the next event against all that was read before it.
///
/// # Panics
/// At the first invariant that does not hold.
pub fn hold(ledger: &Ledger, recorded: &RecordedEvent, at: &str) {
    access(ledger, &recorded.event, at);
    tenant(ledger, &recorded.event, at);
    forgetting(ledger, recorded, at);
    requests(ledger, &recorded.event, at);
}

fn access(ledger: &Ledger, event: &Event, at: &str) {
    let around = &ledger.around;
    match event {
        Event::ApplicationAccessGranted(e) => {
            let offered = around.applications.get(&e.application);
            let offered = offered.unwrap_or_else(|| panic!("{at}: of an application that is gone"));
            let held = &present(ledger, e.user, at).roles;
            assert!(!e.to.is_empty(), "{at}: whoever runs an application does so in a role");
            assert!(e.to.iter().all(|role| offered.contains(role)), "{at}: a role that is not offered");
            assert!(e.to.iter().all(|role| held.contains(role)), "{at}: a role that is not held");
        }
        Event::ApplicationDeleted(e) => {
            let is_run = around.access.keys().any(|(_, application)| *application == e.application);
            assert!(!is_run, "{at}: an application that somebody runs is deleted");
        }
        Event::ApplicationChanged(e) => {
            let Some(roles) = &e.roles else { return };
            let lost = |role| !roles.to.contains(role);
            let of_it = around.access.iter().filter(|((_, application), _)| *application == e.application);
            assert!(!of_it.flat_map(|(_, roles)| roles).any(lost), "{at}: somebody loses a role unseen");
        }
        Event::AddedToBusinessUnit(e) => {
            present(ledger, e.user, at);
            assert!(around.units.contains(&e.business_unit), "{at}: into a business unit that is gone");
        }
        Event::BusinessUnitDeleted(e) => {
            let mut members = around.members.iter();
            assert!(!members.any(|(_, unit)| *unit == e.business_unit), "{at}: somebody belongs to it");
        }
        Event::AttributesSet(e) => values(ledger, e, at),
        Event::SupportStarted(e) => {
            let profile = present(ledger, e.user, at).profile;
            assert_eq!(profile, AccessProfile::Administrator, "{at}: support acts as administrators only");
        }
        _ => {}
    }
}

/// A value is of its definition's type, for whom the attribute is, and replaces what was there.
fn values(ledger: &Ledger, e: &AttributesSet, at: &str) {
    let account = present(ledger, e.user, at);
    for change in e.known() {
        let before = ledger.around.values.get(&(e.user, change.attribute));
        // Of whoever was erased later, what was sealed is gone from the log that is read.
        let is_whole = account.username.is_some();
        assert!(!is_whole || before == change.from.as_ref(), "{at}: a value replaces what was there");
        let definition = &ledger.around.attributes[&change.attribute];
        assert!(!definition.retired, "{at}: a value of a retired attribute");
        let Some(to) = &change.to else { continue };
        assert!(definition.kinds.contains(&account.kind), "{at}: an attribute of another kind");
        let of_type = match to {
            AttributeValue::Text(_) => AttributeType::Text,
            AttributeValue::Number(_) => AttributeType::Number,
            AttributeValue::Boolean(_) => AttributeType::Boolean,
            AttributeValue::Date(_) => AttributeType::Date,
            AttributeValue::Choice(_) => AttributeType::Choice,
        };
        assert_eq!(of_type, definition.value_type, "{at}: a value is of its definition's type");
        if let AttributeValue::Choice(number) = to {
            let is_choice = (1..=definition.choices).contains(&number.0);
            let is_given = is_choice && !definition.retired_choices.contains(&number.0);
            assert!(is_given, "{at}: a choice that can not be given");
        }
    }
}

fn tenant(ledger: &Ledger, event: &Event, at: &str) {
    let around = &ledger.around;
    let content = match event {
        Event::ArtefactRegistered(e) => e.content.known(),
        Event::ArtefactChanged(e) => {
            assert!(around.artefacts.contains_key(&e.artefact), "{at}: of an artefact that is gone");
            e.content.known()
        }
        Event::UserDeleted(e) => return unnamed(ledger, e.user, at),
        _ => return,
    };
    for part in content.into_iter().flat_map(|content| &content.parts) {
        if let PartContent::User(user) = part.content
            && !user.is_reserved()
        {
            present(ledger, user, at);
        }
    }
}

/// DEL-04: nobody is deleted whom a registered artefact names.
fn unnamed(ledger: &Ledger, user: UserId, at: &str) {
    let account = &ledger.accounts[&user];
    let names = |word: &str| account.names().any(|name| *name == word.to_lowercase());
    for part in ledger.around.artefacts.values().flatten().flatten() {
        let is_named = match part {
            PartContent::User(named) => *named == user,
            PartContent::Text(text) => text.as_str().split_whitespace().any(names),
        };
        assert!(!is_named, "{at}: an artefact names {user}, who is deleted");
    }
}

/// MSK-04 and legal holds.
fn forgetting(ledger: &Ledger, recorded: &RecordedEvent, at: &str) {
    let (around, envelope) = (&ledger.around, &recorded.envelope);
    if let Some(user) = around.approved {
        let carried_out = match &recorded.event {
            Event::PiiMasked(e) => e.user == user,
            Event::FreeTextFound(e) => e.user == user,
            _ => false,
        };
        assert!(carried_out, "{at}: an approval is carried out with it");
    }
    match &recorded.event {
        Event::UserDeleted(e) => assert!(!around.held.contains(&e.user), "{at}: {} is held", e.user),
        Event::MaskingRequested(e) => {
            assert!(!around.held.contains(&e.user), "{at}: {} is held", e.user);
            assert!(!around.maskings.contains_key(&e.user), "{at}: one request at a time");
        }
        Event::MaskingApproved(e) => {
            let asked_by = waiting(ledger, e.user, e.request, at);
            let deciding = [Some(envelope.actor.id), envelope.on_behalf_of];
            let mut deciding = deciding.into_iter().flatten();
            let is_second = deciding.all(|id| id != e.user && !asked_by.contains(&id));
            assert!(is_second, "{at}: nobody approves what they asked for, nor about themselves");
        }
        Event::MaskingDeclined(e) => {
            let asked_by = waiting(ledger, e.user, e.request, at);
            assert!(!asked_by.contains(&envelope.actor.id), "{at}: nobody decides upon their own request");
        }
        Event::MaskingWithdrawn(e) => {
            let asked_by = waiting(ledger, e.user, e.request, at);
            assert!(asked_by.contains(&envelope.actor.id), "{at}: who asked, takes back");
        }
        Event::PiiMasked(e) => masked(ledger, e, at),
        _ => {}
    }
}

fn waiting<'a>(
    ledger: &'a Ledger,
    user: UserId,
    request: rollbook_schema::Position,
    at: &str,
) -> &'a std::collections::BTreeSet<UserId> {
    let waiting = ledger.around.maskings.get(&user).filter(|waiting| waiting.request == request);
    &waiting.unwrap_or_else(|| panic!("{at}: the request does not wait")).asked_by
}

fn masked(ledger: &Ledger, e: &PiiMasked, at: &str) {
    let (around, account) = (&ledger.around, &ledger.accounts[&e.user]);
    assert!(!around.held.contains(&e.user), "{at}: {} is held, and forgotten", e.user);
    assert!(!account.enabled, "{at}: {} is enabled, and forgotten", e.user);
    assert!(!around.erased.contains(&e.user), "{at}: {} was erased already", e.user);
    let by_two = around.approved == Some(e.user);
    assert!(by_two || !around.needs_second_person, "{at}: where two are needed, one is not enough");
    if e.mode == MaskMode::Erasure {
        assert!(by_two, "{at}: two people erase somebody");
        assert!(account.deleted, "{at}: {} is erased, and not deleted", e.user);
    } else {
        assert!(!account.masked, "{at}: {} was masked already", e.user);
    }
}

fn requests(ledger: &Ledger, event: &Event, at: &str) {
    let around = &ledger.around;
    let (user, request) = match event {
        Event::AccessRequestOpened(e) => {
            assert!(!around.access_requests.contains_key(&e.user), "{at}: one request at a time");
            return;
        }
        Event::ProcessingRestricted(e) => {
            assert!(!around.restricted.contains(&e.user), "{at}: {} is restricted already", e.user);
            return;
        }
        Event::RestrictionLifted(e) => {
            assert!(around.restricted.contains(&e.user), "{at}: {} is not restricted", e.user);
            return;
        }
        Event::AccessRequestFulfilled(e) => (e.user, e.request),
        Event::AccessRequestRefused(e) => (e.user, e.request),
        _ => return,
    };
    let waiting = around.access_requests.get(&user).filter(|waiting| waiting.request == request);
    let waiting = waiting.unwrap_or_else(|| panic!("{at}: the request does not wait"));
    let is_given = waiting.fetched || matches!(event, Event::AccessRequestRefused(_));
    assert!(is_given, "{at}: a file was handed over that nobody fetched");
}

/// Somebody who is not deleted.
fn present<'a>(ledger: &'a Ledger, user: UserId, at: &str) -> &'a Account {
    let account = ledger.accounts.get(&user).filter(|account| !account.deleted);
    account.unwrap_or_else(|| panic!("{at}: {user} is not there"))
}
