//! What a row of an import says beyond the person: attributes, team, business units, superior, chats, welcome.

use rollbook::cli::reading::{Format, NewUser, Rows};
use rollbook_schema::value::UserKind;
use serde_json::{Value, json};

use crate::cli_program::{Place, Ran, ran};
use crate::support::http::Client;
use crate::support::rollbook::Rollbook;

/// A directory with everything that a row may name.
async fn furnished() -> Rollbook {
    let rollbook = Rollbook::start().await;
    for (mutation, input) in [
        ("createTeam", json!({ "name": "Field" })),
        ("createBusinessUnit", json!({ "name": "Sales" })),
        ("createBusinessUnit", json!({ "name": "Service" })),
        (
            "defineAttribute",
            json!({ "key": "badge", "label": "Badge", "type": "NUMBER", "kinds": ["AGENT"], "required": true,
                    "personal": true }),
        ),
        (
            "defineAttribute",
            json!({ "key": "site", "label": "Site", "type": "CHOICE", "kinds": ["AGENT"], "personal": false,
                    "choices": ["North", "South"] }),
        ),
    ] {
        rollbook.admin.accept(mutation, input, "").await;
    }
    rollbook
}

const HEADER: &str = "email,name,Team,Business Units,Reports To,Max Chats,Send Welcome Email,Access Profile,attr.badge,ATTR.Site";

/// Imports files of a place through the server of a client.
async fn import_served(client: &Client, place: &Place, arguments: &[&str]) -> Ran {
    let server = format!("http://{}", client.address);
    let mut command = place.program(&[&["import", "--server", &server], arguments].concat());
    tokio::task::spawn_blocking(move || ran(&mut command)).await.unwrap()
}

fn outcomes(place: &Place, name: &str) -> Vec<Value> {
    let lines = place.read(name);
    let parsed = lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    parsed
        .map(|line| {
            let errors = line["errors"].as_array().unwrap().iter();
            let errors: Vec<String> = errors
                .map(|error| {
                    format!("{} {}", error["field"].as_str().unwrap(), error["code"].as_str().unwrap())
                })
                .collect();
            json!([line["line"], line["outcome"], errors])
        })
        .collect()
}

fn rows() -> String {
    format!(
        "{HEADER}\n\
         a@example.com,Ann,FIELD,service; Sales,admin,7,yes,user manager,12.5,north\n\
         b@example.com,Bob,,,A@example.com,,,,7,\n\
         c@example.com,Cid,,,,,,,,\n\
         d@example.com,Dee,Nowhere,Nothing,nobody,,,,1,\n\
         e@example.com,Eve,,,,1001,perhaps,king,1,\n\
         f@example.com,Flo,,,,,,,many,West\n"
    )
}

fn expected() -> Vec<Value> {
    vec![
        json!([2, "created", []]),
        json!([3, "created", []]),
        json!([4, "refused", ["attributes REQUIRED"]]),
        json!([5, "refused", ["team NOT_FOUND", "businessUnits NOT_FOUND", "reportsTo NOT_FOUND"]]),
        json!([6, "refused", ["accessProfile INVALID", "maxChats INVALID", "sendWelcomeEmail INVALID"]]),
        json!([7, "refused", ["attr.badge INVALID", "attr.site INVALID"]]),
    ]
}

async fn user(client: &Client, email: &str) -> Value {
    let fields = "accessProfile maxChats teams { name } businessUnits { name } reportsTo { username } \
                  attributes { value } mail { template }";
    let document = format!("query($email: String!) {{ user(by: {{ email: $email }}) {{ {fields} }} }}");
    client.data(&document, json!({ "email": email })).await["user"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn api_05_a_row_says_through_a_server_what_create_user_can() {
    let rollbook = furnished().await;
    let place = Place::empty();
    place.write("people.csv", rows());
    place.write("token", rollbook.admin.token().unwrap());
    let arguments = ["people.csv", "--token-file", "token", "--outcomes", "outcomes.ndjson"];
    let ran = import_served(&rollbook.admin, &place, &arguments).await;
    assert_eq!(ran.out, "6 rows: 2 created, 0 repeated, 4 refused\n", "{}", ran.err);
    assert_eq!(outcomes(&place, "outcomes.ndjson"), expected());
    let ann = user(&rollbook.admin, "a@example.com").await;
    assert_eq!(
        json!([ann["accessProfile"], ann["maxChats"], ann["teams"], ann["businessUnits"], ann["reportsTo"]]),
        json!([
            "USER_MANAGER", 7, [{ "name": "Field" }], [{ "name": "Sales" }, { "name": "Service" }],
            { "username": "admin" }
        ])
    );
    let attributes: Vec<&Value> = ann["attributes"].as_array().unwrap().iter().map(|a| &a["value"]).collect();
    assert_eq!(attributes, ["12.5", "North"]);
    assert_eq!(ann["mail"], json!([{ "template": "WELCOME" }]));
    let bob = user(&rollbook.admin, "b@example.com").await;
    assert_eq!(json!([bob["reportsTo"], bob["mail"]]), json!([{ "username": "a@example.com" }, []]));
    let again = import_served(&rollbook.admin, &place, &arguments).await;
    assert_eq!(again.out, "6 rows: 0 created, 2 repeated, 4 refused\n");
    rollbook.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn api_05_it_says_the_same_without_a_server_and_in_a_dry_run() {
    let folder = furnished().await.stop().await;
    let data = folder.path().join("data").to_string_lossy().into_owned();
    let place = Place::empty();
    place.write("people.csv", rows());
    let import = |name: &str, flag: &[&str]| {
        let arguments = ["import", "people.csv", "--data", &data, "--outcomes", name];
        let ran = place.run(&[&arguments, flag].concat());
        (ran.out, outcomes(&place, name))
    };
    let dry = import("dry.ndjson", &["--dry-run"]);
    assert_eq!(dry, ("6 rows: 2 would be created, 0 repeated, 4 refused\n".to_owned(), expected()));
    let real = import("real.ndjson", &[]);
    assert_eq!(real, ("6 rows: 2 created, 0 repeated, 4 refused\n".to_owned(), expected()));
    assert_eq!(import("again.ndjson", &[]).0, "6 rows: 0 created, 2 repeated, 4 refused\n");
    let types =
        ["team_member.added@1", "added.to_business_unit@1", "reporting_line.changed@1", "attributes.set@1"];
    let log = place.run(&["log", "--data", &data]).out;
    assert_eq!(types.map(|of| log.contains(of)), [true; 4], "{log}");
    for secret in ["12.5", "north", "Ann", "example.com"] {
        assert!(!log.contains(secret), "{secret}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_was_kept_opens_the_server_to_an_import() {
    let rollbook = Rollbook::start().await;
    let place = Place::empty();
    place.write("people.csv", "email,name\na@example.com,A\n");
    let state = place.path("state");
    let kept = state
        .join("rollbook")
        .join(format!("token-{}", rollbook.admin.address.to_string().replace(':', "-")));
    std::fs::create_dir_all(kept.parent().unwrap()).unwrap();
    std::fs::write(&kept, rollbook.admin.token().unwrap()).unwrap();
    let server = format!("http://{}", rollbook.admin.address);
    let mut command = place.program(&["import", "--server", &server, "people.csv"]);
    command.env("XDG_STATE_HOME", &state);
    let ran = tokio::task::spawn_blocking(move || ran(&mut command)).await.unwrap();
    assert_eq!(
        (ran.code, ran.out.as_str()),
        (0, "1 rows: 1 created, 0 repeated, 0 refused\n"),
        "{}",
        ran.err
    );
    rollbook.stop().await;
}

#[test]
fn the_same_columns_in_another_order_are_the_same_row() {
    let user = |text: &str, format| {
        let row = Rows::begin(text.as_bytes(), format, &[]).unwrap().next_row().unwrap().unwrap();
        NewUser::parse(&row.fields.unwrap(), UserKind::Agent).unwrap()
    };
    let one = user("email,name,attr.b,attr.a,business units\na@example.com,A,2,1,Y;X\n", Format::Csv);
    let other = user("attr.A,business units,attr.B,email,name\n1,x;y;x,2,a@example.com,A\n", Format::Csv);
    let line =
        r#"{"email":"a@example.com","fullName":"A","attr.a":1,"attr.b":"2","businessUnits":["Y","X"]}"#;
    assert_eq!(other.more.attributes, user(line, Format::Ndjson).more.attributes);
    assert_eq!(one.idempotency_key(), user(line, Format::Ndjson).idempotency_key());
    assert_ne!(one.idempotency_key(), user("email,name\na@example.com,A\n", Format::Csv).idempotency_key());
}

/// Whoever imported with an older program goes on with the same file.
#[test]
fn a_row_that_says_nothing_more_keeps_its_key() {
    let text = b"email,name,attr.badge\na@example.com,A,\n".as_slice();
    let row = Rows::begin(text, Format::Csv, &[]).unwrap().next_row().unwrap().unwrap();
    let user = NewUser::parse(&row.fields.unwrap(), UserKind::Agent).unwrap();
    expect_test::expect!["import:8ca7c22efa8975d14af2de435287603fe9c441faa9c8e31e8119927c397df47b"]
        .assert_eq(&user.idempotency_key());
}

#[test]
fn an_attribute_column_without_a_key_or_twice_is_refused() {
    let fault = |text: &str| Rows::begin(text.as_bytes(), Format::Csv, &[]).err().unwrap().to_string();
    assert_eq!(
        fault("email,attr.a b\n"),
        "column 2 names no attribute: after `attr.` stands its key, letters, digits and _"
    );
    assert_eq!(
        fault("email,attr.a,Attr.A\n"),
        "columns 2 and 3 both hold attr.a: name one by --column attr.a=HEADER"
    );
}
