//! What the reader wants of history. It is the address, both ways.

use rollbook_schema::value::Timestamp;
use serde_json::{Map, Value, json};

use crate::console::ask::Flaw;
use crate::console::form::Fields;
use crate::console::visit::encoded;
use crate::console::words::{Text, Tongue, history, oversight as words};

/// The types of events, as the schema names them.
pub(super) const TYPES: Types = Types;

/// Every type that has a sentence, and that is every one.
pub(super) struct Types;

impl Types {
    pub fn iter(&self) -> impl Iterator<Item = &'static str> + use<> {
        history::SENTENCES.iter().map(|(name, _)| *name)
    }
}

/// All of it; blank is no filter.
#[derive(Default)]
pub(super) struct Wish {
    pub by: String,
    pub user: String,
    pub of: String,
    pub since: String,
    pub until: String,
    pub request: String,
    /// A kind of subjects, as the schema names it.
    pub kind: String,
    /// A session in which somebody acted as somebody else.
    pub proxy: String,
}

impl Wish {
    pub fn of(query: &Fields) -> Wish {
        let text = |name: &str| query.text(name).trim().to_owned();
        let kind = words::KINDS.iter().find(|(name, _)| *name == query.text("kind"));
        let of = TYPES.iter().find(|known| *known == query.text("type"));
        Wish {
            by: text("by"),
            user: text("user"),
            of: of.unwrap_or_default().to_owned(),
            since: text("since"),
            until: text("until"),
            request: text("request"),
            kind: kind.map_or_else(String::new, |(name, _)| (*name).to_owned()),
            proxy: text("proxy"),
        }
    }

    pub fn person(&mut self, name: &str) -> &mut String {
        if name == "by" { &mut self.by } else { &mut self.user }
    }

    pub fn people(&self) -> impl Iterator<Item = (Text, &str)> {
        let all = [(words::BY, self.by.as_str()), (words::TO_WHOM, self.user.as_str())];
        all.into_iter().filter(|(_, id)| !id.is_empty())
    }

    fn pairs(&self) -> [(&'static str, &str); 8] {
        [
            ("by", &self.by),
            ("user", &self.user),
            ("type", &self.of),
            ("since", &self.since),
            ("until", &self.until),
            ("request", &self.request),
            ("kind", &self.kind),
            ("proxy", &self.proxy),
        ]
    }

    pub fn is_all(&self) -> bool {
        self.pairs().iter().all(|(_, value)| value.is_empty())
    }

    pub fn address(&self) -> String {
        let given = self.pairs().into_iter().filter(|(_, value)| !value.is_empty());
        let pairs: Vec<String> = given.map(|(name, value)| format!("{name}={}", encoded(value))).collect();
        if pairs.is_empty() { "/history".to_owned() } else { format!("/history?{}", pairs.join("&")) }
    }

    /// What cannot be read as a time.
    pub fn flaws(&self, tongue: Tongue) -> Vec<Flaw> {
        let times = [("since", &self.since), ("until", &self.until)];
        let wrong = times.into_iter().filter(|(_, text)| !text.is_empty() && moment(text).is_none());
        wrong.map(|(name, _)| Flaw::told(name, words::NO_TIME.to(tongue))).collect()
    }

    /// As the schema takes it.
    pub fn filter(&self) -> Value {
        let mut filter = Map::new();
        let mut put = |name: &str, value: Value| _ = filter.insert(name.to_owned(), value);
        for (name, id) in [("by", &self.by), ("user", &self.user)] {
            if !id.is_empty() {
                put(name, json!(id));
            }
        }
        if !self.of.is_empty() {
            put("types", json!([self.of]));
        }
        if !self.kind.is_empty() {
            put("subjectKinds", json!([self.kind]));
        }
        if !self.proxy.is_empty() {
            put("proxySession", json!(self.proxy));
        }
        for (name, text) in [("since", &self.since), ("until", &self.until)] {
            if let Some(time) = moment(text) {
                put(name, json!(time));
            }
        }
        match self.request.as_str() {
            "" => {}
            // What ties events together is a ULID; a request has the id that its sender gave it.
            id if id.len() == 26 && id.bytes().all(|byte| byte.is_ascii_alphanumeric()) => {
                put("correlationId", json!(id));
            }
            id => put("requestId", json!(id)),
        }
        Value::Object(filter)
    }
}

/// A time as the schema takes it, out of what a field for times gives; without a zone it is UTC.
pub(in crate::console) fn moment(text: &str) -> Option<String> {
    let whole = [text.to_owned(), format!("{text}Z"), format!("{text}:00Z"), format!("{text}T00:00:00Z")];
    whole.into_iter().find(|text| Timestamp::parse(text).is_ok())
}
