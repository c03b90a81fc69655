//! `rollbook restore`: a directory out of a backup, in a folder that nobody uses yet.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::ArgMatches;

use super::audit::keys as pinned;
use super::backup::{is_standard, path};
use super::{Exit, Failure, output};
use crate::backup::BackupFault;
use crate::backup::restore::{Restored, Restoring, restore};
use crate::backup::set::Spooled;
use crate::config::{Layers, directory_options};

pub(super) fn run(matches: &ArgMatches, layers: &Layers) -> Result<Exit, Failure> {
    let options = directory_options(layers)?;
    let lists = matches.get_many::<String>("forgotten").into_iter().flatten();
    let from = path(matches, "from").unwrap_or_default();
    let spooled = if is_standard(&from) { Some(spool(&options.data)?) } else { None };
    let restoring = Restoring {
        from: spooled.as_ref().map_or(from, |spooled| spooled.path().to_owned()),
        keys: path(matches, "keys").unwrap_or_default(),
        master_key: path(matches, "master-key-file"),
        data: options.data.clone(),
        until: matches.get_one::<u64>("until").copied(),
        forgotten: lists.map(PathBuf::from).collect(),
        pinned: pinned(matches)?,
    };
    let restored = restore(&restoring)?;
    let mut out = output::standard();
    let Restored { position, digest, covered, keys_through, abandoned, forgotten } = restored;
    writeln!(out, "restored: {position} records, last digest {digest}")?;
    writeln!(out, "signed: {covered} of them")?;
    writeln!(out, "keys: as they were at position {keys_through}")?;
    writeln!(out, "forgotten since: {forgotten} keys, which every start destroys again")?;
    if abandoned > 0 {
        writeln!(
            out,
            "abandoned: {abandoned} checkpoints over more records, kept in {}",
            restoring.data.join("evidence").join("abandoned").display()
        )?;
    }
    if restoring.master_key.is_none() && options.master_key_hex.is_none() {
        let place = restoring.data.join("keyring.master");
        writeln!(out, "next: put the master key into {}, or into ROLLBOOK_MASTER_KEY", place.display())?;
    }
    writeln!(
        out,
        "next: the first start makes another signing key and records it. Whoever keeps checkpoints of this log must be \
         told; where it signed beyond position {position}, give it another --log-origin"
    )?;
    out.flush()?;
    Ok(Exit::Done)
}

/// A backup is read twice, which standard input cannot be.
fn spool(data: &Path) -> Result<Spooled, BackupFault> {
    let mut name = data.as_os_str().to_owned();
    name.push(".incoming");
    Spooled::read(&mut std::io::stdin().lock(), name.into())
}
