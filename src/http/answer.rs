//! Answers as bytes: the outcome of an operation, and HTTP responses around it.

use async_graphql::ServerError;
use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use serde::Serialize;

use super::faults;
use super::media_type::ResultType;
use super::refusal::{EdgeError, Refusal};

/// The outcome of one operation, or one item of a subscription, as JSON.
pub(super) struct Outcome {
    pub json: String,
    pub kind: OutcomeKind,
    /// Headers that resolvers set.
    pub headers: HeaderMap,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OutcomeKind {
    /// The operation ran; fields may have failed.
    Executed,
    /// It did not begin to run.
    RequestError,
    /// It panicked.
    Panicked,
}

/// The form of a response in the GraphQL specification, section 7.1, errors first.
#[derive(Serialize)]
struct Executed<'a> {
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    errors: &'a [ServerError],
    data: &'a async_graphql::Value,
    #[serde(skip_serializing_if = "std::collections::BTreeMap::is_empty")]
    extensions: &'a std::collections::BTreeMap<String, async_graphql::Value>,
}

#[derive(Serialize)]
struct Errors<'a, E> {
    errors: &'a [E],
}

impl Outcome {
    /// What async-graphql answered, faults made neutral.
    pub fn of(mut response: async_graphql::Response, request_id: &str) -> Self {
        let headers = std::mem::take(&mut response.http_headers);
        if is_request_error(&response) {
            for error in &mut response.errors {
                error.extensions.get_or_insert_default().set("code", "BAD_REQUEST");
            }
            let json = json(&Errors { errors: &response.errors });
            return Self { json, kind: OutcomeKind::RequestError, headers };
        }
        faults::neutralise(&mut response.errors, request_id);
        let async_graphql::Response { data, errors, extensions, .. } = &response;
        let json = json(&Executed { errors, data, extensions });
        Self { json, kind: OutcomeKind::Executed, headers }
    }

    /// The list of errors alone, of an outcome that has nothing else.
    pub fn errors_json(&self) -> &str {
        let list = self.json.strip_prefix(r#"{"errors":"#).and_then(|rest| rest.strip_suffix('}'));
        list.unwrap_or("[]")
    }

    pub fn of_panic(request_id: &str) -> Self {
        let json = errors_json(&[faults::of_panic(request_id)]);
        Self { json, kind: OutcomeKind::Panicked, headers: HeaderMap::new() }
    }

    /// The HTTP response in the form the client takes.
    pub fn into_response(self, form: ResultType) -> Response<Body> {
        let status = match (self.kind, form) {
            (OutcomeKind::Executed, _) | (OutcomeKind::RequestError, ResultType::Json) => StatusCode::OK,
            (OutcomeKind::RequestError, ResultType::GraphQlResponse) => StatusCode::BAD_REQUEST,
            (OutcomeKind::Panicked, _) => StatusCode::INTERNAL_SERVER_ERROR,
        };
        let mut response = Response::new(Body::from(self.json));
        *response.status_mut() = status;
        *response.headers_mut() = self.headers;
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(form.content_type()));
        response
    }
}

/// Execution gives every error a path; one without data and without a path never began.
fn is_request_error(response: &async_graphql::Response) -> bool {
    let has_no_data = response.data == async_graphql::Value::Null;
    // A source means that code of ours failed, wherever the path was lost.
    let is_refusal = |error: &ServerError| error.path.is_empty() && error.source.is_none();
    has_no_data && !response.errors.is_empty() && response.errors.iter().all(is_refusal)
}

impl Refusal {
    /// The refusal as the JSON text of a GraphQL response.
    pub fn json(&self) -> String {
        errors_json(&self.errors)
    }

    /// The list of errors alone.
    pub fn errors_json(&self) -> String {
        json(&self.errors)
    }

    /// The HTTP response in the form the client takes.
    pub fn into_response(self, form: ResultType) -> Response<Body> {
        let mut response = Response::new(Body::from(self.json()));
        let as_data = self.of_document && form == ResultType::Json;
        *response.status_mut() = if as_data { StatusCode::OK } else { self.status };
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(form.content_type()));
        if let Some(allow) = self.allow {
            headers.insert(header::ALLOW, HeaderValue::from_static(allow));
        }
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

fn errors_json(errors: &[EdgeError]) -> String {
    json(&Errors { errors })
}

/// Our own types serialize without fail: string keys, no readers behind them.
fn json<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value)
        .unwrap_or_else(|_| r#"{"errors":[{"message":"unwritable answer"}]}"#.to_owned())
}
