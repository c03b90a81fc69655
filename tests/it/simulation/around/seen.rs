//! What somebody saw around an account at one position.

use rollbook_projections::view::{MaskingState, Views};
use rollbook_schema::value::AttributeValue;
use rollbook_schema::{ApplicationId, AttributeId, BusinessUnitId, Position, RoleId, UserId};

use super::Around;

/// What is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenAround {
    access: Vec<(ApplicationId, Vec<RoleId>)>,
    units: Vec<BusinessUnitId>,
    values: Vec<(AttributeId, AttributeValue)>,
    held: bool,
    restricted: bool,
    masking: Option<Position>,
    access_request: Option<Position>,
}

impl SeenAround {
    pub fn of(views: &Views, user: UserId) -> SeenAround {
        let pairs = views.sessions.application_access().of(user).iter();
        let masking = views.maskings.latest(user).filter(|request| {
            views.maskings.get(*request).is_some_and(|row| row.state == MaskingState::Waiting)
        });
        let last = views.access_requests.of(user).last().copied();
        SeenAround {
            access: pairs.map(|pair| (pair.application, pair.roles.clone())).collect(),
            units: views.business_units.of(user).to_vec(),
            values: views.attributes.table().values(user).to_vec(),
            held: views.maskings.held_since(user).is_some(),
            restricted: views.access_requests.restricted_since(user).is_some(),
            masking,
            access_request: last.filter(|_| views.access_requests.waits(user)),
        }
    }

    /// The same by the second reading.
    pub fn known(around: &Around, user: UserId) -> SeenAround {
        let access = around.access.iter().filter(|((id, _), _)| *id == user);
        let values = around.values.iter().filter(|((id, _), _)| *id == user);
        SeenAround {
            access: access.map(|((_, it), roles)| (*it, roles.iter().copied().collect())).collect(),
            units: around.members.iter().filter(|(id, _)| *id == user).map(|(_, unit)| *unit).collect(),
            values: values.map(|((_, attribute), value)| (*attribute, value.clone())).collect(),
            held: around.held.contains(&user),
            restricted: around.restricted.contains(&user),
            masking: around.maskings.get(&user).map(|waiting| waiting.request),
            access_request: around.access_requests.get(&user).map(|waiting| waiting.request),
        }
    }

    /// Values are not compared where they are gone from the log that is read.
    pub fn with_values_of(self, other: &SeenAround) -> SeenAround {
        SeenAround { values: other.values.clone(), ..self }
    }
}
