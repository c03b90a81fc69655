//! Saved views of the lists of users: what is read of them, and what became of a change.

use async_graphql::{Context, Object, Result, SimpleObject};
use rollbook_schema::{SavedViewId, UserId};

use super::id;
use super::output::{Receipt, Renamed, SavedView};
use super::reading;
use super::rights::{sees_saved_views, signed_in};
use super::scalar::Position;
use super::vocabulary::UserKind;
use crate::directory::Directory;
use crate::writer::Answer;

/// The names that inputs about a view give to fields of their commands.
const OF_VIEW: Renamed = &[("id", "userId"), ("view", "viewId")];

/// What became of a view.
#[derive(SimpleObject, Default)]
pub(super) struct SavedViewPayload {
    /// The view after the change; null if there is none any more.
    view: Option<SavedView>,
    #[graphql(flatten)]
    receipt: Receipt,
}

/// What is read of views.
#[derive(Default)]
pub struct SavedViewQueries;

#[Object]
impl SavedViewQueries {
    /// Views of the list of agents or clients: your own, and then the company's, each in the order of saving.
    async fn saved_views(
        &self,
        ctx: &Context<'_>,
        kind: UserKind,
        at_least: Option<Position>,
    ) -> Result<Vec<SavedView>> {
        let caller = signed_in(ctx)?;
        reading::at_least(ctx, at_least).await?;
        let views = ctx.data::<Directory>()?.views();
        let owners = caller.user().into_iter().chain([UserId::TENANT]);
        let owners = owners.filter(|owner| sees_saved_views(&caller, *owner));
        let all = owners.flat_map(|owner| views.references.saved_views.of(owner));
        let wanted = all.filter(|(_, view)| UserKind::from(view.kind) == kind);
        Ok(wanted.map(|(id, view)| SavedView::of(id, view)).collect())
    }
}

/// Which of an owner's views a command was about.
pub(super) enum About {
    /// This one.
    View(SavedViewId),
    /// The one that was saved last.
    Newest(UserId),
}

/// What became of a view that a command was about, or made.
pub(super) fn payload(ctx: &Context<'_>, answer: Answer, about: Option<About>) -> Result<SavedViewPayload> {
    let (receipt, outcome) = Receipt::of(answer, OF_VIEW)?;
    let views = ctx.data::<Directory>()?.views();
    let saved = &views.references.saved_views;
    let found = outcome.and(about).and_then(|about| match about {
        About::View(id) => saved.get(id).map(|view| (id, view)),
        About::Newest(owner) => saved.of(owner).last(),
    });
    Ok(SavedViewPayload { view: found.map(|(id, view)| SavedView::of(id, view)), receipt })
}

/// The view that an id names, for what becomes of it.
pub(super) fn about(view: &async_graphql::ID) -> Option<About> {
    id::saved_view(view).map(|(_, view)| About::View(view))
}
