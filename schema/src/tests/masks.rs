//! MSK-07…MSK-10: what is left of a name.

use crate::id::UserId;
use crate::value::{EmailAddress, EmailMaskFormat, Username, UsernameMaskFormat, mask_email, mask_username};

fn masked(name: &str) -> String {
    mask_username(&Username::parse(name).unwrap(), UsernameMaskFormat::Initials)
}

#[test]
fn msk_07_a_username_keeps_two_letters_of_each_part_with_one_space_and_capitals() {
    assert_eq!(masked("John.Peter"), "Unknown User (Jo Pe)");
}

#[test]
fn msk_08_parts_are_split_at_separators_and_at_most_three_are_kept() {
    assert_eq!(masked("jpeter"), "Unknown User (jp)");
    assert_eq!(masked("a_b-c.d"), "Unknown User (a b c)");
    assert_eq!(masked("john.peter@example.com"), "Unknown User (jo pe)");
    assert_eq!(masked("..."), "Unknown User");
    assert_eq!(masked("@example.com"), "Unknown User");
}

#[test]
fn msk_08_a_letter_is_what_a_reader_sees_as_one() {
    // e with a combining acute and a combining dot below, which has no single code point.
    assert_eq!(
        masked("e\u{301}\u{323}lan"),
        "Unknown User (e\u{323}\u{301}l)".replace("e\u{323}\u{301}", "ẹ\u{301}")
    );
}

#[test]
fn msk_08_the_stricter_format_keeps_no_letter() {
    let name = Username::parse("John.Peter").unwrap();
    assert_eq!(mask_username(&name, UsernameMaskFormat::Plain), "Unknown User");
}

#[test]
fn msk_10_each_email_format_keeps_what_it_says() {
    let email = EmailAddress::parse("john.peter@example.com").unwrap();
    let mask = |format| mask_email(&email, UserId(12), format);
    assert_eq!(mask(EmailMaskFormat::Stub), "jo***@***");
    assert_eq!(mask(EmailMaskFormat::Domain), "***@example.com.invalid");
    assert_eq!(mask(EmailMaskFormat::Id), "masked-12@invalid");
}

#[test]
fn msk_10_no_mask_is_ever_an_address_or_a_username() {
    arbtest::arbtest(|u| {
        let text: String = u.arbitrary()?;
        let local: String = text.chars().filter(|c| c.is_ascii_alphanumeric()).take(20).collect();
        let Ok(email) = EmailAddress::parse(&format!("x{local}@host-{}.example.org", local.len())) else {
            return Ok(());
        };
        for format in [EmailMaskFormat::Stub, EmailMaskFormat::Domain, EmailMaskFormat::Id] {
            assert!(EmailAddress::parse(&mask_email(&email, UserId(9), format)).is_err());
        }
        let username = Username::parse(email.as_str()).unwrap();
        for format in [UsernameMaskFormat::Initials, UsernameMaskFormat::Plain] {
            assert!(Username::parse(&mask_username(&username, format)).is_err());
        }
        Ok(())
    });
}
