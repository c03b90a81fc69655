//! What tests share.

pub mod authority;
pub mod clock;
pub mod hooks;
pub mod http;
pub mod post;
pub mod rollbook;
pub mod server;
pub mod smtp;
pub mod sse;
pub mod websocket;
