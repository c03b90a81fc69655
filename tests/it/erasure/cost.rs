//! What an erasure writes does not depend on how much there is of the person.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;

use futures_util::stream::{self, StreamExt as _};
use rollbook::access::Caller;
use rollbook::directory::{Asking, Directory};
use rollbook_schema::command::{Command, LockAccount, UnlockAccount};
use rollbook_schema::{Position, UserId};
use serde_json::json;

use super::case;
use crate::support::rollbook::Rollbook;

/// Commands asked at the same time, so that a batch takes many.
const ASKED_AT_ONCE: usize = 128;
/// Positions and times of a longer log take a few bytes more each.
const LONGER_NUMBERS: u64 = 128;

/// What an erasure wrote: records, their bytes, files of the keyring, and their bytes.
#[derive(Debug)]
struct Written {
    records: u64,
    bytes: u64,
    files: usize,
    file_bytes: u64,
}

/// Every file of the keyring with its number and size: one that is written anew gets another number.
fn keyring(data: &Path) -> BTreeMap<String, (u64, u64)> {
    let entries = fs::read_dir(data.join("keyring")).unwrap().map(Result::unwrap);
    let described = entries.map(|entry| {
        let about = entry.metadata().unwrap();
        (entry.file_name().into_string().unwrap(), (about.ino(), about.len()))
    });
    described.collect()
}

/// Makes a user have this many events more.
async fn busy(directory: &Directory, user: UserId, events: usize) {
    let commands = (0..events).map(|n| -> Command {
        if n % 2 == 0 { LockAccount { user }.into() } else { UnlockAccount { user }.into() }
    });
    let asked = stream::iter(commands).map(|command| directory.ask(Asking::by(Caller::Operator), command));
    // In the order of asking: each changes something.
    let answers: Vec<_> = asked.buffered(ASKED_AT_ONCE).collect().await;
    assert!(answers.iter().all(Result::is_ok));
}

async fn erased(events: usize) -> Written {
    let rollbook = Rollbook::start().await;
    let case = case(&rollbook).await;
    let john = UserId(case.john.strip_prefix("user_").unwrap().parse().unwrap());
    let before = rollbook.directory.reached().0;
    busy(&rollbook.directory, john, events).await;
    assert_eq!(rollbook.directory.reached().0, before + events as u64, "each command left an event");
    let request = case.requested(&rollbook).await;
    let data = rollbook.folder.path().join("data");
    let (head, keys) = (rollbook.directory.reached().0, keyring(&data));
    case.otto.accept("approveMasking", json!({ "requestId": request }), "").await;
    let stored = |at| rollbook.directory.stored_record(Position(at)).unwrap().unwrap().len() as u64;
    let records = rollbook.directory.reached().0 - head;
    let bytes = (head + 1..=head + records).map(stored).sum();
    let after = keyring(&data);
    let changed: Vec<_> = after.iter().filter(|(name, about)| keys.get(*name) != Some(about)).collect();
    let file_bytes = changed.iter().map(|(_, (_, length))| length).sum();
    Written { records, bytes, files: changed.len(), file_bytes }
}

#[tokio::test(flavor = "multi_thread")]
async fn erasing_a_person_with_ten_thousand_events_writes_as_much_as_with_ten() {
    let (few, many) = (erased(10).await, erased(10_000).await);
    assert_eq!((few.records, few.files), (many.records, many.files), "{few:?} {many:?}");
    assert_eq!(few.records, 4, "the approval, what was found, the order, the receipt");
    assert!(many.bytes.abs_diff(few.bytes) <= LONGER_NUMBERS, "{few:?} {many:?}");
    assert_eq!(few.file_bytes, many.file_bytes, "{few:?} {many:?}");
}
