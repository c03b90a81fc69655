//! From flags to a document and its variables.

use std::fs::File;
use std::io::{Read as _, stdin};

use clap::ArgMatches;
use serde_json::{Map, Value};
use zeroize::Zeroizing;

use super::flags::{ID, input, is_id};
use super::schema::{Argument, Call, Flag, Form, Root};
use super::secret::{STANDARD_INPUT, Source, unreadable};
use super::{Surroundings, words};
use crate::cli::{Exit, Failure};

/// Longest input that is read from a file, in bytes: as long as a request may be that nothing was set for.
const INPUT_BYTES_MAX: u64 = 1 << 20;

/// The variables: an argument that nothing was said of is not there.
pub(super) fn variables(
    call: &Call,
    matches: &ArgMatches,
    around: &Surroundings,
) -> Result<Map<String, Value>, Failure> {
    let mut variables = Map::new();
    for argument in &call.arguments {
        let value = if argument.is_spread {
            spread(call, argument, matches, around)?
        } else {
            argument.flags.first().map(|flag| given(flag, matches, around)).transpose()?.flatten()
        };
        if let Some(value) = value {
            variables.insert(argument.name.clone(), value);
        }
    }
    Ok(variables)
}

/// The document that asks for it, and back for what was chosen.
pub(super) fn document(
    call: &Call,
    variables: &Map<String, Value>,
    chosen: Option<&str>,
) -> Result<String, Failure> {
    let chosen = chosen.map(inner).transpose()?;
    let given: Vec<&Argument> =
        call.arguments.iter().filter(|argument| variables.contains_key(&argument.name)).collect();
    let list = |one: &dyn Fn(&Argument) -> String| match given.as_slice() {
        [] => String::new(),
        given => format!("({})", given.iter().map(|argument| one(argument)).collect::<Vec<_>>().join(", ")),
    };
    let declared = list(&|argument| format!("${}: {}", argument.name, argument.declared));
    let passed = list(&|argument| format!("{0}: ${0}", argument.name));
    let operation = if call.root == Root::Mutation { "mutation" } else { "query" };
    let selection = call.answer.selection(chosen);
    Ok(format!("{operation}{declared} {{ {}{passed} {selection} }}", call.field))
}

/// A selection without its braces.
pub(super) fn inner(chosen: &str) -> Result<&str, Failure> {
    let inner = chosen.trim().strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
    let inner = inner.map(str::trim).filter(|inner| !inner.is_empty());
    inner.ok_or_else(|| Failure::new(Exit::Usage, "--select must be fields in braces, such as '{ id }'"))
}

/// The fields of an argument; `None` where nothing was said and nothing has to be.
fn spread(
    call: &Call,
    argument: &Argument,
    matches: &ArgMatches,
    around: &Surroundings,
) -> Result<Option<Value>, Failure> {
    let whole = input(call).filter(|input| input.name == argument.name);
    let file = whole.and_then(|_| matches.get_one::<String>("input"));
    let mut fields = file.map(|file| object(file)).transpose()?.unwrap_or_default();
    for flag in &argument.flags {
        let Some(field) = &flag.field else { continue };
        let value = given(flag, matches, around)?;
        let is_missing = value.is_none() && flag.is_secret && flag.required && !fields.contains_key(field);
        let value =
            if is_missing { Some(secret(flag, Source::File(STANDARD_INPUT), around)?) } else { value };
        if let Some(value) = value {
            fields.insert(field.clone(), value);
        }
    }
    Ok((argument.required || !fields.is_empty()).then_some(Value::Object(fields)))
}

/// What a flag says.
fn given(flag: &Flag, matches: &ArgMatches, around: &Surroundings) -> Result<Option<Value>, Failure> {
    let text = |name: &str| matches.try_get_one::<String>(name).ok().flatten();
    if flag.is_secret {
        let source = text(&flag.file).map(|file| Source::File(file));
        let source = source.or_else(|| text(&flag.env).map(|name| Source::Variable(name)));
        return source.map(|source| secret(flag, source, around)).transpose();
    }
    if matches.try_get_one::<bool>(&flag.none).ok().flatten() == Some(&true) {
        return Ok(Some(Value::Null));
    }
    let values = matches.try_get_many::<Value>(&flag.name).ok().flatten();
    if let (Form::List(_), Some(values)) = (&flag.form, values.clone()) {
        // `--teams ""` is no team.
        return Ok(Some(values.filter(|value| **value != "").cloned().collect()));
    }
    let bare = || matches.try_get_one::<Value>(ID).ok().flatten().filter(|_| is_id(flag));
    Ok(values.and_then(|mut values| values.next()).or_else(bare).cloned())
}

fn secret(flag: &Flag, source: Source<'_>, around: &Surroundings) -> Result<Value, Failure> {
    let what = flag.field.as_deref().map_or_else(|| flag.name.clone(), |field| words::split(field).join(" "));
    let text = source.read(&what, around)?;
    match flag.form {
        Form::Text => Ok(Value::from(text.as_str())),
        // The fault would show the text.
        _ => serde_json::from_str(&text)
            .map_err(|_| Failure::new(Exit::Usage, format!("the {what} must be JSON, on one line"))),
    }
}

/// An object of a file.
fn object(file: &str) -> Result<Map<String, Value>, Failure> {
    let not_json = |_| Failure::new(Exit::Usage, "--input must name a file that holds one JSON object");
    serde_json::from_str(&text(file)?).map_err(not_json)
}

/// All of a file, or of standard input.
pub(super) fn text(file: &str) -> Result<Zeroizing<String>, Failure> {
    let mut text = Zeroizing::new(String::new());
    let read = match file {
        STANDARD_INPUT => stdin().lock().take(INPUT_BYTES_MAX).read_to_string(&mut text),
        file => File::open(file).and_then(|opened| opened.take(INPUT_BYTES_MAX).read_to_string(&mut text)),
    };
    read.map_err(|fault| unreadable(file, &fault))?;
    Ok(text)
}
