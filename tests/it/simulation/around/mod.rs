//! What stands around accounts, read a second time: applications, custom attributes, business units,
//! artefacts, masking requests and holds, access requests and restrictions.

pub mod rules;
pub mod seen;
pub mod wish;

use std::collections::{BTreeMap, BTreeSet};

use rollbook_schema::event::{AttributesSet, Event, MaskMode};
use rollbook_schema::value::{AttributeType, AttributeValue, PartContent, Setting, SettingValue, UserKind};
use rollbook_schema::{
    ApplicationId, ArtefactId, AttributeId, BusinessUnitId, Position, RecordedEvent, RoleId, UserId,
};

/// Everything that was read so far.
#[derive(Default)]
pub struct Around {
    pub applications: BTreeMap<ApplicationId, BTreeSet<RoleId>>,
    /// In which roles somebody may run an application; never none.
    pub access: BTreeMap<(UserId, ApplicationId), BTreeSet<RoleId>>,
    pub attributes: BTreeMap<AttributeId, Definition>,
    pub values: BTreeMap<(UserId, AttributeId), AttributeValue>,
    pub units: BTreeSet<BusinessUnitId>,
    pub members: BTreeSet<(UserId, BusinessUnitId)>,
    /// What stands in them; `None` where the wording is gone from the log that is read.
    pub artefacts: BTreeMap<ArtefactId, Option<Vec<PartContent>>>,
    pub maskings: BTreeMap<UserId, Masking>,
    pub held: BTreeSet<UserId>,
    pub erased: BTreeSet<UserId>,
    pub access_requests: BTreeMap<UserId, AccessRequest>,
    pub restricted: BTreeSet<UserId>,
    pub needs_second_person: bool,
    /// An approval that the next event carries out.
    pub approved: Option<UserId>,
}

/// A custom attribute.
pub struct Definition {
    pub value_type: AttributeType,
    pub kinds: Vec<UserKind>,
    pub retired: bool,
    /// How many there ever were, and which can be given no more.
    pub choices: u16,
    pub retired_choices: BTreeSet<u16>,
}

/// A masking request that waits.
pub struct Masking {
    pub request: Position,
    /// Who asked, and as whom.
    pub asked_by: BTreeSet<UserId>,
}

/// An access request that waits.
pub struct AccessRequest {
    pub request: Position,
    pub fetched: bool,
}

impl Around {
    /// Reads the next event, whatever one thinks of it.
    pub fn read(&mut self, recorded: &RecordedEvent) {
        self.read_tenant(&recorded.event);
        self.read_access(&recorded.event);
        self.read_privacy(recorded);
    }

    fn read_tenant(&mut self, event: &Event) {
        match event {
            Event::ApplicationDefined(e) => {
                self.applications.insert(e.application, e.roles.iter().copied().collect());
            }
            Event::ApplicationChanged(e) => {
                if let Some(roles) = &e.roles {
                    self.applications.insert(e.application, roles.to.iter().copied().collect());
                }
            }
            Event::ApplicationDeleted(e) => drop(self.applications.remove(&e.application)),
            Event::BusinessUnitCreated(e) => drop(self.units.insert(e.business_unit)),
            Event::BusinessUnitDeleted(e) => drop(self.units.remove(&e.business_unit)),
            Event::AttributeDefined(e) => {
                let choices = e.names.known().map_or(0, |names| names.choices.len());
                let definition = Definition {
                    value_type: e.value_type,
                    kinds: e.kinds.clone(),
                    retired: false,
                    choices: choices.try_into().expect("few"),
                    retired_choices: BTreeSet::new(),
                };
                self.attributes.insert(e.attribute, definition);
            }
            Event::AttributeRetired(e) => self.attribute(e.attribute).retired = true,
            Event::AttributeChoiceAdded(e) => self.attribute(e.attribute).choices = e.choice.0,
            Event::AttributeChoiceRetired(e) => {
                self.attribute(e.attribute).retired_choices.insert(e.choice.0);
            }
            Event::ArtefactRegistered(e) => {
                let content = e.content.known().map(|content| &content.parts);
                let parts = content.map(|parts| parts.iter().map(|part| part.content.clone()).collect());
                self.artefacts.insert(e.artefact, parts);
            }
            Event::ArtefactChanged(e) => {
                let content = e.content.known().map(|content| &content.parts);
                let parts = content.map(|parts| parts.iter().map(|part| part.content.clone()).collect());
                self.artefacts.insert(e.artefact, parts);
            }
            Event::ArtefactPurged(e) => drop(self.artefacts.remove(&e.artefact)),
            Event::SettingsChanged(e) => {
                let chosen = e.changes.iter().find(|change| change.setting == Setting::MaskingBySecondPerson);
                let chosen = chosen.map(|change| change.to == SettingValue::Flag(true));
                self.needs_second_person = chosen.unwrap_or(self.needs_second_person);
            }
            _ => {}
        }
    }

    fn read_access(&mut self, event: &Event) {
        match event {
            Event::ApplicationAccessGranted(e) => {
                self.access.insert((e.user, e.application), e.to.iter().copied().collect());
            }
            Event::ApplicationAccessRevoked(e) => drop(self.access.remove(&(e.user, e.application))),
            Event::RoleUnassigned(e) => {
                let of_user = (e.user, ApplicationId(0))..=(e.user, ApplicationId(u64::MAX));
                self.access.range_mut(of_user).for_each(|(_, roles)| roles.retain(|role| *role != e.role));
                self.access.retain(|_, roles| !roles.is_empty());
            }
            Event::AddedToBusinessUnit(e) => drop(self.members.insert((e.user, e.business_unit))),
            Event::RemovedFromBusinessUnit(e) => drop(self.members.remove(&(e.user, e.business_unit))),
            Event::AttributesSet(e) => self.set(e),
            Event::UserDeleted(e) => {
                self.access.retain(|(user, _), _| *user != e.user);
                self.members.retain(|(user, _)| *user != e.user);
                self.values.retain(|(user, _), _| *user != e.user);
            }
            _ => {}
        }
    }

    fn read_privacy(&mut self, recorded: &RecordedEvent) {
        self.approved = None;
        let envelope = &recorded.envelope;
        match &recorded.event {
            Event::MaskingRequested(e) => {
                let asked_by = [Some(envelope.actor.id), envelope.on_behalf_of];
                let asked_by = asked_by.into_iter().flatten().collect();
                self.maskings.insert(e.user, Masking { request: envelope.position, asked_by });
            }
            Event::MaskingApproved(e) => self.approved = Some(e.user),
            Event::MaskingDeclined(e) => drop(self.maskings.remove(&e.user)),
            Event::MaskingWithdrawn(e) => drop(self.maskings.remove(&e.user)),
            Event::FreeTextFound(e) => self.approved = Some(e.user),
            Event::PiiMasked(e) => {
                self.maskings.remove(&e.user);
                if e.mode == MaskMode::Erasure {
                    self.erased.insert(e.user);
                }
            }
            Event::LegalHoldPlaced(e) => drop(self.held.insert(e.user)),
            Event::LegalHoldLifted(e) => drop(self.held.remove(&e.user)),
            Event::AccessRequestOpened(e) => {
                let request = AccessRequest { request: envelope.position, fetched: false };
                self.access_requests.insert(e.user, request);
            }
            Event::PersonFileFetched(e) => {
                if let Some(request) = self.access_requests.get_mut(&e.user) {
                    request.fetched = true;
                }
            }
            Event::AccessRequestFulfilled(e) => drop(self.access_requests.remove(&e.user)),
            Event::AccessRequestRefused(e) => drop(self.access_requests.remove(&e.user)),
            Event::ProcessingRestricted(e) => drop(self.restricted.insert(e.user)),
            Event::RestrictionLifted(e) => drop(self.restricted.remove(&e.user)),
            _ => {}
        }
    }

    fn set(&mut self, e: &AttributesSet) {
        for change in e.known() {
            match &change.to {
                Some(to) => drop(self.values.insert((e.user, change.attribute), to.clone())),
                None => drop(self.values.remove(&(e.user, change.attribute))),
            }
        }
    }

    fn attribute(&mut self, id: AttributeId) -> &mut Definition {
        self.attributes.get_mut(&id).expect("an event is about an attribute that was defined")
    }
}
