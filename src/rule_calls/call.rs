//! One call: connect, protect, hand over the letter, look at the status.

use std::fmt;

use http_body_util::Full;
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper::header::{CONNECTION, CONTENT_TYPE, HOST, USER_AGENT};
use hyper::{Method, Request};
use hyper_util::rt::TokioIo;
use rollbook_projections::view::UserRow;
use rollbook_schema::value::{PersonField, RuleFault, RuleTrigger, RuleUrl};
use rollbook_schema::{CorrelationId, Position, UserId, UserRuleId};
use serde::Serialize;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio_rustls::rustls::pki_types::ServerName;

use super::RuleCalls;

/// Longest head of an answer, in bytes. Of its body nothing is read.
const ANSWER_HEAD_BYTES_MAX: usize = 16 << 10;
const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// What the other program is told: ids; after a deletion, also what the user was called.
#[derive(Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Letter {
    rule: String,
    trigger: RuleTrigger,
    user: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    deleted: Option<Deleted>,
    run: String,
    position: Position,
    correlation_id: String,
    /// The same for each attempt of one run, and never that of another.
    idempotency_key: String,
}

impl Letter {
    /// About a user, in one run of a rule, which began at a position.
    #[must_use]
    pub fn new(
        (rule, trigger): (UserRuleId, RuleTrigger),
        user: UserId,
        run: Position,
        correlation_id: CorrelationId,
    ) -> Letter {
        Letter {
            rule: format!("rule_{rule}"),
            trigger,
            user: format!("user_{user}"),
            deleted: None,
            run: format!("event_{run}"),
            position: run,
            correlation_id: correlation_id.to_string(),
            idempotency_key: format!("{correlation_id}-{run}"),
        }
    }

    /// With what the deleted user was called: BRL-06.
    #[must_use]
    pub fn naming(self, deleted: Deleted) -> Letter {
        Letter { deleted: Some(deleted), ..self }
    }
}

/// Shows nobody.
impl fmt::Debug for Letter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Letter({} for {})", self.rule, self.user)
    }
}

/// The attributes that can name a user (REF-01), by which another program finds what it keeps of them. The fifth
/// is the id. `null` is what is not known, or was masked or erased before the call.
#[derive(Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Deleted {
    username: Option<String>,
    email: Option<String>,
    federation_id: Option<String>,
    cca_federation_id: Option<String>,
}

impl Deleted {
    /// As far as it is still known. A mask is no name.
    #[must_use]
    pub fn of(row: &UserRow) -> Deleted {
        let login = |text: Option<&str>| text.filter(|_| !row.masked).map(str::to_owned);
        let person = |field| row.person(field).map(str::to_owned);
        Deleted {
            username: login(row.username()),
            email: login(row.email()),
            federation_id: person(PersonField::FederationId),
            cca_federation_id: person(PersonField::CcaFederationId),
        }
    }
}

impl RuleCalls {
    /// Hands a letter over, once.
    ///
    /// # Errors
    /// `NOT_ALLOWED`, `UNREACHABLE` where no answer came in time, `REFUSED` for an answer that is none of success.
    pub(crate) async fn call(&self, url: &RuleUrl, letter: &Letter) -> Result<(), RuleFault> {
        if !self.allow(url) {
            return Err(RuleFault::NotAllowed);
        }
        // Never closed.
        let _place = self.places.acquire().await.map_err(|_| RuleFault::Unreachable)?;
        let answered = tokio::time::timeout(self.within, self.answered(url, letter)).await;
        answered.unwrap_or(Err(RuleFault::Unreachable))
    }

    async fn answered(&self, url: &RuleUrl, letter: &Letter) -> Result<(), RuleFault> {
        let unreachable = |_| RuleFault::Unreachable;
        let socket = TcpStream::connect((url.host(), url.port())).await.map_err(unreachable)?;
        if !url.is_encrypted() {
            return post(socket, url, letter).await;
        }
        let tls = self.tls.as_ref().ok_or(RuleFault::NotAllowed)?;
        let name = ServerName::try_from(url.host().to_owned()).map_err(|_| RuleFault::Unreachable)?;
        post(tls.connect(name, socket).await.map_err(unreachable)?, url, letter).await
    }
}

async fn post<S>(socket: S, url: &RuleUrl, letter: &Letter) -> Result<(), RuleFault>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let request = request(url, letter).ok_or(RuleFault::Unreachable)?;
    let opened =
        http1::Builder::new().max_buf_size(ANSWER_HEAD_BYTES_MAX).handshake(TokioIo::new(socket)).await;
    let (mut sender, connection) = opened.map_err(|_| RuleFault::Unreachable)?;
    // Aborted when this call ends, whatever the other side still sends.
    let mut connections = JoinSet::new();
    connections.spawn(connection);
    let answer = sender.send_request(request).await.map_err(|_| RuleFault::Unreachable)?;
    if answer.status().is_success() { Ok(()) } else { Err(RuleFault::Refused) }
}

/// `None` for an address that cannot stand in a request.
fn request(url: &RuleUrl, letter: &Letter) -> Option<Request<Full<Bytes>>> {
    let body = serde_json::to_vec(letter).ok()?;
    let request = Request::builder()
        .method(Method::POST)
        .uri(url.target())
        .header(HOST, url.authority())
        .header(USER_AGENT, "rollbook")
        .header(CONTENT_TYPE, "application/json")
        .header(CONNECTION, "close")
        .header(IDEMPOTENCY_KEY, &letter.idempotency_key)
        .body(Full::new(Bytes::from(body)));
    request.ok()
}
