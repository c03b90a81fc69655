//! Rules that end what is known of people after a time: made by one, looked at dry, switched on by another.

use axum::Router;
use axum::extract::{Path, RawQuery};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use maud::{Markup, html};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{moment, name_of, person, shown, shown_alone, told};
use crate::access::Capability;
use crate::console::Console;
use crate::console::ask::{Document, Flaw, document};
use crate::console::changes;
use crate::console::form::Fields;
use crate::console::parts::{Field, badge, refusals, token};
use crate::console::refused::Refused;
use crate::console::visit::Visit;
use crate::console::words::{Text, privacy as words, privacy_words};

document!(
    /// Every rule.
    RULES,
    include_str!("retention.graphql")
);
document!(
    /// Whom a rule would touch.
    DRY_RUN,
    include_str!("dry_run.graphql")
);

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Found {
    retention_rules: Vec<Rule>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    id: String,
    months: Option<u64>,
    days: Option<u64>,
    state: String,
    defined_by_id: String,
    running_id: Option<String>,
    last_run: Option<Run>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Run {
    id: String,
    ended_at: String,
    applied: u64,
    kept: u64,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Looked {
    retention_dry_run: Option<DryRun>,
}

#[derive(Deserialize)]
struct DryRun {
    kind: String,
    complete: bool,
    touched: Vec<Due>,
    kept: Vec<Due>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Due {
    user_id: String,
    due_at: String,
    /// Where sign-ins are meant, and not the whole person.
    records: Option<u64>,
    because: Option<String>,
}

pub(super) fn routes() -> Router<Console> {
    Router::new()
        .route("/privacy/retention", get(show).post(change))
        .route("/privacy/retention/{id}", get(dry_run))
}

async fn show(visit: Visit, RawQuery(query): RawQuery) -> Result<Response, Refused> {
    page(&visit, &Fields::of_query(query.as_deref()), &[]).await
}

async fn page(visit: &Visit, query: &Fields, flaws: &[Flaw]) -> Result<Response, Refused> {
    super::demand(visit, Capability::SeeRetention)?;
    let rules = visit.read::<Found>(&RULES, json!({})).await?.retention_rules;
    let manages = visit.holds(Capability::ManageRetention);
    let tongue = visit.tongue();
    let body = html! {
        (refusals(visit, flaws, &["months", "days", "reason"]))
        @if rules.is_empty() { div.empty { p { strong { (words::NO_RULES.to(tongue)) } } p.soft { (words::RULES_LEAD.to(tongue)) } } }
        @for rule in &rules { (card(visit, rule, manages)) }
        @if manages { section.card.reading {
            h2 { (words::DEFINE_RULE.to(tongue)) }
            p.soft { (words::RULES_LEAD.to(tongue)) " " (words::SIGN_IN_RULES_LEAD.to(tongue)) }
            form.inline method="post" action="/privacy/retention" {
                (token(visit))
                (Field { kind: "number", ..Field::text("months", words::MONTHS.to(tongue), query.text("months")) }.show(visit, flaws))
                (Field { kind: "number", ..Field::text("days", words::DAYS.to(tongue), query.text("days")) }.show(visit, flaws))
                (Field { required: true, ..Field::text("reason", words::REASON.to(tongue), query.text("reason")) }.show(visit, flaws))
                button.primary type="submit" name="deed" value="define" { (words::DEFINE_RULE.to(tongue)) }
            }
        } }
    };
    shown(visit, "/retention", told(query.text("done")), &body).await
}

/// What a rule does, and what its last run did, by its kind.
fn said(visit: &Visit, rule: &Rule) -> (String, Text) {
    let tongue = visit.tongue();
    match rule.days {
        Some(days) => {
            let says = words::SIGN_IN_RULE_SAYS.with(tongue, &[("days", &visit.number(days))]);
            (says, words::SIGN_IN_LAST_RUN)
        }
        None => {
            let months = visit.number(rule.months.unwrap_or_default());
            (words::RULE_SAYS.with(tongue, &[("months", &months)]), words::LAST_RUN)
        }
    }
}

fn card(visit: &Visit, rule: &Rule, manages: bool) -> Markup {
    let tongue = visit.tongue();
    let is_on = rule.state == "ON";
    let (says, last_run) = said(visit, rule);
    let own = visit.person().is_some_and(|person| rule.defined_by_id == format!("user_{}", person.id));
    html! {
        section.card.reading {
            h2 {
                (says) " "
                @if is_on { (badge("good", words::ON.to(tongue))) } @else { (badge("quiet", words::OFF.to(tongue))) }
            }
            p.soft { (words::DEFINED_BY.with(tongue, &[("name", &name_of(visit, &rule.defined_by_id))])) }
            @if let Some(run) = &rule.running_id {
                p { a href=(format!("/events/{}", run.trim_start_matches("event_"))) { (words::RUNNING.to(tongue)) } }
            }
            @if let Some(run) = &rule.last_run {
                p {
                    (last_run.with(tongue, &[("time", &visit.moment(&run.ended_at)),
                        ("applied", &visit.number(run.applied)), ("kept", &visit.number(run.kept))]))
                    " " a href=(format!("/events/{}", run.id.trim_start_matches("event_"))) { (words::OPEN.to(tongue)) }
                }
            }
            @if !is_on && own && manages { p.small.soft { (words::ANOTHER_SWITCHES.to(tongue)) } }
            div.inline.after {
                a.button href=(format!("/privacy/retention/{}", rule.id)) { (words::DRY_RUN.to(tongue)) }
                @if manages { form.inline method="post" action="/privacy/retention" {
                    (token(visit))
                    input type="hidden" name="rule" value=(rule.id);
                    input name="reason" required placeholder=(words::REASON.to(tongue)) aria-label=(words::REASON.to(tongue)) dir="auto" autocomplete="off";
                    @if is_on { button type="submit" name="deed" value="off" { (words::SWITCH_OFF.to(tongue)) } }
                    @else if !own { button.danger type="submit" name="deed" value="on" { (words::SWITCH_ON.to(tongue)) } }
                    button type="submit" name="deed" value="delete" { (words::DELETE_RULE.to(tongue)) }
                } }
            }
        }
    }
}

async fn change(visit: Visit, fields: Fields) -> Result<Response, Refused> {
    let (rule, reason) = (fields.text("rule"), fields.given("reason"));
    let (change, input): (&Document, _) = match fields.text("deed") {
        "define" => (&changes::DEFINE_RETENTION_RULE, defined(&fields)),
        "on" => (&changes::SWITCH_RETENTION_RULE, json!({ "ruleId": rule, "state": "ON", "reason": reason })),
        "off" => {
            (&changes::SWITCH_RETENTION_RULE, json!({ "ruleId": rule, "state": "OFF", "reason": reason }))
        }
        "delete" => (&changes::DELETE_RETENTION_RULE, json!({ "ruleId": rule, "reason": reason })),
        _ => return Err(Refused::Malformed),
    };
    match visit.change(change, input).await? {
        Ok(_) => Ok(Redirect::to("/privacy/retention?done=saved").into_response()),
        Err(flaws) => page(&visit, &fields, &flaws).await,
    }
}

/// The kind of a rule follows from the span that is filled in.
fn defined(fields: &Fields) -> Value {
    let span = |name| fields.given(name).map(|text| text.trim().parse().unwrap_or(0_i64));
    let (months, days, reason) = (span("months"), span("days"), fields.given("reason"));
    let kind = if days.is_some() && months.is_none() { "SIGN_IN_CONTEXT_AFTER" } else { "DELETED_FOR" };
    json!({ "kind": kind, "months": months, "days": days, "reason": reason })
}

async fn dry_run(visit: Visit, Path(id): Path<String>) -> Result<Response, Refused> {
    super::demand(&visit, Capability::SeeRetention)?;
    let looked = visit.read::<Looked>(&DRY_RUN, json!({ "id": id })).await?.retention_dry_run;
    let looked = looked.ok_or(Refused::NotFound)?;
    let tongue = visit.tongue();
    let counts = [
        ("touched", visit.number(looked.touched.len() as u64)),
        ("kept", visit.number(looked.kept.len() as u64)),
    ];
    let counts = counts.each_ref().map(|(name, count)| (*name, count.as_str()));
    let (would_touch, touched) = match looked.kind.as_str() {
        "SIGN_IN_CONTEXT_AFTER" => (words::SIGN_IN_WOULD_TOUCH, words::SIGN_IN_TOUCHED),
        _ => (words::WOULD_TOUCH, words::TOUCHED),
    };
    let body = html! {
        p.sentence { (would_touch.with(tongue, &counts)) }
        @if !looked.complete { p.told { (words::NOT_ALL.to(tongue)) } }
        @if !looked.touched.is_empty() { div { h2.over-list { (touched.to(tongue)) } (people(&visit, &looked.touched)) } }
        @if !looked.kept.is_empty() { div { h2.over-list { (words::KEPT.to(tongue)) } (people(&visit, &looked.kept)) } }
    };
    shown_alone(&visit, ("/privacy/retention", words::RETENTION), words::DRY_RUN.to(tongue), None, &body)
        .await
}

fn people(visit: &Visit, all: &[Due]) -> Markup {
    let tongue = visit.tongue();
    html! {
        div.list { div.table-frame { table {
            thead { tr {
                th scope="col" { (words::PERSON.to(tongue)) }
                th scope="col" { (words::OVER_SINCE.to(tongue)) }
                @if all.iter().any(|due| due.records.is_some()) { th scope="col" { (words::RECORDS.to(tongue)) } }
                @if all.iter().any(|due| due.because.is_some()) { th scope="col" { (words::REASON.to(tongue)) } }
            } }
            tbody { @for due in all { tr {
                td data-column="name" { span { (person(visit, &due.user_id)) } }
                td data-label=(words::OVER_SINCE.to(tongue)) { (moment(visit, &due.due_at)) }
                @if let Some(records) = due.records {
                    td data-label=(words::RECORDS.to(tongue)) { (visit.number(records)) }
                }
                @if let Some(because) = &due.because {
                    td data-label=(words::REASON.to(tongue)) { (privacy_words::kept_by(because).to(tongue)) }
                }
            } } }
        } } }
    }
}
