//! What is known of a request before its body is read: its id, where it came from, with what.

use std::net::{IpAddr, SocketAddr};

use axum::extract::ConnectInfo;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, header};

/// The header that carries a request's id both ways.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The chain of addresses that a request came by, the client first.
const FORWARDED_FOR: &str = "x-forwarded-for";

/// Longest request id taken from a client, in bytes.
const REQUEST_ID_BYTES_MAX: usize = 128;

/// Longest user agent kept, in bytes; what is longer is cut.
const USER_AGENT_BYTES_MAX: usize = 512;

/// Where a request came from. The edge puts it into the data of every GraphQL request.
///
/// Address and user agent are personal data: no `Debug`, so that neither reaches a log by accident.
#[derive(Clone)]
pub struct RequestContext {
    /// The client's `x-request-id` where it sent a usable one (1 to 128 visible ASCII characters), else ours.
    pub request_id: String,
    /// The client's address: the peer's, or what a trusted proxy says of its peer; `None` when the router runs
    /// without a socket.
    pub client_address: Option<IpAddr>,
    /// The `user-agent` header, cut at 512 bytes.
    pub user_agent: Option<String>,
}

impl RequestContext {
    pub(super) fn of(parts: &Parts, trusted: &[IpAddr], new_id: impl FnOnce() -> String) -> Self {
        Self {
            request_id: offered_id(&parts.headers).unwrap_or_else(new_id),
            client_address: client_address(parts, trusted),
            user_agent: user_agent(&parts.headers),
        }
    }
}

/// Where the request came from. Of a chain of proxies the last that is not trusted counts: what stands before it
/// was written by whoever sent it.
fn client_address(parts: &Parts, trusted: &[IpAddr]) -> Option<IpAddr> {
    let mut address = parts.extensions.get::<ConnectInfo<SocketAddr>>()?.0.ip().to_canonical();
    let lines = parts.headers.get_all(FORWARDED_FOR).iter().rev();
    let hops = lines.filter_map(|line| line.to_str().ok()).flat_map(|line| line.rsplit(','));
    for hop in hops {
        if !trusted.contains(&address) {
            break;
        }
        // What cannot be read is nobody's address: the proxy before it has to do.
        let Some(before) = address_of(hop.trim()) else { break };
        address = before;
    }
    Some(address)
}

/// With or without a port.
fn address_of(hop: &str) -> Option<IpAddr> {
    let bare = hop.strip_prefix('[').and_then(|hop| hop.strip_suffix(']')).unwrap_or(hop);
    let with_port = || hop.parse::<SocketAddr>().ok().map(|address| address.ip());
    bare.parse().ok().or_else(with_port).map(|address: IpAddr| address.to_canonical())
}

fn offered_id(headers: &HeaderMap) -> Option<String> {
    let offered = headers.get(&REQUEST_ID)?.as_bytes();
    let fits = (1..=REQUEST_ID_BYTES_MAX).contains(&offered.len());
    let visible = offered.iter().all(u8::is_ascii_graphic);
    (fits && visible).then(|| String::from_utf8_lossy(offered).into_owned())
}

fn user_agent(headers: &HeaderMap) -> Option<String> {
    let agent = headers.get(header::USER_AGENT)?.to_str().ok()?;
    // `to_str` lets only visible ASCII through, so a cut never splits a character.
    Some(agent[..agent.len().min(USER_AGENT_BYTES_MAX)].to_owned())
}
