//! What somebody else changed while a form was open, beside what the reader typed: shown, and not overwritten.

use maud::{Markup, html};

use super::visit::Visit;
use super::words::person as words;

/// One field that is not what it was, or that the reader touched.
pub(super) struct Differs<'a> {
    pub label: &'a str,
    /// When the form was opened.
    pub was: String,
    pub now: String,
    /// What was typed; `None` for a field that the reader left alone.
    pub yours: Option<String>,
}

/// Above a form whose version is over. `name` is what was changed.
pub(super) fn difference(visit: &Visit, name: &str, rows: &[Differs<'_>]) -> Markup {
    let tongue = visit.tongue();
    let heads = [words::CONFLICT_FIELD, words::CONFLICT_WAS, words::CONFLICT_NOW, words::CONFLICT_YOURS];
    html! {
        section.card.conflict role="alert" tabindex="-1" data-focus {
            p { (words::CONFLICT.with(tongue, &[("name", name)])) }
            @if !rows.is_empty() {
                div.table-frame { table {
                    thead { tr { @for head in heads { th scope="col" { (head.to(tongue)) } } } }
                    tbody { @for row in rows { tr {
                        th scope="row" { (row.label) }
                        td { bdi { (row.was) } }
                        td { bdi { (row.now) } }
                        td {
                            @match &row.yours {
                                Some(yours) => { strong { bdi { (yours) } } },
                                None => { span.soft { (words::UNTOUCHED.to(tongue)) } },
                            }
                        }
                    } } }
                } }
            }
        }
    }
}
