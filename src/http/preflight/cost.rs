//! What a document costs with every fragment written out, counted once per fragment.
//!
//! Thirty fragments that each spread the next one twice stand for 2^30 selections. Each fragment's cost is
//! remembered, so the count takes one step per selection as written.

use std::collections::HashMap;

use apollo_compiler::ast::{Definition, Document, Selection};

use crate::http::limits::EdgeLimits;
use crate::http::refusal::Refusal;

/// Deepest nesting of selection sets of any kind. Later steps recurse as deep, on a thread's stack.
const LEVELS_MAX: u64 = 128;

/// The cost of a selection set, fragments written out.
#[derive(Clone, Copy, Default)]
struct Cost {
    /// Fields, spreads and inline fragments.
    selections: u64,
    /// Fields nested in fields.
    depth: u64,
    /// Selection sets nested in each other, fragments' too.
    levels: u64,
}

/// Refuses a document that costs more than the limits allow.
pub(super) fn check(document: &Document, limits: &EdgeLimits) -> Result<(), Refusal> {
    let mut count = Count::over(document);
    let mut selections: u64 = 0;
    for definition in &document.definitions {
        let Some(set) = selection_set(definition) else { continue };
        let cost = count.set(set, 0)?;
        selections = selections.saturating_add(cost.selections);
        if cost.depth > limits.depth_max {
            return Err(too_complex(format!("fields nest deeper than {}", limits.depth_max)));
        }
    }
    if selections > limits.selections_max {
        let limit = limits.selections_max;
        return Err(too_complex(format!(
            "the document selects more than {limit} fields, fragments written out"
        )));
    }
    if count.aliases > limits.aliases_max {
        return Err(too_complex(format!("the document has more than {} aliases", limits.aliases_max)));
    }
    Ok(())
}

fn too_complex(message: String) -> Refusal {
    Refusal::document("DOCUMENT_TOO_COMPLEX", message)
}

fn selection_set(definition: &Definition) -> Option<&[Selection]> {
    match definition {
        Definition::OperationDefinition(operation) => Some(&operation.selection_set),
        Definition::FragmentDefinition(fragment) => Some(&fragment.selection_set),
        _ => None,
    }
}

struct Count<'a> {
    fragments: HashMap<&'a str, &'a [Selection]>,
    /// Costs of fragments already counted; `None` while one is being counted, which marks a cycle.
    counted: HashMap<&'a str, Option<Cost>>,
    aliases: u64,
}

impl<'a> Count<'a> {
    fn over(document: &'a Document) -> Self {
        let fragments = document.definitions.iter().filter_map(|definition| match definition {
            Definition::FragmentDefinition(fragment) => {
                Some((fragment.name.as_str(), fragment.selection_set.as_slice()))
            }
            _ => None,
        });
        Self { fragments: fragments.collect(), counted: HashMap::new(), aliases: 0 }
    }

    fn set(&mut self, set: &'a [Selection], level: u64) -> Result<Cost, Refusal> {
        let mut total = Cost::default();
        for selection in set {
            let inner = self.selection(selection, level)?;
            total.selections = total.selections.saturating_add(1).saturating_add(inner.selections);
            total.depth = total.depth.max(inner.depth);
            total.levels = total.levels.max(inner.levels + 1);
        }
        if level + total.levels > LEVELS_MAX {
            return Err(too_complex(format!("selections nest deeper than {LEVELS_MAX}")));
        }
        Ok(total)
    }

    fn selection(&mut self, selection: &'a Selection, level: u64) -> Result<Cost, Refusal> {
        if level > LEVELS_MAX {
            return Err(too_complex(format!("selections nest deeper than {LEVELS_MAX}")));
        }
        match selection {
            Selection::Field(field) => {
                self.aliases += u64::from(field.alias.is_some());
                let inner = self.set(&field.selection_set, level + 1)?;
                Ok(Cost { depth: inner.depth + 1, ..inner })
            }
            Selection::InlineFragment(inline) => self.set(&inline.selection_set, level + 1),
            Selection::FragmentSpread(spread) => self.fragment(spread.fragment_name.as_str(), level + 1),
        }
    }

    /// Unknown fragments and cycles cost nothing here: validation names them.
    fn fragment(&mut self, name: &'a str, level: u64) -> Result<Cost, Refusal> {
        if let Some(known) = self.counted.get(name) {
            return Ok(known.unwrap_or_default());
        }
        let Some(set) = self.fragments.get(name).copied() else { return Ok(Cost::default()) };
        self.counted.insert(name, None);
        let cost = self.set(set, level)?;
        self.counted.insert(name, Some(cost));
        Ok(cost)
    }
}
