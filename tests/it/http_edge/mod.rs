//! The HTTP and WebSocket edge, against a small schema that knows nothing of directories.

mod answers;
mod arbitrary;
mod audit;
mod explorer;
mod faults;
mod fixture;
mod http2;
mod limits;
mod omitted;
mod persisted;
mod rates;
mod requests;
mod shutdown;
mod sse_distinct;
mod sse_single;
mod starting;
mod tls;
mod websocket;
mod websocket_closing;
