//! What each access profile permits (ROL-07): to read, since profiles are the same in every company.

use axum::Router;
use axum::response::Response;
use axum::routing::get;
use maud::html;
use serde::Deserialize;
use serde_json::json;

use crate::console::Console;
use crate::console::ask::document;
use crate::console::page::{Page, Place};
use crate::console::refused::Refused;
use crate::console::timeline;
use crate::console::visit::Visit;
use crate::console::words::{access_profiles as words, frame};

document!(
    /// The profiles.
    PROFILES,
    "{ accessProfiles { profile capabilities } }"
);

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Found {
    access_profiles: Vec<Profile>,
}

#[derive(Deserialize)]
struct Profile {
    profile: String,
    capabilities: Vec<String>,
}

pub(super) fn routes() -> Router<Console> {
    Router::new().route("/access-profiles", get(show))
}

async fn show(visit: Visit) -> Result<Response, Refused> {
    let tongue = visit.tongue();
    let found: Found = visit.read(&PROFILES, json!({})).await?;
    let title = frame::ACCESS_PROFILES.to(tongue);
    let held = |name: &str| {
        found.access_profiles.iter().any(|profile| profile.capabilities.iter().any(|own| own == name))
    };
    let body = html! {
        div.head { div.heading { h1 { (title) } p.soft { (words::LEAD.to(tongue)) } } }
        div.table-frame.matrix tabindex="0" role="region" aria-label=(title) { table {
            thead { tr {
                th scope="col" { (words::PERMITS.to(tongue)) }
                @for profile in &found.access_profiles { th.mark scope="col" { (timeline::value(tongue, &profile.profile)) } }
            } }
            tbody {
                @for (name, text) in words::CAPABILITIES.iter().filter(|(name, _)| held(name)) { tr {
                    th scope="row" { (text.to(tongue)) }
                    @for profile in &found.access_profiles {
                        @let has = profile.capabilities.iter().any(|own| own == name);
                        td.mark {
                            @if has { span aria-hidden="true" { "✓" } span.unseen { (frame::YES.to(tongue)) } }
                            @else { span.unseen { (frame::NO.to(tongue)) } }
                        }
                    }
                } }
            }
        } }
    };
    Page::titled(title).at(Place::AccessProfiles).show(&visit, &body).await
}
