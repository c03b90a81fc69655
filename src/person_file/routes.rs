//! Files over HTTP: `GET /people/user_9/file.json?ticket=…` and `/people/user_9/file.html?ticket=…`, with the bearer
//! of a compliance officer's session. The ticket may also come in the header `x-ticket`, which no proxy logs.

use axum::Router;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use rollbook_schema::event::FileForm;
use rollbook_schema::value::Reason;
use rollbook_schema::{Context, Rejection, RejectionCode, UserId};
use serde_json::json;

use super::html::{self, CONTENT_SECURITY_POLICY};
use crate::directory::{Asking, Directory, PersonFileFault};
use crate::http::{RequestContext, bearer_of, query_pairs};
use crate::identity::SessionToken;
use crate::writer::CommandError;

/// The header that names the ticket.
const TICKET: &str = "x-ticket";

/// The routes, to be put into the envelope of the edge.
pub fn routes(directory: Directory) -> Router {
    Router::new().route("/people/{id}/{file}", get(read)).with_state(directory)
}

async fn read(
    State(directory): State<Directory>,
    Path((id, file)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Refused> {
    let form = match file.as_str() {
        "file.json" => FileForm::Json,
        "file.html" => FileForm::Html,
        _ => return Err(Refused(RejectionCode::NotFound)),
    };
    let asking = asking(&directory, &request)?;
    let user = parse_user(&id).ok_or(Refused(RejectionCode::NotFound))?;
    let file = directory.person_file(asking, user, form).await?;
    let name = format!("attachment; filename=\"user-{user}.json\"");
    let mut response = match form {
        FileForm::Json => (
            [(header::CONTENT_TYPE, "application/json"), (header::CONTENT_DISPOSITION, name.as_str())],
            file.to_string(),
        )
            .into_response(),
        FileForm::Html => {
            ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], html::page(&file)).into_response()
        }
    };
    let policy = HeaderValue::from_static(CONTENT_SECURITY_POLICY);
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    Ok(response)
}

fn asking(directory: &Directory, request: &Request) -> Result<Asking, Refused> {
    let bearer = bearer_of(request.headers()).ok().flatten();
    let caller = bearer.and_then(|token| directory.caller(&SessionToken::from_client(&token)));
    let caller = caller.ok_or(Refused(RejectionCode::Unauthenticated))?;
    let pairs = query_pairs(request.uri().query().unwrap_or_default());
    let pairs = pairs.map_err(|_| Refused(RejectionCode::Invalid))?;
    let named = pairs.iter().find(|(name, _)| name == "ticket").map(|(_, ticket)| ticket.as_str());
    let header = request.headers().get(TICKET).and_then(|ticket| ticket.to_str().ok());
    let ticket = named.or(header).filter(|ticket| !ticket.trim().is_empty());
    let reason = ticket.map(Reason::parse).transpose().map_err(|_| Refused(RejectionCode::Invalid))?;
    let context = request.extensions().get::<RequestContext>().map(|request| Context {
        request_id: Some(request.request_id.clone()).filter(|id| !id.is_empty()),
        client_address: request.client_address.map(|address| address.to_string()),
        user_agent: request.user_agent.clone(),
        reason: None,
    });
    let context = Context { reason, ..context.unwrap_or_default() };
    Ok(Asking { context, ..Asking::by(caller) })
}

fn parse_user(name: &str) -> Option<UserId> {
    let digits = name.strip_prefix("user_")?;
    digits.parse().ok().filter(|number: &u64| number.to_string() == digits).map(UserId)
}

/// Why not, as a status and a code.
struct Refused(RejectionCode);

impl From<PersonFileFault> for Refused {
    fn from(fault: PersonFileFault) -> Self {
        match fault {
            PersonFileFault::Asked(CommandError::Refused(rejections)) => Refused(rejections.code()),
            PersonFileFault::Asked(CommandError::Stopped(_)) => Refused(RejectionCode::Busy),
            PersonFileFault::Read(fault) => {
                tracing::error!(%fault, "a person's file could not be read");
                Refused(RejectionCode::Busy)
            }
        }
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let status = match self.0 {
            RejectionCode::Unauthenticated => StatusCode::UNAUTHORIZED,
            RejectionCode::NotFound => StatusCode::NOT_FOUND,
            RejectionCode::Required | RejectionCode::Invalid => StatusCode::BAD_REQUEST,
            RejectionCode::Busy => StatusCode::SERVICE_UNAVAILABLE,
            _ => StatusCode::FORBIDDEN,
        };
        let message = Rejection::new(self.0).to_string();
        let body = json!({ "errors": [{ "code": self.0.as_str(), "message": message }] });
        (status, [(header::CONTENT_TYPE, "application/json")], body.to_string()).into_response()
    }
}
