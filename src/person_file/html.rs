//! A person's file as a page to read and print: one document, without scripts and without anything to fetch.
//!
//! The page is the JSON form, member by member, so nothing can stand in the one that is not in the other. Every
//! text goes through [`write_text`]: a display name with markup is a name.

use std::fmt::Write as _;

use serde_json::{Map, Value};

/// What the page may do: show itself. Its one picture and its one style stand inside.
pub(super) const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; \
     frame-ancestors 'none'";

const STYLE: &str = "body{font:14px/1.45 system-ui,sans-serif;margin:2em auto;max-width:60em;padding:0 1em}\
h1{font-size:1.6em}h2{font-size:1.2em;margin-top:2em;border-bottom:1px solid #999}\
table{border-collapse:collapse;width:100%}td,th{border:1px solid #bbb;padding:.2em .4em;text-align:left;\
vertical-align:top;overflow-wrap:anywhere}dl{display:grid;grid-template-columns:max-content 1fr;gap:.1em 1em;\
margin:0}dt{color:#555}dd{margin:0;overflow-wrap:anywhere}section{break-inside:auto}tr{break-inside:avoid}\
img{max-width:12em}";

/// The page of a file.
#[must_use]
pub fn page(file: &Value) -> String {
    let mut out = String::from("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">");
    let _ =
        write!(out, "<meta http-equiv=\"Content-Security-Policy\" content=\"{CONTENT_SECURITY_POLICY}\">");
    let _ = write!(out, "<title>Personal file</title><style>{STYLE}</style></head><body>");
    out.push_str("<h1>Personal file");
    if let Some(id) = file["person"]["id"].as_str() {
        out.push_str(" of ");
        write_text(&mut out, id);
    }
    out.push_str("</h1>\n");
    let members = file.as_object().map(Map::iter).into_iter().flatten();
    let (sections, facts): (Vec<_>, Vec<_>) =
        members.partition(|(_, value)| value.is_object() || value.is_array());
    out.push_str("<dl>");
    facts.iter().for_each(|(name, value)| write_fact(&mut out, name, value));
    out.push_str("</dl>\n");
    for (name, value) in sections {
        out.push_str("<section><h2>");
        write_text(&mut out, &heading(name));
        out.push_str("</h2>");
        if name == "avatar" {
            write_picture(&mut out, value)
        } else {
            write_value(&mut out, value)
        }
        out.push_str("</section>\n");
    }
    out.push_str("</body></html>\n");
    out
}

fn write_value(out: &mut String, value: &Value) {
    match value {
        Value::Object(members) if members.is_empty() => out.push('–'),
        Value::Object(members) => {
            out.push_str("<dl>");
            members.iter().for_each(|(name, value)| write_fact(out, name, value));
            out.push_str("</dl>");
        }
        Value::Array(rows) if rows.is_empty() => out.push('–'),
        Value::Array(rows) => write_rows(out, rows),
        Value::Null => out.push('–'),
        Value::Bool(is) => out.push_str(if *is { "yes" } else { "no" }),
        Value::Number(number) => _ = write!(out, "{number}"),
        Value::String(text) => write_text(out, text),
    }
}

fn write_fact(out: &mut String, name: &str, value: &Value) {
    out.push_str("<dt>");
    write_text(out, &heading(name));
    out.push_str("</dt><dd>");
    write_value(out, value);
    out.push_str("</dd>");
}

/// A table by the members of the first row, which all rows have; else a line for each.
fn write_rows(out: &mut String, rows: &[Value]) {
    let Some(columns) = rows.first().and_then(Value::as_object) else {
        for row in rows {
            write_value(out, row);
            out.push_str("<br>");
        }
        return;
    };
    out.push_str("<table><thead><tr>");
    for name in columns.keys() {
        out.push_str("<th>");
        write_text(out, &heading(name));
        out.push_str("</th>");
    }
    out.push_str("</tr></thead><tbody>");
    for row in rows {
        out.push_str("<tr>");
        for name in columns.keys() {
            out.push_str("<td>");
            write_value(out, &row[name]);
            out.push_str("</td>");
        }
        out.push_str("</tr>");
    }
    out.push_str("</tbody></table>");
}

fn write_picture(out: &mut String, avatar: &Value) {
    let picture = avatar["base64"].as_str().unwrap_or_default();
    out.push_str("<img alt=\"picture\" src=\"data:image/png;base64,");
    write_text(out, picture);
    out.push_str("\">");
}

/// `employeeNumber` is `Employee number`.
fn heading(name: &str) -> String {
    let mut words = String::new();
    for letter in name.chars() {
        match letter {
            letter if words.is_empty() => words.extend(letter.to_uppercase()),
            letter if letter.is_ascii_uppercase() => {
                words.push(' ');
                words.push(letter.to_ascii_lowercase());
            }
            letter => words.push(letter),
        }
    }
    words
}

/// Text as text, in elements and in quoted attributes alike. What turns the direction of writing is shown as what
/// it is, since it would reorder what stands around it.
fn write_text(out: &mut String, text: &str) {
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                _ = write!(out, "\\u{{{:x}}}", u32::from(letter));
            }
            letter => out.push(letter),
        }
    }
}
