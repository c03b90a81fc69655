//! The column `source` of an import: where a user is kept, from the first moment on (SSO-01).

use serde_json::{Value, json};

use crate::cli_program::{Place, Ran, ran};
use crate::support::http::Client;
use crate::support::rollbook::{ADMIN_PASSWORD, Rollbook};

const ROWS: &str = "email,name,User Source\n\
                    a@example.com,Ann,LDAP\n\
                    b@example.com,Bob, saml \n\
                    c@example.com,Cid,\n\
                    d@example.com,Dee,cloud\n\
                    e@example.com,Eve,local\n";

/// Line, outcome, and what is wrong in which field.
fn outcomes(place: &Place, name: &str) -> Vec<Value> {
    let lines = place.read(name);
    let told = |line: &str| {
        let line: Value = serde_json::from_str(line).unwrap();
        let wrong = line["errors"].as_array().unwrap().first();
        json!([line["line"], line["outcome"], wrong.map(|wrong| json!([wrong["field"], wrong["code"]]))])
    };
    lines.lines().map(told).collect()
}

fn expected() -> Vec<Value> {
    let wrong = json!(["source", "INVALID"]);
    vec![
        json!([2, "created", null]),
        json!([3, "created", null]),
        json!([4, "created", null]),
        json!([5, "refused", wrong]),
        json!([6, "created", null]),
    ]
}

async fn import_served(client: &Client, place: &Place, outcomes: &str) -> Ran {
    let server = format!("http://{}", client.address);
    let mut command = place.program(&["import", "--server", &server, "people.csv", "--outcomes", outcomes]);
    command.env("ROLLBOOK_TOKEN", client.token().unwrap());
    tokio::task::spawn_blocking(move || ran(&mut command)).await.unwrap()
}

async fn sources(client: &Client) -> Value {
    let mut found = Vec::new();
    for name in ["a", "b", "c", "e"] {
        let document = "query($email: String!) { user(by: { email: $email }) { source } }";
        let data = client.data(document, json!({ "email": format!("{name}@example.com") })).await;
        found.push(data["user"]["source"].clone());
    }
    found.into()
}

#[tokio::test(flavor = "multi_thread")]
async fn sso_01_a_row_says_where_its_user_is_kept() {
    let rollbook = Rollbook::start().await;
    let place = Place::empty();
    place.write("people.csv", ROWS);
    let ran = import_served(&rollbook.admin, &place, "served.ndjson").await;
    assert_eq!(ran.out, "5 rows: 4 created, 0 repeated, 1 refused\n", "{}", ran.err);
    assert_eq!(outcomes(&place, "served.ndjson"), expected());
    assert_eq!(sources(&rollbook.admin).await, json!(["LDAP", "SAML", "LOCAL", "LOCAL"]));
    rollbook.stop().await;
}

#[test]
fn sso_01_it_says_the_same_without_a_server_and_in_a_dry_run() {
    let place = Place::with_directory();
    place.write("people.csv", ROWS);
    let dry = place.run(&["import", "people.csv", "--dry-run", "--outcomes", "dry.ndjson"]);
    assert_eq!(dry.out, "5 rows: 4 would be created, 0 repeated, 1 refused\n", "{}", dry.err);
    assert_eq!(outcomes(&place, "dry.ndjson"), expected());
    let real = place.run(&["import", "people.csv", "--outcomes", "real.ndjson"]);
    assert_eq!(real.out, "5 rows: 4 created, 0 repeated, 1 refused\n", "{}", real.err);
    assert_eq!(outcomes(&place, "real.ndjson"), expected());
    let again = place.run(&["import", "people.csv"]);
    assert_eq!(again.out, "5 rows: 0 created, 4 repeated, 1 refused\n", "{}", again.err);
}

/// Whoever may create people, and not say where they are kept, is refused that row and no other.
#[tokio::test(flavor = "multi_thread")]
async fn sso_01_a_user_manager_imports_no_users_of_elsewhere() {
    let rollbook = Rollbook::start().await;
    let email = "uma@example.org";
    let uma = json!({ "kind": "AGENT", "username": "uma", "email": email, "fullName": "Uma",
        "password": ADMIN_PASSWORD, "accessProfile": "USER_MANAGER" });
    rollbook.admin.accept("createUser", uma, "").await;
    let uma = rollbook.sign_in("uma", ADMIN_PASSWORD).await;
    let place = Place::empty();
    place.write("people.csv", ROWS);
    import_served(&uma, &place, "served.ndjson").await;
    let refused = json!([null, "FORBIDDEN"]);
    let wanted = vec![
        json!([2, "refused", refused]),
        json!([3, "refused", refused]),
        json!([4, "created", null]),
        json!([5, "refused", ["source", "INVALID"]]),
        json!([6, "created", null]),
    ];
    assert_eq!(outcomes(&place, "served.ndjson"), wanted);
    assert_eq!(sources(&rollbook.admin).await, json!([null, null, "LOCAL", "LOCAL"]));
    rollbook.stop().await;
}
