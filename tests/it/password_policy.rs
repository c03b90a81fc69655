//! What a password must be, judged on what was typed.

use std::fs;
use std::path::Path;

use rollbook::password_policy::{judge_chosen, judge_typed};
use rollbook_schema::RejectionCode;
use rollbook_schema::value::{Password, Settings};

fn password(text: &str) -> Password {
    Password::parse(text.to_owned()).unwrap()
}

fn list() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/common_passwords.txt")).unwrap()
}

#[test]
fn the_list_is_of_lower_case_in_order_and_without_repetition() {
    let text = list();
    let listed: Vec<&str> = text.lines().collect();
    let mut sorted = listed.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(listed, sorted);
    assert!(listed.len() >= 1000);
    assert!(listed.iter().all(|word| word.to_lowercase() == *word && word.chars().count() >= 6));
}

#[test]
fn aut_06_every_listed_password_is_refused_in_any_case() {
    let settings = Settings::default();
    for word in list().lines() {
        for typed in [word.to_owned(), word.to_uppercase()] {
            let refused = judge_typed(&password(&typed), &settings).map_err(|rejection| rejection.code);
            assert_eq!(refused, Err(RejectionCode::PasswordTooCommon));
        }
    }
}

#[test]
fn aut_06_the_length_counts_code_points_of_what_somebody_chooses() {
    let settings = Settings { password_min_length: 8, ..Settings::default() };
    assert!(judge_chosen(&password("äöüßéñø"), &settings).is_err());
    assert!(judge_chosen(&password("äöüßéñøå"), &settings).is_ok());
    assert!(judge_typed(&password("äöüßéñø"), &settings).is_ok());
}

#[test]
fn a_password_that_only_begins_like_a_listed_one_is_taken() {
    assert!(judge_chosen(&password("password of ann"), &Settings::default()).is_ok());
}
