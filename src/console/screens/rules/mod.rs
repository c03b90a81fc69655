//! Rules that run before and after a user is deleted (BRL-02): their order, which are in force, what became of
//! their calls.

mod runs;
mod table;

use axum::Router;
use axum::extract::RawQuery;
use axum::response::Response;
use axum::routing::get;
use maud::{Markup, html};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::access::Capability;
use crate::console::Console;
use crate::console::ask::{Flaw, document};
use crate::console::changes;
use crate::console::form::Fields;
use crate::console::page::{Page, Place};
use crate::console::parts::{Choice, Field, done, refusals};
use crate::console::refused::Refused;
use crate::console::small_form::{Tick, asked, asks, told, what};
use crate::console::visit::Visit;
use crate::console::words::{frame, person, rules as words};

document!(
    /// Every rule, and every call that has not succeeded.
    RULES,
    include_str!("rules.graphql")
);

const PATH: &str = "/rules";
const BEFORE: &str = "PRE_DELETE";
const AFTER: &str = "POST_DELETE";
/// What a rule of this screen can change; to whom else somebody reports is said over the API.
const CHANGES: [&str; 7] = [
    "REPORTS_TO_SUPERIOR",
    "REPORTS_TO_NOBODY",
    "REMOVE_PROXY_GRANTS_BY",
    "REMOVE_PROXY_GRANTS_TO",
    "LEAVE_TEAMS",
    "LEAVE_BUSINESS_UNITS",
    "END_SESSIONS",
];

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Found {
    user_rules: Vec<Rule>,
    waiting: Vec<Run>,
    failed: Vec<Run>,
}

#[derive(Deserialize)]
struct Rule {
    id: String,
    name: Option<String>,
    trigger: String,
    enabled: bool,
    url: Option<String>,
    updates: Option<Vec<Update>>,
    condition: Vec<Test>,
}

#[derive(Deserialize)]
struct Update {
    change: String,
}

#[derive(Deserialize)]
struct Test {
    kind: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Run {
    id: String,
    rule_id: String,
    user_id: String,
    attempts: u64,
}

impl Rule {
    fn title(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.id)
    }
}

pub(super) fn routes() -> Router<Console> {
    Router::new().route(PATH, get(list).post(change))
}

async fn list(visit: Visit, RawQuery(query): RawQuery) -> Result<Response, Refused> {
    page(&visit, &Fields::of_query(query.as_deref()), &[]).await
}

async fn page(visit: &Visit, given: &Fields, flaws: &[Flaw]) -> Result<Response, Refused> {
    if !visit.holds(Capability::SeeUserRules) {
        return Err(Refused::Forbidden);
    }
    let found: Found = visit.read(&RULES, json!({})).await?;
    let (tongue, may) = (visit.tongue(), visit.holds(Capability::DefineUserRules));
    let title = words::TITLE.to(tongue);
    let body = html! {
        div.head { div.heading { h1 { (title) } p.soft { (words::LEAD.to(tongue)) } } }
        (done(visit, told(given, &[("saved", person::SAVED), ("retried", words::RETRIED)])))
        (refusals(visit, flaws, &["name", "url"]))
        div.stack.reading {
            (table::of(visit, &found, (BEFORE, words::BEFORE, words::BEFORE_TEXT), may))
            (table::of(visit, &found, (AFTER, words::AFTER, words::AFTER_TEXT), may))
            (runs::open(visit, &found, may))
            @if may { (new(visit, given, flaws)) }
        }
    };
    Page::titled(title).at(Place::Rules).show(visit, &body).await
}

fn new(visit: &Visit, given: &Fields, flaws: &[Flaw]) -> Markup {
    let tongue = visit.tongue();
    let choices = |all: &[(&str, &str)]| {
        all.iter().map(|(value, text)| ((*value).to_owned(), (*text).to_owned())).collect::<Vec<_>>()
    };
    let when = choices(&[(BEFORE, words::BEFORE.to(tongue)), (AFTER, words::AFTER.to(tongue))]);
    let whom = choices(&[
        ("", words::EVERYBODY.to(tongue)),
        ("AGENT", frame::AGENTS.to(tongue)),
        ("CLIENT", frame::CLIENTS.to(tongue)),
    ]);
    html! {
        section.card {
            h2 { (words::NEW.to(tongue)) }
            (asks(visit, PATH, "define", &html! { div.fields.two {
                (Field { required: true, ..Field::text("name", words::NAME.to(tongue), given.text("name")) }.show(visit, flaws))
                (Choice { name: "trigger", label: words::WHEN.to(tongue), value: given.text("trigger"), required: true, options: when }.show(visit, flaws))
                (Choice { name: "kind", label: words::FOR_WHOM.to(tongue), value: given.text("kind"), required: false, options: whom }.show(visit, flaws))
                (Field { hint: Some(words::URL_HINT.to(tongue)), ..Field::text("url", words::URL.to(tongue), given.text("url")) }.show(visit, flaws))
                fieldset.whole {
                    legend { (words::CHANGES.to(tongue)) }
                    @for name in CHANGES {
                        @if let Some(text) = words::change(name) {
                            (Tick { name: "change", value: name, label: text.to(tongue), on: given.all("change").any(|it| it == name), hint: None }.show())
                        }
                    }
                }
                div.buttons.whole { button.primary type="submit" { (words::DEFINE.to(tongue)) } }
            } }))
        }
    }
}

async fn change(visit: Visit, fields: Fields) -> Result<Response, Refused> {
    let of_rule = || json!({ "ruleId": fields.text("rule") });
    let (change, input) = match what(&fields) {
        "define" => (&changes::DEFINE_USER_RULE, defined(&fields)),
        "enable" => (&changes::ENABLE_USER_RULE, of_rule()),
        "disable" => (&changes::DISABLE_USER_RULE, of_rule()),
        "delete" => (&changes::DELETE_USER_RULE, of_rule()),
        "reorder" => {
            let rules: Vec<&str> = fields.text("order").split_whitespace().collect();
            let input = json!({ "trigger": fields.text("trigger"), "ruleIds": rules });
            (&changes::REORDER_USER_RULES, input)
        }
        "retry" => {
            let input = json!({ "ruleId": fields.text("rule"), "userId": fields.text("user") });
            (&changes::RETRY_USER_RULE, input)
        }
        _ => return Err(Refused::Malformed),
    };
    let to = if what(&fields) == "retry" { "/rules?done=retried" } else { "/rules?done=saved" };
    match asked(&visit, change, input, to).await? {
        Ok(response) => Ok(response),
        Err(flaws) => {
            let own = |flaw: Flaw| if flaw.field() == Some("action") { flaw.moved_to("url") } else { flaw };
            page(&visit, &fields, &flaws.into_iter().map(own).collect::<Vec<_>>()).await
        }
    }
}

/// A rule that calls whoever is named, or else changes what is ticked.
fn defined(fields: &Fields) -> Value {
    let updates: Vec<Value> = fields.all("change").map(|change| json!({ "change": change })).collect();
    let action = match fields.given("url") {
        Some(url) => json!({ "invoke": { "url": url } }),
        None => json!({ "updateRecord": updates }),
    };
    let kind = fields.given("kind").map(|kind| json!({ "kind": kind }));
    json!({
        "trigger": fields.text("trigger"), "name": fields.text("name"), "action": action,
        "condition": kind.into_iter().collect::<Vec<_>>(),
    })
}
