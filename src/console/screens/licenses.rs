//! Seats: how many there are, how many are taken, and, for who may, how many there shall be (LIC-02, LIC-13, LIC-14).

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
use crate::console::parts::{Field, badge, done, refusals};
use crate::console::refused::Refused;
use crate::console::small_form::{asked, asks, told, what};
use crate::console::visit::Visit;
use crate::console::words::{frame, licenses as words, list, person};

document!(
    /// The pools.
    LICENSES,
    "{ licenses { type owned used available over sizedBy contact } }"
);

#[derive(Deserialize)]
struct Found {
    licenses: Vec<Pool>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Pool {
    #[serde(rename = "type")]
    of: String,
    owned: u64,
    used: u64,
    available: u64,
    over: bool,
    sized_by: String,
    contact: Option<String>,
}

pub(super) fn routes() -> Router<Console> {
    Router::new().route("/licenses", get(show).post(change))
}

async fn show(visit: Visit, RawQuery(query): RawQuery) -> Result<Response, Refused> {
    page(&visit, &Fields::of_query(query.as_deref()), &[]).await
}

async fn page(visit: &Visit, given: &Fields, flaws: &[Flaw]) -> Result<Response, Refused> {
    let tongue = visit.tongue();
    let found: Found = visit.read(&LICENSES, json!({})).await?;
    let title = frame::LICENSES.to(tongue);
    let fields = ["owned-READ_WRITE", "owned-READ_ONLY"];
    let by_provider = found.licenses.iter().any(|pool| pool.sized_by == "PROVIDER");
    let contact = found.licenses.iter().find_map(|pool| pool.contact.as_deref());
    let body = html! {
        div.head { div.heading { h1 { (title) } p.soft { (words::LEAD.to(tongue)) } } }
        (done(visit, told(given, &[("saved", person::SAVED)])))
        (refusals(visit, flaws, &fields))
        div.stack.reading {
            div.pair { @for pool in &found.licenses { (card(visit, pool, given, flaws)) } }
            @if by_provider { p.soft { (words::BY_PROVIDER.to(tongue)) } }
            @if let Some(contact) = contact { p { (words::CONTACT.to(tongue)) " " bdi { (contact) } } }
        }
    };
    Page::titled(title).at(Place::Licenses).show(visit, &body).await
}

fn card(visit: &Visit, pool: &Pool, given: &Fields, flaws: &[Flaw]) -> Markup {
    let tongue = visit.tongue();
    let (name, about) = match pool.of.as_str() {
        "READ_ONLY" => (list::READ_ONLY, words::READ_ONLY_ABOUT),
        _ => (list::READ_WRITE, words::READ_WRITE_ABOUT),
    };
    let may = visit.holds(Capability::SizeLicensePools) && pool.sized_by == "ADMINISTRATOR";
    let field = format!("owned-{}", pool.of);
    let owned = given.given(&field).map_or_else(|| pool.owned.to_string(), str::to_owned);
    let figure = |text: &str, number: u64| {
        html! { div { dt { (text) } dd { (visit.number(number)) } } }
    };
    html! {
        section.card {
            h2 { (name.to(tongue)) @if pool.over { " " (badge("warn", words::OVER.to(tongue))) } }
            p.soft { (about.to(tongue)) }
            dl.figures {
                (figure(words::OWNED.to(tongue), pool.owned))
                (figure(words::USED.to(tongue), pool.used))
                (figure(words::AVAILABLE.to(tongue), pool.available))
            }
            @let most = pool.owned.max(pool.used).max(1);
            meter aria-label=(words::USED.to(tongue)) min="0" max=(most) value=(pool.used) data-over[pool.over] {}
            @if pool.over { p.told.after { (list::SEATS_OVER.to(tongue)) } }
            @if may {
                div.after { (asks(visit, "/licenses", &pool.of, &html! {
                    div.inline {
                        (Field { kind: "number", required: true, ..Field::text(&field, words::RESIZE.to(tongue), &owned) }.show(visit, flaws))
                        button type="submit" { (frame::SAVE.to(tongue)) }
                    }
                })) }
            }
        }
    }
}

async fn change(visit: Visit, fields: Fields) -> Result<Response, Refused> {
    let field = format!("owned-{}", what(&fields));
    let Ok(owned) = fields.text(&field).trim().parse::<u32>() else {
        let flaw = Flaw::told(&field, words::NUMBER.to(visit.tongue()));
        return page(&visit, &fields, &[flaw]).await;
    };
    let input: Value = json!({ "type": what(&fields), "owned": owned });
    match asked(&visit, &changes::SIZE_LICENSE_POOL, input, "/licenses?done=saved").await? {
        Ok(response) => Ok(response),
        Err(flaws) => {
            let own = |flaw: Flaw| if flaw.field() == Some("owned") { flaw.moved_to(&field) } else { flaw };
            let flaws: Vec<Flaw> = flaws.into_iter().map(own).collect();
            page(&visit, &fields, &flaws).await
        }
    }
}
