//! Masking requests: a second person decides, in time, and never against a legal hold; and erasure.

use serde_json::{Value, json};

use super::proxies::me;
use super::{agent, history, member};
use crate::support::http::Client;
use crate::support::rollbook::Rollbook;

const FIELDS: &str = "request { id state extended overdue dueAt requestedAt requestedById decidedById held \
                      receipt { position destroyedKeys { group fingerprint } byHand } }";

/// John.Peter, and two who may mask.
async fn two_officers(rollbook: &Rollbook) -> (String, Client, Client) {
    let mut input = agent("John.Peter");
    input["fullName"] = json!("Jonathan Peterson");
    input["mobilePhone"] = json!("+49 170 1234567");
    let payload = rollbook.admin.accept("createUser", input, "user { id }").await;
    let john = payload["user"]["id"].as_str().unwrap().to_owned();
    let olga = member(rollbook, "COMPLIANCE_OFFICER", "olga").await;
    (john, olga, member(rollbook, "COMPLIANCE_OFFICER", "otto").await)
}

fn request(john: &str, mode: &str) -> Value {
    json!({ "userId": john, "username": "john.peter", "email": "JOHN.PETER@example.org", "mode": mode,
            "legalBasis": "CONSENT_WITHDRAWN", "ticket": "T-1" })
}

async fn requested(olga: &Client, john: &str, mode: &str) -> String {
    let payload = olga.accept("requestMasking", request(john, mode), "request { id }").await;
    payload["request"]["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn msk_04_msk_12_a_second_person_approves_and_there_is_a_receipt() {
    let rollbook = Rollbook::start().await;
    let (john, olga, otto) = two_officers(&rollbook).await;
    rollbook.admin.accept("disableUser", json!({ "userId": john }), "").await;
    let id = requested(&olga, &john, "HISTORY").await;
    assert_eq!(olga.refuse("approveMasking", json!({ "requestId": id })).await, ["SECOND_PERSON_NEEDED"]);
    let payload = otto.accept("approveMasking", json!({ "requestId": id }), FIELDS).await;
    let request = &payload["request"];
    assert_eq!((&request["state"], &request["decidedById"]), (&json!("DONE"), &json!(me(&otto).await)));
    let keys = request["receipt"]["destroyedKeys"].as_array().unwrap();
    assert_eq!(keys.len(), 1);
    assert_eq!(keys[0]["group"], "login");
    assert_eq!(request["receipt"]["byHand"].as_array().unwrap().len(), 3);
    let user = super::user(&olga, &john, "username fullName").await;
    assert_eq!(user, json!({ "username": "Unknown User (Jo Pe)", "fullName": "Jonathan Peterson" }));
    let told = history(&olga, &john, "type summary").await;
    assert!(told.iter().any(|entry| entry["type"] == "ATTEMPT_DENIED"), "the own approval is recorded");
}

#[tokio::test]
async fn msk_03_msk_12_a_request_has_agreeing_keys_and_a_ticket() {
    let rollbook = Rollbook::start().await;
    let (john, olga, _) = two_officers(&rollbook).await;
    let mut mixed = request(&john, "HISTORY");
    mixed["email"] = json!("olga@example.org");
    assert_eq!(olga.refuse("requestMasking", mixed).await, ["KEYS_DISAGREE"]);
    let mut without = request(&john, "HISTORY");
    without["ticket"] = json!(" ");
    let payload = olga.mutate("requestMasking", without, "").await;
    let error = &payload["errors"][0];
    assert_eq!((&error["code"], &error["path"]), (&json!("REQUIRED"), &json!(["input", "ticket"])));
    assert_eq!(rollbook.admin.refuse("requestMasking", request(&john, "HISTORY")).await, ["FORBIDDEN"]);
}

#[tokio::test]
async fn msk_12_requests_are_due_in_a_month_extended_once_and_found() {
    let rollbook = Rollbook::start().await;
    let (john, olga, otto) = two_officers(&rollbook).await;
    let id = requested(&olga, &john, "HISTORY").await;
    let longer = json!({ "requestId": id, "reason": "many requests" });
    let payload = olga.accept("extendMasking", longer.clone(), FIELDS).await;
    assert_eq!(payload["request"]["extended"], true);
    assert_eq!(olga.refuse("extendMasking", longer).await, ["ALREADY_EXTENDED"]);
    let due_at = payload["request"]["dueAt"].as_str().unwrap();
    let found = |filter: String| {
        let (otto, id) = (&otto, &id);
        async move {
            let document = format!("{{ maskingRequests(filter: {{ {filter} }}) {{ id }} }}");
            otto.data(&document, json!({})).await["maskingRequests"] == json!([{ "id": id }])
        }
    };
    assert!(found("state: WAITING, overdue: false".to_owned()).await);
    assert!(found("dueBefore: \"9999-01-01T00:00:00Z\"".to_owned()).await);
    assert!(!found(format!("dueBefore: \"{due_at}\"")).await);
    assert!(!found("overdue: true".to_owned()).await);
    assert_eq!(otto.refuse("withdrawMasking", json!({ "requestId": id })).await, ["NOT_REQUESTER"]);
    let payload = olga.accept("withdrawMasking", json!({ "requestId": id }), "request { state }").await;
    assert_eq!(payload["request"]["state"], "WITHDRAWN");
    let again = requested(&olga, &john, "HISTORY").await;
    let declined = json!({ "requestId": again, "reason": "still a customer" });
    let payload = otto.accept("declineMasking", declined, "request { state }").await;
    assert_eq!(payload["request"]["state"], "DECLINED");
}

#[tokio::test]
async fn msk_13_a_legal_hold_blocks_masking_erasure_and_deletion() {
    let rollbook = Rollbook::start().await;
    let (john, olga, otto) = two_officers(&rollbook).await;
    let id = requested(&olga, &john, "HISTORY").await;
    rollbook.admin.accept("disableUser", json!({ "userId": john }), "").await;
    otto.accept("placeLegalHold", json!({ "userId": john, "reason": "case 7" }), "").await;
    assert_eq!(otto.refuse("approveMasking", json!({ "requestId": id })).await, ["LEGAL_HOLD"]);
    assert_eq!(rollbook.admin.refuse("deleteUser", json!({ "userId": john })).await, ["LEGAL_HOLD"]);
    let mask = json!({ "userId": john, "username": "john.peter", "email": "john.peter@example.org" });
    assert_eq!(olga.refuse("maskPii", mask).await, ["LEGAL_HOLD"]);
    otto.accept("liftLegalHold", json!({ "userId": john, "reason": "case closed" }), "").await;
    otto.accept("approveMasking", json!({ "requestId": id }), "").await;
}

#[tokio::test]
async fn requests_for_many_have_an_outcome_each() {
    let rollbook = Rollbook::start().await;
    let (john, olga, _) = two_officers(&rollbook).await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    let person = |id: &str, name: &str| json!({ "userId": id, "username": name, "email": format!("{name}@example.org") });
    let input = json!({
        "people": [person(&john, "john.peter"), person(&ann, "olga")],
        "mode": "HISTORY", "legalBasis": "OBJECTION", "ticket": "T-2",
    });
    let document = "mutation($input: RequestMaskingsInput!) { requestMaskings(input: $input) \
                    { accepted refused outcomes { userId errors { code } } } }";
    let answer = olga.data(document, json!({ "input": input })).await;
    let payload = &answer["requestMaskings"];
    assert_eq!((&payload["accepted"], &payload["refused"]), (&json!(1), &json!(1)));
    assert_eq!(payload["outcomes"][1]["errors"][0]["code"], "KEYS_DISAGREE");
}

#[tokio::test]
async fn msk_18_an_erasure_leaves_an_id_times_and_counts() {
    let rollbook = Rollbook::start().await;
    let (john, olga, otto) = two_officers(&rollbook).await;
    let before = history(&olga, &john, "id").await.len();
    let id = requested(&olga, &john, "ERASURE").await;
    assert_eq!(otto.refuse("approveMasking", json!({ "requestId": id })).await, ["NOT_DEACTIVATED"]);
    rollbook.admin.accept("deleteUser", json!({ "userId": john }), "").await;
    let payload = otto.accept("approveMasking", json!({ "requestId": id }), FIELDS).await;
    let groups = payload["request"]["receipt"]["destroyedKeys"].as_array().unwrap();
    let groups: Vec<&str> = groups.iter().map(|key| key["group"].as_str().unwrap()).collect();
    assert_eq!(groups, ["login", "person", "context", "mask"]);
    let fields = "type summary at subject { name } context { reason clientAddress userAgent } \
                  changes { field from to erased }";
    let document =
        format!("query($id: ID!) {{ history(filter: {{ user: $id }}) {{ nodes {{ {fields} }} }} }}");
    let answer = olga.graphql_with(&document, json!({ "id": john })).await;
    let text = answer.text().to_lowercase();
    for clear in ["john", "peter", "1234567"] {
        assert!(!text.contains(clear), "{clear}: {text}");
    }
    assert!(history(&olga, &john, "id").await.len() > before, "every event is still there");
    let again = rollbook.admin.accept("createUser", agent("John.Peter"), "user { id }").await;
    assert_ne!(again["user"]["id"], json!(john), "another subject");
}

#[tokio::test]
async fn msk_13_an_erased_person_stays_erased_after_a_restart_with_an_old_keyring() {
    let rollbook = Rollbook::start().await;
    let (john, olga, otto) = two_officers(&rollbook).await;
    let id = requested(&olga, &john, "ERASURE").await;
    rollbook.admin.accept("deleteUser", json!({ "userId": john }), "").await;
    let data = rollbook.folder.path().join("data");
    let backup = tempfile::tempdir().unwrap();
    copy(&data.join("keyring"), backup.path());
    otto.accept("approveMasking", json!({ "requestId": id }), "").await;
    let folder = rollbook.stop().await;
    std::fs::remove_dir_all(data.join("keyring")).unwrap();
    copy(backup.path(), &data.join("keyring"));
    let options = crate::support::rollbook::options(&folder);
    let rollbook = Rollbook::start_with(folder, options).await;
    let olga = rollbook.sign_in("olga", &super::password("olga")).await;
    let fields = "summary changes { from to erased }";
    let text = json!(history(&olga, &john, fields).await).to_string().to_lowercase();
    for clear in ["john", "peter", "1234567"] {
        assert!(!text.contains(clear), "{clear}: {text}");
    }
}

fn copy(from: &std::path::Path, to: &std::path::Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}
