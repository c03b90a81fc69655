//! Artefacts of other systems, as they were told of.

use async_graphql::{ComplexObject, Enum, ID, SimpleObject};
use rollbook_projections::references;
use rollbook_projections::view::Views;
use rollbook_schema::ArtefactId;
use rollbook_schema::value::{self, ArtefactPart as Part, PartContent};

use crate::access::{Caller, Capability, holds};
use crate::graphql::id;
use crate::graphql::paging::PageInfo;
use crate::graphql::rights::sees_user;

/// What an artefact is.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "value::ArtefactKind")]
pub(in crate::graphql) enum ArtefactKind {
    /// Conditions, expressions, actions.
    BusinessRule,
    /// Conditions, expressions, actions.
    Macro,
    /// Formula fields, filters, visibility control.
    Report,
    /// Formula fields, filters, visibility control.
    View,
    /// Formula fields, filters, visibility control.
    Dashboard,
    /// A service level agreement.
    Sla,
    Site,
    ScheduledReport,
    /// The expression of custom access criteria.
    AccessCriteria,
    WebForm,
    TaskDelegation,
    /// Anything else.
    Other,
}

/// Something in another system that may name users.
#[derive(SimpleObject, Clone)]
pub(in crate::graphql) struct Artefact {
    /// `artefact_` and a number.
    pub id: ID,
    pub kind: ArtefactKind,
    /// The part of the other system that it is in.
    pub module: Option<String>,
    /// The object or application that it belongs to.
    pub container: Option<String>,
    pub name: Option<String>,
    /// It lies in the recycle bin of its system.
    pub recycled: bool,
    pub parts: Vec<ArtefactPart>,
}

/// One place of an artefact.
#[derive(SimpleObject, Clone)]
pub(in crate::graphql) struct ArtefactPart {
    /// What the place is called.
    pub place: String,
    /// What stands there; null where it is a user.
    pub text: Option<String>,
    /// The user that stands there; null for one whom you may not know of.
    pub user_id: Option<ID>,
}

/// A page of artefacts.
#[derive(SimpleObject)]
#[graphql(complex)]
pub(in crate::graphql) struct ArtefactConnection {
    pub edges: Vec<ArtefactEdge>,
    pub page_info: PageInfo,
}

/// An artefact on a page.
#[derive(SimpleObject)]
pub(in crate::graphql) struct ArtefactEdge {
    pub cursor: String,
    pub node: Artefact,
}

#[ComplexObject]
impl ArtefactConnection {
    /// The artefacts of the page, without their cursors.
    async fn nodes(&self) -> Vec<&Artefact> {
        self.edges.iter().map(|edge| &edge.node).collect()
    }
}

impl Artefact {
    /// One that was not purged; `None` for readers who may not see what names whom.
    pub(in crate::graphql) fn find(views: &Views, id: ArtefactId, caller: &Caller) -> Option<Artefact> {
        let row = views.references.artefacts.get(id).filter(|_| holds(caller, Capability::SeeReferences))?;
        Some(Artefact::of(id, row, views, caller))
    }

    pub(in crate::graphql) fn of(
        id: ArtefactId,
        row: &references::Artefact,
        views: &Views,
        caller: &Caller,
    ) -> Artefact {
        let content = row.content.as_ref();
        let name = |name: &value::ArtefactName| name.as_str().to_owned();
        let parts = content.into_iter().flat_map(|content| &content.parts);
        Artefact {
            id: id::of_artefact(id),
            kind: row.kind.into(),
            module: content.map(|content| name(&content.module)),
            container: content.and_then(|content| content.container.as_ref()).map(name),
            name: content.map(|content| name(&content.name)),
            recycled: row.recycled,
            parts: parts.map(|part| ArtefactPart::of(part, views, caller)).collect(),
        }
    }
}

impl ArtefactPart {
    fn of(part: &Part, views: &Views, caller: &Caller) -> ArtefactPart {
        let place = part.place.as_str().to_owned();
        match &part.content {
            PartContent::Text(text) => {
                ArtefactPart { place, text: Some(text.as_str().to_owned()), user_id: None }
            }
            PartContent::User(user) => {
                let user_id = sees_user(views, caller, *user).then(|| id::of_user(*user));
                ArtefactPart { place, text: None, user_id }
            }
        }
    }
}
