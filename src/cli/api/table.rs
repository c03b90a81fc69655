//! Rows as a table: the columns that say something, as far as the terminal is wide.

use std::io::Write as _;

use rustix::termios::tcgetwinsize;
use serde_json::Value;

use crate::cli::{Failure, output};

/// What stands between two columns.
const GAP: &str = "  ";
/// Columns that come first, since they say who it is.
const FIRST: [&str; 3] = ["id", "label", "name"];
/// Longest cell, in characters; the rest is for `--format json`.
const CELL_CHARS_MAX: usize = 60;

/// Prints them, with columns in the order of their names.
pub(super) fn print(rows: &[Value], names: &[&str]) -> Result<(), Failure> {
    let mut out = output::standard();
    // Nothing tells how wide a file is.
    let wide = tcgetwinsize(std::io::stdout()).map_or(usize::MAX, |size| usize::from(size.ws_col));
    for line in lines(rows, names, wide) {
        writeln!(out, "{line}")?;
    }
    Ok(out.flush()?)
}

fn lines(rows: &[Value], names: &[&str], wide: usize) -> Vec<String> {
    let columns = columns(rows, names);
    let mut width_left = wide;
    let mut lines = vec![String::new(); rows.len() + 1];
    for (name, cells) in columns {
        let chars = |text: &str| text.chars().count();
        let width = cells.iter().map(|cell| chars(cell)).max().unwrap_or(0).max(chars(name));
        if width > width_left {
            break;
        }
        width_left = width_left.saturating_sub(width + GAP.len());
        let heading = name.to_uppercase();
        for (line, cell) in lines.iter_mut().zip([&heading].into_iter().chain(&cells)) {
            line.push_str(&format!("{cell:<width$}{GAP}"));
        }
    }
    lines.into_iter().map(|line| line.trim_end().to_owned()).collect()
}

/// Columns with a cell for each row, but those with nothing in them.
fn columns<'a>(rows: &[Value], names: &[&'a str]) -> Vec<(&'a str, Vec<String>)> {
    if rows.iter().any(|row| !row.is_object()) {
        return vec![("value", rows.iter().map(cell).collect())];
    }
    let mut names = names.to_vec();
    names.sort_by_key(|name| FIRST.iter().position(|first| first == name).unwrap_or(FIRST.len()));
    let columns = names.into_iter().map(|name| (name, rows.iter().map(|row| cell(&row[name])).collect()));
    columns.filter(|(_, cells): &(&str, Vec<String>)| cells.iter().any(|cell| !cell.is_empty())).collect()
}

/// A value for people. What a terminal would obey is not shown.
fn cell(value: &Value) -> String {
    let text = match value {
        Value::Null | Value::Bool(false) => String::new(),
        Value::Bool(true) => "yes".to_owned(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.clone(),
        Value::Array(values) => values.iter().map(cell).collect::<Vec<_>>().join(", "),
        Value::Object(fields) => {
            let named = ["label", "name", "id"].into_iter().find_map(|name| fields.get(name)?.as_str());
            named.unwrap_or_default().to_owned()
        }
    };
    text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).take(CELL_CHARS_MAX).collect()
}
