//! Every bound the edge keeps, with its unit. What is not bounded here is not bounded at all.

use std::sync::Arc;
use std::time::Duration;

/// To whom the schema is described.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Introspection {
    /// Whoever is signed in.
    #[default]
    SignedIn,
    /// Everybody.
    Everybody,
}

/// Which documents are run.
#[derive(Clone, Debug, Default)]
pub enum Documents {
    /// Any that keeps the bounds.
    #[default]
    Any,
    /// These, and no others.
    Trusted(Arc<[String]>),
}

/// The bounds of one edge. `EdgeLimits::default()` suits a server on one machine.
#[derive(Clone, Debug)]
pub struct EdgeLimits {
    /// Longest request body, in bytes; a longer one is answered 413.
    pub body_bytes_max: usize,
    /// Longest GraphQL document, in bytes.
    pub document_bytes_max: usize,
    /// Most tokens in a document; white space, commas and comments count.
    pub document_tokens_max: usize,
    /// Most selections once every fragment spread is written out, over all definitions of a document.
    pub selections_max: u64,
    /// Deepest nesting of fields, through fragments. Introspection needs 16.
    pub depth_max: u64,
    /// Most aliased fields in a document, as written.
    pub aliases_max: u64,
    /// Deepest nesting of brackets of any kind in a document, before it is parsed.
    pub brackets_max: usize,
    /// Most checked documents kept for reuse.
    pub documents_cached_max: usize,
    /// To whom the schema is described.
    pub introspection: Introspection,
    /// Which documents are run.
    pub documents: Documents,
    /// How long a client may take to send the head of a request.
    pub head_within: Duration,
    /// How long a client may take to send the body of a request.
    pub body_within: Duration,
    /// Most connections open at once; further ones wait in the listen queue.
    pub connections_max: usize,
    /// Most operations under way on one WebSocket or one event stream.
    pub operations_per_connection_max: usize,
    /// Longest WebSocket message, in bytes.
    pub message_bytes_max: usize,
    /// How long a WebSocket may stay without `connection_init`.
    pub init_within: Duration,
    /// How long one write to a client may wait for the client to read.
    pub write_within: Duration,
    /// How often a quiet stream says that it lives, and its bearer is judged again.
    pub keep_alive_every: Duration,
    /// Most event streams reserved or open in single connection mode.
    pub reservations_max: usize,
    /// How long a reserved event stream waits for its reader.
    pub reservation_within: Duration,
    /// How long shutdown waits for what was accepted.
    pub drain_within: Duration,
}

impl Default for EdgeLimits {
    fn default() -> Self {
        Self {
            body_bytes_max: 1024 * 1024,
            document_bytes_max: 256 * 1024,
            document_tokens_max: 5_000,
            selections_max: 5_000,
            depth_max: 24,
            aliases_max: 64,
            brackets_max: 48,
            documents_cached_max: 512,
            introspection: Introspection::default(),
            documents: Documents::default(),
            head_within: Duration::from_secs(10),
            body_within: Duration::from_secs(30),
            connections_max: 4_096,
            operations_per_connection_max: 64,
            message_bytes_max: 1024 * 1024,
            init_within: Duration::from_secs(5),
            write_within: Duration::from_secs(60),
            keep_alive_every: Duration::from_secs(12),
            reservations_max: 1_024,
            reservation_within: Duration::from_secs(30),
            drain_within: Duration::from_secs(20),
        }
    }
}
