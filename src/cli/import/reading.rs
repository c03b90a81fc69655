//! Rows of a file, one by one.

use std::io::{self, BufRead};

pub use super::columns::{Columns, Field, HeaderFault, NamedColumn};
use super::csv_rows::{CsvRecord, Delimiter, next_record};
pub use super::lines::LINE_BYTES_MAX;
use super::lines::Lines;
use super::ndjson_rows;
pub use super::new_user::NewUser;
pub use super::row::{Row, RowError, RowFields};

/// The form of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A header line and records.
    Csv,
    /// An object a line.
    Ndjson,
}

/// Why a file has no rows.
#[derive(Debug, thiserror::Error)]
pub enum FileFault {
    /// It cannot be read.
    #[error("the file cannot be read: {0}")]
    Io(#[from] io::Error),
    /// Its first line is of no use.
    #[error(transparent)]
    Header(#[from] HeaderFault),
}

/// Reads rows one by one; a bad one is a row too.
pub struct Rows<R> {
    lines: Lines<R>,
    form: Form,
}

enum Form {
    /// `None`: an empty file, which has no header line either.
    Csv(Option<(Delimiter, Columns)>),
    Ndjson,
}

const UTF8_MARK: &[u8] = b"\xEF\xBB\xBF";
const UTF16_MARKS: [&[u8]; 2] = [b"\xFF\xFE", b"\xFE\xFF"];

impl<R: BufRead> Rows<R> {
    /// Begins a file: of CSV, reads the header line.
    ///
    /// # Errors
    /// [`FileFault`].
    pub fn begin(reader: R, format: Format, named: &[NamedColumn]) -> Result<Self, FileFault> {
        let mut lines = Lines::new(reader);
        if let Some(mut first) = lines.next()? {
            if let Some(bytes) = &mut first.bytes {
                if UTF16_MARKS.iter().any(|mark| bytes.starts_with(mark)) {
                    return Err(HeaderFault::Utf16.into());
                }
                if bytes.starts_with(UTF8_MARK) {
                    bytes.drain(..UTF8_MARK.len());
                }
            }
            lines.take_back(vec![first]);
        }
        let form = match format {
            Format::Ndjson => Form::Ndjson,
            Format::Csv => Form::Csv(columns(&mut lines, named)?),
        };
        Ok(Rows { lines, form })
    }

    /// What the columns hold; `None` for a form without columns.
    #[must_use]
    pub fn columns(&self) -> Option<&Columns> {
        match &self.form {
            Form::Csv(Some((_, columns))) => Some(columns),
            Form::Csv(None) | Form::Ndjson => None,
        }
    }

    /// How much of the file was read, in bytes.
    #[must_use]
    pub fn bytes_read(&self) -> u64 {
        self.lines.bytes_read()
    }

    /// The next row; `None` at the end.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn next_row(&mut self) -> io::Result<Option<Row>> {
        match &self.form {
            Form::Csv(None) => Ok(None),
            Form::Csv(Some((delimiter, columns))) => {
                let record = next_record(&mut self.lines, *delimiter)?;
                Ok(record.map(|record| Row { line: record.line, fields: csv_fields(record, columns) }))
            }
            Form::Ndjson => loop {
                let Some(line) = self.lines.next()? else { return Ok(None) };
                let fields = match &line.bytes {
                    None => Err(vec![RowError::of_row("the line is too long")]),
                    Some(bytes) if bytes.trim_ascii().is_empty() => continue,
                    Some(bytes) => ndjson_rows::fields(bytes),
                };
                return Ok(Some(Row { line: line.number, fields }));
            },
        }
    }
}

fn columns<R: BufRead>(
    lines: &mut Lines<R>,
    named: &[NamedColumn],
) -> Result<Option<(Delimiter, Columns)>, FileFault> {
    let Some(first) = lines.next()? else { return Ok(None) };
    let delimiter = Delimiter::of(first.bytes.as_deref().unwrap_or_default());
    lines.take_back(vec![first]);
    let Some(record) = next_record(lines, delimiter)? else { return Ok(None) };
    let headers = record.fields.map_err(HeaderFault::Broken)?;
    let headers: Vec<&str> = headers
        .iter()
        .map(|header| std::str::from_utf8(header))
        .collect::<Result<_, _>>()
        .map_err(|_| HeaderFault::NotText)?;
    Ok(Some((delimiter, Columns::from_headers(&headers, named)?)))
}

fn csv_fields(record: CsvRecord, columns: &Columns) -> Result<RowFields, Vec<RowError>> {
    let texts = record.fields.map_err(|reason| vec![RowError::of_row(reason)])?;
    let (found, wanted) = (texts.len(), columns.count());
    let surplus = texts.iter().skip(wanted).any(|text| !text.trim_ascii().is_empty());
    if found < wanted || surplus {
        return Err(vec![RowError::of_row(format!("the row has {found} fields, the first line {wanted}"))]);
    }
    let mut fields = RowFields::default();
    for (column, text) in texts.into_iter().enumerate() {
        let text = String::from_utf8(text).map_err(|_| {
            let field = columns.field(column).map(|field| field.name());
            vec![RowError { field, ..RowError::of_row("the row is not UTF-8") }]
        })?;
        match columns.field(column) {
            Some(field) if field.is_list() => {
                fields.set(field, text.split(';').map(str::to_owned).collect());
            }
            Some(field) => fields.set(field, vec![text]),
            None => {}
        }
    }
    Ok(fields)
}
