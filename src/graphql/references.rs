//! Reading what names whom, and the artefacts of other systems.

use std::collections::BTreeSet;

use async_graphql::{Context, ID, Object, Result};
use rollbook_projections::references::{self, Reference, Referrer, Wanted};
use rollbook_projections::view::Views;
use rollbook_schema::{ArtefactId, RejectionCode, UserId};

use super::fault::{invalid, invalid_cursor, refused};
use super::id;
use super::input::ArtefactFilter;
use super::output::{Artefact, ArtefactConnection, ArtefactEdge, Receipt, UserReference, Viewer};
use super::paging::{PageArguments, PageInfo, Part, encode};
use super::reading;
use super::rights::{caller, demand, sees_user};
use super::scalar::Position;
use super::wording::Language;
use crate::access::{Caller, Capability};
use crate::directory::Directory;

/// Begins a cursor of this list.
const MARK: u8 = b'A';

/// What is read of references.
#[derive(Default)]
pub struct ReferenceQueries;

#[Object]
impl ReferenceQueries {
    /// Everything that names a user by one of the five attributes, at most 1,000 places: what blocks a
    /// deletion, what a renaming leaves behind, what to look at when somebody goes. `NOT_FOUND` for a user
    /// who is not there, or not for you.
    async fn user_references(
        &self,
        ctx: &Context<'_>,
        id: ID,
        at_least: Option<Position>,
    ) -> Result<Vec<UserReference>> {
        demand(ctx, Capability::SeeReferences)?;
        reading::at_least(ctx, at_least).await?;
        let user = id::user(&id).ok_or_else(|| refused(RejectionCode::NotFound))?;
        of_user(ctx, user)?.ok_or_else(|| refused(RejectionCode::NotFound))
    }

    /// Artefacts of other systems, in the order of registration: 50, at most 100.
    async fn artefacts(
        &self,
        ctx: &Context<'_>,
        filter: Option<ArtefactFilter>,
        first: Option<i32>,
        after: Option<String>,
        at_least: Option<Position>,
    ) -> Result<ArtefactConnection> {
        let caller = demand(ctx, Capability::SeeReferences)?;
        reading::at_least(ctx, at_least).await?;
        let views = ctx.data::<Directory>()?.views();
        let page = PageArguments { first, after, ..PageArguments::default() };
        artefacts(&views, &caller, &filter.unwrap_or_default(), page)
    }
}

/// One artefact; `None` for readers who may not see what names whom.
pub(super) fn artefact(ctx: &Context<'_>, artefact: ArtefactId) -> Result<Option<Artefact>> {
    Ok(Artefact::find(&ctx.data::<Directory>()?.views(), artefact, &caller(ctx)))
}

/// What names a user; `None` for one whom the reader may not know of.
pub(super) fn of_user(ctx: &Context<'_>, user: UserId) -> Result<Option<Vec<UserReference>>> {
    let (directory, caller) = (ctx.data::<Directory>()?, caller(ctx));
    let views = directory.views();
    let Some(row) = views.users.get_any(user).filter(|row| sees_user(&views, &caller, row.id)) else {
        return Ok(None);
    };
    let language = Language::of(&caller, &views, &directory.settings_in(&views));
    Ok(Some(UserReference::all(row, &Viewer { views: &views, caller: &caller, language })))
}

/// What kept a user from being deleted, where that was the reason. The answer came behind everything that the
/// rule knew of, so the views hold all that it found.
pub(super) fn blocking(
    ctx: &Context<'_>,
    user: Option<UserId>,
    receipt: &Receipt,
) -> Result<Option<Vec<UserReference>>> {
    let user = user.filter(|_| receipt.is_refused_for(RejectionCode::Referenced));
    user.map_or(Ok(None), |user| of_user(ctx, user))
}

fn artefacts(
    views: &Views,
    caller: &Caller,
    filter: &ArtefactFilter,
    page: PageArguments,
) -> Result<ArtefactConnection> {
    let Part::First(after, limit) = page.part()? else { return Err(invalid("this list runs forwards only")) };
    let after = after.map(|bytes| place(&bytes)).transpose()?;
    let behind = after.unwrap_or_default();
    let all = &views.references.artefacts;
    let passes = |(_, row): &(ArtefactId, &references::Artefact)| passes(filter, row);
    // Where words or a user are named, only what holds them is looked at.
    let mut rows: Vec<_> = match candidates(views, caller, filter) {
        Some(ids) => {
            let ids = ids.into_iter().filter(|id| *id > behind);
            let rows = ids.filter_map(|id| Some((id, all.get(id)?)));
            rows.filter(passes).take(limit + 1).collect()
        }
        None => all.after(behind).filter(passes).take(limit + 1).collect(),
    };
    let has_next_page = rows.len() > limit;
    rows.truncate(limit);
    let edge = |(id, row): (ArtefactId, &references::Artefact)| ArtefactEdge {
        cursor: encode(&[&[MARK], id.0.to_be_bytes().as_slice()].concat()),
        node: Artefact::of(id, row, views, caller),
    };
    let edges: Vec<ArtefactEdge> = rows.into_iter().map(edge).collect();
    let cursors = edges.first().zip(edges.last()).map(|(a, b)| (a.cursor.clone(), b.cursor.clone()));
    let (start_cursor, end_cursor) = cursors.unzip();
    let has_previous_page = after.is_some();
    let page_info = PageInfo { has_next_page, has_previous_page, start_cursor, end_cursor };
    Ok(ArtefactConnection { edges, page_info })
}

/// What the indexes say; `None` where nothing is asked of them.
fn candidates(views: &Views, caller: &Caller, filter: &ArtefactFilter) -> Option<BTreeSet<ArtefactId>> {
    let with_words = filter.words.as_deref().map(|text| views.references.artefacts.with_words(text));
    let naming = filter.names_user.as_ref().map(|user| {
        let row = id::user(user).and_then(|user| views.users.get_any(user));
        let row = row.filter(|row| sees_user(views, caller, row.id));
        let found = row.map(|row| views.references.find(&Wanted::of_row(row))).unwrap_or_default();
        let artefact = |reference: &Reference| match reference.by {
            Referrer::Artefact { artefact, .. } => Some(artefact),
            _ => None,
        };
        found.iter().filter_map(artefact).collect::<BTreeSet<_>>()
    });
    match (with_words, naming) {
        (Some(a), Some(b)) => Some(&a & &b),
        (a, b) => a.or(b),
    }
}

fn passes(filter: &ArtefactFilter, row: &references::Artefact) -> bool {
    let module = row.content.as_ref().map(|content| content.module.as_str().to_lowercase());
    filter.kind.is_none_or(|kind| kind == row.kind.into())
        && filter.recycled.is_none_or(|recycled| recycled == row.recycled)
        && filter.module.as_ref().is_none_or(|asked| module == Some(asked.trim().to_lowercase()))
}

fn place(bytes: &[u8]) -> Result<ArtefactId> {
    let [MARK, id @ ..] = bytes else { return Err(invalid_cursor()) };
    id.try_into().map(|id| ArtefactId(u64::from_be_bytes(id))).map_err(|_| invalid_cursor())
}
