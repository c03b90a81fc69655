//! One action for all who are selected: asked once more, then an outcome for each (DEL-12).

use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use serde::Deserialize;
use serde_json::json;

use super::wish::{Kind, Wish};
use crate::access::Capability;
use crate::console::ask::{Flaw, document};
use crate::console::form::Fields;
use crate::console::page::Page;
use crate::console::parts::{Field, badge, icon, refusals, token};
use crate::console::refused::Refused;
use crate::console::visit::Visit;
use crate::console::words::{Text, frame, list as words, refusal};

document!(
    /// One command over many users.
    BULK,
    "mutation($input: BulkInput!) { bulk(input: $input) {
        accepted refused errors { code message path }
        outcomes { userId position errors { code message path license { type owned used } } } } }"
);
/// Something that can be done with many at once.
pub(super) struct Action {
    pub name: &'static str,
    pub text: Text,
    /// As the schema names it.
    command: &'static str,
    pub needs: Capability,
}

pub(super) const ACTIONS: [Action; 7] = [
    Action {
        name: "disable",
        text: words::BULK_DISABLE,
        command: "DISABLE_USER",
        needs: Capability::ManageUsers,
    },
    Action {
        name: "enable",
        text: words::BULK_ENABLE,
        command: "ENABLE_USER",
        needs: Capability::ManageUsers,
    },
    Action { name: "lock", text: words::BULK_LOCK, command: "LOCK_ACCOUNT", needs: Capability::ManageUsers },
    Action {
        name: "unlock",
        text: words::BULK_UNLOCK,
        command: "UNLOCK_ACCOUNT",
        needs: Capability::ManageUsers,
    },
    Action {
        name: "force",
        text: words::BULK_FORCE,
        command: "FORCE_PASSWORD_CHANGE",
        needs: Capability::ManageUsers,
    },
    Action {
        name: "sessions",
        text: words::BULK_SESSIONS,
        command: "END_SESSIONS",
        needs: Capability::EndSessions,
    },
    Action {
        name: "delete",
        text: words::BULK_DELETE,
        command: "DELETE_USER",
        needs: Capability::DeleteUsers,
    },
];

fn action_of(name: &str) -> Option<&'static Action> {
    ACTIONS.iter().find(|action| action.name == name)
}

/// Asks once more. Nothing is changed before the answer.
pub(super) async fn ask(visit: &Visit, wish: &Wish, action: &str) -> Result<Response, Refused> {
    let action = action_of(action).filter(|_| !wish.selected.is_empty());
    let Some(action) = action else {
        let there = wish.address();
        let joint = if there.contains('?') { '&' } else { '?' };
        return Ok(Redirect::to(&format!("{there}{joint}nothing")).into_response());
    };
    let body = question(visit, wish, action, &[]);
    Page::titled(action.text.to(visit.tongue())).at(wish.kind.place()).show(visit, &body).await
}

fn question(visit: &Visit, wish: &Wish, action: &Action, flaws: &[Flaw]) -> Markup {
    let tongue = visit.tongue();
    let count = visit.number(wish.selected.len() as u64);
    let is_deletion = action.name == "delete";
    let places = [("action", action.text.to(tongue)), ("count", count.as_str())];
    let button = |name: &str, class: &str, text: Text| {
        html! { button.(class) type="submit" name="action" value=(name) { (text.to(tongue)) } }
    };
    html! {
        form.card.ask method="post" action=(format!("{}/bulk", wish.kind.path())) {
            (token(visit))
            @for (name, value) in wish.pairs() { input type="hidden" name=(name) value=(value); }
            h1 { (words::BULK_QUESTION.with(tongue, &places)) }
            (refusals(visit, flaws, &["reason"]))
            @if is_deletion { p.told { (icon("warning")) (words::BULK_DELETE_TEXT.to(tongue)) } }
            p { (words::BULK_TEXT.to(tongue)) }
            (Field::text("reason", words::REASON.to(tongue), "").show(visit, flaws))
            div.buttons {
                // STA-15: what is better is what is offered first.
                @if is_deletion { (button("disable", "primary", words::BULK_INSTEAD)) }
                (button(action.name, if is_deletion { "danger" } else { "primary" }, action.text))
                a.button href=(wish.address()) { (frame::CANCEL.to(tongue)) }
            }
        }
    }
}

#[derive(Deserialize)]
struct Answer {
    bulk: Done,
}

#[derive(Deserialize)]
struct Done {
    accepted: u64,
    refused: u64,
    errors: Vec<Flaw>,
    outcomes: Vec<Outcome>,
}

#[derive(Deserialize)]
struct Outcome {
    #[serde(rename = "userId")]
    user: String,
    errors: Vec<Flaw>,
}

#[derive(Deserialize)]
struct Called {
    user: Option<Labelled>,
}

#[derive(Deserialize)]
struct Labelled {
    label: String,
}

document!(
    /// What one is called.
    CALLED,
    "query($id: ID!) { user(by: { id: $id }) { label } }"
);

/// Does it, and shows what became of each.
pub(super) async fn run(kind: Kind, visit: Visit, fields: Fields) -> Result<Response, Refused> {
    let wish = Wish::of(kind, &fields);
    let action = action_of(fields.text("action")).ok_or(Refused::Malformed)?;
    // Whoever is deleted has no name any more: they are called what they were called before.
    let labels = labels(&visit, &wish.selected).await?;
    let input = json!({
        "command": { "plain": action.command },
        "userIds": wish.selected,
        "reason": fields.given("reason"),
    });
    let done = visit.read::<Answer>(&BULK, json!({ "input": input })).await?.bulk;
    let title = action.text.to(visit.tongue());
    let body = if done.errors.is_empty() {
        outcomes(&visit, &wish, action, &done, &labels)
    } else {
        question(&visit, &wish, action, &done.errors)
    };
    Page::titled(title).at(kind.place()).show(&visit, &body).await
}

async fn labels(visit: &Visit, users: &[String]) -> Result<Vec<String>, Refused> {
    let mut labels = Vec::with_capacity(users.len());
    for user in users {
        let called: Called = visit.read(&CALLED, json!({ "id": user })).await?;
        labels.push(called.user.map_or_else(|| user.clone(), |user| user.label));
    }
    Ok(labels)
}

fn outcomes(visit: &Visit, wish: &Wish, action: &Action, done: &Done, labels: &[String]) -> Markup {
    let tongue = visit.tongue();
    let (accepted, refused) = (visit.number(done.accepted), visit.number(done.refused));
    let places =
        [("action", action.text.to(tongue)), ("accepted", accepted.as_str()), ("refused", refused.as_str())];
    let back = Wish { selected: Vec::new(), ..wish.clone() };
    html! {
        div.head { h1 { (words::BULK_DONE.with(tongue, &places)) } }
        div.table-frame {
            table.outcomes {
                thead { tr {
                    th scope="col" { (words::COLUMN_NAME.to(tongue)) }
                    th scope="col" { (words::OUTCOME.to(tongue)) }
                } }
                tbody {
                    @for (outcome, label) in done.outcomes.iter().zip(labels) {
                        tr {
                            td { a href=(format!("/people/{}", outcome.user)) { bdi { (label) } } }
                            td {
                                @if outcome.errors.is_empty() { (badge("good", words::DONE.to(tongue))) }
                                @for flaw in &outcome.errors { p.flaw { (refusal::say(visit, flaw)) } }
                            }
                        }
                    }
                }
            }
        }
        p.after { a.button href=(back.address()) { (words::TO_LIST.to(tongue)) } }
    }
}
