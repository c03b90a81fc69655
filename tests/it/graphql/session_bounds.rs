//! How many sessions somebody has, and where switching back leads.

use serde_json::{Value, json};

use super::proxies::{act_as, me};
use super::{history, password, user};
use crate::support::clock::rollbook_with_clock;
use crate::support::rollbook::Rollbook;

#[tokio::test]
async fn ses_01_one_session_too_many_ends_the_oldest_and_history_says_why() {
    let rollbook = Rollbook::start().await;
    rollbook.admin.accept("changeSettings", json!({ "sessionsPerUserMax": 2 }), "").await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    let first = rollbook.sign_in("ann", &password("ann")).await;
    let second = rollbook.sign_in("ann", &password("ann")).await;
    let third = rollbook.sign_in("ann", &password("ann")).await;
    assert_eq!(first.graphql("{ me { id } }").await.status, 401);
    assert_eq!((me(&second).await, me(&third).await), (ann.clone(), ann.clone()));
    let last = user(&rollbook.admin, &ann, "lastSignOutReason").await;
    assert_eq!(last["lastSignOutReason"], "TOO_MANY");
    let entries = history(&rollbook.admin, &ann, "type summary changes { field to }").await;
    let ended: Vec<&Value> = entries.iter().filter(|entry| entry["type"] == "SESSION_ENDED").collect();
    assert_eq!(ended.len(), 1);
    assert_eq!(ended[0]["summary"], "The oldest session of ann ended: there were too many");
}

#[tokio::test]
async fn ses_01_a_session_in_which_somebody_else_acts_is_not_one_of_the_users_own() {
    let rollbook = Rollbook::start().await;
    rollbook.admin.accept("changeSettings", json!({ "sessionsPerUserMax": 1 }), "").await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    let first = rollbook.sign_in("ann", &password("ann")).await;
    let (as_ann, _) = act_as(&rollbook, &rollbook.admin, &ann).await;
    assert_eq!(me(&first).await, ann, "acting as her ended no session of hers");
    assert_ne!(me(&rollbook.admin).await, ann, "nor the one of who acts");
    rollbook.sign_in("ann", &password("ann")).await;
    assert_eq!(first.graphql("{ me { id } }").await.status, 401);
    assert_eq!(me(&as_ann).await, ann, "her next own one leaves it alone");
}

#[tokio::test]
async fn ses_04_pxy_24_switching_back_resumes_the_own_session_without_a_password() {
    let rollbook = Rollbook::start().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    let own = me(&rollbook.admin).await;
    let (as_ann, _) = act_as(&rollbook, &rollbook.admin, &ann).await;
    assert_eq!(me(&as_ann).await, ann);
    as_ann.accept("endProxy", json!({}), "").await;
    assert_eq!(as_ann.graphql("{ me { id } }").await.status, 401);
    assert_eq!(me(&rollbook.admin).await, own);
}

#[tokio::test]
async fn ses_04_pxy_24_if_the_own_session_has_expired_sign_in_is_asked() {
    let (rollbook, clock) = rollbook_with_clock().await;
    let ann = rollbook.admin.create("AGENT", "ann").await;
    clock.pass_minutes(11 * 60 + 30);
    let (as_ann, _) = act_as(&rollbook, &rollbook.admin, &ann).await;
    clock.pass_minutes(30);
    for client in [&as_ann, &rollbook.admin] {
        let answer = client.graphql("{ me { id } }").await;
        assert_eq!((answer.status.as_u16(), answer.code()), (401, "UNAUTHENTICATED".to_owned()));
    }
}
