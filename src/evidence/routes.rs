//! Evidence over HTTP, as C2SP tlog-tiles says: `/log/checkpoint`, `/log/tile/<level>/<n>[.p/<width>]` and
//! `/log/tile/entries/<n>[.p/<width>]`. Read only.
//!
//! Checkpoints and hashes tell nothing about anybody: a leaf hash covers random ids and sealed bytes, so nobody
//! can guess what is below it. They are open to everybody unless the setting `log-public` closes them.
//! Entries are the clear headers of records: no names, but who (by number) did what to whom and when. They take
//! the right to see the evidence and the whole history, unless the setting opens them.

use std::ops::ControlFlow;

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use rollbook_schema::Record;

use super::leaves::TILE_LEAVES;
use super::live::PublicEvidence;
use crate::access::{Capability, holds, is_bound};
use crate::directory::Directory;
use crate::http::bearer_of;
use crate::identity::SessionToken;

/// A tile never changes, wherever it is kept.
const IMMUTABLE: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// Nor does what only some may see; but rights do.
const IMMUTABLE_FOR_ONE: HeaderValue = HeaderValue::from_static("private, max-age=3600, immutable");
/// A checkpoint is replaced by the next.
const FOR_SECONDS: HeaderValue = HeaderValue::from_static("public, max-age=5");
const BYTES: HeaderValue = HeaderValue::from_static("application/octet-stream");
const TEXT: HeaderValue = HeaderValue::from_static("text/plain; charset=utf-8");

/// The highest level that a tile can have.
const LEVEL_MAX: u32 = 63;
/// Digits of the longest tile number: seven elements of three.
const ELEMENTS_MAX: usize = 7;

/// The routes, to be put into the envelope of the edge.
pub fn routes(directory: Directory) -> Router {
    Router::new()
        .route("/log/checkpoint", get(checkpoint))
        .route("/log/tile/{*path}", get(tile))
        .with_state(directory)
}

async fn checkpoint(State(directory): State<Directory>, headers: HeaderMap) -> Response {
    if let Err(refused) = may_see(&directory, &headers, PublicEvidence::Proofs) {
        return refused.into_response();
    }
    let evidence = directory.evidence().clone();
    match tokio::task::spawn_blocking(move || evidence.last()).await {
        Ok(Ok(Some(last))) => answer(TEXT, FOR_SECONDS, last.note.to_string().into()),
        Ok(Ok(None)) => StatusCode::NOT_FOUND.into_response(),
        _ => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

async fn tile(State(directory): State<Directory>, Path(path): Path<String>, headers: HeaderMap) -> Response {
    let Some(asked) = Tile::parse(&path) else { return StatusCode::NOT_FOUND.into_response() };
    let needs = if asked.level.is_some() { PublicEvidence::Proofs } else { PublicEvidence::Entries };
    let seen = match may_see(&directory, &headers, needs) {
        Ok(seen) => seen,
        Err(refused) => return refused.into_response(),
    };
    let cache = if seen == Seen::ByAll { IMMUTABLE } else { IMMUTABLE_FOR_ONE };
    let reading = tokio::task::spawn_blocking(move || match asked.level {
        Some(level) => hashes(&directory, level, &asked),
        None => entries(&directory, &asked),
    });
    match reading.await {
        Ok(Ok(Some(bytes))) => answer(BYTES, cache, bytes.into()),
        Ok(Ok(None)) => StatusCode::NOT_FOUND.into_response(),
        _ => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

fn answer(media_type: HeaderValue, cache: HeaderValue, body: Body) -> Response {
    ([(header::CONTENT_TYPE, media_type), (header::CACHE_CONTROL, cache)], body).into_response()
}

/// By whom an answer may be seen.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Seen {
    ByAll,
    ByOne,
}

fn may_see(directory: &Directory, headers: &HeaderMap, needs: PublicEvidence) -> Result<Seen, StatusCode> {
    if directory.public_evidence() >= needs {
        return Ok(Seen::ByAll);
    }
    let bearer = bearer_of(headers).ok().flatten();
    let caller = bearer.and_then(|token| directory.caller(&SessionToken::from_client(&token)));
    let caller = caller.ok_or(StatusCode::UNAUTHORIZED)?;
    let sees_all = holds(&caller, Capability::SeeHistory) && !is_bound(&caller, &directory.views().teams);
    let sees_history = needs == PublicEvidence::Proofs || sees_all;
    let sees = holds(&caller, Capability::SeeEvidence) && sees_history;
    if sees { Ok(Seen::ByOne) } else { Err(StatusCode::FORBIDDEN) }
}

/// Why nothing could be read: said to the operator's log where it was met.
struct Unreadable;

fn unreadable(fault: &dyn std::fmt::Display) -> Unreadable {
    tracing::error!(%fault, "evidence could not be read");
    Unreadable
}

fn hashes(directory: &Directory, level: u32, asked: &Tile) -> Result<Option<Vec<u8>>, Unreadable> {
    let hashes = directory.evidence().tree().tile(level, asked.index, asked.width);
    let hashes = hashes.map_err(|fault| unreadable(&fault))?;
    Ok(hashes.map(|hashes| hashes.iter().flat_map(|hash| hash.0).collect()))
}

/// Each entry behind its length, as two bytes: it hashes to its leaf.
fn entries(directory: &Directory, asked: &Tile) -> Result<Option<Vec<u8>>, Unreadable> {
    let Some(start) = asked.index.checked_mul(TILE_LEAVES) else { return Ok(None) };
    let end = start.saturating_add(asked.width);
    if end > directory.evidence().size() {
        return Ok(None);
    }
    let mut bundle = Vec::new();
    let mut fits = true;
    let read = directory.replay_records(start, &mut |position, bytes| {
        let leaf = Record::from_bytes(bytes).map(|record| record.leaf()).unwrap_or_default();
        match u16::try_from(leaf.len()) {
            Ok(length) if length > 0 => {
                bundle.extend(length.to_be_bytes());
                bundle.extend(leaf);
            }
            // The form has no room for an entry of 64 KiB: its tile of hashes still stands.
            _ => fits = false,
        }
        if position >= end || !fits { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    read.map_err(|fault| unreadable(&fault))?;
    Ok(fits.then_some(bundle))
}

/// Which tile is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tile {
    /// `None`: the entries below level 0.
    pub level: Option<u32>,
    /// Which of its level.
    pub index: u64,
    /// Its first so many: 256 for a full one.
    pub width: u64,
}

impl Tile {
    /// Reads the end of an address, such as `0/x001/x234/067` or `entries/000.p/12`. Exactly one address
    /// leads to each tile.
    #[must_use]
    pub fn parse(path: &str) -> Option<Tile> {
        let (level, rest) = path.split_once('/')?;
        let level = match level {
            "entries" => None,
            digits => Some(number(digits).and_then(|level| u32::try_from(level).ok())?),
        };
        let (elements, width) = match rest.split_once(".p/") {
            Some((elements, width)) => (elements, number(width).filter(|w| (1..TILE_LEAVES).contains(w))?),
            None => (rest, TILE_LEAVES),
        };
        let index = index(elements)?;
        let is_level = level.is_none_or(|level| level <= LEVEL_MAX);
        is_level.then_some(Tile { level, index, width })
    }
}

/// Digits without zeros before them.
fn number(digits: &str) -> Option<u64> {
    let number: u64 = digits.parse().ok()?;
    (number.to_string() == digits).then_some(number)
}

/// Elements of three digits each, all but the last behind an `x`.
fn index(elements: &str) -> Option<u64> {
    let elements: Vec<&str> = elements.split('/').collect();
    let (last, before) = elements.split_last()?;
    if elements.len() > ELEMENTS_MAX || before.first() == Some(&"x000") {
        return None;
    }
    let marked: Option<Vec<&str>> = before.iter().map(|element| element.strip_prefix('x')).collect();
    marked?.into_iter().chain([*last]).try_fold(0_u64, |index, element| {
        let is_three = element.len() == 3 && element.bytes().all(|byte| byte.is_ascii_digit());
        let value: u64 = element.parse().ok().filter(|_| is_three)?;
        index.checked_mul(1000)?.checked_add(value)
    })
}
