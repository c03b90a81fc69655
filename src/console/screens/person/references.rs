//! What refers to a user: it blocks a deletion (DEL-04), and is worth a look before disabling (STA-17). The
//! sentences are the schema's own, in the reader's language.

use maud::{Markup, html};
use serde::Deserialize;
use serde_json::json;

use crate::console::ask::document;
use crate::console::refused::Refused;
use crate::console::visit::Visit;
use crate::console::words::{Text, person as words};

document!(
    /// Every reference to a user.
    REFERENCES,
    include_str!("references.graphql")
);

#[derive(Deserialize)]
struct Found {
    #[serde(rename = "userReferences")]
    references: Vec<Reference>,
}

/// One place where a user is named.
#[derive(Deserialize)]
pub(super) struct Reference {
    message: String,
    link: Option<String>,
    recycled: bool,
}

/// All of them; none for a reader who may not look for them.
pub(super) async fn read(visit: &Visit, id: &str) -> Result<Vec<Reference>, Refused> {
    match visit.read::<Found>(&REFERENCES, json!({ "id": id })).await {
        Ok(found) => Ok(found.references),
        Err(Refused::Forbidden | Refused::NotFound) => Ok(Vec::new()),
        Err(refused) => Err(refused),
    }
}

/// The list, each with a link to what is to be changed, where there is a page of it.
pub(super) fn show(visit: &Visit, references: &[Reference], lead: Text) -> Markup {
    let tongue = visit.tongue();
    html! {
        @if !references.is_empty() {
            section.references {
                h2 { (words::REFERENCES.to(tongue)) }
                p.soft { (lead.to(tongue)) }
                ul.points {
                    @for one in references {
                        li {
                            @match one.link.as_deref().filter(|link| link.starts_with("user_")) {
                                Some(user) => a href=(format!("/people/{user}")) { bdi { (one.message) } },
                                None => bdi { (one.message) },
                            }
                            @if one.recycled { " " span.badge { (words::RECYCLED.to(tongue)) } }
                        }
                    }
                }
            }
        }
    }
}
