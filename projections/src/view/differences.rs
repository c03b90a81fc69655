//! What is different between two moments, user by user: who came and went, which values were others, which
//! rights were gained and lost. What was changed and changed back is no difference.

use rollbook_schema::value::{AccessProfile, LicenseType, PersonField, ProxyGrant};
use rollbook_schema::{RoleId, TeamId, UserId};

use super::{UserRow, Views};

/// What became of a user between two moments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Came.
    Created,
    /// Went, and had been there or not.
    Deleted,
    /// Was there at both.
    Changed,
}

/// A value of a user that can differ. Texts are personal.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of the fields")]
pub enum Difference {
    Username(Pair<Option<String>>),
    Email(Pair<Option<String>>),
    Person(PersonField, Pair<Option<String>>),
    EmailVerified(Pair<bool>),
    Active(Pair<bool>),
    Locked(Pair<bool>),
    AccessProfile(Pair<AccessProfile>),
    License(Pair<Option<LicenseType>>),
    ReportsTo(Pair<Option<UserId>>),
}

/// Before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair<T> {
    /// At the earlier moment.
    pub from: T,
    /// At the later one.
    pub to: T,
}

/// Everything that is different about one user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserDifference {
    /// Who.
    pub user: UserId,
    /// What became of them.
    pub fate: Fate,
    /// Values, in the order of their declaration. Who came has none; what they came with is theirs.
    pub values: Vec<Difference>,
    /// Gained.
    pub roles_gained: Vec<RoleId>,
    /// Lost.
    pub roles_lost: Vec<RoleId>,
    /// Joined.
    pub teams_gained: Vec<TeamId>,
    /// Left.
    pub teams_lost: Vec<TeamId>,
    /// As whom the user may act.
    pub proxy: Option<Pair<ProxyGrant>>,
}

/// Every user who is different, by id. Costs a look at each user, and more only where something raised a
/// version between the two.
pub fn differences<'a>(from: &'a Views, to: &'a Views) -> impl Iterator<Item = UserDifference> + 'a {
    let since = from.reached();
    let touched = to.users.iter().filter(move |after| after.changed_at > since);
    touched.filter_map(|after| difference(from, to, after))
}

fn difference(from: &Views, to: &Views, after: &UserRow) -> Option<UserDifference> {
    let user = after.id;
    let before = from.users.get(user);
    let fate = match before {
        _ if after.deleted && before.is_none_or(|before| !before.deleted) => Fate::Deleted,
        None => Fate::Created,
        Some(_) => Fate::Changed,
    };
    let roles = before.map(UserRow::roles).unwrap_or_default();
    let proxies = Pair { from: from.proxy_grants.of(user), to: to.proxy_grants.of(user) };
    let found = UserDifference {
        user,
        fate,
        values: before.map(|before| values(from, to, before, after)).unwrap_or_default(),
        roles_gained: missing(after.roles(), roles),
        roles_lost: missing(roles, after.roles()),
        teams_gained: missing(to.teams.of(user), from.teams.of(user)),
        teams_lost: missing(from.teams.of(user), to.teams.of(user)),
        proxy: (proxies.from != proxies.to).then_some(proxies),
    };
    let is_any = fate != Fate::Changed
        || !found.values.is_empty()
        || !found.roles_gained.is_empty()
        || !found.roles_lost.is_empty()
        || !found.teams_gained.is_empty()
        || !found.teams_lost.is_empty()
        || found.proxy.is_some();
    is_any.then_some(found)
}

fn values(from: &Views, to: &Views, before: &UserRow, after: &UserRow) -> Vec<Difference> {
    let text = |before: Option<&str>, after: Option<&str>| {
        let own = |text: Option<&str>| text.map(str::to_owned);
        pair(own(before), own(after))
    };
    let first = [
        text(before.username(), after.username()).map(Difference::Username),
        text(before.email(), after.email()).map(Difference::Email),
    ];
    let person = PersonField::ALL.into_iter().map(|field| {
        text(before.person(field), after.person(field)).map(|pair| Difference::Person(field, pair))
    });
    let reports_to = |views: &Views| views.reporting.above(after.id);
    let last = [
        pair(before.email_verified, after.email_verified).map(Difference::EmailVerified),
        pair(before.active, after.active).map(Difference::Active),
        pair(before.locked, after.locked).map(Difference::Locked),
        pair(before.access_profile, after.access_profile).map(Difference::AccessProfile),
        pair(before.license, after.license).map(Difference::License),
        pair(reports_to(from), reports_to(to)).map(Difference::ReportsTo),
    ];
    first.into_iter().chain(person).chain(last).flatten().collect()
}

fn pair<T: PartialEq>(from: T, to: T) -> Option<Pair<T>> {
    (from != to).then_some(Pair { from, to })
}

fn missing<T: PartialEq + Copy>(these: &[T], among: &[T]) -> Vec<T> {
    these.iter().copied().filter(|one| !among.contains(one)).collect()
}
