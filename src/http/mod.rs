//! The HTTP and WebSocket edge in front of a GraphQL schema.
//!
//! It knows a schema only by its definition language and by `Execute`, and people only by `Authenticate`.
//!
//! A request's way: `router` (request id, headers every response has) → `graphql_route` (method, media types)
//! → `request_body` (JSON, read strictly) → `preflight` (is this document safe and valid) → `edge` (run, panics
//! caught) → `faults` (nothing of ours leaks) → `answer`. `websocket` and `sse` take the same way from
//! `preflight` on.
//!
//! Absent on purpose: batches, file uploads, GraphQL over `text/plain` or forms, CORS, compression. Origins
//! are not checked, since authority comes by bearer only and no browser sends one unasked: never add cookies here
//! without also adding that check.

mod answer;
mod callers;
mod edge;
mod execute;
mod explorer;
mod faults;
mod figures;
mod graphql_route;
mod health;
mod identity;
mod judge;
mod limits;
mod media_type;
mod persisted;
mod preflight;
mod query_string;
mod rates;
mod refusal;
mod request_body;
mod request_context;
mod router;
mod serve;
mod shutdown;
mod sse;
mod starting;
mod strict_json;
mod timed_stream;
mod tls;
mod turnstile;
mod watched;
mod websocket;

pub use edge::{Edge, EdgeParts, TextSource};
pub use execute::Execute;
pub use figures::EdgeFigures;
pub use identity::{Anyone, Authenticate, AuthenticationError, bearer_of};
pub use judge::DocumentJudge;
pub use limits::{Documents, EdgeLimits, Introspection, Loopback};
pub(crate) use media_type::is_json;
pub(crate) use persisted::{hash as document_hash, read as read_hash};
pub use preflight::SchemaDefinitionError;
pub(crate) use query_string::pairs as query_pairs;
pub use rates::{Rate, Rates, TooMuch, customer};
pub use request_context::{REQUEST_ID, RequestContext};
pub use router::{envelope, router};
pub use serve::{serve, serve_with};
pub use shutdown::Shutdown;
pub use starting::answer_until;
pub(crate) use strict_json::parse as parse_json;
pub use tls::{Tls, TlsFault, TlsFiles};
