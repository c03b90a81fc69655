//! A field given twice in one input object: the specification forbids it (5.6.3), and readers differ on which
//! of the two counts.

use std::collections::HashSet;

use apollo_compiler::ast::{Argument, Definition, DirectiveList, Document, Selection, Value};
use apollo_compiler::parser::SourceMap;
use apollo_compiler::{Name, Node};

use crate::http::refusal::{EdgeError, Location, Refusal};

/// Refuses a document with an input object that holds a field twice.
pub(super) fn check(document: &Document) -> Result<(), Refusal> {
    let mut walk = Walk { sources: &document.sources, twice: Vec::new() };
    for definition in &document.definitions {
        walk.definition(definition);
    }
    if walk.twice.is_empty() { Ok(()) } else { Err(Refusal::documents(walk.twice)) }
}

struct Walk<'a> {
    sources: &'a SourceMap,
    twice: Vec<EdgeError>,
}

impl Walk<'_> {
    fn definition(&mut self, definition: &Definition) {
        match definition {
            Definition::OperationDefinition(operation) => {
                self.directives(&operation.directives);
                for variable in &operation.variables {
                    self.directives(&variable.directives);
                    variable.default_value.iter().for_each(|value| self.value(value));
                }
                self.set(&operation.selection_set);
            }
            Definition::FragmentDefinition(fragment) => {
                self.directives(&fragment.directives);
                self.set(&fragment.selection_set);
            }
            _ => {}
        }
    }

    fn set(&mut self, set: &[Selection]) {
        for selection in set {
            match selection {
                Selection::Field(field) => {
                    self.arguments(&field.arguments);
                    self.directives(&field.directives);
                    self.set(&field.selection_set);
                }
                Selection::InlineFragment(inline) => {
                    self.directives(&inline.directives);
                    self.set(&inline.selection_set);
                }
                Selection::FragmentSpread(spread) => self.directives(&spread.directives),
            }
        }
    }

    fn directives(&mut self, directives: &DirectiveList) {
        directives.iter().for_each(|directive| self.arguments(&directive.arguments));
    }

    fn arguments(&mut self, arguments: &[Node<Argument>]) {
        arguments.iter().for_each(|argument| self.value(&argument.value));
    }

    fn value(&mut self, value: &Node<Value>) {
        match value.as_ref() {
            Value::List(values) => values.iter().for_each(|value| self.value(value)),
            Value::Object(fields) => {
                self.fields_once(fields);
                fields.iter().for_each(|(_, value)| self.value(value));
            }
            _ => {}
        }
    }

    fn fields_once(&mut self, fields: &[(Name, Node<Value>)]) {
        let mut names = HashSet::new();
        for (name, _) in fields.iter().filter(|(name, _)| !names.insert(name.as_str())) {
            let place = name.location().and_then(|span| span.line_column(self.sources));
            let message = format!("input field `{name}` is given twice in one object");
            self.twice
                .push(EdgeError::new("GRAPHQL_VALIDATION_FAILED", message).at(place.map(Location::from)));
        }
    }
}
