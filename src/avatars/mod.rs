//! Pictures of people, from bytes of anybody to bytes of ours.
//!
//! [`picture`] judges content and draws it anew, so that nothing of the bytes that came in goes out;
//! [`files`] keeps sealed bytes beside the log; [`routes`](self::routes()) serves them over HTTP. The
//! façade ([`crate::directory`]) ties them to rights, keys and the log.

pub mod files;
pub mod picture;
mod routes;

pub(crate) use routes::parse_digest;
pub use routes::routes;

use rollbook_schema::id::Digest;

/// Where a picture is served. It names the sealed bytes, so it changes with the picture (PRO-16).
#[must_use]
pub fn url(avatar: &Digest) -> String {
    format!("/avatars/{avatar}")
}
