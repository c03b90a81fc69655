//! The console: the screens of the directory, at `/`, made on the server and whole without JavaScript.
//!
//! A request's way: [`frame`] (who visits, by which cookie; the headers of every page) → the router of a
//! screen → [`ask`] (a trusted document, run in process by the same schema and for the same caller as over
//! `/graphql`) → [`page`] (the layout around it). A form that changes something goes [`form`] (is it from us,
//! is it of this session) → [`ask`] → a redirect to a page, or the form again with each refusal at its field.
//!
//! The console has no rule of its own. What may be seen is what the schema answers; what may be done is what it
//! accepts; a button is hidden where the access table says no ([`Directory::permits`]), and refused there too.
//!
//! # How a screen is added
//!
//! 1. A file or a folder in `screens/`, with a `pub fn routes() -> Router<Console>`; merge it in
//!    [`screens::routes`].
//! 2. What it reads: one `.graphql` file beside it, run by [`Visit::read`](visit::Visit::read) into a type of
//!    the screen's own. One document for a screen, so that it shows one moment.
//! 3. What it changes: a line in [`changes`], run by [`Visit::change`](visit::Visit::change).
//! 4. Its words: a file in `words/`, each text in every language ([`words`]).
//! 5. A link to it: [`page::navigation`], with what the reader must be permitted.
//!
//! # Absent on purpose
//!
//! - Sessions of its own: the cookie carries a session token of the directory, and nothing else does.
//! - Inline script and style, and anything from another host: the policy ([`frame`]) forbids both.
//! - A build tool: style and modules are the files in `assets/`, as they are written.

mod ask;
mod assets;
mod changes;
mod cookies;
mod difference;
mod form;
mod frame;
mod page;
mod parts;
mod refused;
mod rights;
mod screens;
mod small_form;
mod timeline;
mod upload;
mod visit;
mod words;

use std::sync::Arc;

use async_graphql::Schema;
use axum::Router;

use crate::directory::Directory;
use crate::graphql::{self, Mutation, Query, Subscription};

pub use changes::documents as changing_documents;
pub use words::every_text;

/// What every screen is served from. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Console {
    directory: Directory,
    schema: Schema<Query, Mutation, Subscription>,
    assets: Arc<assets::Assets>,
}

/// The routes of the console, to be put into the envelope of the edge.
pub fn routes(directory: &Directory) -> Router {
    let console = Console {
        directory: directory.clone(),
        schema: graphql::schema(directory.clone()),
        assets: Arc::new(assets::Assets::load()),
    };
    let pages = frame::around(&console, screens::routes());
    pages.merge(assets::routes()).with_state(console)
}
