//! A scene of the golden log: masking requests with each of their ends, and a legal hold.

use rollbook::access::Caller;
use rollbook::directory::Asking;
use rollbook_schema::Position;
use serde_json::{Value, json};

use crate::support::rollbook::Rollbook;

/// Each event of requests and holds once. A compliance officer asks, and the operator is the second person.
pub async fn masking(rollbook: &Rollbook) {
    let admin = &rollbook.admin;
    let input = json!({ "kind": "AGENT", "username": "olivia", "email": "olivia@example.org",
                        "fullName": "Olivia", "password": "password of olivia",
                        "accessProfile": "COMPLIANCE_OFFICER" });
    admin.accept("createUser", input, "").await;
    let olivia = rollbook.sign_in("olivia", "password of olivia").await;
    let kurt = admin.create("AGENT", "kurt").await;
    let asked = json!({ "userId": kurt, "username": "kurt", "email": "kurt@example.org",
                        "mode": "ERASURE", "legalBasis": "OBJECTION", "ticket": "T-1" });
    let because = |request: &Value| json!({ "requestId": request, "reason": "of one" });
    let first = olivia.accept("requestMasking", asked.clone(), "request { id }").await;
    let first = first["request"]["id"].clone();
    olivia.accept("extendMasking", because(&first), "").await;
    olivia.accept("withdrawMasking", because(&first), "").await;
    olivia.accept("placeLegalHold", json!({ "userId": kurt, "reason": "case 7" }), "").await;
    olivia.accept("liftLegalHold", json!({ "userId": kurt, "reason": "closed" }), "").await;
    let second = olivia.accept("requestMasking", asked.clone(), "request { id }").await;
    let mut asking = Asking::by(Caller::Operator);
    asking.context.reason = Some(rollbook_schema::value::Reason::parse("too early").unwrap());
    rollbook.directory.decline_masking(asking, position(&second["request"]["id"])).await.unwrap();
    let third = olivia.accept("requestMasking", asked, "request { id }").await;
    admin.accept("deleteUser", json!({ "userId": kurt }), "").await;
    let asking = Asking::by(Caller::Operator);
    rollbook.directory.approve_masking(asking, position(&third["request"]["id"])).await.unwrap();
}

fn position(request: &Value) -> Position {
    Position(request.as_str().unwrap().strip_prefix("event_").unwrap().parse().unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_scene_of_masking_can_be_played() {
    masking(&Rollbook::start().await).await;
}
