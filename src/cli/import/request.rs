//! What an import was asked to do, as the command line says it.

use std::fs::File;
use std::io::{BufRead, BufReader, stdin};
use std::path::{Path, PathBuf};

use clap::ArgMatches;
use rollbook_schema::value::UserKind;

use super::columns::{Field, NamedColumn};
use super::reading::Format;
use crate::cli::{Exit, Failure};

/// Bytes read from the file at one go.
const READ_BYTES: usize = 256 << 10;

/// What an import was asked to do.
pub(super) struct Request {
    pub file: PathBuf,
    pub format: Format,
    pub named: Vec<NamedColumn>,
    pub kind: UserKind,
    pub dry_run: bool,
    pub outcomes: Option<PathBuf>,
}

impl Request {
    pub(super) fn from(matches: &ArgMatches) -> Result<Request, Failure> {
        let text = |name| matches.get_one::<String>(name).map(String::as_str);
        let file = PathBuf::from(text("FILE").unwrap_or_default());
        let outcomes = text("outcomes").map(PathBuf::from);
        if outcomes.as_ref().is_some_and(|outcomes| is_same_file(outcomes, &file)) {
            return Err(usage("--outcomes must not be the file to import"));
        }
        let mut named = Vec::new();
        for text in matches.get_many::<String>("column").into_iter().flatten() {
            named.push(named_column(text)?);
        }
        named.extend(
            text("email-column").map(|header| NamedColumn { field: Field::Email, header: header.to_owned() }),
        );
        Ok(Request {
            format: format(text("format"), &file)?,
            named,
            kind: if text("kind") == Some("client") { UserKind::Client } else { UserKind::Agent },
            dry_run: matches.get_flag("dry-run"),
            outcomes,
            file,
        })
    }

    /// The file, and its length where it has one.
    pub(super) fn open(&self) -> Result<(Box<dyn BufRead>, u64), Failure> {
        if self.file == Path::new("-") {
            return Ok((Box::new(BufReader::with_capacity(READ_BYTES, stdin())), 0));
        }
        let shown = self.file.display();
        let unreadable = |fault: std::io::Error| {
            let exit = if fault.kind() == std::io::ErrorKind::NotFound { Exit::Absent } else { Exit::Fault };
            Failure::new(exit, format!("could not read {shown}: {fault}"))
        };
        let file = File::open(&self.file).map_err(unreadable)?;
        let length = file.metadata().map_err(unreadable)?.len();
        Ok((Box::new(BufReader::with_capacity(READ_BYTES, file)), length))
    }
}

fn usage(sentence: &str) -> Failure {
    Failure::new(Exit::Usage, sentence)
}

fn is_same_file(one: &Path, other: &Path) -> bool {
    one == other || matches!((one.canonicalize(), other.canonicalize()), (Ok(one), Ok(other)) if one == other)
}

fn named_column(text: &str) -> Result<NamedColumn, Failure> {
    let (field, header) = text.split_once('=').ok_or_else(|| usage("--column must be FIELD=HEADER"))?;
    let field = Field::named(field.trim()).ok_or_else(|| {
        let names: Vec<_> = Field::all().map(|field| field.name()).collect();
        usage(&format!("the field of --column must be one of {}, attr.KEY", names.join(", ")))
    })?;
    Ok(NamedColumn { field, header: header.to_owned() })
}

fn format(said: Option<&str>, file: &Path) -> Result<Format, Failure> {
    let ending = file.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
    match said.or(ending.as_deref()) {
        Some("csv" | "tsv") => Ok(Format::Csv),
        Some("ndjson" | "jsonl") => Ok(Format::Ndjson),
        _ => Err(usage("the file's ending does not tell its form: say --format csv or --format ndjson")),
    }
}
