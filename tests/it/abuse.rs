//! What strangers try at the doors of a whole server.

use std::sync::Arc;

use axum::http::{Method, header};
use http_body_util::Full;
use hyper::body::Bytes;
use rollbook::http::{EdgeLimits, Introspection, Shutdown};
use rollbook::serve::{edge, routes};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::http::{Answer, Client};
use crate::support::rollbook::{ADMIN_PASSWORD, Rollbook, options};
use crate::support::server::TestServer;
use crate::support::websocket::GraphQlSocket;

const DESCRIBED: [&str; 2] = [
    "{ __schema { queryType { name } } }",
    "query { ...deep } fragment deep on Query { ... on Query { all: __schema { types { name } } } }",
];

#[tokio::test(flavor = "multi_thread")]
async fn the_schema_is_described_to_whoever_is_signed_in_and_to_no_stranger() {
    let rollbook = Rollbook::start().await;
    for document in DESCRIBED {
        let refused = rollbook.anonymous().graphql(document).await;
        assert_eq!(refused.code(), "INTROSPECTION_REFUSED", "{document}");
        assert!(!refused.text().contains("User"), "{}", refused.text());
        rollbook.admin.graphql(document).await.data();
    }
    assert_eq!(rollbook.anonymous().graphql("{ __typename }").await.data()["__typename"], "Query");
    let mut socket = GraphQlSocket::connect(&rollbook.anonymous()).await;
    socket.subscribe("1", DESCRIBED[0]).await;
    assert_eq!(socket.hear().await["payload"][0]["extensions"]["code"], "INTROSPECTION_REFUSED");
}

#[tokio::test(flavor = "multi_thread")]
async fn to_a_stranger_no_type_has_a_name() {
    let rollbook = Rollbook::start().await;
    for document in [
        "{ __type(name: \"User\") { name } }",
        "query { ...all } fragment all on Query { ... on Query { __type(name: \"User\") { name fields { name } } } }",
    ] {
        let data = rollbook.anonymous().graphql(document).await.data();
        assert_eq!(data["__type"], serde_json::Value::Null, "{document}");
        assert_eq!(rollbook.admin.graphql(document).await.data()["__type"]["name"], "User");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_schema_is_described_to_everybody_where_the_operator_says_so() {
    let rollbook = Rollbook::start().await;
    let limits = EdgeLimits { introspection: Introspection::Everybody, ..EdgeLimits::default() };
    let shutdown = Shutdown::default();
    let edge = edge(&rollbook.directory, limits.clone(), shutdown.clone()).unwrap();
    let open = TestServer::start(routes(&rollbook.directory, &edge, &limits), limits, shutdown).await;
    open.client().graphql(DESCRIBED[0]).await.data();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_is_nearly_right_is_not_put_right() {
    let rollbook = Rollbook::start().await;
    for (document, near) in [
        ("{ userz { totalCount } }", "users"),
        ("{ users { totalCounts } }", "totalCount"),
        ("{ users(firts: 1) { totalCount } }", "first"),
        ("{ users(filter: { kindd: AGENT }) { totalCount } }", "kind:"),
        ("{ users(filter: { kind: AGENTT }) { totalCount } }", "CLIENT"),
        ("query($i: SignInInputt) { users { totalCount } }", "SignInInput`"),
        ("mutation { signInn(input: {}) { token } }", "signIn("),
    ] {
        let answer = rollbook.anonymous().graphql(document).await;
        assert_eq!(answer.code(), "GRAPHQL_VALIDATION_FAILED", "{}", answer.text());
        let told = answer.json()["errors"].to_string();
        let told =
            told.replace("userz", "").replace("totalCounts", "").replace("firts", "").replace("kindd", "");
        let told = told.replace("AGENTT", "").replace("SignInInputt", "").replace("signInn", "");
        assert!(!told.contains(near) && !told.to_lowercase().contains("did you mean"), "{told}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn guesses_under_many_names_in_one_request_are_counted_one_by_one() {
    let rollbook = Rollbook::start().await;
    let id = rollbook.admin.create("AGENT", "anna").await;
    let guess = |number: usize| {
        format!("g{number}: signIn(input: {{ login: \"anna\", password: \"guess {number}\" }}) {{ token }} ")
    };
    let document = format!("mutation {{ {} }}", (0..8).map(guess).collect::<String>());
    rollbook.anonymous().graphql(&document).await.data();
    rollbook.settled().await;
    let user = "query($id: ID!) { user(by: { id: $id }) { locked } }";
    assert_eq!(rollbook.admin.data(user, json!({ "id": id })).await["user"]["locked"], true);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_document_and_no_variable_is_too_much_for_the_server() {
    let rollbook = Rollbook::start().await;
    let stranger = rollbook.anonymous();
    let nested =
        |depth: usize| (0..depth).fold(json!({ "active": true }), |inner, _| json!({ "and": [inner] }));
    let by_filter = "query($f: UserFilter) { users(filter: $f) { totalCount } }";
    let aliases: String = (0..500).map(|n| format!("a{n}: me {{ id }} ")).collect();
    let doubling: String =
        (0..60).map(|n| format!("fragment f{n} on Query {{ ...f{m} ...f{m} }} ", m = n + 1)).collect();
    let asked = [
        json!({ "query": by_filter, "variables": { "f": nested(60) } }),
        json!({ "query": by_filter, "variables": { "f": nested(200) } }),
        json!({ "query": by_filter, "variables": { "f": "x".repeat(2 << 20) } }),
        json!({ "query": format!("{{ {aliases} }}") }),
        json!({ "query": format!("{{ ...f0 }} {doubling} fragment f60 on Query {{ me {{ id }} }}") }),
        json!({ "query": "{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }" }),
        json!([{ "query": "{ me { id } }" }, { "query": "{ me { id } }" }]),
        json!({ "query": "query($a: Int) { me { id } }", "variables": { "a": vec![0; 300_000] } }),
    ];
    for body in asked {
        let answer = stranger.post(body).await;
        assert!(answer.status.is_client_error(), "{} {}", answer.status, answer.text());
        assert!(!answer.code().is_empty() && answer.body.len() < 4096, "{}", answer.text());
    }
    assert_eq!(stranger.graphql("{ __typename }").await.status, 200, "and it goes on");
}

/// A browser that is signed in to the console: its cookie.
async fn cookie(client: &Client) -> String {
    let page = client.get("/sign-in").await;
    let visit = page.header("set-cookie").split(';').next().unwrap().to_owned();
    let token =
        page.text().split_once("name=\"token\" value=\"").unwrap().1.split('"').next().unwrap().to_owned();
    let form = format!("token={token}&login=admin&password={ADMIN_PASSWORD}");
    let answer = form_of(client, "/sign-in", &visit, &form).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    answer.header("set-cookie").split(';').next().unwrap().to_owned()
}

async fn form_of(client: &Client, path: &str, cookie: &str, form: &str) -> Answer {
    let request = client
        .request(Method::POST, path)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::COOKIE, cookie);
    client.send(request.body(Full::from(form.to_owned())).unwrap()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_cookie_of_the_console_opens_no_other_door() {
    let rollbook = Rollbook::start().await;
    let stranger = rollbook.anonymous();
    let cookie = cookie(&stranger).await;
    let with_cookie = |method: Method, path: &str, body: &str| {
        let request = stranger.request(method, path).header(header::COOKIE, &cookie);
        let request = request.header(header::CONTENT_TYPE, "application/json");
        request.body(Full::<Bytes>::from(body.to_owned())).unwrap()
    };
    let me = with_cookie(Method::POST, "/graphql", "{\"query\":\"{ me { id } }\"}");
    assert_eq!(stranger.send(me).await.json()["data"]["me"], Value::Null, "another site's page is nobody");
    for path in ["/backup?after=0", "/backup/keys", "/history/export?format=ndjson"] {
        let answer = stranger.send(with_cookie(Method::GET, path, "")).await;
        assert_eq!(answer.status, 401, "{path}");
    }
    let user = "{\"email\":\"x@example.org\",\"lastName\":\"X\"}";
    let answer = stranger.send(with_cookie(Method::POST, "/users", user)).await;
    assert!(answer.status.is_client_error(), "{}", answer.status);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_goes_on_to_no_other_site() {
    let rollbook = Rollbook::start().await;
    let stranger = rollbook.anonymous();
    let others = [
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https://evil.example",
        "https:evil.example",
        "javascript:alert(1)",
        "/%0d%0aset-cookie:x=y",
        "/\r\nset-cookie: x=y",
        "/\t/evil.example",
        "evil.example",
        " //evil.example",
    ];
    for to in others {
        let page = stranger.get("/sign-in").await;
        let visit = page.header("set-cookie").split(';').next().unwrap().to_owned();
        let text = page.text();
        let token = text.split_once("name=\"token\" value=\"").unwrap().1.split('"').next().unwrap();
        let to: String = to.bytes().map(|byte| format!("%{byte:02X}")).collect();
        let form = format!("token={token}&login=admin&password={ADMIN_PASSWORD}&to={to}");
        let answer = form_of(&stranger, "/sign-in", &visit, &form).await;
        let location = answer.header("location");
        let is_ours = location.starts_with('/') && !location.starts_with("//") && !location.contains('\\');
        assert!(answer.status == 303 && is_ours, "{location}");
        let cookies: Vec<_> = answer.headers.get_all("set-cookie").iter().collect();
        assert!(cookies.iter().all(|cookie| cookie.to_str().unwrap().starts_with("rollbook")), "{cookies:?}");
        let shown = stranger.get(&format!("/sign-in?to={to}")).await.text();
        assert!(!shown.contains("evil.example") && !shown.contains("javascript:"), "{to}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_request_says_of_itself_stands_in_no_header_and_no_page() {
    let rollbook = Rollbook::start().await;
    let stranger = rollbook.anonymous();
    let request = hyper::Request::builder()
        .method(Method::GET)
        .uri("/sign-in?to=/users")
        .header(header::HOST, "evil.example")
        .header("x-forwarded-host", "evil.example")
        .header("x-request-id", "evil example <b>")
        .header("origin", "https://evil.example");
    let answer = stranger.send(request.body(Full::default()).unwrap()).await;
    assert!(!answer.text().contains("evil"), "links are paths, and mails say what the operator set");
    for (name, value) in &answer.headers {
        assert!(!value.to_str().unwrap_or_default().contains("evil"), "{name}");
    }
    assert!(answer.headers.get("access-control-allow-origin").is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_of_before_says_nothing_after_a_restart_with_another_directory() {
    let rollbook = Rollbook::start().await;
    let token = rollbook.admin.token().unwrap().to_owned();
    rollbook.stop().await;
    let folder = Arc::new(TempDir::new().unwrap());
    let other = Rollbook::start_with(folder.clone(), options(&folder)).await;
    assert_eq!(other.anonymous().bearer(&token).graphql("{ me { id } }").await.code(), "UNAUTHENTICATED");
}
