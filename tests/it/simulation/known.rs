//! What rules know, held against the second reading. A model that forgets too little refuses for ever what could
//! be done, and no event ever shows it.

use std::collections::{BTreeMap, BTreeSet};

use rollbook_projections::decision::DecisionModels;
use rollbook_schema::UserId;
use rollbook_schema::value::{LicenseType, Timestamp};

use super::ledger::{Account, Ledger};

/// # Panics
/// If rules know one user, one name or the seats otherwise than the ledger, which stands at the same position.
pub fn hold(models: &DecisionModels, ledger: &Ledger, user: UserId, name: &str, head: Timestamp) {
    assert_eq!(models.head(), ledger.position);
    let at = ledger.position;
    let sessions = ledger.usable_sessions(user, head);
    assert_eq!(models.sessions.count(user), sessions, "at {at}: what rules know of {user}'s sessions");
    let holder = ledger.holders(name).first().copied();
    assert_eq!(models.names.holder(&name.to_lowercase()), holder, "at {at}: who rules think holds a name");
    for license in LicenseType::ALL {
        let seats = models.seats.count(license);
        let known = (ledger.used(license), ledger.owned(license));
        assert_eq!((seats.used, seats.owned), known, "at {at}: what rules know of seats");
    }
    if let Some(account) = ledger.accounts.get(&user) {
        account_of(models, user, account);
        around(models, ledger, user);
    }
}

fn account_of(models: &DecisionModels, id: UserId, account: &Account) {
    let user = models.users.get(id).expect("whoever was created is known");
    let known = (user.is_enabled(), user.locked, user.masked, user.access_profile, user.seat());
    let locked = account.locked.is_some();
    let read = (account.enabled, locked, account.masked, account.profile, account.seat());
    assert_eq!(known, read, "what rules know of {id}");
    let roles: BTreeSet<_> = user.roles().iter().copied().collect();
    assert_eq!(roles, account.roles, "what rules know of {id}'s roles");
    let teams: BTreeSet<_> = models.teams.of(id).iter().copied().collect();
    assert_eq!(teams, account.teams, "what rules know of {id}'s teams");
}

fn around(models: &DecisionModels, ledger: &Ledger, id: UserId) {
    let around = &ledger.around;
    let units: BTreeSet<_> = models.business_units.of(id).iter().map(|unit| (id, *unit)).collect();
    let members: BTreeSet<_> = around.members.iter().filter(|(user, _)| *user == id).copied().collect();
    assert_eq!(units, members, "what rules know of {id}'s business units");
    let pairs = models.applications.access.of(id).iter();
    let pairs = pairs.map(|pair| ((id, pair.application), pair.roles.iter().copied().collect()));
    let access = around.access.iter().filter(|((user, _), _)| *user == id);
    let access: BTreeMap<_, BTreeSet<_>> = access.map(|(key, roles)| (*key, roles.clone())).collect();
    assert_eq!(pairs.collect::<BTreeMap<_, _>>(), access, "what rules know of {id}'s applications");
    let values = models.attributes.values(id).iter().map(|(it, value)| ((id, *it), value));
    let read = around.values.iter().filter(|((user, _), _)| *user == id).map(|(key, value)| (*key, value));
    assert!(values.eq(read), "what rules know of {id}'s attributes");
    assert_eq!(models.maskings.is_held(id), around.held.contains(&id), "is {id} held?");
    assert_eq!(models.maskings.is_erased(id), around.erased.contains(&id), "is {id} erased?");
    let restricted = models.access_requests.is_restricted(id);
    assert_eq!(restricted, around.restricted.contains(&id), "is {id} restricted?");
    let masking = models.maskings.waiting(id).map(|waiting| waiting.request);
    assert_eq!(masking, around.maskings.get(&id).map(|it| it.request), "which masking of {id} waits?");
    let request = models.access_requests.waiting(id).map(|it| (it.request, it.fetched));
    let waiting = around.access_requests.get(&id).map(|it| (it.request, it.fetched));
    assert_eq!(request, waiting, "which request of {id} waits?");
}
