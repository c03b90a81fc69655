//! How mail is sent, and as whom.

use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::fault::{ConfigFault, Source};
use super::layers::Layers;
use crate::mail::{MailSettings, MailTransport, RelayLogin};

/// Longest file that holds a password, in bytes.
const PASSWORD_BYTES_MAX: u64 = 4096;

pub(super) fn mail(layers: &Layers) -> Result<MailSettings, ConfigFault> {
    let ways = "none, console, file:DIR, smtps://HOST:PORT or smtp://HOST:PORT?tls=MODE (required, \
                opportunistic, none); user and password stand in settings of their own"
        .to_owned();
    let one_line = |text: &str| (!text.is_empty() && !text.contains(['\r', '\n'])).then(|| text.to_owned());
    Ok(MailSettings {
        transport: layers.parsed("mail-transport", ways, MailTransport::parse)?,
        login: login(layers)?,
        ca_file: file(layers, "mail-ca-file"),
        from: layers.parsed("mail-from", "an address".to_owned(), one_line)?,
        sign_in_at: layers.parsed("sign-in-at", "an address of the web".to_owned(), one_line)?,
    })
}

/// Name and password, or neither.
fn login(layers: &Layers) -> Result<Option<RelayLogin>, ConfigFault> {
    let value = |name, source_of_value, expected: &str| {
        Err(ConfigFault::Value { name, source_of_value, expected: expected.to_owned() })
    };
    let user = layers.text("mail-user").filter(|(text, _)| !text.is_empty());
    let said = layers.text("mail-password").filter(|(text, _)| !text.is_empty());
    let password = match (said, file(layers, "mail-password-file")) {
        (Some((_, source)), Some(_)) => {
            return value("mail-password", source, "left out where mail-password-file is given");
        }
        (Some((text, _)), None) => Some(Zeroizing::new(text.to_owned())),
        (None, Some(file)) => Some(read(&file)?),
        (None, None) => None,
    };
    match (user, password) {
        (None, None) => Ok(None),
        (Some((user, _)), Some(password)) => Ok(Some(RelayLogin { user: user.to_owned(), password })),
        (Some((_, source)), None) => value("mail-user", source, "given together with mail-password"),
        (None, Some(_)) => value("mail-user", Source::Environment, "given together with mail-password"),
    }
}

fn file(layers: &Layers, name: &'static str) -> Option<PathBuf> {
    layers.text(name).filter(|(text, _)| !text.is_empty()).map(|(text, _)| PathBuf::from(text))
}

/// What stands in the file, without the end of its last line.
fn read(file: &Path) -> Result<Zeroizing<String>, ConfigFault> {
    let unreadable = |source| ConfigFault::Unreadable { file: file.to_owned(), source };
    if std::fs::metadata(file).map_err(unreadable)?.len() > PASSWORD_BYTES_MAX {
        return Err(unreadable(std::io::Error::other("it is too long for a file that holds a password")));
    }
    let text = Zeroizing::new(std::fs::read_to_string(file).map_err(unreadable)?);
    let password = text.trim_end_matches(['\r', '\n']);
    if password.is_empty() {
        return Err(unreadable(std::io::Error::other("it holds no password")));
    }
    Ok(Zeroizing::new(password.to_owned()))
}
