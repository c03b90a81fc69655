//! What a server can be asked, read from the schema's definition. No list of commands is kept by hand, so
//! a new mutation is a new command.

use std::sync::LazyLock;

use apollo_compiler::Schema;
use apollo_compiler::ast::{InputValueDefinition, Type};
use apollo_compiler::schema::{ExtendedType, FieldDefinition};

use super::selection;
use super::words::{Many, Words, kebab, split};

const SDL: &str = include_str!("../../../schema/graphql/rollbook.graphql");
/// Words in the name of a text that nobody may see: not in the arguments of a program, which everybody
/// on the machine can read.
const SECRET_WORDS: [&str; 6] = ["answer", "answers", "passphrase", "password", "secret", "token"];
/// How deep an input is searched for secrets; inputs may hold themselves.
const SECRETS_DEPTH_MAX: u8 = 4;
/// Arguments whose fields are flags of their own.
const SPREAD: [&str; 3] = ["input", "filter", "by"];
/// The field that names a request, and its flag.
const COMMAND_ID: (&str, &str) = ("idempotencyKey", "command-id");

/// Flags that every call has, and that no field may take; `token` would take `--token-file`.
const TAKEN: [&str; 7] = ["format", "help", "input", "select", "server", "token", "token-file"];

/// Every call, in the order of the schema.
pub(super) fn published() -> &'static [Call] {
    static CALLS: LazyLock<Vec<Call>> = LazyLock::new(|| {
        // The server checks the definition, and a test that it is this one.
        let schema = Schema::parse(SDL, "rollbook.graphql").unwrap_or_else(|invalid| invalid.partial);
        calls(&schema)
    });
    &CALLS
}

/// Where a call stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Root {
    Query,
    Mutation,
}

/// One field of a root, as a command.
pub(super) struct Call {
    pub root: Root,
    pub field: String,
    pub words: Words,
    pub about: String,
    pub arguments: Vec<Argument>,
    pub answer: selection::Answer,
}

/// An argument of a field.
pub(super) struct Argument {
    pub name: String,
    /// As a variable declares it.
    pub declared: String,
    pub required: bool,
    /// Its fields are the flags, not it.
    pub is_spread: bool,
    pub flags: Vec<Flag>,
}

/// A flag, for an argument or for a field of one.
pub(super) struct Flag {
    /// Without its dashes.
    pub name: String,
    /// The flag that says null.
    pub none: String,
    /// The flags that say where a secret comes from.
    pub file: String,
    pub env: String,
    /// `None`: the argument itself.
    pub field: Option<String>,
    pub help: String,
    pub form: Form,
    pub required: bool,
    pub nullable: bool,
    pub is_secret: bool,
}

/// What a value looks like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Text,
    Id,
    Number,
    Truth,
    /// Names, each with what it means.
    OneOf(Vec<(String, String)>),
    /// A scalar of our own, which the server reads from text.
    Scalar(String),
    /// An input object, by the name of its type.
    Json(String),
    List(Box<Form>),
}

fn calls(schema: &Schema) -> Vec<Call> {
    let roots = [(Root::Mutation, "Mutation"), (Root::Query, "Query")];
    let fields = roots.into_iter().filter_map(|(root, name)| Some((root, schema.get_object(name)?)));
    fields
        .flat_map(|(root, object)| object.fields.values().map(move |field| call(schema, root, field)))
        .collect()
}

fn call(schema: &Schema, root: Root, field: &FieldDefinition) -> Call {
    let answer = match root {
        Root::Mutation => selection::Answer::payload(schema, &field.ty),
        Root::Query => selection::Answer::read(schema, &field.ty),
    };
    let words = match (root, answer.is_rows()) {
        (Root::Mutation, _) => Words::of_mutation(&field.name),
        (Root::Query, true) => Words::of_query(&field.name, Many::Rows),
        (Root::Query, false) => Words::of_query(&field.name, Many::One),
    };
    Call {
        root,
        field: field.name.to_string(),
        words,
        about: sentence(field.description.as_deref()),
        arguments: field.arguments.iter().map(|argument| self::argument(schema, argument)).collect(),
        answer,
    }
}

fn argument(schema: &Schema, argument: &InputValueDefinition) -> Argument {
    let fields = match schema.types.get(argument.ty.inner_named_type()) {
        Some(ExtendedType::InputObject(object)) if SPREAD.contains(&argument.name.as_str()) => {
            Some(object.fields.values())
        }
        _ => None,
    };
    let is_spread = fields.is_some();
    let flags = match fields {
        Some(fields) => fields.map(|field| flag(schema, field, Some(field.name.to_string()))).collect(),
        None => vec![flag(schema, argument, None)],
    };
    Argument {
        name: argument.name.to_string(),
        declared: argument.ty.to_string(),
        required: is_required(argument),
        is_spread,
        flags,
    }
}

fn flag(schema: &Schema, value: &InputValueDefinition, field: Option<String>) -> Flag {
    let name = match kebab(&value.name) {
        _ if value.name == COMMAND_ID.0 => COMMAND_ID.1.to_owned(),
        taken if TAKEN.contains(&taken.as_str()) => format!("given-{taken}"),
        free => free,
    };
    Flag {
        none: format!("no-{name}"),
        file: format!("{name}-file"),
        env: format!("{name}-env"),
        name,
        field,
        help: sentence(value.description.as_deref()),
        form: form(schema, &value.ty),
        required: is_required(value),
        nullable: !value.ty.is_non_null(),
        is_secret: is_secret(schema, value, SECRETS_DEPTH_MAX),
    }
}

fn is_required(value: &InputValueDefinition) -> bool {
    value.ty.is_non_null() && value.default_value.is_none()
}

fn form(schema: &Schema, ty: &Type) -> Form {
    if ty.is_list() {
        return Form::List(Box::new(form(schema, ty.item_type())));
    }
    let name = ty.inner_named_type();
    match (schema.types.get(name), name.as_str()) {
        (Some(ExtendedType::InputObject(_)), name) => Form::Json(name.to_owned()),
        (Some(ExtendedType::Enum(list)), _) => {
            let meaning = |value: &apollo_compiler::ast::EnumValueDefinition| {
                (value.value.to_string(), sentence(value.description.as_deref()))
            };
            Form::OneOf(list.values.values().map(|value| meaning(value)).collect())
        }
        (_, "Int") => Form::Number,
        (_, "Boolean") => Form::Truth,
        (_, "ID") => Form::Id,
        (_, "String") => Form::Text,
        (_, name) => Form::Scalar(name.to_owned()),
    }
}

fn is_secret(schema: &Schema, value: &InputValueDefinition, depth_left: u8) -> bool {
    let name = value.ty.inner_named_type();
    match schema.types.get(name) {
        Some(ExtendedType::InputObject(object)) => {
            depth_left > 0 && object.fields.values().any(|field| is_secret(schema, field, depth_left - 1))
        }
        _ => name == "String" && split(&value.name).iter().any(|word| SECRET_WORDS.contains(&word.as_str())),
    }
}

/// A description on one line.
fn sentence(description: Option<&str>) -> String {
    description.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
}
