//! Lines of a file, numbered, each of bounded length: memory does not grow with the file.

use std::collections::VecDeque;
use std::io::{self, BufRead};

/// Longest line, in bytes; a longer one is one bad row.
pub const LINE_BYTES_MAX: usize = 64 << 10;

/// One line without its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// From 1.
    pub number: u64,
    /// Its bytes; `None` if there are more than [`LINE_BYTES_MAX`].
    pub bytes: Option<Vec<u8>>,
}

/// Reads lines, and takes back those that were read too far.
pub(super) struct Lines<R> {
    reader: R,
    number: u64,
    bytes_read: u64,
    taken_back: VecDeque<Line>,
}

impl<R: BufRead> Lines<R> {
    pub(super) fn new(reader: R) -> Self {
        Lines { reader, number: 0, bytes_read: 0, taken_back: VecDeque::new() }
    }

    /// How much was read.
    pub(super) fn bytes_read(&self) -> u64 {
        self.bytes_read
    }

    /// The next line; `None` at the end.
    pub(super) fn next(&mut self) -> io::Result<Option<Line>> {
        if let Some(line) = self.taken_back.pop_front() {
            return Ok(Some(line));
        }
        let mut bytes = Vec::new();
        let mut too_long = false;
        let mut any = false;
        loop {
            let buffer = match self.reader.fill_buf() {
                Ok(buffer) => buffer,
                Err(fault) if fault.kind() == io::ErrorKind::Interrupted => continue,
                Err(fault) => return Err(fault),
            };
            if buffer.is_empty() {
                break;
            }
            any = true;
            let end = buffer.iter().position(|byte| *byte == b'\n');
            let part = &buffer[..end.unwrap_or(buffer.len())];
            too_long |= bytes.len() + part.len() > LINE_BYTES_MAX;
            if !too_long {
                bytes.extend_from_slice(part);
            }
            let used = end.map_or(buffer.len(), |end| end + 1);
            self.reader.consume(used);
            self.bytes_read += used as u64;
            if end.is_some() {
                break;
            }
        }
        if !any {
            return Ok(None);
        }
        self.number += 1;
        if bytes.last() == Some(&b'\r') {
            bytes.pop();
        }
        Ok(Some(Line { number: self.number, bytes: (!too_long).then_some(bytes) }))
    }

    /// Gives lines back, in their order.
    pub(super) fn take_back(&mut self, lines: Vec<Line>) {
        for line in lines.into_iter().rev() {
            self.taken_back.push_front(line);
        }
    }
}
