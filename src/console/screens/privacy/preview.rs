//! What a masking would reach, place by place, before anybody agrees to it.

use maud::{Markup, html};
use serde::Deserialize;
use serde_json::Value;

use crate::console::ask::{Flaw, document};
use crate::console::refused::Refused;
use crate::console::timeline;
use crate::console::visit::Visit;
use crate::console::words::{Text, history, privacy as words, privacy_words, profile};

document!(
    /// Places and masks.
    PREVIEW,
    include_str!("preview.graphql")
);

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Found {
    masking_preview: Preview,
}

/// What would be reached.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Preview {
    username: Option<String>,
    email: Option<String>,
    searched_from: u64,
    places: Vec<Reached>,
    free_text: Vec<Hit>,
}

#[derive(Deserialize)]
struct Reached {
    kind: String,
    name: String,
    count: u64,
    forgotten: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Hit {
    event_id: String,
    group: String,
}

/// The preview of a request, or why there is none.
pub(super) async fn read(visit: &Visit, input: Value) -> Result<Result<Preview, Flaw>, Refused> {
    let found = visit.read_if::<Found>(&PREVIEW, serde_json::json!({ "input": input })).await?;
    Ok(found.map(|found| found.masking_preview))
}

/// MSK-10: the masks themselves, and MSK-06: what stays, counted.
pub(super) fn show(visit: &Visit, preview: &Preview, mode: &str) -> Markup {
    let tongue = visit.tongue();
    let (reached, stays): (Vec<&Reached>, Vec<&Reached>) =
        preview.places.iter().partition(|place| place.forgotten);
    let mask = |label: Text, mask: &Option<String>| {
        html! { div { dt { (label.to(tongue)) } dd { @match mask {
            Some(mask) => strong.mask { bdi { (mask) } },
            None => em { (words::NOTHING_LEFT.to(tongue)) },
        } } } }
    };
    html! {
        section.card.preview {
            h2 { (words::PREVIEW.to(tongue)) }
            p.soft { (if mode == "ERASURE" { words::PREVIEW_ERASURE } else { words::PREVIEW_HISTORY }.to(tongue)) }
            dl.rows {
                (mask(profile::USERNAME, &preview.username))
                (mask(profile::EMAIL, &preview.email))
            }
            (places(visit, words::FORGOTTEN, &reached))
            @if !stays.is_empty() { (places(visit, words::STAYS, &stays)) }
            h3.after { (words::FREE_TEXT.to(tongue)) }
            @if preview.free_text.is_empty() { p.soft { (words::FREE_TEXT_NONE.to(tongue)) } }
            @else {
                p { (words::FREE_TEXT_LEAD.with(tongue, &[("count", &visit.number(preview.free_text.len() as u64))])) }
                ul.hits { @for hit in &preview.free_text { li {
                    a href=(format!("/events/{}", hit.event_id.trim_start_matches("event_"))) {
                        (history::RAW.with(tongue, &[("position", hit.event_id.trim_start_matches("event_"))]))
                    }
                    " " span.soft { (privacy_words::group(&hit.group).to(tongue)) }
                } } }
            }
            @if preview.searched_from > 1 {
                p.small.soft { (words::SEARCHED_FROM.with(tongue, &[("position", &visit.number(preview.searched_from))])) }
            }
        }
    }
}

fn places(visit: &Visit, title: Text, all: &[&Reached]) -> Markup {
    let tongue = visit.tongue();
    html! {
        h3.after { (title.to(tongue)) }
        table.places { tbody { @for place in all { tr {
            th scope="row" { (privacy_words::place(&place.kind).to(tongue)) }
            td { (called(visit, place)) }
            td.number { (visit.number(place.count)) }
        } } } }
    }
}

/// An event's type as a sentence has it, a field as a form has it.
fn called(visit: &Visit, place: &Reached) -> String {
    let tongue = visit.tongue();
    match place.kind.as_str() {
        "FIELDS" => profile::field(&place.name).map_or(place.name.clone(), |text| text.to(tongue).to_owned()),
        "EVENTS" => timeline::type_name(tongue, &place.name),
        _ => place.name.clone(),
    }
}
