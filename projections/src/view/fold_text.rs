//! The form in which texts are compared: NFC and lower case, as the keys of the schema's names.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// NFC, lower case, NFC again (lower-casing can decompose). The same form as `Username::key` and its
/// like; NUL, which no parsed value holds, is replaced since it separates texts here.
pub(crate) fn fold_text(text: &str) -> String {
    if text.is_ascii() && !text.contains('\0') {
        return text.to_ascii_lowercase();
    }
    let folded = text.nfc().flat_map(char::to_lowercase).nfc();
    folded.map(|c| if c == '\0' { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

/// A folded text without its diacritics, so that `jose` finds `José`; `None` if it has none.
pub(super) fn stripped(folded: &str) -> Option<String> {
    if folded.is_ascii() {
        return None;
    }
    let bare = folded.nfd().filter(|c| !is_combining_mark(*c)).nfc();
    let mut text = String::with_capacity(folded.len());
    for c in bare {
        match base_letters(c) {
            Some(letters) => text.push_str(letters),
            None => text.push(c),
        }
    }
    (text != folded).then_some(text)
}

/// Letters of Latin script that Unicode does not decompose, as people type them without the key.
fn base_letters(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'ł' => "l",
        'þ' => "th",
        'ı' => "i",
        'ħ' => "h",
        'ŧ' => "t",
        'ŋ' => "n",
        _ => return None,
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "the names are valid")]
mod tests {
    use rollbook_schema::value::{EmailAddress, RoleName, Username};

    use super::*;

    #[test]
    fn folding_gives_the_keys_of_the_schema() {
        for name in ["Ann.SMITH", "ÉLODIE", "e\u{301}LODIE", "ΣΟΦΟΣ", "straße"] {
            assert_eq!(fold_text(name), RoleName::parse(name).unwrap().key());
        }
        assert_eq!(fold_text("Jörg.Groß"), Username::parse("Jörg.Groß").unwrap().key());
        assert_eq!(fold_text("A@Example.COM"), EmailAddress::parse("A@Example.COM").unwrap().key());
    }

    #[test]
    fn stripping_takes_diacritics_away() {
        for (folded, bare) in [("josé", "jose"), ("łódź", "lodz"), ("groß", "gross"), ("việt", "viet")]
        {
            assert_eq!(stripped(folded).as_deref(), Some(bare));
        }
        assert_eq!(stripped("anna"), None);
        assert_eq!(stripped("анна"), None);
    }
}
