//! `/graphql`: the method and the media types decide which protocol a request speaks.

use axum::Extension;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{Method, Response, StatusCode, header};
use http_body_util::{BodyExt, LengthLimitError, Limited};

use super::edge::{Edge, Planned};
use super::identity::bearer_of;
use super::media_type::{Accepted, ResultType, accepted, is_json};
use super::preflight::OperationKind;
use super::refusal::Refusal;
use super::request_body::GraphQlRequest;
use super::request_context::RequestContext;
use super::{sse, websocket};

/// The methods of the path, for 405.
const ALLOW: &str = "GET, POST, PUT, DELETE";

/// Answers any request for `/graphql`.
pub(super) async fn graphql(
    State(edge): State<Edge>,
    Extension(context): Extension<RequestContext>,
    request: Request,
) -> Response<Body> {
    let (mut parts, body) = request.into_parts();
    if websocket::is_upgrade(&parts) {
        return websocket::upgrade(edge, context, &mut parts).await;
    }
    let accepted = accepted(&parts.headers);
    let answered = match parts.method {
        Method::POST => post(&edge, &context, &parts, body, accepted).await,
        Method::GET => get(&edge, &context, &parts, accepted).await,
        Method::PUT => sse::reserve(&edge, &context, &parts),
        Method::DELETE => sse::stop(&edge, &parts),
        _ => Err(Refusal::method(ALLOW, "`/graphql` serves GET, POST, PUT and DELETE")),
    };
    answered.unwrap_or_else(|refusal| {
        refusal.code().into_iter().for_each(|code| edge.parts.metrics.refused_at_edge(code));
        let form = accepted.result.map_or(ResultType::Json, |(form, _)| form);
        refusal.into_response(form)
    })
}

async fn post(
    edge: &Edge,
    context: &RequestContext,
    parts: &Parts,
    body: Body,
    accepted: Accepted,
) -> Result<Response<Body>, Refusal> {
    acceptable(accepted)?;
    if !is_json(&parts.headers) {
        let message = "send the request as `content-type: application/json`, in UTF-8";
        return Err(Refusal::transport(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "UNSUPPORTED_MEDIA_TYPE",
            message,
        ));
    }
    let body = read(edge, parts, body).await?;
    if let Some(token) = sse::token_of(parts) {
        return sse::operate(edge, context, parts, &token, &body);
    }
    let read = GraphQlRequest::from_body(&body);
    respond(edge, context, parts, read, accepted).await
}

async fn get(
    edge: &Edge,
    context: &RequestContext,
    parts: &Parts,
    accepted: Accepted,
) -> Result<Response<Body>, Refusal> {
    acceptable(accepted)?;
    if accepted.event_stream > 0
        && let Some(token) = sse::token_of(parts)
    {
        return sse::attach(edge, &token);
    }
    let read = GraphQlRequest::from_query_string(parts.uri.query().unwrap_or_default());
    respond(edge, context, parts, read, accepted).await
}

fn acceptable(accepted: Accepted) -> Result<(), Refusal> {
    if accepted.result.is_some() || accepted.event_stream > 0 {
        return Ok(());
    }
    let message =
        "answers are `application/graphql-response+json`, `application/json` or `text/event-stream`";
    Err(Refusal::transport(StatusCode::NOT_ACCEPTABLE, "NOT_ACCEPTABLE", message))
}

/// Runs one request and answers in the form that is preferred and fits.
async fn respond(
    edge: &Edge,
    context: &RequestContext,
    parts: &Parts,
    read: Result<GraphQlRequest, Refusal>,
    accepted: Accepted,
) -> Result<Response<Body>, Refusal> {
    let bearer = bearer_of(&parts.headers)?;
    let data = edge.authenticate(bearer.as_deref(), context)?;
    let planned = read.and_then(|request| edge.plan(request, data, context)).and_then(|planned| {
        method_fits(&planned, parts)?;
        Ok(planned)
    });
    match planned {
        // The event stream protocol wants these inside the stream, where an `EventSource` can read them.
        Err(refusal) if accepted.prefers_event_stream() && refusal.of_document => Ok(sse::refused(&refusal)),
        Err(refusal) => Err(refusal),
        Ok(planned) if planned.kind == OperationKind::Subscription => {
            if accepted.event_stream == 0 {
                return Err(needs_stream());
            }
            Ok(sse::distinct(edge, context, bearer, planned))
        }
        Ok(planned) if accepted.prefers_event_stream() => Ok(sse::distinct(edge, context, bearer, planned)),
        Ok(planned) => {
            let form = accepted.result.map_or(ResultType::Json, |(form, _)| form);
            Ok(edge.run(planned).await.into_response(form))
        }
    }
}

fn method_fits(planned: &Planned, parts: &Parts) -> Result<(), Refusal> {
    if parts.method == Method::GET && planned.kind == OperationKind::Mutation {
        return Err(Refusal::method("POST", "a mutation must be sent by POST"));
    }
    Ok(())
}

fn needs_stream() -> Refusal {
    let message = "a subscription needs `accept: text/event-stream`, or a WebSocket";
    Refusal::transport(StatusCode::NOT_ACCEPTABLE, "SUBSCRIPTION_NEEDS_STREAM", message)
}

/// The whole body, within its bounds of size and time.
async fn read(edge: &Edge, parts: &Parts, body: Body) -> Result<Vec<u8>, Refusal> {
    let limits = edge.limits();
    let bytes_max = limits.body_bytes_max;
    let declared =
        parts.headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    if declared.is_some_and(|length: usize| length > bytes_max) {
        return Err(too_large(bytes_max));
    }
    let whole = tokio::time::timeout(limits.body_within, Limited::new(body, bytes_max).collect());
    match whole.await {
        Ok(Ok(body)) => Ok(body.to_bytes().into()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(too_large(bytes_max)),
        Ok(Err(_)) => Err(Refusal::malformed("BAD_REQUEST", "the body ended too early")),
        Err(_) => Err(Refusal::transport(
            StatusCode::REQUEST_TIMEOUT,
            "REQUEST_TIMEOUT",
            "the body came too slowly",
        )),
    }
}

fn too_large(bytes_max: usize) -> Refusal {
    let message = format!("the body is longer than {bytes_max} bytes");
    Refusal::transport(StatusCode::PAYLOAD_TOO_LARGE, "BODY_TOO_LARGE", message)
}
