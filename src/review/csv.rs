//! The review as CSV (RFC 4180), harmless to programs that take cells for formulas.

use std::borrow::Cow;
use std::io::{self, Write};

use super::ReviewLine;

/// The first line.
pub const HEADING: &str = "user,user_name,user_active,right,which,name,granted_by,granted_by_kind,on_behalf_of,\
                           position,granted_at\r\n";

/// What begins a formula, or can hide that a cell begins with one.
const DANGEROUS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// Writes one line.
///
/// # Errors
/// What writing gives.
pub fn write_line(line: &ReviewLine, out: &mut impl Write) -> io::Result<()> {
    let cells = [
        Cow::from(&line.user),
        Cow::from(line.user_name.as_deref().unwrap_or_default()),
        Cow::from(if line.user_active { "true" } else { "false" }),
        Cow::from(line.right),
        Cow::from(&line.which),
        Cow::from(line.name.as_deref().unwrap_or_default()),
        Cow::from(&line.granted_by),
        Cow::from(line.granted_by_kind),
        Cow::from(line.on_behalf_of.as_deref().unwrap_or_default()),
        Cow::from(line.position.to_string()),
        Cow::from(&line.granted_at),
    ];
    for (n, text) in cells.iter().enumerate() {
        out.write_all(if n == 0 { b"" } else { b"," })?;
        out.write_all(cell(text).as_bytes())?;
    }
    out.write_all(b"\r\n")
}

/// A cell that is no formula has an apostrophe before it, as the programs themselves write one.
fn cell(text: &str) -> Cow<'_, str> {
    let harmless = if text.starts_with(DANGEROUS) { Cow::from(format!("'{text}")) } else { Cow::from(text) };
    if harmless.contains([',', '"', '\r', '\n']) {
        return Cow::from(format!("\"{}\"", harmless.replace('"', "\"\"")));
    }
    harmless
}
