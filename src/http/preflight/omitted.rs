//! Omitted means absent: arguments and input fields whose variable was not given are taken out of the document.
//!
//! The specification says so (5.6 "Input Coercion", 6.4.1). async-graphql instead reads such a variable as its
//! type's null, so that a partial update with an optional variable left out would clear the field.
//! In a list an omitted variable stays: there it is null by the specification.

use apollo_compiler::executable::Operation;
use async_graphql::parser::types::{
    DocumentOperations, ExecutableDocument, OperationDefinition, Selection, SelectionSet,
};
use async_graphql::{Name, Positioned, Variables};
use async_graphql_value::Value;

/// Takes out of `document` what depends on a variable that `operation` declares and `values` lack.
pub(super) fn remove(document: &mut ExecutableDocument, operation: &Operation, values: &Variables) {
    let declared = operation.variables.iter().map(|variable| variable.name.as_str());
    let omitted: Vec<&str> = declared.filter(|name| !values.contains_key(*name)).collect();
    if omitted.is_empty() {
        return;
    }
    match &mut document.operations {
        DocumentOperations::Single(single) => in_operation(&mut single.node, &omitted),
        DocumentOperations::Multiple(named) => {
            let name = operation.name.as_ref().map(|name| name.as_str()).unwrap_or_default();
            named.get_mut(name).into_iter().for_each(|found| in_operation(&mut found.node, &omitted));
        }
    }
    for fragment in document.fragments.values_mut() {
        in_set(&mut fragment.node.selection_set.node, &omitted);
    }
}

fn in_operation(operation: &mut OperationDefinition, omitted: &[&str]) {
    in_set(&mut operation.selection_set.node, omitted);
}

fn in_set(set: &mut SelectionSet, omitted: &[&str]) {
    for selection in &mut set.items {
        match &mut selection.node {
            Selection::Field(field) => {
                in_arguments(&mut field.node.arguments, omitted);
                in_set(&mut field.node.selection_set.node, omitted);
            }
            Selection::InlineFragment(inline) => in_set(&mut inline.node.selection_set.node, omitted),
            Selection::FragmentSpread(_) => {}
        }
        for directive in selection.node.directives_mut() {
            in_arguments(&mut directive.node.arguments, omitted);
        }
    }
}

fn in_arguments(arguments: &mut Vec<(Positioned<Name>, Positioned<Value>)>, omitted: &[&str]) {
    arguments.retain(|(_, value)| !is_omitted(&value.node, omitted));
    arguments.iter_mut().for_each(|(_, value)| in_value(&mut value.node, omitted));
}

fn in_value(value: &mut Value, omitted: &[&str]) {
    match value {
        Value::List(values) => values.iter_mut().for_each(|value| in_value(value, omitted)),
        Value::Object(fields) => {
            fields.retain(|_, value| !is_omitted(value, omitted));
            fields.values_mut().for_each(|value| in_value(value, omitted));
        }
        _ => {}
    }
}

fn is_omitted(value: &Value, omitted: &[&str]) -> bool {
    matches!(value, Value::Variable(name) if omitted.contains(&name.as_str()))
}
