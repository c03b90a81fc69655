//! Looking for a word in bytes, however it is written there.

use std::fs;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;

/// A word in every encoding that a file or an answer could hold it in.
pub fn encodings(word: &str) -> Vec<Vec<u8>> {
    let bytes = word.as_bytes();
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let json = serde_json::to_string(word).unwrap();
    let escaped: String = word.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
    let ascii = |unit: u16| u8::try_from(unit).ok().filter(u8::is_ascii).map(char::from);
    let partly = |unit| ascii(unit).map_or_else(|| format!("\\u{unit:04x}"), String::from);
    let partly: String = word.encode_utf16().map(partly).collect();
    let mut all = vec![
        bytes.to_vec(),
        word.to_lowercase().into_bytes(),
        word.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        word.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        hex.to_uppercase().into_bytes(),
        hex.into_bytes(),
        json.trim_matches('"').as_bytes().to_vec(),
        escaped.into_bytes(),
        partly.into_bytes(),
    ];
    all.extend((0..3).map(|offset| base64_inside(bytes, offset)));
    all.sort();
    all.dedup();
    all
}

/// What of the base64 of bytes does not depend on what stands before and behind them.
fn base64_inside(bytes: &[u8], offset: usize) -> Vec<u8> {
    let padded = [&[0; 3][..offset], bytes].concat();
    let encoded = STANDARD_NO_PAD.encode(&padded).into_bytes();
    // The first characters mix with what stands before, the last with what stands behind.
    let first = (offset * 8).div_ceil(6);
    let last = padded.len() * 8 / 6;
    encoded[first..last].to_vec()
}

pub fn holds(haystack: &[u8], needle: &[u8]) -> bool {
    memchr::memmem::find(haystack, needle).is_some()
}

/// Words to look for in many places, encoded once.
pub struct Needles(Vec<(String, Vec<Vec<u8>>)>);

impl Needles {
    pub fn of(words: &[String]) -> Needles {
        Needles(words.iter().map(|word| (word.clone(), encodings(word))).collect())
    }

    /// The first word that stands in the bytes, in any encoding.
    pub fn found_in(&self, bytes: &[u8]) -> Option<&str> {
        let stands = |needles: &[Vec<u8>]| needles.iter().any(|needle| holds(bytes, needle));
        self.0.iter().find(|(_, needles)| stands(needles)).map(|(word, _)| word.as_str())
    }
}

/// Whether bytes hold a word in any encoding.
pub fn tells(bytes: &[u8], word: &str) -> bool {
    encodings(word).iter().any(|needle| holds(bytes, needle))
}

pub fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

pub fn assert_nothing_of_john(folder: &Path) {
    for path in files(folder) {
        let bytes = fs::read(&path).unwrap();
        for word in [super::USERNAME, super::EMAIL, "Petersilie", "1234567"] {
            assert!(!tells(&bytes, word), "{} still holds {word}", path.display());
        }
    }
}

#[test]
fn a_word_is_found_in_every_encoding() {
    let word = "Jörg-Ünal";
    let utf16: Vec<u8> = word.encode_utf16().flat_map(u16::to_be_bytes).collect();
    assert!(tells(&[b"..".as_slice(), &utf16, b".."].concat(), word));
    for before in 0..4 {
        let around = [vec![b'a'; before], word.as_bytes().to_vec(), b"behind".to_vec()].concat();
        assert!(tells(STANDARD_NO_PAD.encode(around).as_bytes(), word), "after {before} bytes");
    }
    assert!(tells(br#"{"name":"J\u00f6rg-\u00dcnal"}"#, word));
    assert!(!tells(b"nothing of the kind", word));
}
