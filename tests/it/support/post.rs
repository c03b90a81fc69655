//! A Rollbook that mails: its clock stands until a test moves it, its mail goes to a server of the test.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use rollbook::clock::Clock;
use rollbook::mail::{Encryption, Jitter, MailSettings, MailTransport, Mailer, deliver_due};
use rollbook_schema::value::Timestamp;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::rollbook::{Rollbook, options};
use super::smtp::MailServer;

/// Time that stands until a test moves it.
pub struct Moved(AtomicI64);

impl Clock for Moved {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.0.load(Ordering::SeqCst))
    }
}

impl Moved {
    pub fn on(&self, millis: i64) {
        self.0.fetch_add(millis, Ordering::SeqCst);
    }
}

pub struct Post {
    pub rollbook: Rollbook,
    pub clock: Arc<Moved>,
    pub server: MailServer,
    pub mailer: Mailer,
}

pub fn settings(transport: MailTransport) -> MailSettings {
    MailSettings {
        transport,
        login: None,
        ca_file: None,
        from: "Rollbook <rollbook@example.org>".to_owned(),
        sign_in_at: "https://people.example.org/".to_owned(),
    }
}

pub fn mailer(transport: MailTransport) -> Mailer {
    Mailer::open(&settings(transport), Jitter::NONE).unwrap().unwrap()
}

/// A way without TLS to a port of this machine.
pub fn plain(port: u16) -> MailTransport {
    MailTransport::Smtp { host: "127.0.0.1".to_owned(), port, encryption: Encryption::None }
}

pub fn relay(server: &MailServer) -> Mailer {
    mailer(plain(server.address.port()))
}

impl Post {
    pub async fn start() -> Post {
        let clock = Arc::new(Moved(AtomicI64::new(1_700_000_000_000)));
        let folder = Arc::new(TempDir::new().unwrap());
        let mut options = options(&folder);
        options.clock = clock.clone();
        options.sends_mail = true;
        let rollbook = Rollbook::start_with(folder, options).await;
        let server = MailServer::start().await;
        let mailer = relay(&server);
        Post { rollbook, clock, server, mailer }
    }

    /// The same directory, clock and mail server, after a stop.
    pub async fn restarted(self) -> Post {
        let Post { rollbook, clock, server, mailer } = self;
        let folder = rollbook.stop().await;
        let mut options = options(&folder);
        options.clock = clock.clone();
        options.sends_mail = true;
        let rollbook = Rollbook::start_with(folder, options).await;
        Post { rollbook, clock, server, mailer }
    }

    pub async fn welcome(&self, name: &str) -> String {
        let input = json!({
            "kind": "AGENT", "username": name, "email": format!("{name}@example.org"), "fullName": name,
            "password": "something secret", "sendWelcomeEmail": true,
        });
        let payload = self.rollbook.admin.accept("createUser", input, "user { id }").await;
        payload["user"]["id"].as_str().unwrap().to_owned()
    }

    pub async fn pass(&self) -> Option<i64> {
        deliver_due(&self.rollbook.directory, &self.mailer).await.map(Timestamp::millis)
    }

    pub async fn profile(&self, id: &str) -> Value {
        let document = "query($id: ID!) { user(by: { id: $id }) { emailUndeliverable version \
                        mail { template state attempts fault } } }";
        self.rollbook.admin.data(document, json!({ "id": id })).await["user"].clone()
    }

    /// What asks that a mail be sent again, by its place on the profile.
    pub async fn resent(&self, user: &str, place: usize) -> Value {
        let document = "query($id: ID!) { user(by: { id: $id }) { mail { id } } }";
        let data = self.rollbook.admin.data(document, json!({ "id": user })).await;
        json!({ "userId": user, "mailId": data["user"]["mail"][place]["id"] })
    }

    pub async fn mail(&self, id: &str) -> Value {
        self.profile(id).await["mail"].clone()
    }
}
