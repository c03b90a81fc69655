//! With a token, figures are for whoever brings it.

use std::sync::Arc;

use rollbook::identity::SessionToken;
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
        assert_eq!((answer.status.as_u16(), answer.text().as_str()), (401, ""));
        assert_eq!(answer.header("www-authenticate"), "Bearer");
    }
    let answer = rollbook.anonymous().bearer(TOKEN).get("/metrics").await;
    assert!(answer.status == 200 && answer.text().contains("\nrollbook_up 1\n"), "{}", answer.text());
}
