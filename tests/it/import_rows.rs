//! Reading rows: every form of CSV and NDJSON that an export may have, and everything broken.

use arbtest::arbtest;
use rollbook::cli::reading::{Field, FileFault, Format, NamedColumn, NewUser, Row, Rows};
use rollbook_schema::value::{LicenseType, PersonField, UserKind};

fn read(format: Format, bytes: &[u8], named: &[NamedColumn]) -> Result<Vec<Row>, FileFault> {
    let mut rows = Rows::begin(bytes, format, named)?;
    let mut all = Vec::new();
    while let Some(row) = rows.next_row()? {
        all.push(row);
    }
    Ok(all)
}

fn csv(text: impl AsRef<[u8]>) -> Vec<Row> {
    read(Format::Csv, text.as_ref(), &[]).unwrap()
}

fn ndjson(text: impl AsRef<[u8]>) -> Vec<Row> {
    read(Format::Ndjson, text.as_ref(), &[]).unwrap()
}

/// `line: email` for a row that was read, `line! code field message` for one that was not.
fn told(rows: &[Row]) -> Vec<String> {
    let tell = |row: &Row| match &row.fields {
        Ok(fields) => format!("{}: {}", row.line, fields.text(Field::Email).unwrap_or("-")),
        Err(errors) => {
            let errors: Vec<String> = errors
                .iter()
                .map(|error| {
                    format!("{} {} {}", error.code, error.field.as_deref().unwrap_or("-"), error.message)
                })
                .collect();
            format!("{}! {}", row.line, errors.join(", "))
        }
    };
    rows.iter().map(tell).collect()
}

/// `field code` of everything wrong with the only row.
fn wrong(text: &str) -> Vec<String> {
    let rows = csv(text);
    let fields = rows[0].fields.clone().unwrap();
    let wrong = NewUser::parse(&fields, UserKind::Agent).unwrap_err();
    wrong.iter().map(|one| format!("{} {}", one.field.as_deref().unwrap_or("-"), one.code)).collect()
}

fn user(text: &str) -> NewUser {
    NewUser::parse(&csv(text)[0].fields.clone().unwrap(), UserKind::Agent).unwrap()
}

#[test]
fn commas_semicolons_and_tabs_part_columns() {
    for delimiter in [",", ";", "\t"] {
        let text = "name,email,title\nA,a@example.com,T\n".replace(',', delimiter);
        assert_eq!(told(&csv(text)), ["2: a@example.com"], "{delimiter:?}");
    }
}

#[test]
fn headers_are_known_in_any_case_and_spelling() {
    for header in ["Email", "E-MAIL", "e_mail", " Mail ", "Email Address", "\"e-mail\""] {
        assert_eq!(told(&csv(format!("{header},name\na@example.com,A"))), ["2: a@example.com"], "{header}");
    }
}

#[test]
fn a_mark_of_utf8_before_the_header_is_left_out() {
    assert_eq!(told(&csv("\u{FEFF}email,name\na@example.com,A\n")), ["2: a@example.com"]);
    assert_eq!(told(&ndjson("\u{FEFF}{\"email\": \"a@example.com\"}")), ["1: a@example.com"]);
}

#[test]
fn lines_are_numbered_as_an_editor_numbers_them() {
    for end in ["\n", "\r\n"] {
        let text = "\nemail,name\n\na@example.com,\"A\nB\"\n\nb@example.com,B".replace('\n', end);
        assert_eq!(told(&csv(text)), ["4: a@example.com", "7: b@example.com"], "{end:?}");
    }
}

#[test]
fn quoted_fields_hold_delimiters_quotes_and_line_ends() {
    let rows = csv("email,name\na@example.com,\"B, \"\"C\"\"\nD\"\n");
    let fields = rows[0].fields.clone().unwrap();
    assert_eq!(fields.text(Field::Person(PersonField::FullName)), Some("B, \"C\"\nD"));
}

#[test]
fn a_quote_inside_an_unquoted_field_is_a_letter() {
    let rows = csv("email,name\na@example.com,5\" pipe\n");
    let fields = rows[0].fields.clone().unwrap();
    assert_eq!(fields.text(Field::Person(PersonField::FullName)), Some("5\" pipe"));
}

#[test]
fn a_quote_that_is_never_closed_costs_one_row() {
    assert_eq!(
        told(&csv("email,name\n\"a@example.com,A\nb@example.com,B\nc@example.com,C\n")),
        ["2! INVALID - a quote is not closed", "3: b@example.com", "4: c@example.com"]
    );
}

#[test]
fn a_quote_that_another_row_closes_costs_one_row() {
    assert_eq!(
        told(&csv("email,name\na@example.com,\"A\nb@example.com,\"B\"\nc@example.com,C\n")),
        ["2! INVALID - something follows a closing quote", "3: b@example.com", "4: c@example.com"]
    );
}

#[test]
fn a_row_with_another_number_of_fields_is_refused() {
    assert_eq!(
        told(&csv("email,name\na@example.com\nb@example.com,B,C\nc@example.com,C,,\n")),
        [
            "2! INVALID - the row has 1 fields, the first line 2",
            "3! INVALID - the row has 3 fields, the first line 2",
            "4: c@example.com",
        ]
    );
}

#[test]
fn a_row_that_is_not_utf8_names_its_field() {
    assert_eq!(
        told(&csv(b"email,name\na@example.com,J\xF6rg\nb@example.com,B\n")),
        ["2! INVALID fullName the row is not UTF-8", "3: b@example.com"]
    );
}

#[test]
fn a_line_of_a_megabyte_is_one_bad_row() {
    let text = format!("email,name\na@example.com,{}\nb@example.com,B\n", "A".repeat(1 << 20));
    assert_eq!(told(&csv(text)), ["2! INVALID - the line is too long", "3: b@example.com"]);
}

#[test]
fn an_empty_file_has_no_rows() {
    assert_eq!((csv(""), csv("\n\n"), ndjson("")), (vec![], vec![], vec![]));
}

#[test]
fn a_first_line_without_an_email_column_is_refused_without_being_shown() {
    let fault = read(Format::Csv, b"Ada,ada@example.com\n", &[]).unwrap_err().to_string();
    assert_eq!(fault, "the first line names no column for email: name it by --email-column");
}

#[test]
fn two_columns_for_one_field_are_refused_until_one_is_named() {
    let text = b"mail,email,name\na@example.com,b@example.com,A\n";
    let fault = read(Format::Csv, text, &[]).unwrap_err().to_string();
    assert_eq!(fault, "columns 1 and 2 both hold email: name one by --column email=HEADER");
    let named = [NamedColumn { field: Field::Email, header: "EMAIL".to_owned() }];
    assert_eq!(told(&read(Format::Csv, text, &named).unwrap()), ["2: b@example.com"]);
}

#[test]
fn a_named_column_that_is_not_there_is_refused() {
    let named = [NamedColumn { field: Field::Person(PersonField::Title), header: "Rank".to_owned() }];
    let fault = read(Format::Csv, b"email\n", &named).unwrap_err().to_string();
    assert_eq!(fault, "no column has the header that was named for title");
}

#[test]
fn utf16_is_refused_with_the_way_out() {
    let fault = read(Format::Csv, b"\xFF\xFEe\0m\0a\0i\0l\0", &[]).unwrap_err().to_string();
    assert_eq!(fault, "the file is UTF-16: save it as UTF-8");
}

#[test]
fn acc_11_everything_wrong_with_a_row_is_told_at_once() {
    let header = "email,username,first name,kind,license,roles,mobile\n";
    assert_eq!(
        wrong(&format!("{header}nobody,a b,\u{7}x,robot,gold,\u{7},1\u{202E}2\n")),
        [
            "email INVALID",
            "username INVALID",
            "firstName INVALID",
            "mobilePhone INVALID",
            "kind INVALID",
            "roles INVALID",
            "license INVALID",
        ]
    );
}

#[test]
fn acc_03_a_missing_or_blank_email_is_required() {
    assert_eq!(wrong("email,name\n  ,A\n"), ["email REQUIRED"]);
}

#[test]
fn acc_07_a_row_without_any_name_needs_one() {
    assert_eq!(wrong("email,title\na@example.com,Chief\n"), ["fullName REQUIRED"]);
}

#[test]
fn a_row_without_a_username_takes_the_email() {
    assert_eq!(user("email,name\nAda@example.com,A\n").login.username.as_str(), "Ada@example.com");
}

#[test]
fn kind_license_and_roles_are_read_in_the_ways_people_write_them() {
    let text = "email,name,kind,license,roles\na@example.com,A,Agent,read-write, Sales ;Support;sales\n";
    let user = user(text);
    assert_eq!((user.kind, user.license), (UserKind::Agent, Some(LicenseType::ReadWrite)));
    assert_eq!(user.roles.iter().map(|role| role.as_str()).collect::<Vec<_>>(), ["Sales", "Support"]);
}

#[test]
fn the_same_values_have_the_same_key_in_any_form_and_order() {
    let one = user("email,first name,last name\na@example.com,Ada,Byron\n");
    let other = user("Surname;Given Name;E-Mail;Office\nByron; Ada ;a@example.com;7\n");
    assert_eq!(one.idempotency_key(), other.idempotency_key());
    let rows = ndjson(r#"{"lastName":"Byron","email":"a@example.com","firstName":"Ada","title":null}"#);
    let third = NewUser::parse(&rows[0].fields.clone().unwrap(), UserKind::Agent).unwrap();
    assert_eq!(one.idempotency_key(), third.idempotency_key());
}

#[test]
fn a_corrected_row_has_another_key() {
    let one = user("email,employee number,name\na@example.com,7,Ada\n");
    let other = user("email,employee number,name\nb@example.com,7,Ada\n");
    assert_ne!(one.idempotency_key(), other.idempotency_key());
}

#[test]
fn ndjson_takes_the_fields_of_create_user() {
    let rows = ndjson(
        r#"{"email":"a@example.com","fullName":"Ada","kind":"CLIENT","roles":["Portal"],"license":"RO"}"#,
    );
    let user = NewUser::parse(&rows[0].fields.clone().unwrap(), UserKind::Agent).unwrap();
    assert_eq!((user.kind, user.roles.len()), (UserKind::Client, 1));
}

#[test]
fn broken_lines_of_ndjson_are_told_without_their_values() {
    let lines = [
        r#"{"email": "a@example.com""#,
        "[1]",
        r#"{"email": 12345}"#,
        r#"{"email": "a@example.com", "shoeSize": 44}"#,
        r#"{"email": "a@example.com", "email": "b@example.com"}"#,
        r#"{"roles": "Sales"}"#,
        r#"{"email": "b@example.com"} {}"#,
    ];
    assert_eq!(
        told(&ndjson(lines.join("\n"))),
        [
            "1! INVALID - the line is not one JSON object",
            "2! INVALID - the line is not one JSON object",
            "3! INVALID email the value is not valid",
            "4! INVALID - the line has a field that createUser does not have",
            "5! INVALID - the line has a field twice",
            "6! INVALID roles the value is not valid",
            "7! INVALID - the line is not one JSON object",
        ]
    );
}

#[test]
fn rows_show_no_value_when_debugged() {
    let shown = format!("{:?}", csv("email,name\nada@example.com,Byron\n"));
    assert!(!shown.contains("ada") && !shown.contains("Byron"), "{shown}");
}

#[test]
fn arbitrary_bytes_never_panic_and_lines_only_rise() {
    arbtest(|u| {
        let bytes = Vec::<u8>::from_iter(u.arbitrary_iter::<u8>()?.collect::<Result<Vec<_>, _>>()?);
        for format in [Format::Csv, Format::Ndjson] {
            let mut text = b"email,name\n".to_vec();
            text.extend_from_slice(&bytes);
            for input in [&bytes, &text] {
                let Ok(rows) = read(format, input, &[]) else { continue };
                assert!(rows.windows(2).all(|pair| pair[0].line < pair[1].line));
                for row in rows {
                    let _ = row.fields.map(|fields| NewUser::parse(&fields, UserKind::Client));
                }
            }
        }
        Ok(())
    });
}

#[test]
fn a_good_row_is_found_after_anything() {
    arbtest(|u| {
        // Bytes that matter to CSV come often.
        let mut text = b"email,name\n".to_vec();
        for _ in 0..u.int_in_range(0..=200)? {
            text.push(*u.choose(b"\",;\n\r\tab\xFF")?);
        }
        text.extend_from_slice(b"\nlast@example.com,Last\n");
        let rows = read(Format::Csv, &text, &[]).unwrap();
        let last = rows.last().unwrap();
        assert_eq!(last.fields.as_ref().unwrap().text(Field::Email), Some("last@example.com"));
        Ok(())
    });
}
