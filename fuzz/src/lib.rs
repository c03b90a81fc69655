//! What must hold for any bytes at all, one function for each door that bytes of others come through.
//!
//! `fuzz/run SECONDS` feeds them by libFuzzer; the test `fuzzed` of the integration tests feeds each for a moment, so
//! that they are built and hold in every run.

use std::collections::BTreeMap;
use std::io::Cursor as Reading;
use std::path::Path;
use std::sync::LazyLock;

use rollbook::avatars::picture::{KEPT_SIDE_MAX, redrawn};
use rollbook::backup::examine::Examination;
use rollbook::backup::frame::FIRST_LINE;
use rollbook::cli::reading::{Format, Rows};
use rollbook::config::{Layers, serve_settings};
use rollbook::graphql;
use rollbook::http::{DocumentJudge, EdgeLimits};
use rollbook_projections::view::Cursor;
use rollbook_schema::value::{
    EmailAddress, EmailMaskFormat, Username, UsernameMaskFormat, mask_email, mask_username,
};
use rollbook_schema::{Header, Personal, Record, UserId};

static DOCUMENTS: LazyLock<DocumentJudge> = LazyLock::new(|| {
    DocumentJudge::new(&graphql::sdl(), EdgeLimits::default()).expect("our own schema is one")
});

/// A record says the same each time, its type can be read alone, and its event is one or none.
pub fn record(bytes: &[u8]) {
    let peeked = Header::peek_event_type(bytes).map(str::to_owned);
    let Ok(record) = Record::from_bytes(bytes) else { return };
    assert_eq!(peeked.ok().as_deref(), Some(record.header.event_type.as_str()));
    assert_eq!(record.digest(), Record::from_bytes(bytes).expect("it was one").digest());
    let _ = record.restore::<_, rollbook::sealing::UnsealFault>(|_, _, _| Ok(Personal::Erased));
}

/// A file of rows ends, and each of its rows stands behind the one before.
pub fn import_file(bytes: &[u8]) {
    for format in [Format::Csv, Format::Ndjson] {
        let Ok(mut rows) = Rows::begin(Reading::new(bytes), format, &[]) else { continue };
        let mut line = 0;
        while let Some(row) = rows.next_row().expect("memory can be read") {
            assert!(row.line > line, "rows come in their order");
            line = row.line;
        }
    }
}

/// A document is judged by its bounds before anything else takes time over it.
pub fn document(bytes: &[u8]) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        let taken = DOCUMENTS.takes(text);
        assert_eq!(taken, DOCUMENTS.takes(text), "the cache changes no judgement");
    }
}

/// A cursor is written as it was read.
pub fn cursor(bytes: &[u8]) {
    if let Ok(cursor) = Cursor::from_bytes(bytes) {
        let again = Cursor::from_bytes(&cursor.to_bytes()).expect("our own");
        assert_eq!(again.to_bytes(), cursor.to_bytes());
    }
}

/// What is masked is shorter than a sentence, and never an address that mail could reach.
pub fn masking(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if let Ok(username) = Username::parse(text) {
        assert_eq!(mask_username(&username, UsernameMaskFormat::Plain), "Unknown User");
        assert!(mask_username(&username, UsernameMaskFormat::Initials).starts_with("Unknown User"));
    }
    if let Ok(email) = EmailAddress::parse(text) {
        for format in [EmailMaskFormat::Stub, EmailMaskFormat::Domain, EmailMaskFormat::Id] {
            let masked = mask_email(&email, UserId(9), format);
            let ends = [".invalid", "@invalid", "***@***"].iter().any(|end| masked.ends_with(end));
            assert!(ends, "a masked address ends in what reaches nobody");
        }
    }
}

/// A picture that is taken comes out small.
pub fn picture(bytes: &[u8]) {
    if let Ok(png) = redrawn(bytes) {
        let side = |at: usize| u32::from_be_bytes([png[at], png[at + 1], png[at + 2], png[at + 3]]);
        assert!(side(16) <= KEPT_SIDE_MAX && side(20) <= KEPT_SIDE_MAX);
    }
}

/// A file of settings is refused in words, or gives settings.
pub fn settings(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let layers = Layers::gather(BTreeMap::new(), BTreeMap::new()).expect("nothing was said");
    if let Ok(layers) = layers.with_file(Path::new("rollbook.toml"), text) {
        let _ = serve_settings(&layers);
    }
}

/// A stream is a backup, or refused at its place.
pub fn backup_stream(bytes: &[u8]) {
    let examine = |bytes: &[u8]| {
        let mut examination = Examination::begin(Vec::new());
        let taken = examination.segment("stream", bytes, &mut |_| Ok(()));
        taken.and_then(|()| examination.end()).is_ok()
    };
    let _ = examine(bytes);
    // Behind its first line, and each frame with a check that holds, or hardly anything is reached.
    let mut whole = FIRST_LINE.to_vec();
    whole.extend_from_slice(bytes);
    let _ = examine(&whole);
    let _ = examine(&framed(bytes));
}

/// The bytes as frames: a kind, a length of one byte and a body, as often as there are any.
fn framed(mut bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut frames = rollbook::backup::frame::FrameWriter::begin(&mut out);
    while let [kind, length, rest @ ..] = bytes {
        let (body, rest) = rest.split_at(rest.len().min(usize::from(*length) * 4));
        frames.frame(*kind, &[body], &mut out);
        bytes = rest;
    }
    out
}
