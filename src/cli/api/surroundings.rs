//! What a command finds around it: variables, the terminal, and the token that a person kept.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::PathBuf;

use clap::ArgMatches;
use zeroize::Zeroizing;

use super::secret::Source;
use crate::cli::remote::Server;
use crate::cli::{Exit, Failure};
use crate::config::{SERVER, TOKEN, environment, variable};

/// Where a server listens that was told nothing.
const SERVER_DEFAULT: &str = "http://127.0.0.1:7420";

/// The variables, as text.
pub(in crate::cli) struct Surroundings {
    variables: BTreeMap<String, Zeroizing<String>>,
}

impl Surroundings {
    /// From all variables. One of ours that is not known is refused, unless a flag names it.
    pub(in crate::cli) fn of(
        variables: impl IntoIterator<Item = (OsString, OsString)>,
        matches: &ArgMatches,
    ) -> Result<Surroundings, Failure> {
        let of_flags = matches.ids().filter(|id| id.as_str().ends_with("-env"));
        let named: Vec<&String> =
            of_flags.filter_map(|id| matches.try_get_one::<String>(id.as_str()).ok().flatten()).collect();
        let all: Vec<(OsString, OsString)> = variables.into_iter().collect();
        let not_named = |(name, _): &&(OsString, OsString)| !named.iter().any(|named| name == named.as_str());
        environment(all.iter().filter(not_named).cloned())?;
        let texts = all.into_iter().filter_map(|(name, value)| {
            Some((name.into_string().ok()?, Zeroizing::new(value.into_string().ok()?)))
        });
        Ok(Surroundings { variables: texts.collect() })
    }

    /// The text of a variable; an empty one says nothing.
    pub(super) fn variable(&self, name: &str) -> Option<&str> {
        self.variables.get(name).map(|text| text.as_str()).filter(|text| !text.is_empty())
    }

    /// The server that was named.
    pub(in crate::cli) fn server(&self, matches: &ArgMatches) -> Result<Server, Failure> {
        let flag = matches.get_one::<String>(SERVER).map(String::as_str);
        let url = flag.or_else(|| self.variable(&variable(SERVER))).unwrap_or(SERVER_DEFAULT);
        Server::at(url)
    }

    /// The same, with the token of a session: of a file, of the variable, or the one that was kept. Without
    /// any, the server says what it demands.
    pub(in crate::cli) fn server_as_signed_in(&self, matches: &ArgMatches) -> Result<Server, Failure> {
        let server = self.server(matches)?;
        if let Some(file) = matches.get_one::<String>("token-file") {
            return server.signed_in(&Source::File(file).read("token", self)?);
        }
        if let Some(token) = self.variable(&variable(TOKEN)) {
            return server.signed_in(token);
        }
        match self.kept(&server) {
            Some(file) if file.exists() => {
                let file = file.to_string_lossy().into_owned();
                server.signed_in(&Source::File(&file).read("token", self)?)
            }
            _ => Ok(server),
        }
    }

    /// Where the token for a server is kept, if somebody asks for that: one file for each server, so that
    /// no server is shown the token of another.
    pub(super) fn kept(&self, server: &Server) -> Option<PathBuf> {
        let state = match self.variable("XDG_STATE_HOME") {
            Some(state) => PathBuf::from(state),
            None => PathBuf::from(self.variable("HOME")?).join(".local/state"),
        };
        // The specification: a relative path says nothing.
        let name: String = server.authority().chars().map(plain).collect();
        state.is_absolute().then(|| state.join("rollbook").join(format!("token-{name}")))
    }

    /// As [`Surroundings::kept`], where there has to be a place.
    pub(super) fn place_to_keep(&self, server: &Server) -> Result<PathBuf, Failure> {
        let sentence = "--keep needs XDG_STATE_HOME or HOME, to know where";
        self.kept(server).ok_or_else(|| Failure::new(Exit::Usage, sentence))
    }
}

/// A letter that any file name may hold.
fn plain(letter: char) -> char {
    if letter.is_ascii_alphanumeric() || letter == '.' { letter } else { '-' }
}
