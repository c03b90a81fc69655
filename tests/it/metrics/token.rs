//! With a token, figures are for whoever brings it; without one, for this machine.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::Request;
use hyper::service::Service;
use hyper_util::service::TowerToHyperService;
use rollbook::http::{EdgeLimits, Shutdown};
use rollbook::identity::SessionToken;
use rollbook::serve::{edge, routes};
use tempfile::TempDir;

use crate::support::rollbook::{Rollbook, options};

const TOKEN: &str = "a token that is long enough to be one";

#[tokio::test(flavor = "multi_thread")]
async fn where_the_operator_set_a_token_figures_need_it() {
    let folder = Arc::new(TempDir::new().unwrap());
    let mut options = options(&folder);
    options.metrics_token = Some(SessionToken::from_client(TOKEN).digest());
    let rollbook = Rollbook::start_with(folder, options).await;
    for refused in
        [rollbook.anonymous(), rollbook.anonymous().bearer("another token"), rollbook.admin.clone()]
    {
        let answer = refused.get("/metrics").await;
        assert_eq!((answer.status.as_u16(), answer.text().contains("rollbook_")), (401, false));
        assert_eq!(answer.header("www-authenticate"), "Bearer");
    }
    let answer = rollbook.anonymous().bearer(TOKEN).get("/metrics").await;
    assert!(answer.status == 200 && answer.text().contains("\nrollbook_up 1\n"), "{}", answer.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_token_figures_are_for_requests_of_this_machine() {
    let rollbook = Rollbook::start().await;
    let limits = EdgeLimits::default();
    let edge = edge(&rollbook.directory, limits.clone(), Shutdown::default()).unwrap();
    let served = TowerToHyperService::new(routes(&rollbook.directory, &edge, &limits));
    let peers = [("127.0.0.1:9", 200), ("[::1]:9", 200), ("[::ffff:127.0.0.1]:9", 200), ("192.0.2.1:9", 401)];
    for (peer, status) in peers {
        let peer: SocketAddr = peer.parse().unwrap();
        let request = Request::get("/metrics").extension(ConnectInfo(peer)).body(Body::empty()).unwrap();
        assert_eq!(served.call(request).await.unwrap().status(), status, "{peer}");
    }
    let unknown = Request::get("/metrics").body(Body::empty()).unwrap();
    assert_eq!(served.call(unknown).await.unwrap().status(), 401);
}
