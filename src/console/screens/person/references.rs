//! What refers to a user and keeps them from being deleted (DEL-04).
//!
//! The deletion itself looks for references; here stands what it answered. The list of all of them with a link to
//! each belongs in this place, once the schema gives it.

use maud::{Markup, html};
use rollbook_schema::RejectionCode;

use super::Person;
use crate::console::ask::Flaw;
use crate::console::visit::Visit;
use crate::console::words::{person as words, refusal};

/// Which refusals are references.
const BLOCKING: [RejectionCode; 3] =
    [RejectionCode::Referenced, RejectionCode::NamedInProxyGrant, RejectionCode::LegalHold];

pub(super) fn show(visit: &Visit, _person: &Person, flaws: &[Flaw]) -> Markup {
    let tongue = visit.tongue();
    let blocking: Vec<&Flaw> =
        flaws.iter().filter(|flaw| flaw.code().is_some_and(|code| BLOCKING.contains(&code))).collect();
    html! {
        @if !blocking.is_empty() {
            section.references {
                h2 { (words::REFERENCES.to(tongue)) }
                p.soft { (words::REFERENCES_BLOCK.to(tongue)) }
                ul.points { @for flaw in blocking { li { (refusal::say(visit, flaw)) } } }
            }
        }
    }
}
