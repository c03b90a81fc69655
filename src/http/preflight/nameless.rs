//! To a stranger no type has a name: `__type` is null for them, as it is for whoever asks for a type that is not there.
//!
//! So a client that asks it in passing goes on, and a document that is refused as a whole is one that wants the schema.

use async_graphql::parser::types::{DocumentOperations, ExecutableDocument, Selection, SelectionSet};
use async_graphql_value::Value;

/// Has every `__type` of the document ask for a type that no schema has.
pub(super) fn answer(document: &mut ExecutableDocument) {
    match &mut document.operations {
        DocumentOperations::Single(operation) => in_set(&mut operation.node.selection_set.node),
        DocumentOperations::Multiple(operations) => {
            operations.values_mut().for_each(|operation| in_set(&mut operation.node.selection_set.node));
        }
    }
    for fragment in document.fragments.values_mut() {
        in_set(&mut fragment.node.selection_set.node);
    }
}

fn in_set(set: &mut SelectionSet) {
    for selection in &mut set.items {
        match &mut selection.node {
            Selection::Field(field) if field.node.name.node == "__type" => {
                let names = field.node.arguments.iter_mut().filter(|(argument, _)| argument.node == "name");
                names.for_each(|(_, name)| name.node = Value::String(String::new()));
            }
            // It is a field of the query alone, and stands in no other field.
            Selection::Field(_) | Selection::FragmentSpread(_) => {}
            Selection::InlineFragment(inline) => in_set(&mut inline.node.selection_set.node),
        }
    }
}
