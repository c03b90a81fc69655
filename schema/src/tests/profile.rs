//! Phones, signatures and chats as values.

use crate::value::{ChatLimit, Flaw, PersonField, e164};

fn signature(text: &str) -> Result<String, Flaw> {
    PersonField::Signature.parse(text).map(|text| text.as_str().to_owned())
}

#[test]
fn pro_11_a_number_with_its_country_code_has_an_e164_form() {
    for (typed, dialled) in [
        ("+49 30 123456", "+4930123456"),
        ("0049 30/12 34 56", "+4930123456"),
        ("+1 (212) 555-0100", "+12125550100"),
        ("+44 (0)20 7946 0958", "+442079460958"),
        (" +33.1.23.45.67.89 ", "+33123456789"),
    ] {
        assert_eq!(e164(typed).as_deref(), Some(dialled), "{typed}");
    }
}

#[test]
fn pro_11_no_other_number_is_guessed_at() {
    for typed in [
        "030 123456",
        "212-555-0100",
        "",
        "+",
        "00",
        "+0 30 123456",
        "+49 30",
        "+49 30 123456 ext. 7",
        "+1 800 FLOWERS",
        "++49 30 123456",
        "+1234567890123456",
        "call me",
    ] {
        assert_eq!(e164(typed), None, "{typed}");
    }
}

#[test]
fn any_text_has_an_e164_form_or_none() {
    arbtest::arbtest(|u| {
        let text: String = u.arbitrary()?;
        if let Some(number) = e164(&format!("+{text}")) {
            assert!((8..=16).contains(&number.len()) && number[1..].bytes().all(|b| b.is_ascii_digit()));
        }
        Ok(())
    });
}

#[test]
fn pro_17_a_signature_has_lines() {
    assert_eq!(signature("Ada \r\n\r\nCountess\rof L. \n"), Ok("Ada\n\nCountess\nof L.".to_owned()));
    assert_eq!(signature(" \n \r\n"), Err(Flaw::Blank));
    assert_eq!(signature("a\u{7}b"), Err(Flaw::Character));
    assert_eq!(signature("a\tb"), Err(Flaw::Character));
    assert_eq!(signature("a\u{202E}b"), Err(Flaw::Character));
    assert_eq!(signature(&"x\n".repeat(501)), Err(Flaw::TooLong { max: 1_000 }));
    assert_eq!(PersonField::Title.parse("Dr\nh.c."), Err(Flaw::Character));
}

#[test]
fn pro_20_chats_are_a_small_whole_number() {
    assert_eq!(ChatLimit::parse(0).map(ChatLimit::chats), Ok(0));
    assert_eq!(ChatLimit::parse(1_000).map(ChatLimit::chats), Ok(1_000));
    assert_eq!(ChatLimit::parse(-1), Err(Flaw::Range));
    assert_eq!(ChatLimit::parse(1_001), Err(Flaw::Range));
}
