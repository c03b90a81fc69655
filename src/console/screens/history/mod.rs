//! The history of the whole directory. Its filters are its address, so that what was found can be shown to others.

pub(super) mod wish;

use axum::Router;
use axum::extract::RawQuery;
use axum::response::Response;
use axum::routing::get;
use maud::{Markup, html};
use serde::Deserialize;
use serde_json::json;

use self::wish::{TYPES, Wish};
use super::account::window;
use crate::access::Capability;
use crate::console::Console;
use crate::console::ask::{Flaw, document};
use crate::console::form::Fields;
use crate::console::page::{Page, Place};
use crate::console::parts::{Choice, Field, icon};
use crate::console::refused::Refused;
use crate::console::timeline::{self, Timeline};
use crate::console::visit::Visit;
use crate::console::words::{frame, history as old, list, oversight as words};
use crate::graphql;

document!(
    /// A page of history.
    HISTORY,
    include_str!("history.graphql")
);
document!(
    /// Whom a name or an address belongs to.
    WHO,
    "query Who($by: UserBy!) { user(by: $by) { id } }"
);

#[derive(Deserialize)]
struct Found {
    history: Shown,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Shown {
    total_count: Option<u64>,
    searched_to: Option<u64>,
    #[serde(flatten)]
    timeline: Timeline,
}

#[derive(Deserialize)]
struct Known {
    user: Option<Id>,
}

#[derive(Deserialize)]
struct Id {
    id: String,
}

pub(super) fn routes() -> Router<Console> {
    Router::new().route("/history", get(show))
}

async fn show(visit: Visit, RawQuery(query): RawQuery) -> Result<Response, Refused> {
    visit.person().ok_or(Refused::SignIn)?;
    if !visit.holds(Capability::SeeHistory) {
        return Err(Refused::Forbidden);
    }
    let query = Fields::of_query(query.as_deref());
    let mut wish = Wish::of(&query);
    let mut flaws = wish.flaws(visit.tongue());
    for (name, text) in [("by", wish.by.clone()), ("user", wish.user.clone())] {
        match known(&visit, &text).await? {
            Some(id) => *wish.person(name) = id,
            None => flaws.push(Flaw::told(name, words::NOBODY.to(visit.tongue()))),
        }
    }
    let found = match flaws.is_empty() {
        true => {
            let mut variables = window(&query);
            variables["filter"] = wish.filter();
            Some(visit.read::<Found>(&HISTORY, variables).await?.history)
        }
        false => None,
    };
    let tongue = visit.tongue();
    let body = html! {
        div.head { h1 { (frame::HISTORY.to(tongue)) } }
        div.stack.reading {
            (filters(&visit, &wish, &flaws))
            @if let Some(found) = &found {
                // Whoever turned to older pages is not moved away from them.
                @let is_newest = !query.has("after") && !query.has("before");
                div.stack data-live=[is_newest.then_some("history")] data-head=(visit.directory().reached()) {
                    (events(&visit, &wish, found))
                }
            }
        }
    };
    Page::titled(frame::HISTORY.to(tongue)).at(Place::History).show(&visit, &body).await
}

/// The id of whoever is meant: an id as it is, else a username or an address. Blank is blank.
async fn known(visit: &Visit, text: &str) -> Result<Option<String>, Refused> {
    let number = text.strip_prefix("user_").unwrap_or(text);
    if text.is_empty() {
        return Ok(Some(String::new()));
    }
    if number.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(Some(format!("user_{number}")));
    }
    if !visit.holds(Capability::FindPeople) {
        return Ok(None);
    }
    let by = if text.contains('@') { json!({ "email": text }) } else { json!({ "username": text }) };
    let found = visit.read_if::<Known>(&WHO, json!({ "by": by })).await?;
    Ok(found.ok().and_then(|known| known.user).map(|user| user.id))
}

fn filters(visit: &Visit, wish: &Wish, flaws: &[Flaw]) -> Markup {
    let tongue = visit.tongue();
    let any = (String::new(), old::ALL_TYPES.to(tongue).to_owned());
    let mut types: Vec<(String, String)> =
        TYPES.iter().map(|name| ((*name).to_owned(), timeline::type_name(tongue, name))).collect();
    types.sort_by(|one, other| one.1.cmp(&other.1));
    let types = std::iter::once(any).chain(types).collect();
    let hint = words::WHO_HINT.to(tongue);
    let kinds = words::KINDS.iter().map(|(name, text)| ((*name).to_owned(), text.to(tongue).to_owned()));
    let kinds =
        std::iter::once((String::new(), words::ANY_KIND.to(tongue).to_owned())).chain(kinds).collect();
    html! {
        details.card.filters open[!wish.is_all() || !flaws.is_empty()] {
            summary { (list::FILTER.to(tongue)) }
            form method="get" action="/history" {
                div.fields.three {
                    (Field { hint: Some(hint), ..Field::text("by", words::BY.to(tongue), &wish.by) }.show(visit, flaws))
                    (Field { hint: Some(hint), ..Field::text("user", words::TO_WHOM.to(tongue), &wish.user) }.show(visit, flaws))
                    (Choice { name: "type", label: words::WHAT.to(tongue), value: &wish.of, required: false, options: types }.show(visit, flaws))
                    (Field { kind: "datetime-local", ..Field::text("since", words::SINCE.to(tongue), &wish.since) }.show(visit, flaws))
                    (Field { kind: "datetime-local", ..Field::text("until", words::UNTIL.to(tongue), &wish.until) }.show(visit, flaws))
                    (Field { hint: Some(words::REQUEST_HINT.to(tongue)), ..Field::text("request", words::REQUEST.to(tongue), &wish.request) }.show(visit, flaws))
                    (Choice { name: "kind", label: words::SUBJECT_KIND.to(tongue), value: &wish.kind, required: false, options: kinds }.show(visit, flaws))
                    (Field { hint: Some(words::PROXY_SESSION_HINT.to(tongue)), ..Field::text("proxy", words::PROXY_SESSION.to(tongue), &wish.proxy) }.show(visit, flaws))
                }
                div.buttons.after {
                    button.primary type="submit" { (icon("search")) (old::SHOW.to(tongue)) }
                    @if !wish.is_all() { a.button href="/history" { (words::EVERYTHING.to(tongue)) } }
                }
            }
        }
    }
}

fn events(visit: &Visit, wish: &Wish, found: &Shown) -> Markup {
    let tongue = visit.tongue();
    html! {
        section.card {
            div.over-timeline {
                p.count aria-live="polite" {
                    @match found.total_count {
                        Some(count) => (words::COUNT.with(tongue, &[("count", &visit.number(count))])),
                        None => (words::MANY.to(tongue)),
                    }
                    @for (name, id) in wish.people() {
                        " · " (name.to(tongue)) " "
                        bdi { (graphql::called(visit.directory(), &visit.caller(), id)) }
                    }
                }
                p { a href=(wish.address()) { (words::NEWEST.to(tongue)) } }
            }
            (timeline::show(visit, &found.timeline))
            @if let Some(to) = found.searched_to {
                p.soft.after { (words::SEARCHED_TO.with(tongue, &[("position", &visit.number(to))])) }
            }
        }
        (timeline::turns(visit, &found.timeline.page_info, &wish.address()))
    }
}
