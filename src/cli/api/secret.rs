//! Secrets: from a file, a variable or the terminal, never from an argument.

use std::fs::File;
use std::io::{BufRead as _, BufReader, IsTerminal as _, Write as _, stdin};
use std::path::Path;

use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};
use zeroize::Zeroizing;

use super::Surroundings;
use crate::cli::{Exit, Failure};

/// Longest secret, in bytes: the longest text that a request may hold.
const SECRET_BYTES_MAX: u64 = 1 << 20;
/// Standard input, where a file is named.
pub(super) const STANDARD_INPUT: &str = "-";

/// Where a secret comes from.
pub(super) enum Source<'a> {
    File(&'a str),
    Variable(&'a str),
}

impl Source<'_> {
    /// The secret, without the end of its line. `what` is asked on a terminal.
    pub(super) fn read(&self, what: &str, around: &Surroundings) -> Result<Zeroizing<String>, Failure> {
        let text = match self {
            Source::Variable(name) => {
                let text = around.variable(name).map(|text| Zeroizing::new(text.to_owned()));
                text.ok_or_else(|| Failure::new(Exit::Usage, format!("{name} is not set, or not UTF-8")))?
            }
            Source::File(STANDARD_INPUT) if stdin().is_terminal() => prompt(what)?,
            Source::File(STANDARD_INPUT) => first_line(stdin().lock())?,
            Source::File(file) => {
                first_line(BufReader::new(File::open(file).map_err(|fault| unreadable(file, &fault))?))?
            }
        };
        if text.is_empty() {
            return Err(Failure::new(Exit::Usage, format!("there is no {what}: it is empty")));
        }
        Ok(text)
    }
}

/// A file that was named on the command line cannot be read.
pub(super) fn unreadable(file: &str, fault: &std::io::Error) -> Failure {
    let exit = if fault.kind() == std::io::ErrorKind::NotFound { Exit::Absent } else { Exit::Fault };
    Failure::new(exit, format!("could not read {}: {fault}", Path::new(file).display()))
}

fn first_line(reader: impl std::io::BufRead) -> Result<Zeroizing<String>, Failure> {
    let mut line = Zeroizing::new(String::new());
    let read = reader.take(SECRET_BYTES_MAX).read_line(&mut line);
    read.map_err(|fault| Failure::new(Exit::Fault, format!("could not read a secret: {fault}")))?;
    let length = line.trim_end_matches(['\r', '\n']).len();
    line.truncate(length);
    Ok(line)
}

/// Asks on the terminal, which shows nothing of the answer.
fn prompt(what: &str) -> Result<Zeroizing<String>, Failure> {
    // What cannot be asked can still be answered.
    let _ = write!(std::io::stderr(), "{what}: ");
    let silent = Silence::begin()?;
    let line = first_line(stdin().lock());
    drop(silent);
    let _ = writeln!(std::io::stderr());
    line
}

/// A terminal that does not show what is typed, until this is dropped.
struct Silence(Termios);

impl Silence {
    fn begin() -> Result<Silence, Failure> {
        let loud = |fault: rustix::io::Errno| {
            Failure::new(Exit::Fault, format!("the terminal would show what is typed: {fault}"))
        };
        let before = tcgetattr(stdin()).map_err(loud)?;
        let mut silent = before.clone();
        silent.local_modes.remove(LocalModes::ECHO);
        tcsetattr(stdin(), OptionalActions::Flush, &silent).map_err(loud)?;
        Ok(Silence(before))
    }
}

impl Drop for Silence {
    fn drop(&mut self) {
        // There is nothing more to try.
        let _ = tcsetattr(stdin(), OptionalActions::Flush, &self.0);
    }
}
