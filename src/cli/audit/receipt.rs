//! `rollbook audit receipt`: is this the receipt of an erasure, and did this log sign it? Needs no secret, and with
//! `--key` no directory.

use std::io::{Read as _, Write as _};

use clap::ArgMatches;

use crate::cli::output;
use crate::cli::{Exit, Failure};
use crate::config::{Layers, directory_options};
use crate::evidence::keys::KeyFile;
use crate::evidence::live::keys_path;
use crate::evidence::note::{NOTE_BYTES_MAX, Note};
use crate::evidence::receipt::verify;

pub(super) fn run(matches: &ArgMatches, layers: &Layers) -> Result<Exit, Failure> {
    let mut keys = super::verify::keys(matches)?;
    if keys.is_empty() {
        let path = keys_path(&directory_options(layers)?.evidence_directory());
        keys = KeyFile::open(&path)
            .map_err(|fault| Failure::new(Exit::Fault, fault.to_string()))?
            .all()
            .to_vec();
    }
    let text = read(matches.get_one::<String>("FILE").map_or("-", String::as_str))?;
    let note: Note = text.parse().map_err(|wrong| Failure::new(Exit::Broken, format!("{wrong}")))?;
    let mut out = output::standard();
    let exit = match verify(&note, &keys) {
        Ok(()) => {
            write!(out, "{}", note.text)?;
            writeln!(out, "the signature holds")?;
            Exit::Done
        }
        Err(fault) => {
            writeln!(out, "BROKEN: {fault}")?;
            Exit::Broken
        }
    };
    out.flush()?;
    Ok(exit)
}

fn read(path: &str) -> Result<String, Failure> {
    let mut text = String::new();
    let limit = NOTE_BYTES_MAX as u64 + 1;
    let read = match path {
        "-" => std::io::stdin().lock().take(limit).read_to_string(&mut text),
        path => std::fs::File::open(path).and_then(|file| file.take(limit).read_to_string(&mut text)),
    };
    read.map_err(|fault| Failure::new(Exit::Fault, format!("could not read {path}: {fault}")))?;
    Ok(text)
}
