//! Business units and who belongs to them.

use async_graphql::{ID, InputObject};
use rollbook_schema::Command;
use rollbook_schema::command::{
    AddToBusinessUnit, CreateBusinessUnit, DeleteBusinessUnit, RemoveFromBusinessUnit, RenameBusinessUnit,
};
use rollbook_schema::value::BusinessUnitName;

use super::Flaws;
use crate::graphql::asking::{AskTerms, Asks, ChangeTerms, Terms};

/// A new business unit.
#[derive(InputObject)]
pub(in crate::graphql) struct CreateBusinessUnitInput {
    /// Unique, compared without case; at most 100 characters.
    name: String,
    #[graphql(flatten)]
    terms: AskTerms,
}

impl Asks for CreateBusinessUnitInput {
    fn terms(&mut self) -> Terms {
        std::mem::take(&mut self.terms).into()
    }

    fn command(self, flaws: &mut Flaws) -> Option<Command> {
        Some(CreateBusinessUnit { name: flaws.take("name", BusinessUnitName::parse(&self.name))? }.into())
    }
}

/// A business unit's new name.
#[derive(InputObject)]
pub(in crate::graphql) struct RenameBusinessUnitInput {
    business_unit_id: ID,
    /// Unique, compared without case; at most 100 characters.
    name: String,
    #[graphql(flatten)]
    terms: AskTerms,
}

impl Asks for RenameBusinessUnitInput {
    fn terms(&mut self) -> Terms {
        std::mem::take(&mut self.terms).into()
    }

    fn command(self, flaws: &mut Flaws) -> Option<Command> {
        let business_unit = flaws.business_unit("businessUnitId", &self.business_unit_id);
        let name = flaws.take("name", BusinessUnitName::parse(&self.name));
        Some(RenameBusinessUnit { business_unit: business_unit?, name: name? }.into())
    }
}

/// A business unit that nobody belongs to any more.
#[derive(InputObject)]
pub(in crate::graphql) struct DeleteBusinessUnitInput {
    business_unit_id: ID,
    #[graphql(flatten)]
    terms: AskTerms,
}

impl Asks for DeleteBusinessUnitInput {
    fn terms(&mut self) -> Terms {
        std::mem::take(&mut self.terms).into()
    }

    fn command(self, flaws: &mut Flaws) -> Option<Command> {
        let business_unit = flaws.business_unit("businessUnitId", &self.business_unit_id)?;
        Some(DeleteBusinessUnit { business_unit }.into())
    }
}

/// Who joins which business unit.
#[derive(InputObject)]
pub(in crate::graphql) struct AddToBusinessUnitInput {
    user_id: ID,
    business_unit_id: ID,
    #[graphql(flatten)]
    terms: ChangeTerms,
}

impl Asks for AddToBusinessUnitInput {
    fn terms(&mut self) -> Terms {
        std::mem::take(&mut self.terms).into()
    }

    fn command(self, flaws: &mut Flaws) -> Option<Command> {
        let user = flaws.user("userId", &self.user_id);
        let business_unit = flaws.business_unit("businessUnitId", &self.business_unit_id);
        Some(AddToBusinessUnit { user: user?, business_unit: business_unit? }.into())
    }
}

/// Who leaves which business unit.
#[derive(InputObject)]
pub(in crate::graphql) struct RemoveFromBusinessUnitInput {
    user_id: ID,
    business_unit_id: ID,
    #[graphql(flatten)]
    terms: ChangeTerms,
}

impl Asks for RemoveFromBusinessUnitInput {
    fn terms(&mut self) -> Terms {
        std::mem::take(&mut self.terms).into()
    }

    fn command(self, flaws: &mut Flaws) -> Option<Command> {
        let user = flaws.user("userId", &self.user_id);
        let business_unit = flaws.business_unit("businessUnitId", &self.business_unit_id);
        Some(RemoveFromBusinessUnit { user: user?, business_unit: business_unit? }.into())
    }
}
