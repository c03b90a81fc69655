//! What the program logs of people: nothing but numbers (MSK-17).

use serde_json::{Value, json};

use crate::cli_program::Place;
use crate::cli_serve::{Serving, cheap};
use crate::support::http::Client;

const ADMIN: (&str, &str) = ("ada@lovelace.example", "correct horse battery");
/// Everything that is ever said of the person, and to them.
const SAID: [&str; 12] = [
    "Petronella.Quendel",
    "petronella@kraeuter.example",
    "Petronella Quendel-Salbei",
    "Majoranweg",
    "5551234567",
    "Oberkraut",
    "password-of-hers",
    "Estragonbart",
    "quendel2@kraeuter.example",
    "because-of-thyme",
    "kerbel-hook",
    "lovage-search",
];

/// Signs in; gives the client and its token.
async fn signed_in(server: &Client, login: &str, password: &str) -> Client {
    let mutation = "mutation($input: SignInInput!) { signIn(input: $input) { token } }";
    let input = json!({ "input": { "login": login, "password": password } });
    let data = server.data(mutation, input).await;
    server.bearer(data["signIn"]["token"].as_str().unwrap())
}

async fn officer(server: &Client, admin: &Client, name: &str) -> Client {
    let input = json!({ "kind": "AGENT", "username": name, "email": format!("{name}@example.org"),
        "fullName": name, "password": "a password", "accessProfile": "COMPLIANCE_OFFICER" });
    admin.accept("createUser", input, "").await;
    signed_in(server, name, "a password").await
}

/// Asks until the answer is so. What is waited for was begun by the program.
async fn until(client: &Client, document: &str, variables: Value, is_so: impl Fn(&Value) -> bool) {
    loop {
        let data = client.data(document, variables.clone()).await;
        if is_so(&data) {
            return;
        }
        tokio::task::yield_now().await;
    }
}

/// Hired, written to, found, refused, deleted, told of elsewhere, and erased.
async fn a_whole_life(server: &Client) -> Vec<String> {
    let admin = signed_in(server, ADMIN.0, ADMIN.1).await;
    let (olga, otto) = (officer(server, &admin, "olga").await, officer(server, &admin, "otto").await);
    let action = json!({ "invoke": { "url": format!("http://127.0.0.1:1/{}", SAID[10]) } });
    let rule = json!({ "trigger": "POST_DELETE", "name": "Clean up", "action": action });
    admin.accept("defineUserRule", rule, "").await;
    let input = json!({ "kind": "AGENT", "username": SAID[0], "email": SAID[1], "fullName": SAID[2],
        "streetAddress": SAID[3], "mobilePhone": format!("+49{}", SAID[4]), "title": SAID[5], "password": SAID[6],
        "sendWelcomeEmail": true });
    let user = admin.accept("createUser", input, "user { id }").await["user"]["id"].clone();
    let mail = "query($id: ID!) { user(by: { id: $id }) { mail { attempts } } }";
    let named = json!({ "id": user });
    until(&admin, mail, named.clone(), |data| data["user"]["mail"][0]["attempts"] != 0).await;
    let herself = signed_in(server, SAID[0], SAID[6]).await;
    let wrong = json!({ "input": { "login": SAID[1], "password": "wrong" } });
    let sign_in = "mutation($input: SignInInput!) { signIn(input: $input) { errors { code } } }";
    server.data(sign_in, wrong).await;
    herself.refuse("deleteUser", json!({ "userId": "user_8", "reason": SAID[9] })).await;
    herself.graphql(&format!("{{ {} }}", SAID[7])).await;
    herself.get(&format!("/users/{}?q={}", SAID[1], SAID[11])).await;
    admin
        .accept("changeProfile", json!({ "userId": user, "signature": SAID[7], "email": SAID[8] }), "")
        .await;
    let search = "query($text: String!) { lookupUsers(text: $text) { id } }";
    admin.data(search, json!({ "text": SAID[0] })).await;
    admin.accept("lockAccount", json!({ "userId": user, "reason": SAID[9] }), "").await;
    admin.accept("deleteUser", json!({ "userId": user }), "").await;
    let runs = "{ ruleRuns { attempts } }";
    until(&admin, runs, json!({}), |data| data["ruleRuns"][0]["attempts"] != 0).await;
    let keys = json!({ "userId": user, "username": SAID[0], "email": SAID[8], "mode": "ERASURE",
        "legalBasis": "CONSENT_WITHDRAWN", "ticket": SAID[9] });
    let request = olga.accept("requestMasking", keys, "request { id }").await["request"]["id"].clone();
    otto.accept("approveMasking", json!({ "requestId": request }), "").await;
    [&admin, &olga, &otto, &herself].map(|client| client.token().unwrap().to_owned()).into()
}

#[tokio::test(flavor = "multi_thread")]
async fn msk_17_no_value_of_a_person_stands_in_the_programs_own_log() {
    let place = Place::empty();
    let arguments = [
        "serve",
        "--listen",
        "127.0.0.1:0",
        "--log-level",
        "trace",
        "--mail-transport",
        "smtp://127.0.0.1:1",
        "--rule-origins",
        "http://127.0.0.1:1",
    ];
    let mut command = place.program(&arguments);
    cheap(&mut command).env("ROLLBOOK_ADMIN_EMAIL", ADMIN.0).env("ROLLBOOK_ADMIN_PASSWORD", ADMIN.1);
    let serving = Serving::start(&mut command);
    let tokens = a_whole_life(&Client::new(serving.address)).await;
    let (code, logged) = serving.stop();
    assert_eq!(code, Some(0), "{logged}");
    for line in ["a mail was not sent", "a rule was not called"] {
        assert!(logged.contains(line), "what went wrong is logged: {logged}");
    }
    let logged = logged.to_lowercase();
    let said =
        SAID.iter().map(|word| (*word).to_owned()).chain(tokens).chain([ADMIN.0, ADMIN.1].map(str::to_owned));
    for word in said {
        assert!(!logged.contains(&word.to_lowercase()), "{word} in {logged}");
    }
}
