//! Cells as RFC 4180 wants them, and so that no program takes one for a formula.

/// What a cell that spreadsheets would run begins with.
const FORMULA_STARTS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];
/// Before such a cell: spreadsheets take the rest as text.
const AS_TEXT: char = '\'';

/// Writes one row with its end.
pub(crate) fn write_row<'a>(out: &mut String, cells: impl IntoIterator<Item = &'a str>) {
    for (place, cell) in cells.into_iter().enumerate() {
        if place > 0 {
            out.push(',');
        }
        write_cell(out, cell);
    }
    out.push_str("\r\n");
}

fn write_cell(out: &mut String, cell: &str) {
    let is_quoted = cell.contains(['"', ',', '\r', '\n']);
    if is_quoted {
        out.push('"');
    }
    if cell.starts_with(FORMULA_STARTS) {
        out.push(AS_TEXT);
    }
    for character in cell.chars() {
        if character == '"' {
            out.push('"');
        }
        out.push(character);
    }
    if is_quoted {
        out.push('"');
    }
}

#[cfg(test)]
mod tests {
    use super::write_row;

    fn row(cells: &[&str]) -> String {
        let mut out = String::new();
        write_row(&mut out, cells.iter().copied());
        out
    }

    #[test]
    fn a_cell_is_quoted_where_it_must_be() {
        assert_eq!(row(&["a", "", "b c"]), "a,,b c\r\n");
        assert_eq!(
            row(&["a,b", "say \"x\"", "two\r\nlines"]),
            "\"a,b\",\"say \"\"x\"\"\",\"two\r\nlines\"\r\n"
        );
    }

    #[test]
    fn nothing_is_taken_for_a_formula() {
        assert_eq!(row(&["=1+1", "+49", "-1", "@x", "\tx"]), "'=1+1,'+49,'-1,'@x,'\tx\r\n");
        assert_eq!(row(&["=A1,\"x\""]), "\"'=A1,\"\"x\"\"\"\r\n");
        assert_eq!(row(&["a=b"]), "a=b\r\n");
    }
}
