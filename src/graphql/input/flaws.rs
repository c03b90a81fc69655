//! Everything that is wrong with one input, gathered, so that a form shows all of it at once (ACC-11).

use async_graphql::ID;
use rollbook_schema::value::Flaw;
use rollbook_schema::{
    ApplicationId, ArtefactId, AttributeId, BusinessUnitId, DashboardId, Rejection, RejectionCode,
    Rejections, RoleId, TeamId, UserId, UserRuleId,
};

use crate::graphql::id;

#[derive(Default)]
pub(in crate::graphql) struct Flaws(Vec<Rejection>);

impl Flaws {
    /// Adds a refusal of one field.
    pub(in crate::graphql) fn refuse(&mut self, field: &'static str, code: RejectionCode) {
        self.0.push(Rejection::of(field, code));
    }

    /// Adds a refusal.
    pub(in crate::graphql) fn add(&mut self, rejection: Rejection) {
        self.0.push(rejection);
    }

    /// The value, or its flaw.
    pub(in crate::graphql) fn take<T>(&mut self, field: &'static str, parsed: Result<T, Flaw>) -> Option<T> {
        parsed.map_err(|flaw| self.0.push(Rejection::flaw(field, flaw))).ok()
    }

    /// A text that may be missing; a blank one is missing.
    pub(in crate::graphql) fn optional<T>(
        &mut self,
        field: &'static str,
        text: Option<&str>,
        parse: impl FnOnce(&str) -> Result<T, Flaw>,
    ) -> Option<T> {
        match parse(text?) {
            Err(Flaw::Blank) => None,
            parsed => self.take(field, parsed),
        }
    }

    /// A user that an id names; an id of another type names none.
    pub(in crate::graphql) fn user(&mut self, field: &'static str, id: &ID) -> Option<UserId> {
        let user = id::user(id);
        if user.is_none() {
            self.refuse(field, RejectionCode::NotFound);
        }
        user
    }

    /// A role that an id names.
    pub(in crate::graphql) fn role(&mut self, field: &'static str, id: &ID) -> Option<RoleId> {
        let role = id::role(id);
        if role.is_none() {
            self.refuse(field, RejectionCode::NotFound);
        }
        role
    }

    /// A dashboard that an id names.
    pub(in crate::graphql) fn dashboard(&mut self, field: &'static str, id: &ID) -> Option<DashboardId> {
        let dashboard = id::dashboard(id);
        if dashboard.is_none() {
            self.refuse(field, RejectionCode::NotFound);
        }
        dashboard
    }

    /// An application that an id names.
    pub(in crate::graphql) fn application(&mut self, field: &'static str, id: &ID) -> Option<ApplicationId> {
        let application = id::application(id);
        if application.is_none() {
            self.refuse(field, RejectionCode::NotFound);
        }
        application
    }

    /// An artefact that an id names.
    pub(in crate::graphql) fn artefact(&mut self, field: &'static str, id: &ID) -> Option<ArtefactId> {
        let artefact = id::artefact(id);
        if artefact.is_none() {
            self.refuse(field, RejectionCode::NotFound);
        }
        artefact
    }

    /// A rule on users that an id names.
    pub(in crate::graphql) fn user_rule(&mut self, field: &'static str, id: &ID) -> Option<UserRuleId> {
        let rule = id::user_rule(id);
        if rule.is_none() {
            self.refuse(field, RejectionCode::NotFound);
        }
        rule
    }

    /// A team that an id names.
    pub(in crate::graphql) fn team(&mut self, field: &'static str, id: &ID) -> Option<TeamId> {
        let team = id::team(id);
        if team.is_none() {
            self.refuse(field, RejectionCode::NotFound);
        }
        team
    }

    /// A business unit that an id names.
    pub(in crate::graphql) fn business_unit(
        &mut self,
        field: &'static str,
        id: &ID,
    ) -> Option<BusinessUnitId> {
        let unit = id::business_unit(id);
        if unit.is_none() {
            self.refuse(field, RejectionCode::NotFound);
        }
        unit
    }

    /// An attribute that an id names.
    pub(in crate::graphql) fn attribute(&mut self, field: &'static str, id: &ID) -> Option<AttributeId> {
        let attribute = id::attribute(id);
        if attribute.is_none() {
            self.refuse(field, RejectionCode::NotFound);
        }
        attribute
    }

    /// One entry of a list, or its flaw.
    pub(in crate::graphql) fn entry<T>(
        &mut self,
        field: &'static str,
        entry: usize,
        parsed: Result<T, Flaw>,
    ) -> Option<T> {
        let rejection = |flaw| Rejection { entry: Some(entry), ..Rejection::flaw(field, flaw) };
        parsed.map_err(|flaw| self.0.push(rejection(flaw))).ok()
    }

    /// The whole, if no part of it was wrong.
    pub(in crate::graphql) fn of<T>(self, whole: Option<T>) -> Result<T, Rejections> {
        match (Rejections::from_all(self.0), whole) {
            (Some(rejections), _) => Err(rejections),
            (None, Some(whole)) => Ok(whole),
            // A part is missing only where a flaw says why.
            (None, None) => Err(RejectionCode::Invalid.into()),
        }
    }
}
