//! Read models: what lists, counts, look-ups and history are served from, all in memory.
//!
//! [`UserList`] (rows, facets, orders, search, look-ups), [`LicenseCounts`], [`RoleCatalogue`],
//! [`ActivityHistory`] (positions only: the entries are read from the log), [`Sessions`],
//! [`Credentials`], [`Applications`], [`PortalPages`], [`TeamTree`], [`BusinessUnits`], [`ProxyGrants`],
//! [`Attributes`], [`PreferencesByUser`], [`ReportingLines`], [`ChatLimits`], [`Dashboards`], [`Avatars`], [`TenantSettings`] and [`MailOutbox`].
//! Each is a fold of its own and reads no other. A view rebuilt from zero has the digest of the live one,
//! also after erasure: what a destroyed key hides from the rebuild, the event that ordered the
//! destruction has taken out of the live view.

pub mod access_requests;
pub mod applications;
pub mod attributes;
pub mod avatars;
pub mod business_units;
pub mod chat_limits;
pub mod credentials;
pub mod dashboards;
pub mod differences;
pub mod erasures;
mod held;
pub mod history;
pub mod licenses;
pub mod mail;
pub mod maskings;
pub mod notices;
pub mod portal;
pub mod preferences;
pub mod proxy_grants;
pub mod reporting;
mod retention;
pub mod roles;
pub mod security_questions;
mod session_openings;
mod session_rights;
pub mod sessions;
mod sign_in_keys;
pub mod signing_keys;
pub mod teams;
pub mod tenant_settings;
pub mod user_rules;
pub mod user_set;
pub mod users;

mod apart;
mod as_of;
mod canon;
pub(crate) mod fold_text;
mod membership;

#[cfg(test)]
mod tests;

use rollbook_schema::event::RecordedEvent;
use rollbook_schema::value::PartContent;
use rollbook_schema::{ArtefactId, Position};

use crate::lockouts::Lockouts;
use crate::readings::Readings;
use crate::references::{Artefacts, MailWordings, References, SavedViews};
use crate::retention::Retention;
use crate::sign_in_keys::SignInKeys;
use crate::snapshot::{PartSink, PartSource, SnapshotFault, parts, put, take};
use crate::sources::Sources;
pub use access_requests::{AccessRequestRow, AccessRequestState, AccessRequests};
pub use apart::OtherViews;
pub use applications::{ApplicationRow, Applications};
pub use attributes::Attributes;
pub use avatars::Avatars;
use canon::Canon;
pub use chat_limits::ChatLimits;

pub use business_units::{BusinessUnitRow, BusinessUnits};
pub use credentials::{CredentialRow, Credentials};
pub use dashboards::{DashboardRow, Dashboards};
pub use erasures::{Completion, ErasureRow, Erasures};
pub use held::{HELD, Held};
pub use history::{
    ActivityHistory, HistoryDirection, HistoryPage, HistoryQuery, HistorySubject, HistoryWindow,
};
pub use licenses::{LicenseCount, LicenseCounts};
pub use mail::{MailOutbox, MailRow, MailState};
pub use maskings::{MaskingReceipt, MaskingRow, MaskingState, Maskings};
pub use notices::{NoticeRow, Notices};
pub use portal::PortalPages;
pub use preferences::PreferencesByUser;
pub use proxy_grants::ProxyGrants;
pub use reporting::ReportingLines;
pub use retention::{Due, Kept};
pub use roles::{RoleCatalogue, RoleRow};
pub use security_questions::{SecurityQuestionRow, SecurityQuestions};
pub use session_openings::{EndReason, LastEnd, Opening};
pub use session_rights::SessionRights;
pub use sessions::{ProxyParent, SessionRow, Sessions};
pub use signing_keys::{Rotation, SigningKeys};
pub use teams::{TeamRow, TeamTree};
pub use tenant_settings::TenantSettings;
pub use user_rules::{RuleRun, RunState, UserRuleRow, UserRules};
pub use user_set::UserSet;
pub use users::{
    Cursor, CursorError, DeletedFilter, Direction, LicenseFilter, PageRow, RoleFilter, UserFilter, UserList,
    UserOrder, UserPage, UserQuery, UserRow, Window,
};

/// All views, folded together.
///
/// A clone costs little: what is one for each user (rows, orders, search, postings) is shared in pages, and a
/// page is copied by the first change on either side. So a moment can be kept, and read for as long as it
/// takes, while the live views go on. What is personal in each view is said in `held`.
#[derive(Clone, Default)]
pub struct Views {
    /// The user list.
    pub users: UserList,
    /// License counts.
    pub licenses: LicenseCounts,
    /// The role catalogue.
    pub roles: RoleCatalogue,
    /// Activity history.
    pub history: ActivityHistory,
    /// Sessions.
    pub sessions: Sessions,
    /// Credentials.
    pub credentials: Credentials,
    /// Preferences.
    pub preferences: PreferencesByUser,
    /// Reporting lines.
    pub reporting: ReportingLines,
    /// Chats at once.
    pub chat_limits: ChatLimits,
    /// Pictures.
    pub avatars: Avatars,
    /// Dashboards.
    pub dashboards: Dashboards,
    /// What the tenant chose.
    pub settings: TenantSettings,
    /// Accounts that failed sign-ins locked.
    pub lockouts: Lockouts,
    /// The mail outbox.
    pub mail: MailOutbox,
    /// Security questions.
    pub security_questions: SecurityQuestions,
    /// The tree of teams.
    pub teams: TeamTree,
    /// Business units.
    pub business_units: BusinessUnits,
    /// As whom people may act.
    pub proxy_grants: ProxyGrants,
    /// Custom attributes and their values.
    pub attributes: Attributes,
    /// Where users are kept.
    pub sources: Sources,
    /// Applications.
    pub applications: Applications,
    /// Pages of the client portal.
    pub portal_pages: PortalPages,
    /// Which keys sign.
    pub signing_keys: SigningKeys,
    /// Notices in the product.
    pub notices: Notices,
    /// Masking requests and legal holds.
    pub maskings: Maskings,
    /// Orders to forget somebody, and their receipts.
    pub erasures: Erasures,
    /// Access requests and restrictions.
    pub access_requests: AccessRequests,
    /// What names whom.
    pub references: References,
    /// Who read whose history in the current hour.
    pub readings: Readings,
    /// Retention rules, and whose time is over.
    pub retention: Retention,
    /// Business rules on users, and their runs.
    pub user_rules: UserRules,
    /// Under which keys it is sealed where people signed in from.
    pub sign_in_keys: SignInKeys,
    reached: Position,
}

parts! {
    Views:
    users, licenses, roles, history, sessions, credentials, preferences, reporting, chat_limits, avatars,
    dashboards, settings, lockouts, mail, security_questions, teams, business_units, proxy_grants,
    attributes, sources, applications, portal_pages, signing_keys, notices, maskings, erasures,
    access_requests, references, readings, retention, user_rules, sign_in_keys, reached,
}

impl Views {
    /// Folds one event into every view. Events come in the order of the log, each once.
    pub fn fold(&mut self, recorded: &RecordedEvent) {
        self.users.fold(recorded);
        self.fold_others(recorded);
    }

    /// Folds many events in the order of the log, with the same result as one by one; of use when
    /// catching up: the longer the slice (tens of thousands), the cheaper each event.
    pub fn fold_all(&mut self, events: &[RecordedEvent]) {
        self.users.fold_all(events);
        // Event by event: a long slice is fetched from memory once, and not once for each view.
        events.iter().for_each(|recorded| self.fold_others(recorded));
    }

    fn fold_others(&mut self, recorded: &RecordedEvent) {
        self.licenses.fold(recorded);
        self.roles.fold(recorded);
        self.history.fold(recorded);
        self.sessions.fold(recorded);
        self.credentials.fold(recorded);
        self.preferences.fold(recorded);
        self.reporting.fold(recorded);
        self.chat_limits.fold(recorded);
        self.dashboards.fold(recorded);
        self.settings.fold(recorded);
        self.lockouts.fold(recorded);
        self.avatars.fold(recorded);
        self.mail.fold(recorded);
        self.security_questions.fold(recorded);
        self.teams.fold(recorded);
        self.business_units.fold(recorded);
        self.proxy_grants.fold(recorded);
        self.attributes.fold(recorded);
        self.sources.fold(&recorded.event);
        self.applications.fold(recorded);
        self.portal_pages.fold(recorded);
        self.signing_keys.fold(recorded);
        self.notices.fold(recorded);
        self.maskings.fold(recorded);
        self.readings.fold(recorded);
        self.erasures.fold(recorded);
        self.access_requests.fold(recorded);
        self.references.fold(recorded);
        self.retention.fold(recorded);
        self.user_rules.fold(recorded);
        self.sign_in_keys.fold(recorded);
        self.reached = recorded.envelope.position;
    }

    /// The position of the last event folded.
    #[must_use]
    pub fn reached(&self) -> Position {
        self.reached
    }

    /// The digest of each view, by its name: what a rebuild is compared by.
    #[must_use]
    pub fn digests(&self) -> Vec<(&'static str, [u8; 32])> {
        let mut digests = vec![
            ("users", self.users.digest()),
            ("licenses", self.licenses.digest()),
            ("roles", self.roles.digest()),
            ("history", self.history.digest()),
            ("sessions", self.sessions.digest()),
            ("credentials", self.credentials.digest()),
            ("preferences", self.preferences.digest()),
            ("reporting", self.reporting.digest()),
            ("chat_limits", self.chat_limits.digest()),
            ("dashboards", self.dashboards.digest()),
            ("sessionOpenings", self.sessions.openings_digest()),
            ("settings", self.settings.digest()),
            ("lockouts", lockouts_digest(&self.lockouts)),
            ("avatars", self.avatars.digest()),
            ("teams", self.teams.digest()),
            ("business_units", self.business_units.digest()),
            ("proxy_grants", self.proxy_grants.digest()),
        ];
        // A directory without applications has none to compare.
        digests.extend((!self.applications.is_empty()).then(|| ("applications", self.applications.digest())));
        digests.extend((!self.portal_pages.is_empty()).then(|| ("portal_pages", self.portal_pages.digest())));
        digests.extend(self.sessions.rights_digest().map(|digest| ("sessionRights", digest)));
        // A directory that never mailed has no outbox.
        let elsewhere = self.sources.iter().next().is_some();
        digests.extend(elsewhere.then(|| ("sources", sources_digest(&self.sources))));
        digests.extend((!self.attributes.is_empty()).then(|| ("attributes", self.attributes.digest())));
        digests.extend((!self.mail.is_empty()).then(|| ("mail", self.mail.digest())));
        let questions = &self.security_questions;
        digests.extend((!questions.is_empty()).then(|| ("security_questions", questions.digest())));
        let rotations = &self.signing_keys;
        digests.extend((!rotations.is_empty()).then(|| ("signing_keys", rotations.digest())));
        digests.extend((!self.notices.is_empty()).then(|| ("notices", self.notices.digest())));
        digests.extend((!self.maskings.is_empty()).then(|| ("maskings", self.maskings.digest())));
        let completed = self.erasures.has_receipts();
        digests.extend(completed.then(|| ("erasures", self.erasures.digest())));
        let requests = &self.access_requests;
        digests.extend((!requests.is_empty()).then(|| ("access_requests", requests.digest())));
        let artefacts = &self.references.artefacts;
        digests.extend((!artefacts.is_empty()).then(|| ("artefacts", artefacts_digest(artefacts))));
        let saved = &self.references.saved_views;
        digests.extend((!saved.is_empty()).then(|| ("saved_views", saved_views_digest(saved))));
        let wordings = &self.references.mail_wordings;
        let is_worded = wordings.iter().next().is_some();
        digests.extend(is_worded.then(|| ("mail_wordings", mail_wordings_digest(wordings))));
        let was_read = self.readings.iter().next().is_some();
        digests.extend(was_read.then(|| ("readings", readings_digest(&self.readings))));
        let rules = &self.retention;
        digests.extend((!rules.is_empty()).then(|| ("retention", retention::digest(rules))));
        digests.extend((!self.user_rules.is_empty()).then(|| ("user_rules", self.user_rules.digest())));
        let keys = &self.sign_in_keys;
        digests.extend((!keys.is_empty()).then(|| ("sign_in_keys", sign_in_keys::digest(keys))));
        digests
    }
}

fn lockouts_digest(lockouts: &Lockouts) -> [u8; 32] {
    let mut canon = Canon::of("lockouts");
    for (user, at) in lockouts.iter() {
        canon.number(user.0);
        canon.moment(at);
    }
    canon.finish()
}

fn readings_digest(readings: &Readings) -> [u8; 32] {
    let mut canon = Canon::of("readings");
    for (reader, (user, way)) in readings.iter() {
        canon.number(reader.0);
        canon.maybe(user, |canon, user| canon.number(user.0));
        canon.number(way as u64);
    }
    canon.finish()
}

fn sources_digest(sources: &Sources) -> [u8; 32] {
    let mut canon = Canon::of("sources");
    for (user, source) in sources.iter() {
        canon.number(user.0);
        canon.number(source as u64);
    }
    canon.finish()
}

fn saved_views_digest(views: &SavedViews) -> [u8; 32] {
    let mut canon = Canon::of("saved_views");
    canon.number(views.next_id().0);
    for (id, view) in views.iter() {
        canon.number(id.0);
        canon.number(view.owner.0);
        canon.number(view.kind as u64);
        canon.maybe(view.texts.as_ref(), |canon, texts| {
            canon.bytes(texts.name.as_str().as_bytes());
            for term in texts.terms.iter() {
                canon.bytes(term.name().as_bytes());
                canon.bytes(term.value().as_bytes());
            }
        });
    }
    canon.finish()
}

fn mail_wordings_digest(wordings: &MailWordings) -> [u8; 32] {
    let mut canon = Canon::of("mail_wordings");
    for ((template, language), row) in wordings.iter() {
        canon.number(template as u64);
        canon.number(language as u64);
        canon.number(u64::from(row.revision));
        canon.maybe(row.words.as_ref(), |canon, words| {
            canon.bytes(words.subject.as_str().as_bytes());
            canon.bytes(words.text.as_str().as_bytes());
        });
    }
    canon.finish()
}

/// The other references follow from views of their own.
fn artefacts_digest(artefacts: &Artefacts) -> [u8; 32] {
    let mut canon = Canon::of("artefacts");
    canon.number(artefacts.next_id().0);
    for (id, artefact) in artefacts.after(ArtefactId(0)) {
        canon.number(id.0);
        canon.number(artefact.kind as u64);
        canon.flag(artefact.recycled);
        canon.maybe(artefact.content.as_ref(), |canon, content| {
            canon.bytes(content.module.as_str().as_bytes());
            canon.maybe(content.container.as_ref(), |canon, name| canon.bytes(name.as_str().as_bytes()));
            canon.bytes(content.name.as_str().as_bytes());
            canon.number(content.parts.len() as u64);
            for part in &content.parts {
                canon.bytes(part.place.as_str().as_bytes());
                match &part.content {
                    PartContent::Text(text) => canon.bytes(text.as_str().as_bytes()),
                    PartContent::User(user) => canon.number(user.0),
                }
            }
        });
    }
    canon.finish()
}
