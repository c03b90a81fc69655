//! A program killed while it appends or opens: what it acknowledged is there when the log opens again.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use super::{Place, batch, cycles, filler, records};
use crate::{EventLog, SledLog, SledLogOptions};

const PLACE: &str = "ROLLBOOK_TEST_KILLED_PLACE";

/// Not a test of its own: what the killed program runs. Says each position after its acknowledgement.
#[test]
fn the_killed_program() {
    let Ok(place) = std::env::var(PLACE) else { return };
    let place = PathBuf::from(place);
    let log = SledLog::open(SledLogOptions::new(place.join("log"), place.join("log.witness"))).unwrap();
    let mut out = std::io::stderr();
    loop {
        let number = log.head().position + 1;
        let receipt = log.append(number - 1, &batch(1, &[&record(number), &record(number + 1)])).unwrap();
        writeln!(out, "{}", receipt.last).unwrap();
    }
}

fn record(position: u64) -> Vec<u8> {
    filler(position, 1 + (position * 37 % 2500) as usize)
}

#[test]
fn a_kill_keeps_every_acknowledged_record() {
    let place = Place::new();
    for cycle in 0..cycles() {
        let mut killed = Command::new(std::env::current_exe().unwrap())
            .args(["tests::kill::the_killed_program", "--exact", "--nocapture", "--test-threads=1"])
            .env(PLACE, place.0.path())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(killed.stderr.take().unwrap()).lines();
        // Killed after some acknowledgements; in every fourth cycle at once, most likely while it opens.
        let wanted = if cycle % 4 == 3 { 0 } else { 1 + cycle as usize * 7 % 40 };
        let mut seen = lines.map_while(Result::ok).filter_map(|line| line.parse::<u64>().ok());
        let mut acknowledged = seen.by_ref().take(wanted).last().unwrap_or(0);
        killed.kill().unwrap();
        killed.wait().unwrap();
        acknowledged = seen.last().unwrap_or(acknowledged);

        let log = SledLog::open(place.options()).unwrap_or_else(|fault| panic!("cycle {cycle}: {fault}"));
        log.verify(&mut |_| ()).unwrap();
        let found = records(&log, 0);
        assert!(found.len() as u64 >= acknowledged, "cycle {cycle}: an acknowledged record is gone");
        assert!(found.iter().all(|(position, bytes)| *bytes == record(*position)));
    }
}
