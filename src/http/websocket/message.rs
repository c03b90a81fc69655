//! The messages of `graphql-transport-ws`, and the codes that end a conversation.

use axum::extract::ws::{CloseFrame, Utf8Bytes};
use serde_json::{Map, Value};

use crate::http::refusal::Refusal;
use crate::http::request_body::GraphQlRequest;
use crate::http::strict_json;

/// Longest operation id, in bytes; it must fit into the reason of a close frame, which has 123.
const OPERATION_ID_BYTES_MAX: usize = 80;

/// What a client says.
pub(super) enum ClientMessage {
    ConnectionInit(Map<String, Value>),
    Ping(Option<Value>),
    Pong,
    Subscribe { id: String, request: Box<GraphQlRequest> },
    Complete { id: String },
}

/// Why the server ends the conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Closing {
    /// 1001: the server stops.
    GoingAway,
    /// 1009: a message over the limit.
    TooBig,
    /// 1013: sign-in cannot be checked now.
    TryAgainLater,
    /// 4400: says which member is wrong.
    Invalid(&'static str),
    /// 4401: an operation before the acknowledgement.
    Unauthorized,
    /// 4403: the bearer is refused.
    Forbidden,
    /// 4406: the sub-protocol was not offered.
    SubprotocolNotAcceptable,
    /// 4408: no `connection_init` in time.
    InitTimeout,
    /// 4409: the id is in use.
    SubscriberExists(String),
    /// 4429: `connection_init` twice.
    TooManyInits,
}

impl ClientMessage {
    pub fn parse(text: &str) -> Result<Self, Closing> {
        let Ok(Value::Object(mut message)) = strict_json::parse(text.as_bytes()) else {
            return Err(Closing::Invalid("a message must be a JSON object"));
        };
        let payload = message.remove("payload");
        match message.get("type").and_then(Value::as_str) {
            Some("connection_init") => {
                object(payload).map(|payload| Self::ConnectionInit(payload.unwrap_or_default()))
            }
            Some("ping") => object(payload).map(|payload| Self::Ping(payload.map(Value::Object))),
            Some("pong") => object(payload).map(|_| Self::Pong),
            Some("subscribe") => Ok(Self::Subscribe { id: id(&message)?, request: request(payload)? }),
            Some("complete") => Ok(Self::Complete { id: id(&message)? }),
            Some(_) => Err(Closing::Invalid("unknown `type`")),
            None => Err(Closing::Invalid("`type` must be a string")),
        }
    }
}

fn object(payload: Option<Value>) -> Result<Option<Map<String, Value>>, Closing> {
    match payload {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Object(payload)) => Ok(Some(payload)),
        Some(_) => Err(Closing::Invalid("`payload` must be an object")),
    }
}

fn id(message: &Map<String, Value>) -> Result<String, Closing> {
    let id = message.get("id").and_then(Value::as_str);
    let id = id.filter(|id| (1..=OPERATION_ID_BYTES_MAX).contains(&id.len()));
    id.map(str::to_owned).ok_or(Closing::Invalid("`id` must be a string of 1 to 80 bytes"))
}

fn request(payload: Option<Value>) -> Result<Box<GraphQlRequest>, Closing> {
    let payload = object(payload)?.ok_or(Closing::Invalid("`payload` is missing"))?;
    let request = GraphQlRequest::from_object(payload);
    request.map(Box::new).map_err(|_| Closing::Invalid("`payload` is not a GraphQL request"))
}

/// What the server says, ready to send.
pub(super) fn connection_ack() -> String {
    r#"{"type":"connection_ack"}"#.to_owned()
}

pub(super) fn pong(payload: Option<Value>) -> String {
    match payload {
        Some(payload) => format!(r#"{{"type":"pong","payload":{payload}}}"#),
        None => r#"{"type":"pong"}"#.to_owned(),
    }
}

/// `result` is the JSON text of a GraphQL response.
pub(super) fn next(id: &str, result: &str) -> String {
    format!(r#"{{"id":{},"type":"next","payload":{result}}}"#, Value::from(id))
}

/// `errors` is the JSON text of a list of errors.
pub(super) fn error(id: &str, errors: &str) -> String {
    format!(r#"{{"id":{},"type":"error","payload":{errors}}}"#, Value::from(id))
}

pub(super) fn refused(id: &str, refusal: &Refusal) -> String {
    error(id, &refusal.errors_json())
}

pub(super) fn complete(id: &str) -> String {
    format!(r#"{{"id":{},"type":"complete"}}"#, Value::from(id))
}

impl Closing {
    pub fn frame(&self) -> CloseFrame {
        let (code, reason): (u16, Utf8Bytes) = match self {
            Self::GoingAway => (1001, "Going away".into()),
            Self::TooBig => (1009, "Message too big".into()),
            Self::TryAgainLater => (1013, "Try again later".into()),
            Self::Invalid(reason) => (4400, format!("Invalid message: {reason}").into()),
            Self::Unauthorized => (4401, "Unauthorized".into()),
            Self::Forbidden => (4403, "Forbidden".into()),
            Self::SubprotocolNotAcceptable => (4406, "Subprotocol not acceptable".into()),
            Self::InitTimeout => (4408, "Connection initialisation timeout".into()),
            Self::SubscriberExists(id) => (4409, format!("Subscriber for {id} already exists").into()),
            Self::TooManyInits => (4429, "Too many initialisation requests".into()),
        };
        CloseFrame { code, reason }
    }
}
