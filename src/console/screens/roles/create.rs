//! A new role.

use axum::extract::RawQuery;
use axum::response::Response;
use maud::html;
use serde_json::json;

use super::{Reach, SURFACES};
use crate::access::Capability;
use crate::console::ask::Flaw;
use crate::console::changes;
use crate::console::form::Fields;
use crate::console::page::{Page, Place};
use crate::console::parts::{Choice, Field, refusals, token};
use crate::console::refused::Refused;
use crate::console::small_form::{Tick, asked, up};
use crate::console::visit::Visit;
use crate::console::words::{frame, roles as words};

pub(super) async fn show(visit: Visit, RawQuery(query): RawQuery) -> Result<Response, Refused> {
    form(&visit, &Fields::of_query(query.as_deref()), &[]).await
}

async fn form(visit: &Visit, given: &Fields, flaws: &[Flaw]) -> Result<Response, Refused> {
    visit.person().ok_or(Refused::SignIn)?;
    if !visit.holds(Capability::DefineRoles) {
        return Err(Refused::Forbidden);
    }
    let tongue = visit.tongue();
    let kinds = [("AGENT", words::FOR_AGENTS), ("CLIENT", words::FOR_CLIENTS)];
    let kinds = kinds.map(|(kind, text)| (kind.to_owned(), text.to(tongue).to_owned()));
    let name = Field {
        required: true,
        focused: flaws.is_empty(),
        ..Field::text("name", words::NAME.to(tongue), given.text("name"))
    };
    let body = html! {
        (up(visit, "/roles", frame::ROLES))
        div.head { h1 { (words::NEW.to(tongue)) } }
        section.card.slim-form {
            (refusals(visit, flaws, &["name", "kind", "surfaces"]))
            form.fields method="post" action="/roles/new" data-keep {
                (token(visit))
                (name.show(visit, flaws))
                (Choice { name: "kind", label: words::KINDS.to(tongue), value: given.text("kind"), required: true, options: kinds.to_vec() }
                    .show(visit, flaws))
                fieldset.field {
                    legend { (words::OPENS.to(tongue)) }
                    @for (value, text, reach) in SURFACES {
                        @let hint = (reach == Reach::Agents).then_some(words::AGENTS_ONLY.to(tongue));
                        (Tick { name: "surfaces", value, label: text.to(tongue), on: given.all("surfaces").any(|it| it == value), hint }.show())
                    }
                    @for flaw in flaws.iter().filter(|flaw| flaw.field() == Some("surfaces")) {
                        p.flaw { (crate::console::words::refusal::say(visit, flaw)) }
                    }
                }
                div.buttons {
                    button.primary type="submit" { (words::DEFINE.to(tongue)) }
                    a.button href="/roles" { (frame::CANCEL.to(tongue)) }
                }
            }
        }
    };
    Page::titled(words::NEW.to(tongue)).at(Place::Roles).show(visit, &body).await
}

pub(super) async fn create(visit: Visit, fields: Fields) -> Result<Response, Refused> {
    let surfaces: Vec<&str> = fields.all("surfaces").collect();
    let input = json!({ "name": fields.text("name"), "kind": fields.text("kind"), "surfaces": surfaces });
    let to = format!("/roles?kind={}", if fields.text("kind") == "CLIENT" { "CLIENT" } else { "AGENT" });
    match asked(&visit, &changes::DEFINE_ROLE, input, &to).await? {
        Ok(response) => Ok(response),
        Err(flaws) => form(&visit, &fields, &flaws).await,
    }
}
