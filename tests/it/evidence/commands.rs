//! `rollbook audit`, as an auditor meets it.

use std::fs;

use rollbook::access::Caller;
use rollbook::directory::Asking;
use rollbook_schema::command::ChangeDefaultChatLimit;
use rollbook_schema::value::ChatLimit;

use crate::cli_program::Place;

/// Some events, and checkpoints between them.
fn place() -> Place {
    let place = Place::empty();
    place.with_open_directory(|directory| async move {
        for chats in [1, 2, 3] {
            for more in [0, 10] {
                let limit = ChatLimit::parse(chats + more).unwrap();
                let command = ChangeDefaultChatLimit { limit };
                directory.ask(Asking::by(Caller::System), command).await.unwrap();
            }
            directory.sign_checkpoint(&Caller::Operator).await.unwrap().unwrap();
        }
    });
    place
}

fn lines(out: &str) -> Vec<&str> {
    out.lines().collect()
}

#[test]
fn verify_says_how_much_is_intact_erased_and_signed() {
    let place = place();
    let ran = place.run(&["audit", "verify"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let lines = lines(&ran.out);
    assert!(lines[0].starts_with("intact: 8 records, head digest "), "{lines:?}");
    assert_eq!(lines[1], "erased: 0 of them, by destroyed keys");
    assert!(lines[2].starts_with("signed: 8 of them, by "), "{lines:?}");
}

#[test]
fn verify_says_a_word_for_every_record_when_asked() {
    let ran = place().run(&["audit", "verify", "--records"]);
    assert_eq!(lines(&ran.out)[..2], ["1 intact", "2 intact"]);
}

#[test]
fn checkpoint_prints_a_note_and_the_same_one_again() {
    let place = place();
    let ran = place.run(&["audit", "checkpoint"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.out.starts_with("rollbook.localhost\n8\n"), "{}", ran.out);
    assert_eq!(place.run(&["audit", "checkpoint"]), ran);
}

#[test]
fn prove_prints_a_proof_or_says_that_there_is_none() {
    let place = place();
    let ran = place.run(&["audit", "prove", "3"]);
    assert!(ran.out.starts_with("c2sp.org/tlog-proof@v1\nindex 2\n"), "{ran:?}");
    assert_eq!(place.run(&["audit", "prove", "9"]).code, 6);
}

#[test]
fn an_export_verifies_anywhere_with_a_key_that_was_noted_before() {
    let place = place();
    let key = fs::read_to_string(place.data().join("evidence/keys")).unwrap().trim().to_owned();
    for sealed in [&[][..], &["--sealed"]] {
        let file = format!("export{}", sealed.len());
        assert_eq!(place.run(&[&["audit", "export", &file], sealed].concat()).code, 0);
        let elsewhere = Place::empty();
        elsewhere.write("export", place.read(&file));
        let ran = elsewhere.run(&["audit", "verify", "--export", "export", "--key", &key]);
        assert_eq!(ran.code, 0, "{ran:?}");
        assert_eq!(ran.out, place.run(&["audit", "verify"]).out);
    }
    assert!(!place.read("export0").contains("sealed\""));
}

#[test]
fn an_export_signed_by_another_key_is_broken() {
    let (place, other) = (place(), place());
    place.run(&["audit", "export", "export"]);
    let key = fs::read_to_string(other.data().join("evidence/keys")).unwrap().trim().to_owned();
    let ran = place.run(&["audit", "verify", "--export", "export", "--key", &key]);
    assert_eq!((ran.code, ran.out.contains("signed by no key that is trusted")), (4, true), "{ran:?}");
}

#[test]
fn one_flipped_byte_of_an_export_is_found_at_its_place() {
    let place = place();
    place.run(&["audit", "export", "export", "--sealed"]);
    let whole = place.read("export");
    let at = whole.match_indices("\"leaf\":\"").nth(4).unwrap().0 + 40;
    let mut bytes = whole.clone().into_bytes();
    bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
    place.write("flipped", bytes);
    let ran = place.run(&["audit", "verify", "--export", "flipped"]);
    assert_eq!(ran.code, 4, "{ran:?}");
    // Without the hashes that the directory keeps, a header is convicted by its neighbour at the latest.
    assert!(
        ["BROKEN at position 5: ", "BROKEN at position 6: "].iter().any(|w| ran.out.starts_with(w)),
        "{ran:?}"
    );
    let cut: String = whole.lines().take(whole.lines().count() - 1).map(|line| format!("{line}\n")).collect();
    place.write("cut", cut);
    let ran = place.run(&["audit", "verify", "--export", "cut"]);
    assert!(ran.code == 4 && ran.out.starts_with("BROKEN at position 8: "), "{ran:?}");
}

#[test]
fn what_is_no_key_is_told_as_such() {
    assert_eq!(place().run(&["audit", "verify", "--key", "none"]).code, 2);
}
