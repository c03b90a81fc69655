//! Faults stay ours: an error without a code is logged under the request's id, and the client learns that id.
//!
//! A resolver that wants to be understood sets `extensions.code`. Whatever comes without one was not meant for
//! a client: a broken disk, a bug, a panic.

use async_graphql::{ErrorExtensionValues, ServerError};

use super::refusal::{EdgeError, EdgeErrorExtensions};

/// What a client reads of a fault.
const NEUTRAL: &str = "something failed on the server; quote the correlation id to its operator";

/// Replaces each fault among `errors` by a neutral error.
pub(super) fn neutralise(errors: &mut [ServerError], request_id: &str) {
    for error in errors {
        let is_coded = error.extensions.as_ref().is_some_and(|extensions| extensions.get("code").is_some());
        if is_coded {
            continue;
        }
        match input_problem(error) {
            Some(message) => {
                error.message = message;
                code(error, "BAD_INPUT");
            }
            None => {
                report(error, request_id);
                error.message = NEUTRAL.to_owned();
                error.extensions = None;
                code(error, "INTERNAL").set("correlationId", request_id);
            }
        }
    }
}

/// The error of a request whose resolver panicked. The panic's own text went to the panic hook.
pub(super) fn of_panic(request_id: &str) -> EdgeError {
    tracing::error!(correlation_id = request_id, "a resolver panicked");
    let extensions = EdgeErrorExtensions {
        code: "INTERNAL",
        correlation_id: Some(request_id.to_owned()),
        retry_after_seconds: None,
    };
    EdgeError { message: NEUTRAL.to_owned(), locations: Vec::new(), extensions }
}

fn report(error: &ServerError, request_id: &str) {
    let path: Vec<String> = error.path.iter().map(segment).collect();
    tracing::error!(
        correlation_id = request_id,
        path = path.join("."),
        cause = error.message,
        "a resolver failed"
    );
}

fn segment(segment: &async_graphql::PathSegment) -> String {
    match segment {
        async_graphql::PathSegment::Field(name) => name.clone(),
        async_graphql::PathSegment::Index(index) => index.to_string(),
    }
}

fn code<'a>(error: &'a mut ServerError, code: &str) -> &'a mut ErrorExtensionValues {
    let extensions = error.extensions.get_or_insert_default();
    extensions.set("code", code);
    extensions
}

/// The message of an input that a scalar, an enum or a `@oneOf` input refused, without the value refused.
///
/// async-graphql marks these by nothing but their first words; a resolver's error has a source instead, or is
/// text of our own, which is expected to have a code.
fn input_problem(error: &ServerError) -> Option<String> {
    if error.source.is_some() {
        return None;
    }
    let message = &error.message;
    if let Some((expected, _)) =
        message.strip_prefix("Expected input type ").and_then(|it| it.split_once(", found "))
    {
        return Some(format!("expected input of type {expected}"));
    }
    message.starts_with("Failed to parse \"").then(|| message.clone())
}
