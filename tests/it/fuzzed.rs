//! Every door that bytes of others come through, fed with anything for a moment; with `ROLLBOOK_TEST_FUZZ_SECONDS=15`
//! for so long. `fuzz/run SECONDS` feeds them what leads to code that was not reached yet.

use std::time::Duration;

use arbtest::arbtest;

#[path = "../../fuzz/src/lib.rs"]
mod doors;

/// For each door: enough to meet what is near the surface.
const BUDGET: Duration = Duration::from_millis(400);

fn budget() -> Duration {
    let seconds = std::env::var("ROLLBOOK_TEST_FUZZ_SECONDS").ok();
    seconds.map_or(BUDGET, |seconds| Duration::from_secs(seconds.parse().unwrap()))
}

fn feed(door: fn(&[u8]), seeds: &[&[u8]]) {
    seeds.iter().for_each(|seed| door(seed));
    arbtest(|u| {
        let mut bytes: Vec<u8> = u.arbitrary()?;
        // Half of the time something of a seed, changed here and there.
        if !seeds.is_empty() && u.ratio(1, 2)? {
            let mut seed = u.choose(seeds)?.to_vec();
            for _ in 0..u.int_in_range(0..=4)? {
                let at = u.choose_index(seed.len())?;
                seed[at] = u.arbitrary()?;
            }
            seed.truncate(u.int_in_range(1..=seed.len())?);
            seed.append(&mut bytes);
            bytes = seed;
        }
        door(&bytes);
        Ok(())
    })
    .budget(budget());
}

#[test]
fn any_bytes_are_a_record_or_none() {
    feed(doors::record, &[]);
}

#[test]
fn any_bytes_are_a_file_of_rows() {
    feed(doors::import_file, &[b"email,name\na@example.org,\"A\nB\"\n", b"{\"email\":\"a@example.org\"}\n"]);
}

#[test]
fn any_text_is_a_document_or_refused() {
    feed(
        doors::document,
        &[b"query($a: Int = 1) { users(first: 2) { nodes { id ...F } } } fragment F on User { id }"],
    );
}

#[test]
fn any_bytes_are_a_cursor_or_none() {
    feed(doors::cursor, &[]);
}

#[test]
fn any_name_is_masked() {
    feed(doors::masking, &[b"jo.peter@kraeuter.example", "Jo\u{308}rg-P. L\u{200d}\u{1f469}".as_bytes()]);
}

#[test]
fn any_bytes_are_a_picture_or_none() {
    feed(
        doors::picture,
        &[b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0", b"GIF89a\x01\0\x01\0"],
    );
}

#[test]
fn any_text_is_a_file_of_settings_or_refused() {
    feed(doors::settings, &[b"data = \"x\"\nlisten = \"127.0.0.1:1\"\nmaster-key = \"00\"\n"]);
}

#[test]
fn any_bytes_are_a_backup_or_refused() {
    feed(doors::backup_stream, &[b"\x01\x10{\"holding\":\"records\",\"origin\":\"o\",\"madeAt\":\"2026-01-01T00:00:00Z\"}\x04\x02abcdefgh"]);
}
