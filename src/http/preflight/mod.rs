//! What a document must pass before async-graphql sees it, cheapest check first.
//!
//! Length, nesting of brackets, tokens → the cost of every definition with its fragments written out, counted
//! without writing them out → standard validation. Only then is it parsed for execution. The order matters:
//! each later step may take time exponential in what an earlier one bounds.
//!
//! A document that passed is kept, under its hash, so that the next one like it costs a look-up. Documents with
//! a string or a comment are not kept: there personal data may stand, and memory must not outlive erasure.

mod cache;
mod cost;
mod input_fields;
mod nameless;
mod nesting;
mod omitted;
mod schema;
mod variables;

use std::collections::HashMap;
use std::sync::Arc;

use apollo_compiler::executable::Operation;
use apollo_compiler::introspection::check_max_depth;
use apollo_compiler::parser::{LineColumn, Parser};
use apollo_compiler::validation::{DiagnosticList, Valid};
use apollo_compiler::{ExecutableDocument, Schema, ast};
use async_graphql::parser::parse_query;
use async_graphql::parser::types as executable;
use serde_json::{Map, Value};

use super::limits::{Documents, EdgeLimits};
use super::persisted::{self, Asked, Sha256Hash};
use super::refusal::{EdgeError, Location, Refusal};
use cache::DocumentCache;
pub use schema::SchemaDefinitionError;

/// Checks documents against one schema.
pub(super) struct Preflight {
    schema: Valid<Schema>,
    limits: EdgeLimits,
    cache: DocumentCache<Checked>,
    /// The same documents by the hash that clients know them by.
    persisted: DocumentCache<Checked>,
    /// Where only some are run: all of them, by that hash.
    trusted: Option<HashMap<Sha256Hash, Arc<Checked>>>,
}

/// A document that passed, in the two forms it is needed in.
#[derive(Debug)]
pub(super) struct Checked {
    document: Valid<ExecutableDocument>,
    executable: executable::ExecutableDocument,
    introspects: bool,
}

/// Whether `__type` finds any.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Types {
    Told,
    Hidden,
}

/// What one operation of a checked document does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OperationKind {
    Query,
    Mutation,
    Subscription,
}

impl Preflight {
    pub fn new(sdl: &str, limits: EdgeLimits) -> Result<Self, SchemaDefinitionError> {
        let schema = schema::parse(sdl)?;
        let cache = DocumentCache::new(limits.documents_cached_max);
        let persisted = DocumentCache::new(limits.documents_cached_max);
        let mut this = Self { schema, limits, cache, persisted, trusted: None };
        if let Documents::Trusted(documents) = this.limits.documents.clone() {
            let checked = documents.iter().map(|document| this.trust(document));
            this.trusted = Some(checked.collect::<Result<_, _>>()?);
        }
        Ok(this)
    }

    fn trust(&self, document: &str) -> Result<(Sha256Hash, Arc<Checked>), SchemaDefinitionError> {
        let hash = persisted::hash(document);
        let checked = self.check_anew(document);
        let checked = checked.map_err(|_| SchemaDefinitionError::of_trusted(&hash))?;
        Ok((hash, Arc::new(checked)))
    }

    /// The checked form of what is asked for, by its text, by its hash, or by both.
    pub fn find(&self, asked: Asked) -> Result<Arc<Checked>, Refusal> {
        if let Some(trusted) = &self.trusted {
            let hash =
                asked.hash.unwrap_or_else(|| persisted::hash(asked.text.as_deref().unwrap_or_default()));
            return trusted.get(&hash).cloned().ok_or_else(persisted::not_trusted);
        }
        match (asked.text, asked.hash) {
            (Some(text), None) => self.check(&text),
            (Some(text), Some(hash)) => {
                if persisted::hash(&text) != hash {
                    return Err(persisted::of_another());
                }
                let checked = self.check(&text)?;
                if is_kept(&text) {
                    self.persisted.insert(hash, Arc::clone(&checked));
                }
                Ok(checked)
            }
            (None, Some(hash)) => self.persisted.get(&hash).ok_or_else(persisted::not_found),
            (None, None) => Err(persisted::not_found()),
        }
    }

    /// Documents that are kept checked.
    pub fn cached(&self) -> usize {
        self.cache.len()
    }

    /// The checked form of `source`, from the cache where it is known.
    pub fn check(&self, source: &str) -> Result<Arc<Checked>, Refusal> {
        if source.len() > self.limits.document_bytes_max {
            let limit = self.limits.document_bytes_max;
            return Err(Refusal::document(
                "DOCUMENT_TOO_LARGE",
                format!("the document is longer than {limit} bytes"),
            ));
        }
        let hash = *blake3::hash(source.as_bytes()).as_bytes();
        if let Some(checked) = self.cache.get(&hash) {
            return Ok(checked);
        }
        let checked = Arc::new(self.check_anew(source)?);
        if is_kept(source) {
            self.cache.insert(hash, Arc::clone(&checked));
        }
        Ok(checked)
    }

    fn check_anew(&self, source: &str) -> Result<Checked, Refusal> {
        nesting::check(source, self.limits.brackets_max)?;
        let syntax = self.parse(source)?;
        cost::check(&syntax, &self.limits)?;
        input_fields::check(&syntax)?;
        let document = syntax
            .to_executable_validate(&self.schema)
            .map_err(|invalid| refusal("GRAPHQL_VALIDATION_FAILED", &invalid.errors))?;
        introspection(&document)?;
        let executable = parse_query(source).map_err(|error| {
            let places = error.positions().map(|at| Location { line: at.line, column: at.column });
            let error = EdgeError::new("GRAPHQL_PARSE_FAILED", "the document cannot be executed as written");
            Refusal::documents(vec![error.at(places)])
        })?;
        let introspects = persisted::introspects(&document);
        Ok(Checked { document, executable, introspects })
    }

    fn parse(&self, source: &str) -> Result<ast::Document, Refusal> {
        let mut parser = Parser::new().token_limit(self.limits.document_tokens_max);
        parser.parse_ast(source, "document.graphql").map_err(|invalid| {
            if parser.tokens_reached() > self.limits.document_tokens_max {
                let limit = self.limits.document_tokens_max;
                let message = format!("the document has more than {limit} tokens");
                return Refusal::document("DOCUMENT_TOO_LARGE", message);
            }
            refusal("GRAPHQL_PARSE_FAILED", &invalid.errors)
        })
    }

    /// The operation `name` asks for, and the request that runs it.
    pub fn plan(
        &self,
        checked: &Checked,
        name: Option<&str>,
        given: Map<String, Value>,
        types: Types,
    ) -> Result<(OperationKind, async_graphql::Request), Refusal> {
        let operation = checked.operation(name)?;
        let values = variables::coerce(&self.schema, &checked.document, operation, given)?;
        let mut executable = checked.executable.clone();
        omitted::remove(&mut executable, operation, &values);
        if types == Types::Hidden {
            nameless::answer(&mut executable);
        }

        let mut request = async_graphql::Request::new("").variables(values);
        request.operation_name = operation.name.as_ref().map(|name| name.as_str().to_owned());
        request.set_parsed_query(executable);
        Ok((OperationKind::of(operation), request))
    }
}

/// In a string or a comment something personal may stand, and memory must not outlive erasure.
fn is_kept(source: &str) -> bool {
    !source.contains(['"', '#'])
}

impl Checked {
    /// Whether it asks for the schema.
    pub fn introspects(&self) -> bool {
        self.introspects
    }

    fn operation(&self, name: Option<&str>) -> Result<&Operation, Refusal> {
        let operations = &self.document.operations;
        let found = operations.get(name).map(AsRef::as_ref);
        found.map_err(|_| match name {
            Some(_) => Refusal::document(
                "UNKNOWN_OPERATION",
                "no operation of the document has this `operationName`",
            ),
            None => Refusal::document(
                "OPERATION_NAME_REQUIRED",
                "the document holds several operations: say which by `operationName`",
            ),
        })
    }
}

impl OperationKind {
    fn of(operation: &Operation) -> Self {
        match operation.operation_type {
            ast::OperationType::Query => Self::Query,
            ast::OperationType::Mutation => Self::Mutation,
            ast::OperationType::Subscription => Self::Subscription,
        }
    }
}

/// Types lead to fields and fields to types: each further round multiplies the answer by the schema's size.
fn introspection(document: &Valid<ExecutableDocument>) -> Result<(), Refusal> {
    let checked = document.operations.iter().try_for_each(|operation| check_max_depth(document, operation));
    checked.map_err(|error| {
        let places = error.to_graphql_error(&document.sources).locations.into_iter().map(Location::from);
        let error = EdgeError::new("DOCUMENT_TOO_COMPLEX", "introspection goes around in circles");
        Refusal::documents(vec![error.at(places)])
    })
}

fn refusal(code: &'static str, errors: &DiagnosticList) -> Refusal {
    let errors = errors.iter().map(|diagnostic| {
        let error = diagnostic.to_json();
        EdgeError::new(code, error.message).at(error.locations.into_iter().map(Location::from))
    });
    Refusal::documents(errors.collect())
}

impl From<LineColumn> for Location {
    fn from(at: LineColumn) -> Self {
        Self { line: at.line, column: at.column }
    }
}
