//! The fence: before anything is opened, the keyring is held against the log, and every key that the log
//! says is gone is destroyed again, and every key that a restore was told of. So a keyring restored from a backup
//! brings nobody back.

use std::ops::ControlFlow;
use std::sync::Arc;

use rollbook_event_log::EventLog;
use rollbook_keyring::{KeyAddress, KeySpace, Keyring, KeyringOptions, MasterKey, WhenAbsent};
use rollbook_schema::event::EventType;
use rollbook_schema::record::Header;
use rollbook_schema::{Personal, Position, Record};

use super::{DirectoryOptions, OpenFault, Progress};
use crate::backup::forgotten;
use crate::sealing::{UnsealFault, address};

/// Records read before it is asked again whether anybody waits.
const RECORDS_BETWEEN_LOOKS: u64 = 4096;

/// The keyring of a directory, with nothing in it that should be gone.
///
/// # Errors
/// [`OpenFault`] when the keyring does not open: a log with events must find the keys that they were
/// sealed with.
pub(crate) fn open_keyring(
    options: &DirectoryOptions,
    log: &dyn EventLog,
) -> Result<Arc<Keyring>, OpenFault> {
    let keyring = open_unfenced(options, log)?;
    let gone = destroyed_after(Position::START, log, &Progress::default())?;
    fence(options, &keyring, &gone)?;
    Ok(keyring)
}

/// The keyring of a directory, before it is held against the log: nothing may be opened with it yet but what says
/// what is gone.
pub(super) fn open_unfenced(
    options: &DirectoryOptions,
    log: &dyn EventLog,
) -> Result<Arc<Keyring>, OpenFault> {
    let directory = options.data.join("keyring");
    let master = match &options.master_key_hex {
        Some(digits) => MasterKey::hex(digits)?,
        None => MasterKey::beside(&directory),
    };
    let mut wanted = KeyringOptions::new(directory, master);
    wanted.entropy = Arc::clone(&options.entropy);
    let is_empty = log.head().position == 0;
    wanted.when_absent = if is_empty { WhenAbsent::Create } else { WhenAbsent::Refuse };
    let keyring = Keyring::open(wanted)?;
    // Reserved users have keys too: what automation does is sealed under them.
    keyring.provision(KeySpace::Subject, 0)?;
    Ok(Arc::new(keyring))
}

/// Destroys again what the log says is gone, and a restore was told of. Says how many keys were back.
pub(super) fn fence(
    options: &DirectoryOptions,
    keyring: &Keyring,
    gone: &[KeyAddress],
) -> Result<u64, OpenFault> {
    let forgotten = forgotten::read(&options.data.join(forgotten::FILE))?;
    let elsewhere = forgotten.into_iter().map(|(owner, group)| address(owner, group));
    let back = keyring.reconcile(gone.iter().copied().chain(elsewhere))?;
    if back.destroyed_again > 0 {
        // The files that brought them are noise only under another wrapping key.
        keyring.rotate_wrapping_keys()?;
        tracing::warn!(keys = back.destroyed_again, "destroyed keys were back and were destroyed again");
    }
    Ok(back.destroyed_again)
}

/// Every key that the log, behind a position, says is gone. Reads clear parts only: nothing is opened. A pass of its
/// own before the replay, so that nothing of an erased person is ever opened, not even for a moment; of most records
/// it reads no more than the type.
///
/// # Errors
/// [`OpenFault::Record`] for one that cannot be read; [`OpenFault::GivenUp`] once nobody waits for it.
pub(crate) fn destroyed_after(
    after: Position,
    log: &dyn EventLog,
    progress: &Progress,
) -> Result<Vec<KeyAddress>, OpenFault> {
    let mut gone = Vec::new();
    let mut fault = None;
    log.replay(after.0, &mut |position, bytes| {
        if position % RECORDS_BETWEEN_LOOKS == 0 && progress.is_given_up() {
            fault = Some(OpenFault::GivenUp);
            return ControlFlow::Break(());
        }
        match orders(bytes) {
            Ok(keys) => {
                gone.extend(keys);
                ControlFlow::Continue(())
            }
            Err(source) => {
                fault = Some(OpenFault::Record { position: Position(position), source });
                ControlFlow::Break(())
            }
        }
    })?;
    fault.map_or(Ok(gone), Err)
}

fn orders(bytes: &[u8]) -> Result<Vec<KeyAddress>, UnsealFault> {
    let event_type = Header::peek_event_type(bytes)?;
    if !EventType::DESTROYING.iter().any(|destroying| destroying.name() == event_type) {
        return Ok(Vec::new());
    }
    let record = Record::from_bytes(bytes)?;
    let recorded = record.restore::<_, UnsealFault>(|_, _, _| Ok(Personal::Erased))?;
    let destroyed = recorded.event.destroys().into_iter();
    Ok(destroyed.map(|(owner, group)| address(owner, group)).collect())
}
