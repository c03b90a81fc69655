//! Files that were damaged or cut while nobody served: a start goes on with all that was acknowledged, or refuses and
//! names what it met. Never less in silence, never a word about anybody.

use std::fs;
use std::path::{Path, PathBuf};

use rollbook::directory::Directory;

use crate::cli_program::{Place, Ran};
use crate::durability::{create, is_known};

/// Somebody who was acknowledged, and must not be named by a fault.
const NAME: &str = "zebulon";
/// Places in a file where a bit is flipped: `ROLLBOOK_TEST_CYCLES` takes others, and more.
const FLIPS: usize = 6;

/// A directory that closed in good order.
fn closed() -> Place {
    let place = Place::empty();
    place.with_open_directory(|directory| async move {
        create(&directory, NAME).await.unwrap();
    });
    place
}

/// The files of a data folder, by their names in it.
fn files(data: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let (mut folders, mut files) = (vec![data.to_owned()], Vec::new());
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push((path.clone(), fs::read(&path).unwrap()));
            }
        }
    }
    files.sort();
    files
}

/// Puts the data folder back as it was.
fn put_back(data: &Path, pristine: &[(PathBuf, Vec<u8>)]) {
    fs::remove_dir_all(data).unwrap();
    for (path, bytes) in pristine {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

/// A whole start, a signature and a whole end, by the program.
fn start(place: &Place) -> Ran {
    place.run(&["audit", "checkpoint"])
}

/// Goes on with everything, or refuses in a sentence.
fn whole_or_refused(place: &Place, what: &str) -> Ran {
    let ran = start(place);
    assert!(!ran.err.contains(NAME), "{what}: {}", ran.err);
    if ran.code == 0 {
        let told = place.run(&["log", "--reveal", "--type", "user.created"]);
        assert!(told.code == 0 && told.out.contains(NAME), "{what}: somebody acknowledged is gone");
    } else {
        assert!(matches!(ran.code, 1 | 4), "{what}: {} {}", ran.code, ran.err);
        let last = ran.err.lines().last().unwrap_or_default();
        assert!(last.starts_with("rollbook: "), "{what}: {}", ran.err);
    }
    ran
}

fn flipped(kind: &str, is_of_kind: impl Fn(&str) -> bool) -> (usize, usize) {
    let place = closed();
    let (data, pristine) = (place.data(), files(&place.data()));
    let (mut whole, mut refused, mut tried) = (0, 0, 0);
    for (path, bytes) in &pristine {
        let name = path.strip_prefix(&data).unwrap().to_string_lossy().into_owned();
        if !is_of_kind(&name) || bytes.is_empty() {
            continue;
        }
        // Where there are bytes at all: much of the log's file is room.
        let held: Vec<usize> = (0..bytes.len()).filter(|at| bytes[*at] != 0).collect();
        let flips = std::env::var("ROLLBOOK_TEST_CYCLES").map_or(FLIPS, |cycles| cycles.parse().unwrap());
        for place_of in held.iter().step_by(held.len().div_ceil(flips)) {
            put_back(&data, &pristine);
            let mut damaged = bytes.clone();
            damaged[*place_of] ^= 0x04;
            fs::write(path, damaged).unwrap();
            let ran = whole_or_refused(&place, &format!("{kind}: {name} at byte {place_of}"));
            *(if ran.code == 0 { &mut whole } else { &mut refused }) += 1;
            tried += 1;
        }
    }
    assert!(tried > 0, "no file of the {kind}");
    (whole, refused)
}

#[test]
fn flipped_bits_in_the_log_lose_nobody_in_silence() {
    let (_, refused) = flipped("log", |name| name.starts_with("log/"));
    assert!(refused > 0, "the test damages what is in use");
}

#[test]
fn flipped_bits_in_the_keyring_are_refused() {
    let (whole, refused) = flipped("keyring", |name| name.starts_with("keyring/") && !name.ends_with("lock"));
    assert!(refused > 0 && whole == 0, "{whole} went unnoticed, {refused} were refused");
}

#[test]
fn flipped_bits_in_evidence_are_refused_or_made_good_from_the_log() {
    flipped("evidence", |name| name.starts_with("evidence/"));
}

#[test]
fn flipped_bits_in_what_is_derived_stop_nobody() {
    let (whole, refused) = flipped("views", |name| name.starts_with("views/"));
    assert!(whole > 0 && refused == 0);
}

#[test]
fn files_that_were_cut_are_refused_or_made_good() {
    let place = closed();
    let (data, pristine) = (place.data(), files(&place.data()));
    for (path, bytes) in &pristine {
        let name = path.strip_prefix(&data).unwrap().to_string_lossy().into_owned();
        if name.ends_with("lock") || bytes.is_empty() {
            continue;
        }
        for length in [0, bytes.len() / 2, bytes.len() - 1] {
            put_back(&data, &pristine);
            fs::write(path, &bytes[..length]).unwrap();
            let ran = whole_or_refused(&place, &format!("{name} cut to {length}"));
            let is_of_log = name == "log/db" && length == 0;
            assert!(!is_of_log || ran.code == 4, "an empty log passes for one: {}", ran.err);
        }
    }
}

#[test]
fn a_directory_that_was_put_back_is_whole() {
    let place = closed();
    let pristine = files(&place.data());
    fs::write(place.data().join("keyring/manifest"), b"nothing").unwrap();
    assert_eq!(start(&place).code, 1);
    put_back(&place.data(), &pristine);
    assert_eq!(start(&place).code, 0);
    place.with_open_directory(|directory: Directory| async move { assert!(is_known(&directory, NAME)) });
}
