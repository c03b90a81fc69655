//! Records of CSV (RFC 4180), read so that one broken record costs one line.
//!
//! A quote that is never closed would swallow all that follows. So a record that does not end well
//! within [`RECORD_LINES_MAX`] lines is given up: its first line is one bad row, and reading goes on
//! with the second. That, and exact line numbers, is why the reader is our own.

use std::io::{self, BufRead};

use super::lines::{LINE_BYTES_MAX, Line, Lines};

/// Lines of one record, at most: quoted fields may hold line ends.
const RECORD_LINES_MAX: usize = 50;

/// One record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct CsvRecord {
    /// Of its first line.
    pub line: u64,
    /// Its fields, or what is wrong with it.
    pub fields: Result<Vec<Vec<u8>>, &'static str>,
}

/// Splits a line into fields at one of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Delimiter(pub u8);

impl Delimiter {
    /// The one of comma, semicolon and tab that parts the first line into the most fields.
    pub(super) fn of(line: &[u8]) -> Delimiter {
        let parts = |delimiter| split(line, Delimiter(delimiter)).map_or(0, |fields| fields.len());
        let best = [b',', b';', b'\t'].into_iter().rev().max_by_key(|delimiter| parts(*delimiter));
        Delimiter(best.unwrap_or(b','))
    }
}

/// The next record that is not an empty line.
pub(super) fn next_record<R: BufRead>(
    lines: &mut Lines<R>,
    delimiter: Delimiter,
) -> io::Result<Option<CsvRecord>> {
    loop {
        let Some(first) = lines.next()? else { return Ok(None) };
        let line = first.number;
        match first.bytes {
            None => return Ok(Some(CsvRecord { line, fields: Err("the line is too long") })),
            Some(bytes) if bytes.trim_ascii().is_empty() => {}
            Some(bytes) => {
                let fields = whole_record(lines, bytes, delimiter)?;
                return Ok(Some(CsvRecord { line, fields }));
            }
        }
    }
}

fn whole_record<R: BufRead>(
    lines: &mut Lines<R>,
    mut record: Vec<u8>,
    delimiter: Delimiter,
) -> io::Result<Result<Vec<Vec<u8>>, &'static str>> {
    let mut more: Vec<Line> = Vec::new();
    loop {
        match split(&record, delimiter) {
            Ok(fields) => return Ok(Ok(fields)),
            Err(Unsplit::Stray) => {
                lines.take_back(more);
                return Ok(Err("something follows a closing quote"));
            }
            Err(Unsplit::Open) => {}
        }
        let next = if more.len() + 1 < RECORD_LINES_MAX { lines.next()? } else { None };
        let fits = |bytes: &Vec<u8>| record.len() + bytes.len() < LINE_BYTES_MAX;
        match next {
            Some(line) if line.bytes.as_ref().is_some_and(fits) => {
                record.push(b'\n');
                record.extend_from_slice(line.bytes.as_deref().unwrap_or_default());
                more.push(line);
            }
            unusable => {
                more.extend(unusable);
                lines.take_back(more);
                return Ok(Err("a quote is not closed"));
            }
        }
    }
}

enum Unsplit {
    /// The end comes within quotes.
    Open,
    /// Something stands between a closing quote and the end of the field.
    Stray,
}

fn split(record: &[u8], delimiter: Delimiter) -> Result<Vec<Vec<u8>>, Unsplit> {
    let mut fields = Vec::new();
    let mut rest = record;
    loop {
        let (field, after) = field(rest, delimiter)?;
        fields.push(field);
        match after {
            Some(after) => rest = after,
            None => return Ok(fields),
        }
    }
}

/// The first field, and what follows its delimiter.
fn field(text: &[u8], Delimiter(delimiter): Delimiter) -> Result<(Vec<u8>, Option<&[u8]>), Unsplit> {
    let Some(quoted) = text.strip_prefix(b"\"") else {
        // A quote within an unquoted field is a letter like any other: 5" pipe.
        return Ok(match text.iter().position(|byte| *byte == delimiter) {
            Some(end) => (text[..end].to_vec(), Some(&text[end + 1..])),
            None => (text.to_vec(), None),
        });
    };
    let mut field = Vec::new();
    let mut bytes = quoted;
    loop {
        let Some(quote) = bytes.iter().position(|byte| *byte == b'"') else { return Err(Unsplit::Open) };
        field.extend_from_slice(&bytes[..quote]);
        bytes = &bytes[quote + 1..];
        match bytes.split_first() {
            Some((b'"', after)) => {
                field.push(b'"');
                bytes = after;
            }
            None => return Ok((field, None)),
            Some((byte, after)) if *byte == delimiter => return Ok((field, Some(after))),
            Some(_) => return Err(Unsplit::Stray),
        }
    }
}
