//! Where a new user stands: business units, and whom they report to.

use serde_json::{Value, json};

use super::{add, flaws, person};
use crate::support::rollbook::Rollbook;

async fn id(rollbook: &Rollbook, mutation: &str, input: Value, of: &str) -> Value {
    rollbook.admin.accept(mutation, input, &format!("{of} {{ id }}")).await[of]["id"].clone()
}

#[tokio::test]
async fn api_05_a_user_starts_in_business_units_and_below_somebody_by_rest_and_graphql() {
    let rollbook = Rollbook::start().await;
    let unit = id(&rollbook, "createBusinessUnit", json!({ "name": "Sales" }), "businessUnit").await;
    let placed = |name: &str| {
        let mut body = person(name);
        body["businessUnits"] = json!([unit, unit]);
        body["reportsTo"] = json!("user_8");
        body
    };
    assert_eq!(add(&rollbook.admin, &placed("rest")).await.status.as_u16(), 201);
    let fields = "user { businessUnits { name } reportsTo { username } }";
    rollbook.admin.accept("createUser", placed("graphql"), fields).await;
    for id in ["user_9", "user_10"] {
        let document =
            format!("{{ {} }}", fields.replacen("user", &format!("user(by: {{ id: \"{id}\" }})"), 1));
        let user = rollbook.admin.data(&document, json!({})).await["user"].clone();
        assert_eq!(
            user,
            json!({ "businessUnits": [{ "name": "Sales" }], "reportsTo": { "username": "admin" } }),
            "{id}"
        );
    }
}

#[tokio::test]
async fn acc_11_units_and_people_that_are_not_there_are_told_together() {
    let rollbook = Rollbook::start().await;
    let mut body = person("ann");
    body["businessUnits"] = json!(["unit_7", "team_1"]);
    body["reportsTo"] = json!("user_08");
    let told = flaws(&add(&rollbook.admin, &body).await);
    assert_eq!(told, ["businessUnits NOT_FOUND", "reportsTo NOT_FOUND"]);
    (body["businessUnits"], body["reportsTo"]) = (json!(["unit_7"]), json!("user_99"));
    let told = flaws(&add(&rollbook.admin, &body).await);
    assert_eq!(told, ["businessUnits NOT_FOUND", "reportsTo NOT_FOUND"]);
}

/// As with the command that changes the line later: whom one does not reach, one cannot name.
#[tokio::test]
async fn rol_13_nobody_is_put_below_somebody_out_of_reach() {
    let rollbook = Rollbook::start().await;
    let team = id(&rollbook, "createTeam", json!({ "name": "Field" }), "team").await;
    let mut manager = person("max");
    (manager["team"], manager["accessProfile"]) = (team.clone(), json!("USER_MANAGER"));
    manager["password"] = json!("something good");
    assert_eq!(add(&rollbook.admin, &manager).await.status.as_u16(), 201);
    let max = rollbook.sign_in("max", "something good").await;
    let mut body = person("ann");
    body["team"] = team;
    for (above, status) in [("user_8", 403), ("user_99", 403), ("user_9", 201)] {
        body["reportsTo"] = json!(above);
        assert_eq!(add(&max, &body).await.status.as_u16(), status, "{above}");
    }
}
