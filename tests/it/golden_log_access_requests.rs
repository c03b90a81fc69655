//! A scene of the golden log: access requests with each of their ends, a file, and a restriction.

use rollbook::access::Caller;
use rollbook::directory::Asking;
use rollbook_schema::UserId;
use rollbook_schema::event::FileForm;
use rollbook_schema::value::Reason;
use serde_json::{Value, json};

use crate::support::rollbook::Rollbook;

/// Each event of access requests and restrictions once.
pub async fn access_requests(rollbook: &Rollbook) {
    let admin = &rollbook.admin;
    let input = json!({ "kind": "AGENT", "username": "fiona", "email": "fiona@example.org",
                        "fullName": "Fiona", "password": "password of fiona",
                        "accessProfile": "COMPLIANCE_OFFICER" });
    admin.accept("createUser", input, "").await;
    let fiona = rollbook.sign_in("fiona", "password of fiona").await;
    let paul = admin.create("AGENT", "paul").await;
    let asked = json!({ "userId": paul, "ticket": "T-1" });
    let because = |request: &Value| json!({ "requestId": request, "reason": "of one" });
    let first = fiona.accept("openAccessRequest", asked.clone(), "accessRequest { id }").await;
    let first = first["accessRequest"]["id"].clone();
    fiona.accept("extendAccessRequest", because(&first), "").await;
    fiona.accept("refuseAccessRequest", because(&first), "").await;
    let second = fiona.accept("openAccessRequest", asked, "accessRequest { id }").await;
    let user = UserId(paul.strip_prefix("user_").unwrap().parse().unwrap());
    let mut asking = Asking::by(Caller::Operator);
    asking.context.reason = Some(Reason::parse("T-1").unwrap());
    rollbook.directory.person_file(asking, user, FileForm::Json).await.unwrap();
    fiona.accept("fulfilAccessRequest", because(&second["accessRequest"]["id"]), "").await;
    fiona.accept("restrictProcessing", json!({ "userId": paul, "reason": "contested" }), "").await;
    fiona.accept("liftRestriction", json!({ "userId": paul, "reason": "settled" }), "").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_scene_of_access_requests_can_be_played() {
    access_requests(&Rollbook::start().await).await;
}
