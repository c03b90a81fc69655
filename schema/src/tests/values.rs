//! What is a value and what is not.

use crate::value::{
    EmailAddress, Flaw, Password, PersonField, PersonFields, PersonText, Timestamp, Username,
};

fn email(text: &str) -> Result<String, Flaw> {
    EmailAddress::parse(text).map(|email| email.as_str().to_owned())
}

fn username(text: &str) -> Result<String, Flaw> {
    Username::parse(text).map(|name| name.as_str().to_owned())
}

#[test]
fn acc_03_a_blank_email_is_not_one() {
    assert_eq!(email(""), Err(Flaw::Blank));
    assert_eq!(email(" \t\n "), Err(Flaw::Blank));
}

#[test]
fn an_email_is_trimmed_and_kept_as_typed() {
    assert_eq!(email("  Ada.Byron+news@Example.org "), Ok("Ada.Byron+news@Example.org".to_owned()));
    assert_eq!(email("jörg@bücher.example"), Ok("jörg@bücher.example".to_owned()));
}

#[test]
fn what_is_not_of_the_form_is_not_an_email() {
    for text in [
        "ada",
        "@example.org",
        "ada@",
        "a@b",
        "a..b@example.org",
        ".a@example.org",
        "a@-x.org",
        "a b@example.org",
        "a@b@example.org",
        "a@example..org",
        "a@[192.0.2.1]",
        "\"a\"@example.org",
        "a@192.0.2.1",
        "a@x.invalid",
    ] {
        assert_eq!(email(text), Err(Flaw::Form), "{text}");
    }
    assert_eq!(email("a\u{0}@example.org"), Err(Flaw::Character));
    assert_eq!(email(&format!("{}@example.org", "a".repeat(65))), Err(Flaw::TooLong { max: 64 }));
    assert_eq!(email(&format!("a@{}.org", "b".repeat(400))), Err(Flaw::TooLong { max: 254 }));
}

#[test]
fn acc_04_emails_are_compared_without_case_after_normalisation() {
    let key = |text| EmailAddress::parse(text).unwrap().key();
    assert_eq!(key("JÖRG@Example.org"), key("jo\u{308}rg@example.ORG"));
}

#[test]
fn acc_13_a_username_may_be_a_name_with_a_dot_or_an_address() {
    for text in ["jpeter2", "John.Peter", "a@b.co", "josé", "юлия", "李雷"] {
        assert_eq!(username(text), Ok(text.to_owned()));
    }
    assert_eq!(username("John Peter"), Err(Flaw::Character));
    assert_eq!(username("john\u{7}"), Err(Flaw::Character));
    assert_eq!(username("john\u{202e}"), Err(Flaw::Character));
}

#[test]
fn a_username_that_looks_like_another_is_refused() {
    // Cyrillic а among Latin letters; all-Cyrillic letters that read as Latin; Greek omicron.
    for text in ["\u{430}dmin", "\u{441}\u{43e}\u{440}\u{435}", "b\u{3bf}b"] {
        assert_eq!(username(text), Err(Flaw::Confusable), "{}", text.escape_unicode());
    }
}

#[test]
fn rsv_03_reserved_names_are_refused_in_any_case() {
    for text in [
        "system",
        "SYSTEM",
        "Web_Site",
        "guestuser",
        "Open_Ownership",
        "self_service_portal",
        "tenant_manager",
    ] {
        assert_eq!(username(text), Err(Flaw::Reserved));
    }
}

#[test]
fn acc_06_a_password_has_six_to_128_code_points_untrimmed() {
    let parse = |text: &str| Password::parse(text.to_owned()).map(|_| ());
    assert_eq!(parse("12345"), Err(Flaw::TooShort { min: 6 }));
    assert_eq!(parse("123456"), Ok(()));
    assert_eq!(parse("      "), Ok(()));
    assert_eq!(parse("пароль"), Ok(()));
    assert_eq!(parse(&"x".repeat(128)), Ok(()));
    assert_eq!(parse(&"x".repeat(129)), Err(Flaw::TooLong { max: 128 }));
    assert_eq!(parse(&"x".repeat(1 << 20)), Err(Flaw::TooLong { max: 128 }));
}

#[test]
fn markup_is_a_name_like_any_other() {
    assert!(PersonText::parse("<img onerror=alert(1)>").is_ok());
}

#[test]
fn a_name_of_a_megabyte_or_with_control_characters_is_refused() {
    assert_eq!(PersonText::parse(&"x".repeat(1 << 20)).unwrap_err(), Flaw::TooLong { max: 200 });
    assert_eq!(PersonText::parse("a\u{1b}[31m").unwrap_err(), Flaw::Character);
    assert_eq!(PersonText::parse("a\nb").unwrap_err(), Flaw::Character);
}

#[test]
fn pro_01_pro_03_full_name_is_first_and_last_and_display_name_defaults_to_it() {
    let mut person = PersonFields::default();
    person.0.insert(PersonField::FirstName, PersonText::parse("Ada").unwrap());
    person.0.insert(PersonField::LastName, PersonText::parse("Byron").unwrap());
    let person = person.completed();
    assert_eq!(person.get(PersonField::FullName), Some("Ada Byron"));
    assert_eq!(person.get(PersonField::DisplayName), Some("Ada Byron"));
}

#[test]
fn absurd_dates_are_refused() {
    for text in ["", "yesterday", "2026-02-30T00:00:00Z", "2026-01-01", "1969-12-31T23:59:59Z"] {
        assert!(Timestamp::parse(text).is_err(), "{text}");
    }
    assert_eq!(
        Timestamp::parse("2026-01-01T01:00:00+01:00").unwrap().to_string(),
        "2026-01-01T00:00:00.000Z"
    );
}

#[test]
fn debug_output_of_personal_values_shows_nothing() {
    let values = format!(
        "{:?} {:?} {:?} {:?}",
        EmailAddress::parse("ada@example.org"),
        Username::parse("ada"),
        PersonText::parse("Ada"),
        Password::parse("ada-ada".to_owned())
    );
    assert!(!values.to_lowercase().contains("ada"), "{values}");
}

#[test]
fn any_text_parses_or_has_a_flaw() {
    arbtest::arbtest(|u| {
        let text: String = u.arbitrary()?;
        for flaw in [
            email(&text).err(),
            username(&text).err(),
            PersonText::parse(&text).err(),
            Timestamp::parse(&text).err(),
        ] {
            assert!(
                flaw.is_none_or(|flaw| text.is_empty()
                    || !flaw.to_string().contains(&text)
                    || text.len() < 4)
            );
        }
        Ok(())
    });
}
