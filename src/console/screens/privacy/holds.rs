//! What keeps people from being forgotten, and what keeps what is known of them from being used: for everybody as
//! it happened, for one person as it is, beside every request about them.

use axum::Router;
use axum::extract::{Path, RawQuery};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use maud::{Markup, html};
use rollbook_schema::UserId;
use rollbook_schema::command::{LiftLegalHold, LiftRestriction, PlaceLegalHold, RestrictProcessing};
use serde::Deserialize;
use serde_json::json;

use super::super::account::window;
use super::{answers, erasures, shown, told};
use crate::access::Capability;
use crate::console::Console;
use crate::console::ask::{Document, Flaw, document};
use crate::console::changes;
use crate::console::form::Fields;
use crate::console::page::{Page, Place};
use crate::console::parts::{Field, badge, done, refusals, token};
use crate::console::refused::Refused;
use crate::console::small_form;
use crate::console::timeline::{self, Timeline};
use crate::console::visit::Visit;
use crate::console::words::{Text, person, privacy as words};

document!(
    /// Holds and restrictions as they happened.
    HOLDS,
    include_str!("holds.graphql")
);
document!(
    /// How one person stands.
    PERSON,
    include_str!("person.graphql")
);

const TYPES: [&str; 4] =
    ["LEGAL_HOLD_PLACED", "LEGAL_HOLD_LIFTED", "PROCESSING_RESTRICTED", "RESTRICTION_LIFTED"];

#[derive(Deserialize)]
struct Happened {
    history: Timeline,
}

#[derive(Deserialize)]
struct Found {
    user: Option<Standing>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Standing {
    id: String,
    label: String,
    active: bool,
    deleted: bool,
    masked: bool,
    version: u64,
    legal_hold: Option<bool>,
    processing_restricted: bool,
}

pub(super) fn routes() -> Router<Console> {
    Router::new()
        .route("/privacy/holds", get(show))
        .route("/people/{id}/privacy", get(of_person).post(change))
}

async fn show(visit: Visit, RawQuery(query): RawQuery) -> Result<Response, Refused> {
    super::demand(&visit, Capability::MaskPeople)?;
    let query = Fields::of_query(query.as_deref());
    if let Some(user) = query.given("user") {
        // The form of this page: on to the person.
        let user = format!("user_{}", user.trim().trim_start_matches("user_"));
        return Ok(Redirect::to(&format!("/people/{}/privacy", super::encoded(&user))).into_response());
    }
    let mut variables = window(&query);
    variables["filter"] = json!({ "types": TYPES });
    let happened = visit.read::<Happened>(&HOLDS, variables).await?.history;
    let tongue = visit.tongue();
    let body = html! {
        section.card.reading {
            h2 { (words::HOLD_OF_WHOM.to(tongue)) }
            p.soft { (words::HOLDS_LEAD.to(tongue)) }
            form.inline method="get" action="/privacy/holds" {
                (Field { required: true, ..Field::text("user", words::PRIMARY_ID.to(tongue), "") }.show(&visit, &[]))
                button type="submit" { (words::OPEN.to(tongue)) }
            }
        }
        section.card.reading { h2 { (words::HOLDS_HAPPENED.to(tongue)) } (timeline::show(&visit, &happened)) }
        (timeline::turns(&visit, &happened.page_info, "/privacy/holds"))
    };
    shown(&visit, "/holds", None, &body).await
}

async fn of_person(
    visit: Visit,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Refused> {
    page(&visit, &id, &Fields::of_query(query.as_deref()), &[]).await
}

async fn page(visit: &Visit, id: &str, query: &Fields, flaws: &[Flaw]) -> Result<Response, Refused> {
    super::demand(visit, Capability::MaskPeople)?;
    let standing = visit.read::<Found>(&PERSON, json!({ "id": id })).await?.user.ok_or(Refused::NotFound)?;
    let erasures = erasures::of_person(visit, id).await?;
    let answers = match visit.holds(Capability::AnswerAccessRequests) {
        true => answers::of_person(visit, id).await?,
        false => Vec::new(),
    };
    let tongue = visit.tongue();
    let body = html! {
        (small_form::up(visit, &format!("/people/{id}"), words::TO_PERSON))
        div.head { div { h1 { bdi { (standing.label) } } p.badges { (badges(visit, &standing)) } } (asks(visit, &standing)) }
        (done(visit, told(query.text("done"))))
        div.stack {
            (refusals(visit, flaws, &["reason"]))
            div.pair { (hold(visit, &standing)?) (restriction(visit, &standing)?) }
            @if !erasures.is_empty() {
                div { h2.over-list { (words::ERASURES.to(tongue)) } (erasures::table(visit, &erasures)) }
            }
            @if !answers.is_empty() {
                div { h2.over-list { (words::ANSWERS.to(tongue)) } (answers::table(visit, &answers)) }
            }
        }
    };
    Page::titled(standing.label.clone()).at(Place::Privacy).show(visit, &body).await
}

fn badges(visit: &Visit, standing: &Standing) -> Markup {
    let tongue = visit.tongue();
    html! {
        span.code.soft { (standing.id) }
        @if standing.deleted { (badge("bad", person::DELETED.to(tongue))) }
        @else if standing.active { (badge("good", person::ACTIVE.to(tongue))) }
        @else { (badge("quiet", person::INACTIVE.to(tongue))) }
        @if standing.masked { (badge("quiet", person::MASKED.to(tongue))) }
        @if standing.legal_hold == Some(true) { (badge("warn", words::HELD.to(tongue))) }
        @if standing.processing_restricted { (badge("warn", words::RESTRICTED.to(tongue))) }
    }
}

/// What can be asked for this person.
fn asks(visit: &Visit, standing: &Standing) -> Markup {
    let tongue = visit.tongue();
    html! {
        div.buttons {
            a.button href=(format!("/privacy/requests/new?userId={}", standing.id)) { (words::ENTER.to(tongue)) }
            a.button href=(format!("/privacy/answers?userId={}", standing.id)) { (words::OPEN_ANSWER.to(tongue)) }
        }
    }
}

/// One of two: set or lifted, with a reason.
fn switch(visit: &Visit, standing: &Standing, texts: (Text, Text, &str, Text), may: bool) -> Markup {
    let (title, lead, deed, button) = texts;
    let tongue = visit.tongue();
    html! {
        section.card {
            h2 { (title.to(tongue)) }
            p.soft { (lead.to(tongue)) }
            @if may { form.fields method="post" action=(format!("/people/{}/privacy", standing.id)) {
                (token(visit))
                input type="hidden" name="version" value=(standing.version);
                div.field {
                    label for=(format!("{deed}-reason")) { (words::REASON.to(tongue)) }
                    input id=(format!("{deed}-reason")) name="reason" dir="auto" autocomplete="off";
                }
                div.buttons { button type="submit" name="deed" value=(deed) { (button.to(tongue)) } }
            } }
        }
    }
}

fn hold(visit: &Visit, standing: &Standing) -> Result<Markup, Refused> {
    let user = key_of(&standing.id)?;
    Ok(if standing.legal_hold == Some(true) {
        let texts = (words::HOLD, words::HOLD_ON, "lift", words::LIFT_HOLD);
        switch(visit, standing, texts, visit.may(LiftLegalHold { user }))
    } else {
        let texts = (words::HOLD, words::HOLD_OFF, "place", words::PLACE_HOLD);
        switch(visit, standing, texts, visit.may(PlaceLegalHold { user }))
    })
}

fn restriction(visit: &Visit, standing: &Standing) -> Result<Markup, Refused> {
    let user = key_of(&standing.id)?;
    Ok(if standing.processing_restricted {
        let texts = (words::RESTRICTION, words::RESTRICTION_ON, "use", words::LIFT_RESTRICTION);
        switch(visit, standing, texts, visit.may(LiftRestriction { user }))
    } else {
        let texts = (words::RESTRICTION, words::RESTRICTION_OFF, "restrict", words::RESTRICT);
        switch(visit, standing, texts, visit.may(RestrictProcessing { user }))
    })
}

fn key_of(id: &str) -> Result<UserId, Refused> {
    id.strip_prefix("user_").and_then(|number| number.parse().ok()).map(UserId).ok_or(Refused::NotFound)
}

async fn change(visit: Visit, Path(id): Path<String>, fields: Fields) -> Result<Response, Refused> {
    let change: &Document = match fields.text("deed") {
        "place" => &changes::PLACE_LEGAL_HOLD,
        "lift" => &changes::LIFT_LEGAL_HOLD,
        "restrict" => &changes::RESTRICT_PROCESSING,
        "use" => &changes::LIFT_RESTRICTION,
        _ => return Err(Refused::Malformed),
    };
    let input = json!({
        "userId": id, "reason": fields.given("reason"), "expectedVersion": super::super::account::version(&fields),
    });
    match visit.change(change, input).await? {
        Ok(_) => Ok(Redirect::to(&format!("/people/{id}/privacy?done=saved")).into_response()),
        Err(flaws) => page(&visit, &id, &Fields::default(), &flaws).await,
    }
}
