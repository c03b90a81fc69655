//! Calls as commands of the command line, with help from the schema's descriptions.

use std::collections::BTreeMap;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser as _, ValueParser};
use clap::{Arg, ArgAction, Command};
use serde_json::Value;

use super::schema::{Argument, Call, Flag, Form, Root, published};
use super::session;

/// Names of an enum that are listed in the help of a flag; longer lists are in `rollbook schema`.
const NAMES_SHOWN_MAX: usize = 16;

/// Every command that is a call, under the program's own, which `taken` names: those win.
pub(in crate::cli) fn commands(taken: &[&str]) -> Vec<Command> {
    let mut nouns: BTreeMap<&'static str, Vec<&'static Call>> = BTreeMap::new();
    let mut alone = Vec::new();
    for call in published() {
        match &call.words.noun {
            Some(noun) => nouns.entry(noun).or_default().push(call),
            None => alone.push(command(call)),
        }
    }
    let nouns = nouns.into_iter().map(|(noun, calls)| {
        let verbs: Vec<&str> = calls.iter().map(|call| call.words.verb.as_str()).collect();
        let command = Command::new(noun)
            .about(verbs.join(", "))
            .subcommand_required(true)
            .arg_required_else_help(true)
            .subcommands(calls.into_iter().map(command));
        if noun == session::NOUN { command.subcommand(session::start()) } else { command }
    });
    let all = nouns.chain(alone).filter(|command| !taken.iter().any(|name| *name == command.get_name()));
    // There are many: the program's help names them in a paragraph of their own.
    all.map(|command| command.hide(true)).collect()
}

/// The nouns, and the verbs that stand alone, for the program's help.
pub(in crate::cli) fn names(commands: &[Command]) -> String {
    let mut names: Vec<&str> = commands.iter().map(Command::get_name).collect();
    names.sort_unstable();
    names.join(", ")
}

fn command(call: &'static Call) -> Command {
    let mut command = Command::new(call.words.verb.as_str()).about(call.about.as_str());
    for argument in &call.arguments {
        for flag in &argument.flags {
            command = command.args(args(call, argument, flag));
        }
    }
    if let Some(argument) = input(call) {
        let help = format!(
            "The whole input as JSON ({}), which flags add to; - reads standard input",
            argument.declared.trim_end_matches('!')
        );
        command = command.arg(value("input", "FILE", help));
    }
    if call.answer.has_fields() {
        let help = match call.root {
            Root::Mutation => "What to ask of the answer, such as '{ user { label } }'",
            Root::Query => "What to ask of each, such as '{ id label }'",
        };
        command = command.arg(value("select", "FIELDS", help));
    }
    if call.root == Root::Query {
        command = command.arg(format());
    }
    command.args(server()).after_help(after_help(call))
}

/// The argument without a flag that names what a query is about.
pub(super) const ID: &str = "ID";

/// How an answer is printed.
pub(super) fn format() -> Arg {
    value("format", "FORMAT", "table, or json: of rows, one object a line; on a terminal a table [json]")
        .value_parser(["table", "json"])
}

/// Which server, and as whom.
pub(super) fn server() -> [Arg; 2] {
    [
        value("server", "URL", "The server [ROLLBOOK_SERVER; http://127.0.0.1:7420]"),
        value(
            "token-file",
            "FILE",
            "The token of a session [ROLLBOOK_TOKEN; what `session start --keep` kept]",
        ),
    ]
}

/// Ways to say a secret, which has no flag of its own.
pub(super) fn secret(file: &'static str, env: &'static str, help: &str, is_required: bool) -> [Arg; 2] {
    let otherwise = if is_required { "; asked for, if it is not said" } else { "" };
    let of_file =
        format!("The first line of a file; - asks for it, or reads standard input{otherwise}. {help}");
    [
        value(file, "FILE", of_file.trim_end().to_owned()).conflicts_with(env),
        value(env, "VARIABLE", "The same, from a variable of this name".to_owned()),
    ]
}

pub(super) fn value(name: &'static str, value: &'static str, help: impl Into<String>) -> Arg {
    Arg::new(name).long(name).value_name(value).help(help.into())
}

/// The argument that `--input` gives whole.
pub(super) fn input(call: &Call) -> Option<&Argument> {
    call.arguments.iter().find(|argument| argument.name == "input" && argument.is_spread)
}

fn args(call: &'static Call, argument: &'static Argument, flag: &'static Flag) -> Vec<Arg> {
    let is_required = flag.required && (argument.required || !argument.is_spread);
    if flag.is_secret {
        return secret(&flag.file, &flag.env, &flag.help, is_required).into();
    }
    let mut arg = value(flag.name.as_str(), value_name(&flag.form), help(flag, is_required))
        .value_parser(parser(&flag.form));
    arg = arg.allow_hyphen_values(flag.form == Form::Number);
    if let Form::List(each) = &flag.form {
        arg = arg.action(ArgAction::Append);
        if has_commas(each) {
            arg = arg.value_delimiter(',');
        }
    }
    if is_long(&flag.form) {
        arg = arg.hide_possible_values(true);
    }
    if call.root == Root::Query && is_id(flag) {
        // `user show user_9`: what is shown is said without a flag, too.
        let bare = Arg::new(ID).value_parser(parser(&Form::Id)).help("The same as --id");
        let arg = if is_required { arg.required_unless_present(ID) } else { arg };
        return vec![arg.conflicts_with(ID), bare];
    }
    if is_required && call.root == Root::Mutation {
        arg = arg.required_unless_present("input");
    } else if is_required {
        arg = arg.required(true);
    }
    if flag.nullable && call.root == Root::Mutation {
        let null = Arg::new(flag.none.as_str()).long(flag.none.as_str()).action(ArgAction::SetTrue);
        return vec![arg, null.hide(true).conflicts_with(flag.name.as_str())];
    }
    vec![arg]
}

/// Names the thing that a query is about.
pub(super) fn is_id(flag: &Flag) -> bool {
    flag.name == "id"
}

fn help(flag: &Flag, is_required: bool) -> String {
    let several = match &flag.form {
        Form::List(each) if has_commas(each) => Some("(several by commas)"),
        Form::List(_) => Some("(may be repeated)"),
        _ => None,
    };
    let required = is_required.then_some("(required)");
    let parts = [Some(flag.help.as_str()).filter(|help| !help.is_empty()), several, required];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn has_commas(each: &Form) -> bool {
    matches!(each, Form::Id | Form::Number | Form::OneOf(_))
}

fn is_long(form: &Form) -> bool {
    match form {
        Form::OneOf(names) => names.len() > NAMES_SHOWN_MAX,
        Form::List(each) => is_long(each),
        _ => false,
    }
}

fn value_name(form: &'static Form) -> &'static str {
    match form {
        Form::Text => "TEXT",
        Form::Id => "ID",
        Form::Number => "NUMBER",
        Form::Truth => "true|false",
        Form::OneOf(_) => "NAME",
        Form::Json(_) => "JSON",
        Form::Scalar(name) => name.as_str(),
        Form::List(each) => value_name(each),
    }
}

/// Reads one value, as JSON.
fn parser(form: &'static Form) -> ValueParser {
    match form {
        Form::Text | Form::Id | Form::Scalar(_) => {
            ValueParser::new(|text: &str| Ok::<_, String>(Value::from(text)))
        }
        Form::Number => ValueParser::new(|text: &str| {
            text.parse::<i32>().map(Value::from).map_err(|_| "it must be a whole number".to_owned())
        }),
        Form::Truth => ValueParser::new(|text: &str| {
            text.parse::<bool>().map(Value::from).map_err(|_| "it must be true or false".to_owned())
        }),
        Form::OneOf(names) => {
            let values = names.iter().map(|(name, meaning)| match meaning.as_str() {
                "" => PossibleValue::new(name.as_str()),
                meaning => PossibleValue::new(name.as_str()).help(meaning),
            });
            PossibleValuesParser::new(values).map(Value::from).into()
        }
        Form::Json(_) => ValueParser::new(|text: &str| {
            serde_json::from_str::<Value>(text).map_err(|fault| format!("it must be JSON: {fault}"))
        }),
        Form::List(each) => parser(each),
    }
}

fn after_help(call: &Call) -> String {
    let mut help = Vec::new();
    if call.arguments.iter().flat_map(|argument| &argument.flags).any(|flag| flag.is_secret) {
        help.push(SECRETS_HELP);
    }
    if call.root == Root::Mutation {
        help.push(MUTATION_HELP);
    } else if call.answer.is_rows() {
        help.push(ROWS_HELP);
    }
    help.join("\n\n")
}

const SECRETS_HELP: &str = "\
Secrets are no arguments, since everybody on the machine can read those: they come from a file, from a
variable, from standard input, or are asked for on the terminal.";
const MUTATION_HELP: &str = "\
What is not said stays as it is, or gets its default; `--no-FLAG` says null. The answer is printed as JSON.
Exit code 0: accepted; 7: refused, with codes in `errors`; 3: refused for some of many; 1: a fault.";
const ROWS_HELP: &str = "\
Whether more follow, and from where, is told on standard error.";
