//! A form with one file (RFC 7578), read within bounds. What is no such form is refused; nothing is guessed.

use std::time::Duration;

use axum::body::to_bytes;
use axum::extract::{FromRequest, Request};
use axum::http::header;

use super::form::{Fields, TOKEN, is_from_us, is_same};
use super::refused::Refused;
use super::visit::Visit;
use crate::directory::AVATAR_BYTES_MAX;

/// Room for fields and heads beside the file, in bytes.
const AROUND_BYTES_MAX: usize = 64 * 1024;
/// How long a browser may take to send it.
const UPLOAD_WITHIN: Duration = Duration::from_secs(60);
/// Most parts of a form.
const PARTS_MAX: usize = 64;

/// The fields of a form, and its file; empty, if none was chosen.
pub(super) struct Upload {
    pub fields: Fields,
    pub file: Vec<u8>,
}

impl<S: Send + Sync> FromRequest<S> for Upload {
    type Rejection = Refused;

    async fn from_request(request: Request, _: &S) -> Result<Self, Refused> {
        let (parts, body) = request.into_parts();
        let visit = parts.extensions.get::<Visit>().ok_or(Refused::Unavailable)?;
        if !is_from_us(&parts.headers) {
            return Err(Refused::Stale);
        }
        // Whoever is not signed in sends no pictures.
        visit.person().ok_or(Refused::SignIn)?;
        let kind = parts.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        let boundary = kind.and_then(boundary).ok_or(Refused::Malformed)?;
        // One byte more than a picture may have comes through, so that its refusal stands at the field.
        let reading =
            tokio::time::timeout(UPLOAD_WITHIN, to_bytes(body, 2 * AVATAR_BYTES_MAX + AROUND_BYTES_MAX));
        let body = reading.await.map_err(|_| Refused::Busy)?.map_err(|_| Refused::TooLarge)?;
        let upload = read(&body, &boundary).ok_or(Refused::Malformed)?;
        let is_ours = is_same(upload.fields.text(TOKEN), visit.form_token());
        if is_ours { Ok(upload) } else { Err(Refused::Stale) }
    }
}

fn boundary(kind: &str) -> Option<String> {
    let (of, rest) = kind.split_once(';')?;
    let named = rest.split(';').find_map(|part| part.trim().strip_prefix("boundary="))?;
    let named = named.trim_matches('"');
    (of.trim().eq_ignore_ascii_case("multipart/form-data") && !named.is_empty()).then(|| named.to_owned())
}

fn read(body: &[u8], boundary: &str) -> Option<Upload> {
    let first = format!("--{boundary}\r\n");
    let between = format!("\r\n--{boundary}");
    let mut rest = body.strip_prefix(first.as_bytes())?;
    let (mut pairs, mut file) = (Vec::new(), Vec::new());
    for _ in 0..PARTS_MAX {
        let end = position(rest, between.as_bytes())?;
        let part = &rest[..end];
        let head = position(part, b"\r\n\r\n")?;
        let (heads, content) = (std::str::from_utf8(&part[..head]).ok()?, &part[head + 4..]);
        let disposition = heads.lines().find(|line| starts_with(line, "content-disposition:"))?;
        let name = parameter(disposition, "name")?;
        if parameter(disposition, "filename").is_some() {
            file = content.to_vec();
        } else {
            pairs.push((name, std::str::from_utf8(content).ok()?.to_owned()));
        }
        rest = &rest[end + between.len()..];
        if rest.starts_with(b"--") {
            return Some(Upload { fields: Fields::of_pairs(pairs), file });
        }
        rest = rest.strip_prefix(b"\r\n")?;
    }
    None
}

fn starts_with(line: &str, start: &str) -> bool {
    line.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start))
}

fn parameter(line: &str, name: &str) -> Option<String> {
    let parts = line.split(';').skip(1).filter_map(|part| part.trim().split_once('='));
    parts.into_iter().find(|(known, _)| *known == name).map(|(_, value)| value.trim_matches('"').to_owned())
}

/// Where `wanted` begins in `bytes`. Looks for the first byte first, which is rare in what is sent.
fn position(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}
