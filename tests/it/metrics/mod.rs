//! `/metrics`: read as Prometheus reads it, true, and of nobody.

mod exposition;
mod shown;
mod token;

use std::collections::BTreeMap;

use crate::support::http::Client;
use exposition::Scrape;

/// What the server shows, read strictly.
async fn scrape(client: &Client) -> Scrape {
    let answer = client.get("/metrics").await;
    assert_eq!(answer.status, 200);
    Scrape::read(&answer.text())
}

fn labels<const N: usize>(of: [(&str, &str); N]) -> BTreeMap<String, String> {
    of.into_iter().map(|(name, word)| (name.to_owned(), word.to_owned())).collect()
}
