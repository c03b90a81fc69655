//! Which keys of people are gone, as a list that a restore of an older state is told: numbers and groups, no person.
//!
//! ```text
//! rollbook-forgotten 1
//! user 9 login
//! user 9 person
//! credential 12 credential
//! ```

use std::collections::BTreeSet;
use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use rollbook_schema::id::CredentialNumber;
use rollbook_schema::{Group, KeyOwner, UserId};

use super::examine::KeyName;
use super::fault::{BackupFault, on_disk};
use super::set::sync_folder;

/// The file in a data folder that every start reads.
pub const FILE: &str = "forgotten";
const FIRST_LINE: &str = "rollbook-forgotten 1";

/// Writes a list whole: the file is its old self or its new one, durably the new one when this returns.
///
/// # Errors
/// What the disk says.
pub fn write(path: &Path, keys: &BTreeSet<KeyName>) -> Result<(), BackupFault> {
    let mut text = format!("{FIRST_LINE}\n");
    for (owner, group) in keys {
        let line = match owner {
            KeyOwner::Subject(user) => format!("user {} {}\n", user.0, name(*group)),
            KeyOwner::Credential(number) => format!("credential {} {}\n", number.0, name(*group)),
        };
        text.push_str(&line);
    }
    let fresh = path.with_extension("fresh");
    let opened = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&fresh);
    let mut file = opened.map_err(on_disk("make", &fresh))?;
    file.write_all(text.as_bytes()).map_err(on_disk("write", &fresh))?;
    file.sync_all().map_err(on_disk("sync", &fresh))?;
    fs::rename(&fresh, path).map_err(on_disk("name", path))?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    sync_folder(folder.unwrap_or(Path::new(".")))
}

/// Reads a list; none where there is no file.
///
/// # Errors
/// [`BackupFault::NotAList`]: a list that cannot be read must not pass for an empty one.
pub fn read(path: &Path) -> Result<BTreeSet<KeyName>, BackupFault> {
    let text = match fs::read_to_string(path) {
        Err(fault) if fault.kind() == io::ErrorKind::NotFound => return Ok(BTreeSet::new()),
        text => text.map_err(on_disk("read", path))?,
    };
    let wrong = |line| BackupFault::NotAList { path: path.to_owned(), line };
    // A cut list has no end of its last line.
    let Some(text) = text.strip_suffix('\n') else { return Err(wrong(1)) };
    let mut lines = text.split('\n').zip(1..);
    if lines.next().is_none_or(|(first, _)| first != FIRST_LINE) {
        return Err(wrong(1));
    }
    lines.map(|(line, number)| parse(line).ok_or_else(|| wrong(number))).collect()
}

fn parse(line: &str) -> Option<KeyName> {
    let (kind, rest) = line.split_once(' ')?;
    let (number, group) = rest.split_once(' ')?;
    let number = number.parse().ok()?;
    let owner = match kind {
        "user" => KeyOwner::Subject(UserId(number)),
        "credential" => KeyOwner::Credential(CredentialNumber(number)),
        _ => return None,
    };
    let group = Group::ALL.into_iter().find(|known| name(*known) == group)?;
    Some((owner, group))
}

fn name(group: Group) -> &'static str {
    match group {
        Group::Login => "login",
        Group::Person => "person",
        Group::Credential => "credential",
        Group::Context => "context",
        Group::Mask => "mask",
    }
}
