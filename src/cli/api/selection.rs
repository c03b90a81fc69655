//! What is asked back where nothing is said: everything plain, and of every other thing who it is.

use apollo_compiler::Schema;
use apollo_compiler::ast::{FieldDefinition, Type};
use apollo_compiler::schema::{ExtendedType, ObjectType};

/// How a thing is called, of the fields that it has.
const NAMES: [&str; 5] = ["id", "label", "name", "summary", "version"];
/// The one thing that is shown whole wherever it comes.
const ERRORS: &str = "errors";

/// The answer of a field, and what is asked of it.
pub(super) struct Answer {
    shape: Shape,
    /// Without its braces; empty for a plain value.
    fields: String,
    /// Of a payload: what stands beside a selection that somebody typed.
    always: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Payload,
    One,
    Plain,
    Rows,
    /// Rows by pages.
    Pages,
}

impl Answer {
    /// Of a mutation.
    pub(super) fn payload(schema: &Schema, ty: &Type) -> Answer {
        let object = schema.get_object(ty.inner_named_type());
        let fields = object.map(|object| asked(schema, object, |field| nested(schema, field)));
        let always = object.map(|object| {
            asked(schema, object, |field| (field.name == ERRORS).then(|| nested(schema, field)).flatten())
        });
        Answer {
            shape: Shape::Payload,
            fields: fields.unwrap_or_default(),
            always: always.unwrap_or_default(),
        }
    }

    /// Of a field of the query.
    pub(super) fn read(schema: &Schema, ty: &Type) -> Answer {
        let found = schema.types.get(ty.inner_named_type());
        let pages = found
            .and_then(ExtendedType::as_object)
            .and_then(|object| object.fields.get("nodes").filter(|_| object.fields.contains_key("pageInfo")));
        let (shape, row) = match pages {
            Some(nodes) => (Shape::Pages, schema.types.get(nodes.ty.inner_named_type())),
            None if ty.is_list() => (Shape::Rows, found),
            None => (Shape::One, found),
        };
        let (shape, fields) = match row {
            Some(ExtendedType::Object(object)) => {
                // What may be null may be refused, too, with an error for the whole answer.
                let certain = |field: &FieldDefinition| field.ty.is_non_null().then(|| names(schema, field));
                (shape, asked(schema, object, |field| certain(field).flatten()))
            }
            Some(ExtendedType::Interface(_)) => (shape, "__typename id".to_owned()),
            _ if shape == Shape::Rows => (shape, String::new()),
            _ => (Shape::Plain, String::new()),
        };
        Answer { shape, fields, always: String::new() }
    }

    /// Whether many come.
    pub(super) fn is_rows(&self) -> bool {
        matches!(self.shape, Shape::Rows | Shape::Pages)
    }

    /// Whether they come by pages.
    pub(super) fn is_pages(&self) -> bool {
        self.shape == Shape::Pages
    }

    /// Whether there are fields to choose from.
    pub(super) fn has_fields(&self) -> bool {
        !self.fields.is_empty()
    }

    /// The names of the fields of a row, in the order in which they are asked for: ours, or those that
    /// somebody chose.
    pub(super) fn columns<'a>(&'a self, chosen: Option<&'a str>) -> Vec<&'a str> {
        let mut depth = 0_usize;
        let mut columns = Vec::new();
        for part in chosen.unwrap_or(&self.fields).split_inclusive(|c: char| !is_of_name(c)) {
            let name = part.trim_end_matches(|c| !is_of_name(c));
            if depth == 0 && !name.is_empty() {
                columns.push(name);
            }
            depth += usize::from(part.ends_with(['{', '(']));
            depth = depth.saturating_sub(usize::from(part.ends_with(['}', ')'])));
        }
        columns
    }

    /// The selection set with its braces, with the fields that somebody chose in place of ours.
    pub(super) fn selection(&self, chosen: Option<&str>) -> String {
        let fields = match chosen {
            Some(chosen) => format!("{chosen} {}", self.always),
            None => self.fields.clone(),
        };
        match (self.shape, fields.is_empty()) {
            (_, true) => String::new(),
            (Shape::Pages, _) => format!("{{ nodes {{ {fields} }} pageInfo {{ hasNextPage endCursor }} }}"),
            (_, false) => format!("{{ {fields} }}"),
        }
    }
}

fn is_of_name(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_'
}

/// Every plain field that needs no argument, and what `other` gives for the rest.
fn asked(schema: &Schema, object: &ObjectType, other: impl Fn(&FieldDefinition) -> Option<String>) -> String {
    let fields = object.fields.values().filter(|field| field.arguments.is_empty());
    let asked =
        fields.filter_map(
            |field| {
                if is_plain(schema, field) { Some(field.name.to_string()) } else { other(field) }
            },
        );
    asked.collect::<Vec<_>>().join(" ")
}

/// Who it is; where it has no name, everything plain, and why not.
fn nested(schema: &Schema, field: &FieldDefinition) -> Option<String> {
    if let Some(names) = names(schema, field) {
        return Some(names);
    }
    let object = schema.get_object(field.ty.inner_named_type())?;
    let inner = asked(schema, object, |inner| {
        let errors = schema.get_object(inner.ty.inner_named_type()).filter(|_| inner.name == ERRORS)?;
        Some(format!("{} {{ {} }}", inner.name, asked(schema, errors, |_| None)))
    });
    (!inner.is_empty()).then(|| format!("{} {{ {inner} }}", field.name))
}

/// The names of a thing that has an id.
fn names(schema: &Schema, field: &FieldDefinition) -> Option<String> {
    let object = schema.get_object(field.ty.inner_named_type())?;
    object.fields.get("id").filter(|id| id.arguments.is_empty())?;
    let named = NAMES.into_iter().filter(|name| object.fields.contains_key(*name));
    Some(format!("{} {{ {} }}", field.name, named.collect::<Vec<_>>().join(" ")))
}

fn is_plain(schema: &Schema, field: &FieldDefinition) -> bool {
    schema.types.get(field.ty.inner_named_type()).is_some_and(ExtendedType::is_leaf)
}
