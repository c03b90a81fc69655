//! A scene of the golden log: support by the provider, and a notice that is dismissed.

use rollbook::access::Caller;
use rollbook::directory::Asking;
use rollbook_schema::UserId;
use rollbook_schema::command::EndSupport;
use rollbook_schema::value::Reason;
use serde_json::json;

use crate::support::rollbook::Rollbook;

/// Each event of support once. The directory needs no provider's token: the façade is asked.
pub async fn support(rollbook: &Rollbook) {
    let mut asking = Asking::by(Caller::Provider);
    asking.context.reason = Some(Reason::parse("ticket 7").unwrap());
    let user = UserId::FIRST_PERSON;
    let opened = rollbook.directory.start_support(asking, Some(user), true).await.unwrap();
    let end = EndSupport { user, session: opened.session };
    rollbook.directory.ask(Asking::by(Caller::System), end).await.unwrap();
    let found = rollbook.admin.data("{ me { notices { id } } }", json!({})).await;
    let notice = json!({ "noticeId": found["me"]["notices"][0]["id"] });
    rollbook.admin.accept("dismissNotice", notice, "").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_scene_can_be_played() {
    support(&Rollbook::start().await).await;
}
