//! Style, modules and drawings: in the binary, at addresses that change with their content.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use sha2::{Digest as _, Sha256};

use super::Console;

/// What stands at an address never changes.
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// Bytes of the hash that an address shows.
const HASH_BYTES: usize = 8;

const STYLE: &str = concat!(
    include_str!("assets/style/tokens.css"),
    include_str!("assets/style/base.css"),
    include_str!("assets/style/frame.css"),
    include_str!("assets/style/form.css"),
    include_str!("assets/style/list.css"),
    include_str!("assets/style/person.css"),
    include_str!("assets/style/company.css"),
    include_str!("assets/style/oversight.css"),
    include_str!("assets/style/print.css"),
);
const SCRIPT: &str = include_str!("assets/console.js");
const ICON: &str = include_str!("assets/icon.svg");

/// Every asset with its address.
pub(super) struct Assets {
    style: Asset,
    script: Asset,
    icon: Asset,
}

struct Asset {
    address: String,
    tag: String,
    kind: HeaderValue,
    body: &'static str,
}

impl Asset {
    fn of(name: &str, ending: &str, kind: &'static str, body: &'static str) -> Asset {
        let digest = Sha256::digest(body.as_bytes());
        let hash: String = digest.iter().take(HASH_BYTES).map(|byte| format!("{byte:02x}")).collect();
        let address = format!("/console/assets/{name}-{hash}.{ending}");
        Asset { address, tag: format!("\"{hash}\""), kind: HeaderValue::from_static(kind), body }
    }
}

impl Assets {
    pub fn load() -> Assets {
        Assets {
            style: Asset::of("rollbook", "css", "text/css; charset=utf-8", STYLE),
            script: Asset::of("rollbook", "js", "text/javascript; charset=utf-8", SCRIPT),
            icon: Asset::of("icon", "svg", "image/svg+xml", ICON),
        }
    }

    pub fn style(&self) -> &str {
        &self.style.address
    }

    pub fn script(&self) -> &str {
        &self.script.address
    }

    pub fn icon(&self) -> &str {
        &self.icon.address
    }
}

/// Served to everybody: nothing in them is anybody's.
pub(super) fn routes() -> Router<Console> {
    Router::new().route("/console/assets/{name}", get(serve))
}

async fn serve(State(console): State<Console>, Path(name): Path<String>, headers: HeaderMap) -> Response {
    let assets = &console.assets;
    let all = [&assets.style, &assets.script, &assets.icon];
    let Some(asset) = all.into_iter().find(|asset| asset.address.rsplit('/').next() == Some(&name)) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let known = headers.get(header::IF_NONE_MATCH).and_then(|known| known.to_str().ok());
    let is_known = known.is_some_and(|known| known.split(',').any(|one| one.trim() == asset.tag));
    let mut response = if is_known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        ([(header::CONTENT_TYPE, asset.kind.clone())], asset.body).into_response()
    };
    response.headers_mut().insert(header::CACHE_CONTROL, FOR_EVER);
    if let Ok(tag) = HeaderValue::from_str(&asset.tag) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response
}
