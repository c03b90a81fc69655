//! Flags over variables over the file over the defaults.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::Path;

use zeroize::Zeroizing;

use super::fault::{ConfigFault, Source};
use super::table::{CONFIG, SECRETS, SERVER, SETTINGS, TOKEN, variable};

/// What all variables of ours begin with.
const PREFIX: &str = "ROLLBOOK_";
/// Variables that look like ours and are not: of the tests, and those that Kubernetes sets for a service
/// of our name.
const NOT_OURS: [&str; 3] = ["ROLLBOOK_TEST_", "ROLLBOOK_SERVICE_", "ROLLBOOK_PORT"];
/// Longest file of settings, in bytes.
const FILE_BYTES_MAX: u64 = 1 << 20;

type Texts = BTreeMap<String, Zeroizing<String>>;

/// Our variables out of all of them, by their full names.
///
/// # Errors
/// [`ConfigFault::UnknownVariable`] and [`ConfigFault::VariableNotText`].
pub fn environment(
    all: impl IntoIterator<Item = (OsString, OsString)>,
) -> Result<BTreeMap<String, Zeroizing<String>>, ConfigFault> {
    let settings = SETTINGS.iter().map(|setting| setting.name);
    let names = settings.chain(SECRETS.iter().map(|secret| secret.name)).chain([CONFIG, SERVER, TOKEN]);
    let known: Vec<String> = names.map(variable).collect();
    let mut ours = BTreeMap::new();
    for (name, value) in all {
        let name = name.to_string_lossy().into_owned();
        if !name.starts_with(PREFIX) || NOT_OURS.iter().any(|others| name.starts_with(others)) {
            continue;
        }
        if !known.contains(&name) {
            return Err(ConfigFault::UnknownVariable { name });
        }
        match value.into_string() {
            Ok(value) => ours.insert(name, Zeroizing::new(value)),
            Err(_) => return Err(ConfigFault::VariableNotText { name }),
        };
    }
    Ok(ours)
}

/// All that was said, by setting.
#[derive(Default)]
pub struct Layers {
    flags: BTreeMap<&'static str, String>,
    variables: Texts,
    file: Texts,
}

impl Layers {
    /// What flags and variables say, and the file that one of them names.
    ///
    /// # Errors
    /// What is wrong with the file.
    pub fn gather(
        flags: BTreeMap<&'static str, String>,
        variables: BTreeMap<String, Zeroizing<String>>,
    ) -> Result<Layers, ConfigFault> {
        let mut layers = Layers { flags, variables, file: Texts::new() };
        if let Some((file, _)) = layers.text(CONFIG) {
            layers.file = read(Path::new(file))?;
        }
        Ok(layers)
    }

    /// As [`Layers::gather`], with the text of a file at hand.
    ///
    /// # Errors
    /// What is wrong with the text.
    pub fn with_file(self, file: &Path, text: &str) -> Result<Layers, ConfigFault> {
        Ok(Layers { file: parse(file, text)?, ..self })
    }

    /// The value in force and where it came from; `None` where nothing is said and there is no default.
    #[must_use]
    pub fn text(&self, name: &'static str) -> Option<(&str, Source)> {
        let flag = self.flags.get(name).map(|text| (text.as_str(), Source::Flag));
        let variable = self.variables.get(&variable(name)).map(|text| (text.as_str(), Source::Environment));
        let file = self.file.get(name).map(|text| (text.as_str(), Source::File));
        let default = SETTINGS.iter().find(|setting| setting.name == name).map(|found| found.default);
        flag.or(variable).or(file).or(default.map(|text| (text, Source::Default)))
    }
}

fn read(file: &Path) -> Result<Texts, ConfigFault> {
    let unreadable = |source| ConfigFault::Unreadable { file: file.to_owned(), source };
    let length = std::fs::metadata(file).map_err(unreadable)?.len();
    if length > FILE_BYTES_MAX {
        return Err(unreadable(std::io::Error::other("it is too long for a file of settings")));
    }
    let text = Zeroizing::new(std::fs::read_to_string(file).map_err(unreadable)?);
    parse(file, &text)
}

fn parse(file: &Path, text: &str) -> Result<Texts, ConfigFault> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let table: toml::Table = text.parse().map_err(|fault: toml::de::Error| {
        let before = fault.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        // Only the reason: the error's own form shows the line, which may hold a secret.
        ConfigFault::Syntax { file: file.to_owned(), line, reason: fault.message().to_owned() }
    })?;
    let mut texts = Texts::new();
    for (key, value) in table {
        if !is_key(&key) {
            return Err(ConfigFault::UnknownKey { file: file.to_owned(), key: shown(&key) });
        }
        let text = match value {
            toml::Value::String(text) => text,
            toml::Value::Integer(number) => number.to_string(),
            _ => return Err(ConfigFault::KeyShape { file: file.to_owned(), key }),
        };
        texts.insert(key, Zeroizing::new(text));
    }
    Ok(texts)
}

fn is_key(key: &str) -> bool {
    SETTINGS.iter().any(|setting| setting.name == key) || SECRETS.iter().any(|secret| secret.name == key)
}

/// A key is shown so that its owner finds it; not a whole page of it.
fn shown(key: &str) -> String {
    const SHOWN_MAX: usize = 60;
    key.chars().map(|c| if c.is_control() { '?' } else { c }).take(SHOWN_MAX).collect()
}
