//! A command as its rule sees it: the questions that many rules ask.

use rollbook_projections::attributes::Attribute;
use rollbook_projections::decision::{Application, DecisionModels, Role, Team, User, UserRule};
use rollbook_projections::references::Artefact;
use rollbook_schema::rejection::SeatCount;
use rollbook_schema::value::{BusinessUnitName, LicenseType};
use rollbook_schema::{
    ApplicationId, ArtefactId, AttributeId, BusinessUnitId, CommandEnvelope, Rejection, RejectionCode,
    RoleId, Subject, TeamId, UserId, UserRuleId,
};

use crate::Moment;

/// What is known, who asks, and when.
pub(crate) struct Asked<'a> {
    pub(crate) models: &'a DecisionModels,
    pub(crate) envelope: &'a CommandEnvelope,
    pub(crate) moment: &'a Moment<'a>,
}

impl<'a> Asked<'a> {
    /// A user that is not deleted, in the version that the asker saw.
    pub(crate) fn user(&self, id: UserId) -> Result<&'a User, Rejection> {
        let user = self.models.users.present(id).ok_or(Rejection::of("id", RejectionCode::NotFound))?;
        self.expects_version_of(Subject::User(id))?;
        Ok(user)
    }

    /// A role, in the version that the asker saw.
    pub(crate) fn role(&self, id: RoleId) -> Result<&'a Role, Rejection> {
        let role = self.models.roles.get(id).ok_or(Rejection::of("id", RejectionCode::NotFound))?;
        self.expects_version_of(Subject::Role(id))?;
        Ok(role)
    }

    /// An application, in the version that the asker saw.
    pub(crate) fn application(&self, id: ApplicationId) -> Result<&'a Application, Rejection> {
        let application = self.models.applications.get(id);
        let application = application.ok_or(Rejection::of("id", RejectionCode::NotFound))?;
        self.expects_version_of(Subject::Application(id))?;
        Ok(application)
    }

    /// An artefact that was not purged, in the version that the asker saw.
    pub(crate) fn artefact(&self, id: ArtefactId) -> Result<&'a Artefact, Rejection> {
        let artefact = self.models.references.artefacts.get(id);
        let artefact = artefact.ok_or(Rejection::of("id", RejectionCode::NotFound))?;
        self.expects_version_of(Subject::Artefact(id))?;
        Ok(artefact)
    }

    /// A rule on users, in the version that the asker saw.
    pub(crate) fn user_rule(&self, id: UserRuleId) -> Result<&'a UserRule, Rejection> {
        let rule = self.models.user_rules.get(id).ok_or(Rejection::of("id", RejectionCode::NotFound))?;
        self.expects_version_of(Subject::UserRule(id))?;
        Ok(rule)
    }

    /// A team, in the version that the asker saw.
    pub(crate) fn team(&self, id: TeamId) -> Result<&'a Team, Rejection> {
        let team = self.models.teams.get(id).ok_or(Rejection::of("id", RejectionCode::NotFound))?;
        self.expects_version_of(Subject::Team(id))?;
        Ok(team)
    }

    /// An attribute that is not retired, in the version that the asker saw.
    pub(crate) fn attribute(&self, id: AttributeId) -> Result<&'a Attribute, Rejection> {
        let attribute = self.models.attributes.get(id).filter(|attribute| !attribute.retired);
        let attribute = attribute.ok_or(Rejection::of("id", RejectionCode::NotFound))?;
        self.expects_version_of(Subject::Attribute(id))?;
        Ok(attribute)
    }

    /// The name of a business unit that there is, in the version that the asker saw.
    pub(crate) fn business_unit(
        &self,
        id: BusinessUnitId,
    ) -> Result<Option<&'a BusinessUnitName>, Rejection> {
        let units = &self.models.business_units;
        if !units.exists(id) {
            return Err(Rejection::of("id", RejectionCode::NotFound));
        }
        self.expects_version_of(Subject::BusinessUnit(id))?;
        Ok(units.name(id))
    }

    /// Refuses if the subject changed since the asker saw it.
    pub(crate) fn expects_version_of(&self, subject: Subject) -> Result<(), Rejection> {
        match self.envelope.expected_version {
            Some(expected) if expected != self.models.version_of(subject) => {
                Err(Rejection::of("expectedVersion", RejectionCode::VersionConflict))
            }
            _ => Ok(()),
        }
    }

    /// Refuses what nobody may do to the own account; under impersonation both are the own (STA-03).
    pub(crate) fn spares_own_account(&self, id: UserId) -> Result<(), Rejection> {
        if self.envelope.actor.id == id || self.envelope.on_behalf_of == Some(id) {
            return Err(Rejection::new(RejectionCode::OwnAccount));
        }
        Ok(())
    }

    /// Refuses to take the last enabled administrator away (STA-18).
    pub(crate) fn leaves_an_administrator(&self, without: &User) -> Result<(), Rejection> {
        if without.is_enabled_administrator() && self.models.users.enabled_administrators() <= 1 {
            return Err(Rejection::new(RejectionCode::LastAdministrator));
        }
        Ok(())
    }

    /// Refuses if no seat of the type is free (LIC-06).
    pub(crate) fn has_free_seat(&self, license: LicenseType) -> Result<(), Rejection> {
        let seats: SeatCount = self.models.seats.count(license);
        if self.models.seats.is_free(license) { Ok(()) } else { Err(Rejection::no_seat(seats)) }
    }
}
