//! While a directory is being opened.

use std::time::Duration;

use rollbook::directory::{Directory, OpenFault};
use rollbook::http::{EdgeLimits, answer_until};
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::support::http::Client;
use crate::support::rollbook::{Rollbook, options};

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_starting_lives_is_not_ready_and_says_how_far_it_is() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap().into_std().unwrap();
    let client = Client::new(listener.local_addr().unwrap());
    let (open, opened) = oneshot::channel();
    let said = || "7 of 9 events folded".to_owned();
    let starting = answer_until(opened, (&listener, None), EdgeLimits::default(), Duration::ZERO, said);
    let looking = async {
        assert_eq!(client.get("/healthz").await.status, 200);
        let ready = client.get("/readyz").await;
        assert_eq!((ready.status.as_u16(), ready.text().as_str()), (503, "starting: 7 of 9 events folded\n"));
        let asked = client.graphql("{ me { id } }").await;
        assert_eq!((asked.status.as_u16(), asked.header("retry-after")), (503, "5"));
        assert!(asked.text().contains("\"BUSY\""), "{}", asked.text());
        open.send("a directory").unwrap();
    };
    let (opened, ()) = tokio::join!(starting, looking);
    assert_eq!(opened.unwrap(), Ok("a directory"));
}

#[tokio::test]
async fn a_short_start_is_waited_for() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap().into_std().unwrap();
    let opening = std::future::ready("a directory");
    let never = || -> String { unreachable!("nobody is told") };
    let limits = EdgeLimits::default();
    let opened = answer_until(opening, (&listener, None), limits, Duration::MAX, never).await;
    assert_eq!(opened.unwrap(), "a directory");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_start_that_nobody_waits_for_ends_and_the_next_one_is_whole() {
    let rollbook = Rollbook::start().await;
    let reached = rollbook.directory.reached();
    let folder = rollbook.stop().await;
    // Without a snapshot there is something to fold.
    std::fs::remove_dir_all(folder.path().join("data/views")).unwrap();
    let given_up = options(&folder);
    given_up.progress.give_up();
    let opened = tokio::task::spawn_blocking(move || Directory::open(given_up)).await.unwrap();
    assert!(matches!(opened, Err(OpenFault::GivenUp)));
    let rollbook = Rollbook::start_with(folder.clone(), options(&folder)).await;
    assert!(rollbook.directory.reached() >= reached);
    rollbook.stop().await;
}
