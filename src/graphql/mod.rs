//! GraphQL over the façade: types, resolvers, and the SDL that others rely on.
//!
//! `input/` turns what was typed into commands and queries, and gathers every flaw on the way;
//! `output/` turns rows and events into what may be shown to this caller; `query`, `mutation` and
//! `subscription` are the roots. Refusals of commands are payload; only faults, and questions that
//! the caller may not ask, are GraphQL errors with a code.
//!
//! Absent on purpose: validation of documents (the HTTP edge does it before, which is why the schema
//! is built with `ValidationMode::Fast`), authentication (the edge puts a [`Caller`] into the request),
//! rules, and any knowledge of the log or the keys.
//!
//! [`Caller`]: crate::access::Caller

mod access_requests;
mod applications;
mod asking;
mod backups;
mod calling;
mod closed_list;
mod comparing;
mod erasures;
mod evidence;
pub(crate) mod export;
mod fault;
mod formatting;
mod groups;
mod id;
mod input;
mod integrity;
mod lookup;
mod mail_wordings;
mod maskings;
mod mutation;
mod outbox;
mod output;
mod paging;
mod passage;
mod past;
mod proving;
mod query;
mod reading;
mod references;
mod register;
mod retention;
mod reviewing;
mod rights;
mod saved_views;
mod scalar;
mod segment;
mod subscription;
pub(crate) mod table;
mod user_rules;
mod vocabulary;
mod when;
mod wording;

use async_graphql::{SDLExportOptions, Schema, SchemaBuilder, ValidationMode};

use crate::directory::Directory;

pub(crate) use calling::called;
pub use mutation::Mutation;
pub use query::Query;
pub use subscription::Subscription;

/// Where a request came from, as the edge saw it. Personal: no `Debug`.
#[derive(Clone, Default)]
pub struct RequestContext {
    /// The request's id; empty when there is none.
    pub request_id: String,
    /// Network address.
    pub client_address: Option<String>,
    /// Program.
    pub user_agent: Option<String>,
}

/// The schema over a directory. Each request carries a [`Caller`](crate::access::Caller) (absent:
/// nobody is signed in) and a [`RequestContext`].
#[must_use]
pub fn schema(directory: Directory) -> Schema<Query, Mutation, Subscription> {
    build().data(directory).finish()
}

/// The schema's definition, as it is committed at `schema/graphql/rollbook.graphql`.
#[must_use]
pub fn sdl() -> String {
    let options =
        SDLExportOptions::new().include_specified_by().use_space_ident().prefer_single_line_descriptions();
    build().finish().sdl_with_options(options)
}

fn build() -> SchemaBuilder<Query, Mutation, Subscription> {
    Schema::build(Query::default(), Mutation::default(), Subscription)
        .validation_mode(ValidationMode::Fast)
        .register_output_type::<output::Node>()
        .disable_suggestions()
}
