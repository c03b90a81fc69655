//! The edge over TLS of its own: what it speaks within, what it shows, and whom it leaves.

use std::time::Duration;

use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use http_body_util::{BodyExt as _, Empty};
use hyper::body::Bytes;
use hyper_util::rt::{TokioExecutor, TokioIo};
use rollbook::http::{EdgeLimits, Tls};
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::pki_types::ServerName;

use super::fixture::{self, Fixture};
use crate::support::authority::Authority;
use crate::support::websocket::GraphQlSocket;

const NAME: &str = "rollbook.example.org";

async fn start(authority: &Authority) -> (Fixture, Tls) {
    let tls = Tls::open(authority.certify(NAME)).unwrap();
    (fixture::start_over(Some(tls.clone()), fixture::limits()).await, tls)
}

/// Connects as who trusts the authority only.
async fn connect(fixture: &Fixture, authority: &Authority, protocol: &str) -> TlsStream<TcpStream> {
    let stream = TcpStream::connect(fixture.server.address).await.unwrap();
    let name = ServerName::try_from(NAME).unwrap();
    authority.connector(&[protocol]).connect(name, stream).await.unwrap()
}

fn alive() -> Request<Empty<Bytes>> {
    let request = Request::builder().method(Method::GET).uri(format!("https://{NAME}/healthz"));
    request.header(header::HOST, NAME).body(Empty::new()).unwrap()
}

async fn ask(stream: TlsStream<TcpStream>) -> (StatusCode, HeaderMap) {
    let agreed = stream.get_ref().1.alpn_protocol().map(<[u8]>::to_vec);
    let stream = TokioIo::new(stream);
    let answer = if agreed.as_deref() == Some(b"h2") {
        let (mut sender, connection) =
            hyper::client::conn::http2::handshake(TokioExecutor::new(), stream).await.unwrap();
        tokio::spawn(connection);
        sender.send_request(alive()).await.unwrap()
    } else {
        let (mut sender, connection) = hyper::client::conn::http1::handshake(stream).await.unwrap();
        tokio::spawn(connection);
        sender.send_request(alive()).await.unwrap()
    };
    let (parts, body) = answer.into_parts();
    body.collect().await.unwrap();
    (parts.status, parts.headers)
}

#[tokio::test]
async fn both_versions_of_http_are_spoken_over_tls_and_browsers_are_told_to_stay_there() {
    let authority = Authority::new();
    let (fixture, _) = start(&authority).await;
    for protocol in ["http/1.1", "h2"] {
        let stream = connect(&fixture, &authority, protocol).await;
        assert_eq!(stream.get_ref().1.alpn_protocol(), Some(protocol.as_bytes()));
        let (status, headers) = ask(stream).await;
        assert_eq!(status, 200, "{protocol}");
        assert_eq!(headers[header::STRICT_TRANSPORT_SECURITY], "max-age=31536000", "{protocol}");
    }
}

#[tokio::test]
async fn without_tls_nobody_is_told_to_stay_there() {
    let answer = fixture::start().await.server.client().get("/healthz").await;
    assert_eq!(answer.header("strict-transport-security"), "");
}

#[tokio::test]
async fn a_websocket_lives_within_tls() {
    let authority = Authority::new();
    let (fixture, _) = start(&authority).await;
    let stream = connect(&fixture, &authority, "http/1.1").await;
    let mut socket =
        GraphQlSocket::open_on(stream, &fixture.server.client(), Some("graphql-transport-ws")).await;
    socket.say(json!({ "type": "connection_init" })).await;
    assert_eq!(socket.hear().await, json!({ "type": "connection_ack" }));
    socket.subscribe("1", "subscription { count(to: 1) }").await;
    assert_eq!(socket.hear().await["payload"]["data"]["count"], 1);
}

fn shown(stream: &TlsStream<TcpStream>) -> Vec<u8> {
    stream.get_ref().1.peer_certificates().unwrap()[0].to_vec()
}

#[tokio::test]
async fn a_renewed_certificate_is_shown_from_then_on_and_a_broken_one_is_not_taken() {
    let authority = Authority::new();
    let (fixture, tls) = start(&authority).await;
    let first = connect(&fixture, &authority, "http/1.1").await;
    let before = shown(&first);
    let files = authority.certify(NAME);
    tls.reload().unwrap();
    let renewed = shown(&connect(&fixture, &authority, "http/1.1").await);
    assert_ne!(renewed, before);
    std::fs::write(&files.key, "not a key").unwrap();
    assert_eq!(
        tls.reload().unwrap_err().to_string(),
        format!("could not read a private key (PEM) in {}", files.key.display())
    );
    assert_eq!(shown(&connect(&fixture, &authority, "http/1.1").await), renewed);
    assert_eq!(ask(first).await.0, 200, "who was connected stays so");
}

#[tokio::test]
async fn a_certificate_that_is_none_or_of_another_key_is_refused_at_the_start() {
    let (authority, other) = (Authority::new(), Authority::new());
    let (files, others) = (authority.certify(NAME), other.certify(NAME));
    let empty = authority.file().with_file_name("empty.pem");
    std::fs::write(&empty, "").unwrap();
    for certificate in [empty, others.certificate] {
        let files = rollbook::http::TlsFiles { certificate, key: files.key.clone() };
        assert!(Tls::open(files).is_err());
    }
}

#[tokio::test]
async fn who_speaks_without_tls_or_dawdles_over_the_greeting_is_left() {
    let authority = Authority::new();
    let tls = Tls::open(authority.certify(NAME)).unwrap();
    let limits = EdgeLimits { head_within: Duration::from_millis(50), ..fixture::limits() };
    let fixture = fixture::start_over(Some(tls), limits).await;
    // The second is the beginning of a greeting: a handshake record, not whole.
    for sent in [&b"GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n"[..], &[0x16, 0x03, 0x01, 0x01]] {
        let mut stream = TcpStream::connect(fixture.server.address).await.unwrap();
        stream.write_all(sent).await.unwrap();
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer).await;
        assert!(!answer.starts_with(b"HTTP"), "{answer:?}");
    }
}

#[tokio::test]
async fn a_connection_that_idles_over_tls_is_closed() {
    let authority = Authority::new();
    let tls = Tls::open(authority.certify(NAME)).unwrap();
    let limits = EdgeLimits { head_within: Duration::from_secs(1), ..fixture::limits() };
    let fixture = fixture::start_over(Some(tls), limits).await;
    let mut idle = connect(&fixture, &authority, "http/1.1").await;
    let mut answer = Vec::new();
    let _ = idle.read_to_end(&mut answer).await;
    assert!(!answer.starts_with(b"HTTP/1.1 200"), "{answer:?}");
}
