//! How each event changes the list.

use rollbook_schema::UserId;
use rollbook_schema::event::{
    Event, MaskMode, PiiMasked, ProfileChanged, ProfileField, RecordedEvent, UserCreated,
};
use rollbook_schema::record::{Envelope, Subject};
use rollbook_schema::value::{LicenseType, PersonField, UserKind};

use super::UserList;
use super::facets::Marks;
use super::query::UserOrder;
use super::row::{UserRow, person_change};
use super::texts::{Folded, Tag, Texts};

/// Sorting rows into the orders all at once pays from one event for so many rows.
const ROWS_PER_EVENT: usize = 64;

/// Where a person is reached, beside the email.
const CONTACT_FIELDS: [PersonField; 4] = [
    PersonField::LandLinePhone,
    PersonField::MobilePhone,
    PersonField::StreetAddress,
    PersonField::PostalCode,
];

impl UserList {
    /// Folds many events, with the same result as one by one; of use when catching up.
    pub fn fold_all(&mut self, events: &[RecordedEvent]) {
        let at_once = events.len().saturating_mul(ROWS_PER_EVENT) >= self.rows.len() as usize;
        self.loose = at_once.then(Default::default);
        events.iter().for_each(|recorded| self.fold(recorded));
        for (order, loose) in self.orders.iter_mut().zip(self.loose.take().into_iter().flatten()) {
            order.place_all(&self.rows, &loose);
        }
    }

    /// Folds one event. Events about users that are no rows change nothing.
    pub fn fold(&mut self, recorded: &RecordedEvent) {
        let envelope = &recorded.envelope;
        match &recorded.event {
            Event::UserCreated(e) => return self.create(e, envelope),
            Event::ProfileChanged(e) => self.change_profile(e),
            Event::PiiMasked(e) => self.mask(e),
            Event::SignedIn(e) => {
                self.move_in(&[UserOrder::LastSignIn], e.user, |row| {
                    row.last_sign_in = Some(envelope.recorded_at);
                });
            }
            Event::SignedOut(e) => {
                self.change(e.user, |row| row.last_sign_out = Some(envelope.recorded_at));
            }
            Event::RoleAssigned(e) => {
                if let Some(ordinal) = self.rows.ordinal(e.user) {
                    self.rows.at_mut(ordinal).assign(e.role);
                    self.facets.assign(ordinal, e.role);
                }
            }
            Event::RoleUnassigned(e) => {
                if let Some(ordinal) = self.rows.ordinal(e.user) {
                    self.rows.at_mut(ordinal).unassign(e.role);
                    self.facets.unassign(ordinal, e.role);
                }
            }
            event => self.change_marks(event),
        }
        self.raise_version(&recorded.event, envelope);
    }

    /// Events that change only what facets hold.
    fn change_marks(&mut self, event: &Event) {
        match event {
            Event::AccessProfileAssigned(e) => self.change(e.user, |row| row.access_profile = e.to),
            Event::UserDisabled(e) => self.change(e.user, |row| {
                row.active = false;
                row.license = None;
            }),
            Event::UserEnabled(e) => self.change(e.user, |row| {
                row.active = true;
                row.license = e.seat_taken;
            }),
            Event::UserDeleted(e) => {
                self.drop_roles(e.user);
                self.drop_contact(e.user);
                self.change(e.user, |row| {
                    row.deleted = true;
                    row.active = false;
                    row.license = None;
                    row.access_profile = e.access_profile_to;
                });
            }
            Event::AccountLocked(e) => self.change(e.user, |row| row.locked = true),
            Event::AccountUnlocked(e) => self.change(e.user, |row| row.locked = false),
            Event::AccountLockExpired(e) => self.change(e.user, |row| row.locked = false),
            Event::LicenseGranted(e) => self.seat(e.user, Some(e.license)),
            Event::LicenseRevoked(e) => self.seat(e.user, None),
            _ => {}
        }
    }

    fn create(&mut self, e: &UserCreated, envelope: &Envelope) {
        if e.user.is_reserved() || self.rows.ordinal(e.user).is_some() {
            return;
        }
        let texts = created_texts(e);
        let ordinal = self.rows.push(UserRow {
            id: e.user,
            kind: e.kind,
            active: true,
            locked: false,
            deleted: false,
            masked: false,
            email_verified: e.email_verified,
            license: None,
            access_profile: e.access_profile,
            created_at: envelope.recorded_at,
            created_by: envelope.actor,
            last_sign_in: None,
            last_sign_out: None,
            version: envelope.subject_version,
            changed_at: envelope.position,
            roles: Box::default(),
            folded: Folded::of(&texts),
            texts,
        });
        let row = self.rows.at(ordinal);
        self.facets.file(ordinal, Marks::of(row));
        self.texts.insert(ordinal, &row.folded);
        for (n, order) in self.orders.iter_mut().enumerate() {
            match &mut self.loose {
                Some(loose) => _ = loose[n].insert(ordinal),
                None => order.insert(&self.rows, ordinal),
            }
        }
    }

    fn change_profile(&mut self, e: &ProfileChanged) {
        let mut changes = Vec::new();
        for change in e.person.known().into_iter().flatten() {
            changes.push(person_change(change.field, change.change.to.as_ref()));
        }
        // Once masked, a login is a mask for ever (MSK-11).
        if let Some(login) = e.login.known()
            && self.get(e.user).is_some_and(|row| !row.masked)
        {
            if let Some(username) = &login.username {
                changes.push((Tag::USERNAME, Some(username.to.as_str())));
            }
            if let Some(email) = &login.email {
                changes.push((Tag::EMAIL, Some(email.to.as_str())));
            }
        }
        self.change_texts(e.user, &changes);
        if e.fields.contains(&ProfileField::Email) {
            self.change(e.user, |row| row.email_verified = false);
        }
    }

    pub(in crate::view) fn mask(&mut self, e: &PiiMasked) {
        let masks = e.masked.known();
        let username = masks.map(|masks| masks.username.as_str());
        let email = masks.map(|masks| masks.email.as_str());
        self.change_texts(e.user, &[(Tag::USERNAME, username), (Tag::EMAIL, email)]);
        if e.mode == MaskMode::Erasure {
            let emptied: Vec<(Tag, Option<&str>)> =
                PersonField::ALL.iter().map(|field| (Tag::of(*field), None)).collect();
            self.change_texts(e.user, &emptied);
        }
        self.change(e.user, |row| row.masked = true);
    }

    /// The seat of an active user; who is not active takes it when enabled.
    fn seat(&mut self, user: UserId, license: Option<LicenseType>) {
        self.change(user, |row| row.license = license.filter(|_| row.active));
    }

    /// A deleted client cannot be called or written to (DEL-11); history keeps what was (DEL-07), and the login
    /// stays until it is masked.
    fn drop_contact(&mut self, user: UserId) {
        if self.get(user).is_some_and(|row| row.kind == UserKind::Client) {
            let emptied = CONTACT_FIELDS.map(|field| (Tag::of(field), None));
            self.change_texts(user, &emptied);
        }
    }

    fn drop_roles(&mut self, user: UserId) {
        let Some(ordinal) = self.rows.ordinal(user) else { return };
        for role in std::mem::take(&mut self.rows.at_mut(ordinal).roles) {
            self.facets.unassign(ordinal, role);
        }
    }

    fn change(&mut self, user: UserId, change: impl FnOnce(&mut UserRow)) {
        let Some(ordinal) = self.rows.ordinal(user) else { return };
        let row = self.rows.at_mut(ordinal);
        let before = Marks::of(row);
        change(row);
        self.facets.refile(ordinal, before, Marks::of(row));
    }

    fn change_texts(&mut self, user: UserId, changes: &[(Tag, Option<&str>)]) {
        let Some(ordinal) = self.rows.ordinal(user) else { return };
        if changes.is_empty() {
            return;
        }
        let row = self.rows.at_mut(ordinal);
        row.texts = row.texts.with(changes);
        if !changes.iter().any(|(tag, _)| tag.is_searched()) {
            return;
        }
        let folded = Folded::of(&row.texts);
        if folded == row.folded {
            return;
        }
        self.texts.replace(ordinal, &row.folded, &folded);
        let moved = row.folded.moved_to(&folded);
        self.move_in(&moved, user, |row| row.folded = folded);
    }

    /// A row leaves its place before its key changes: without the old key it could not be found.
    fn move_in(&mut self, orders: &[UserOrder], user: UserId, change: impl FnOnce(&mut UserRow)) {
        let Some(ordinal) = self.rows.ordinal(user) else { return };
        if let Some(loose) = &mut self.loose {
            orders.iter().for_each(|order| _ = loose[*order as usize].insert(ordinal));
            return change(self.rows.at_mut(ordinal));
        }
        for order in orders {
            self.orders[*order as usize].remove(&self.rows, ordinal);
        }
        change(self.rows.at_mut(ordinal));
        for order in orders {
            self.orders[*order as usize].insert(&self.rows, ordinal);
        }
    }

    fn raise_version(&mut self, event: &Event, envelope: &Envelope) {
        if let Subject::User(user) = envelope.subject
            && event.event_type().raises_version()
            && let Some(ordinal) = self.rows.ordinal(user)
        {
            let row = self.rows.at_mut(ordinal);
            row.version = envelope.subject_version;
            row.changed_at = envelope.position;
        }
    }
}

fn created_texts(e: &UserCreated) -> Texts {
    let mut texts = Vec::new();
    if let Some(login) = e.login.known() {
        texts.push((Tag::USERNAME, Some(login.username.as_str())));
        texts.push((Tag::EMAIL, Some(login.email.as_str())));
    }
    for (field, text) in e.person.known().iter().flat_map(|person| &person.0) {
        texts.push(person_change(*field, Some(text)));
    }
    Texts::default().with(&texts)
}
