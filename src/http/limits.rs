//! Every bound the edge keeps, with its unit. What is not bounded here is not bounded at all.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use super::rates::Rate;

/// Whether requests from this very machine are counted: who sits on it is its operator, or a proxy, whose
/// clients are told apart only where it is among `trusted_proxies`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Loopback {
    /// They are not.
    #[default]
    Free,
    /// They are.
    Counted,
}

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
    /// Most connections of one address among them; a further one is closed. Proxies that are trusted and, as
    /// `loopback` says, this machine have no such bound.
    pub connections_per_address_max: usize,
    /// Most requests whose answer is being made; a further one is told `BUSY`, 503.
    pub requests_max: usize,
    /// What one address may ask (an IPv6 /64 is one); more is told `RATE_LIMITED`, 429. `None`: no bound.
    pub per_address: Option<Rate>,
    /// What one signed-in person may ask of GraphQL; more is told `RATE_LIMITED`, 429. `None`: no bound.
    pub per_person: Option<Rate>,
    /// Whether this machine's own requests are counted.
    pub loopback: Loopback,
    /// Whose `x-forwarded-for` is believed. Everybody else's is not looked at.
    pub trusted_proxies: Vec<IpAddr>,
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
            connections_per_address_max: 1_024,
            requests_max: 8_192,
            per_address: None,
            per_person: None,
            loopback: Loopback::Free,
            trusted_proxies: Vec::new(),
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
