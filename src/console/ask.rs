//! Trusted documents: what a screen reads and changes, run in process by the schema that serves `/graphql`,
//! as the same caller. So nothing is seen or done here that could not be seen or done there.

use std::sync::LazyLock;

use async_graphql::parser::types::ExecutableDocument;
use async_graphql::{Data, Request, Response, Variables};
use rollbook_schema::RejectionCode;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::refused::Refused;
use super::visit::Visit;
use crate::graphql;

/// A document of ours. It is read once, and needs no checking by the edge: a test holds it against the schema.
pub(super) struct Document {
    text: &'static str,
    read: LazyLock<Option<ExecutableDocument>>,
}

/// Declares a document: `document!(NAME, "list.graphql")`.
macro_rules! document {
    ($(#[$doc:meta])* $name:ident, $text:expr) => {
        $(#[$doc])*
        pub(in crate::console) static $name: $crate::console::ask::Document =
            $crate::console::ask::Document::new($text, || async_graphql::parser::parse_query($text).ok());
    };
}
pub(in crate::console) use document;

impl Document {
    pub(super) const fn new(text: &'static str, read: fn() -> Option<ExecutableDocument>) -> Self {
        Document { text, read: LazyLock::new(read) }
    }

    /// Its text.
    pub fn text(&self) -> &'static str {
        self.text
    }
}

/// Why a change was refused: the schema's own answer.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Flaw {
    code: String,
    #[serde(default)]
    path: Vec<String>,
    message: String,
    /// The seats, where they were the reason.
    #[serde(default)]
    pub license: Option<Shortage>,
}

/// Seats at the moment of a refusal.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Shortage {
    pub owned: u32,
    pub used: u32,
    #[serde(rename = "type")]
    pub kind: String,
}

/// Something with an id and a name.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Named {
    pub id: String,
    pub name: Option<String>,
}

impl Flaw {
    /// What the console says itself, of a form that it does not send: it is about the form alone.
    pub fn told(field: &str, message: &str) -> Flaw {
        let path = vec!["input".to_owned(), field.to_owned()];
        Flaw { code: String::new(), path, message: message.to_owned(), license: None }
    }

    /// The same, at another field.
    pub fn moved_to(self, field: &str) -> Flaw {
        Flaw { path: vec!["input".to_owned(), field.to_owned()], ..self }
    }

    pub fn code(&self) -> Option<RejectionCode> {
        RejectionCode::ALL.iter().copied().find(|code| code.as_str() == self.code)
    }

    pub fn is(&self, code: RejectionCode) -> bool {
        self.code == code.as_str()
    }

    /// The field it belongs to; `None` for the whole.
    pub fn field(&self) -> Option<&str> {
        self.path.get(1).map(String::as_str)
    }

    /// What the API says, in English; or what the console says itself, in the reader's language.
    pub fn message(&self) -> &str {
        &self.message
    }
}

/// What became of a change: what the payload held besides, or why nothing was done.
pub(super) type Changed = Result<Value, Vec<Flaw>>;

impl Visit {
    /// Reads a page's worth.
    ///
    /// # Errors
    /// What the schema refuses, as the page that is shown instead.
    pub async fn read<T: DeserializeOwned>(
        &self,
        document: &Document,
        variables: Value,
    ) -> Result<T, Refused> {
        let response = self.run(document, variables).await;
        if !response.errors.is_empty() {
            let refused = Refused::of_code(code_of(&response));
            if refused == Refused::Unavailable {
                tracing::error!(request_id = self.request_id(), "a screen could not be read");
            }
            return Err(refused);
        }
        async_graphql::from_value(response.data).map_err(|error| {
            tracing::error!(%error, "a screen does not fit its document");
            Refused::Unavailable
        })
    }

    /// Reads what may be refused for a reason that belongs into a form.
    ///
    /// # Errors
    /// A fault, or that the reader may not read this at all. A refusal is the inner result.
    pub async fn read_if<T: DeserializeOwned>(
        &self,
        document: &Document,
        variables: Value,
    ) -> Result<Result<T, Flaw>, Refused> {
        let response = self.run(document, variables).await;
        let code =
            code_of(&response).and_then(|code| RejectionCode::ALL.iter().find(|it| it.as_str() == code));
        let is_reason = !matches!(
            code,
            Some(
                RejectionCode::Unauthenticated
                    | RejectionCode::Forbidden
                    | RejectionCode::PasswordChangeRequired
            )
        );
        if let Some(code) = code.filter(|_| is_reason) {
            let flaw = Flaw {
                code: code.as_str().to_owned(),
                path: Vec::new(),
                message: String::new(),
                license: None,
            };
            return Ok(Err(flaw));
        }
        if !response.errors.is_empty() {
            return Err(Refused::of_code(code_of(&response)));
        }
        async_graphql::from_value(response.data).map(Ok).map_err(|_| Refused::Unavailable)
    }

    /// Changes something: `input` is the input of one mutation.
    ///
    /// # Errors
    /// A fault, or that nobody is signed in: a page instead. A refusal is the inner result.
    pub async fn change(&self, document: &Document, input: Value) -> Result<Changed, Refused> {
        #[derive(Deserialize)]
        struct Answer {
            done: Value,
        }
        let mut done = self.read::<Answer>(document, json!({ "input": input })).await?.done;
        let flaws = done.as_object_mut().and_then(|payload| payload.remove("errors"));
        let flaws: Vec<Flaw> = flaws.and_then(|flaws| serde_json::from_value(flaws).ok()).unwrap_or_default();
        if flaws.is_empty() {
            return Ok(Ok(done));
        }
        let ended = |flaw: &Flaw| flaw.is(RejectionCode::Unauthenticated);
        if flaws.iter().any(ended) { Err(Refused::SignIn) } else { Ok(Err(flaws)) }
    }

    async fn run(&self, document: &Document, variables: Value) -> Response {
        let mut request = Request::new(document.text()).variables(Variables::from_json(variables));
        if let Some(read) = &*document.read {
            request.set_parsed_query(read.clone());
        }
        let mut data = Data::default();
        data.insert(self.caller());
        data.insert(graphql::RequestContext {
            request_id: self.request_id().to_owned(),
            client_address: self.client_address(),
            user_agent: self.user_agent(),
        });
        request.data = data;
        self.schema().execute(request).await
    }
}

/// The code of the first error.
fn code_of(response: &Response) -> Option<&str> {
    match response.errors.first()?.extensions.as_ref()?.get("code")? {
        async_graphql::Value::String(code) => Some(code.as_str()),
        _ => None,
    }
}
