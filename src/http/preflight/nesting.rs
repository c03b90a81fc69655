//! How deep brackets nest in a document, found by one pass over its bytes, before any parser recurses on it.

use crate::http::refusal::Refusal;

/// Refuses a document whose brackets nest deeper than `brackets_max`.
pub(super) fn check(source: &str, brackets_max: usize) -> Result<(), Refusal> {
    let mut rest = source.as_bytes();
    let mut depth: usize = 0;
    while let [first, tail @ ..] = rest {
        rest = match first {
            b'#' => after_line(tail),
            b'"' => after_string(tail),
            _ => tail,
        };
        match first {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > brackets_max {
            let message = format!("brackets nest deeper than {brackets_max}");
            return Err(Refusal::document("DOCUMENT_TOO_COMPLEX", message));
        }
    }
    Ok(())
}

fn after_line(rest: &[u8]) -> &[u8] {
    let end = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
    end.map_or(&[], |end| &rest[end..])
}

/// What follows a string whose opening quote is behind us; an unclosed one ends the document or its line.
fn after_string(rest: &[u8]) -> &[u8] {
    if let Some(block) = rest.strip_prefix(b"\"\"") {
        return after_block_string(block);
    }
    let mut rest = rest;
    loop {
        rest = match rest {
            [] => return rest,
            [b'"' | b'\n' | b'\r', tail @ ..] => return tail,
            [b'\\', _, tail @ ..] => tail,
            [_, tail @ ..] => tail,
        };
    }
}

fn after_block_string(mut rest: &[u8]) -> &[u8] {
    loop {
        rest = match rest {
            [] => return rest,
            [b'\\', b'"', b'"', b'"', tail @ ..] => tail,
            [b'"', b'"', b'"', tail @ ..] => return tail,
            [_, tail @ ..] => tail,
        };
    }
}
