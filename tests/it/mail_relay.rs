//! Mail to a relay over TLS, with a name and a password: nothing secret in clear, and what fails between us
//! and the relay is never blamed on an address.

use rollbook::mail::{
    Encryption, Jitter, MailSettings, MailTransport, Mailer, MailerFault, RelayLogin, deliver_due,
};
use serde_json::{Value, json};

use crate::support::authority::Authority;
use crate::support::post::{Post, settings};
use crate::support::smtp::{Door, MailServer};

const HOST: &str = "127.0.0.1";
const LOGIN: (&str, &str) = ("rollbook-mailer", "correct horse battery");

fn to(server: &MailServer, encryption: Encryption, ca: &Authority) -> MailSettings {
    let transport = MailTransport::Smtp { host: HOST.to_owned(), port: server.address.port(), encryption };
    MailSettings { ca_file: Some(ca.file()), ..settings(transport) }
}

fn signed_in(settings: MailSettings, password: &str) -> MailSettings {
    let login = RelayLogin { user: LOGIN.0.to_owned(), password: password.to_owned().into() };
    MailSettings { login: Some(login), ..settings }
}

fn mailer(settings: &MailSettings) -> Mailer {
    Mailer::open(settings, Jitter::NONE).unwrap().unwrap()
}

/// One welcome, one attempt: how the mail stands, and whether the address is flagged.
async fn attempt(settings: &MailSettings) -> (Value, Value) {
    let post = Post::start().await;
    let ann = post.welcome("ann").await;
    deliver_due(&post.rollbook.directory, &mailer(settings)).await;
    let profile = post.profile(&ann).await;
    let mail = &profile["mail"][0];
    (json!([mail["state"], mail["fault"]]), profile["emailUndeliverable"].clone())
}

/// Nothing went; it is tried again, and nobody's address is to blame.
async fn assert_not_sent(settings: &MailSettings, server: &MailServer) {
    assert_eq!(attempt(settings).await, (json!(["WAITING", "UNREACHABLE"]), json!(false)));
    assert!(server.taken().is_empty());
}

#[tokio::test]
async fn not_07_mail_goes_over_tls_from_the_first_byte_as_who_signs_in() {
    let ca = Authority::new();
    let server = MailServer::start_with(Door::Tls(ca.acceptor(HOST)), Some(LOGIN)).await;
    let settings = signed_in(to(&server, Encryption::Implicit, &ca), LOGIN.1);
    assert_eq!(attempt(&settings).await, (json!(["SENT", null]), json!(false)));
    assert!(server.taken()[0].over_tls && server.in_clear().is_empty());
}

#[tokio::test]
async fn not_07_with_starttls_nothing_but_the_wish_for_it_is_said_in_clear() {
    let ca = Authority::new();
    let server = MailServer::start_with(Door::StartTls(ca.acceptor(HOST)), Some(LOGIN)).await;
    let settings = signed_in(to(&server, Encryption::Required, &ca), LOGIN.1);
    assert_eq!(attempt(&settings).await, (json!(["SENT", null]), json!(false)));
    assert!(server.taken()[0].over_tls);
    assert_eq!(server.in_clear(), ["EHLO [127.0.0.1]", "STARTTLS"]);
}

#[tokio::test]
async fn not_07_where_tls_is_required_and_not_offered_nothing_goes() {
    let ca = Authority::new();
    let server = MailServer::start_with(Door::Plain, Some(LOGIN)).await;
    let settings = signed_in(to(&server, Encryption::Required, &ca), LOGIN.1);
    assert_not_sent(&settings, &server).await;
    let said = server.in_clear();
    assert!(!said.iter().any(|line| line.starts_with("AUTH") || line.starts_with("MAIL")), "{said:?}");
}

#[tokio::test]
async fn not_07_a_relay_of_another_authority_or_name_gets_nothing() {
    let (ca, other) = (Authority::new(), Authority::new());
    for door in [other.acceptor(HOST), ca.acceptor("relay.example.org")] {
        let server = MailServer::start_with(Door::Tls(door), Some(LOGIN)).await;
        assert_not_sent(&signed_in(to(&server, Encryption::Implicit, &ca), LOGIN.1), &server).await;
    }
}

#[tokio::test]
async fn not_07_opportunistic_tls_is_taken_where_offered() {
    let ca = Authority::new();
    for (door, over_tls) in [(Door::StartTls(ca.acceptor(HOST)), true), (Door::Plain, false)] {
        let server = MailServer::start_with(door, None).await;
        let settings = to(&server, Encryption::Opportunistic, &ca);
        assert_eq!(attempt(&settings).await, (json!(["SENT", null]), json!(false)));
        assert_eq!(server.taken()[0].over_tls, over_tls);
    }
}

#[tokio::test]
async fn not_06_a_login_that_the_relay_refuses_flags_no_address() {
    let ca = Authority::new();
    let server = MailServer::start_with(Door::Tls(ca.acceptor(HOST)), Some(LOGIN)).await;
    let anonymous = to(&server, Encryption::Implicit, &ca);
    assert_not_sent(&signed_in(anonymous.clone(), "another password"), &server).await;
    assert_not_sent(&anonymous, &server).await;
}

#[test]
fn a_password_that_could_travel_in_clear_is_refused_at_the_start() {
    for encryption in [Encryption::None, Encryption::Opportunistic] {
        let transport = MailTransport::Smtp { host: HOST.to_owned(), port: 25, encryption };
        let opened = Mailer::open(&signed_in(settings(transport), LOGIN.1), Jitter::NONE);
        assert!(matches!(opened, Err(MailerFault::LoginInClear)), "{encryption:?}");
    }
}

#[test]
fn a_file_without_certificates_is_refused_at_the_start() {
    let ca = Authority::new();
    let file = ca.file().with_file_name("empty.pem");
    let transport = MailTransport::parse("smtps://relay.example.org:465").unwrap();
    let settings = MailSettings { ca_file: Some(file.clone()), ..settings(transport) };
    for text in [None, Some("no certificate"), Some("-----BEGIN CERTIFICATE-----\nno\n")] {
        if let Some(text) = text {
            std::fs::write(&file, text).unwrap();
        }
        let opened = Mailer::open(&settings, Jitter::NONE);
        assert!(matches!(opened, Err(MailerFault::Authorities { .. } | MailerFault::Tls)), "{text:?}");
    }
}

#[test]
fn a_login_is_never_printed() {
    let transport = MailTransport::parse("smtps://relay.example.org:465").unwrap();
    let shown = format!("{:?}", signed_in(settings(transport), LOGIN.1));
    assert!(!shown.contains(LOGIN.0) && !shown.contains(LOGIN.1), "{shown}");
}

#[test]
fn ways_of_mail_are_said_in_one_word() {
    let smtp =
        |host: &str, port, encryption| Some(MailTransport::Smtp { host: host.to_owned(), port, encryption });
    for (text, way) in [
        ("none", Some(MailTransport::None)),
        ("console", Some(MailTransport::Console)),
        ("file:/var/mail", Some(MailTransport::File("/var/mail".into()))),
        ("smtp://relay.example:25", smtp("relay.example", 25, Encryption::Required)),
        ("smtp://localhost:25", smtp("localhost", 25, Encryption::None)),
        ("smtp://127.0.0.1:25", smtp("127.0.0.1", 25, Encryption::None)),
        ("smtp://127.0.0.1.example:25", smtp("127.0.0.1.example", 25, Encryption::Required)),
        ("smtp://localhost:25?tls=required", smtp("localhost", 25, Encryption::Required)),
        ("smtp://localhost:25?tls=opportunistic", smtp("localhost", 25, Encryption::Opportunistic)),
        ("smtp://[::1]:2525/?tls=none", smtp("::1", 2525, Encryption::None)),
        ("smtps://relay:465", smtp("relay", 465, Encryption::Implicit)),
        ("smtps://relay:465?tls=none", None),
        ("smtp://relay:25?tls=", None),
        ("smtp://relay:25?tls=maybe", None),
        ("smtp://relay:25?password=x", None),
        ("smtp://localhost", None),
        ("smtp://user:password@relay:25", None),
        ("smtps://user:password@relay:465", None),
        ("file:", None),
        ("", None),
    ] {
        assert_eq!(MailTransport::parse(text), way, "{text}");
    }
}
