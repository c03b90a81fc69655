//! Signed notes, checkpoints and keys, held against the specifications' own examples.

use ed25519_dalek::{Signer as _, SigningKey};
use rollbook::evidence::checkpoint::Checkpoint;
use rollbook::evidence::note::{Note, SignatureKind, SignatureLine, VerifierKey, cosigned};

/// From Go's `golang.org/x/mod/sumdb/note`: its documented example key and note.
const GO_KEY: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const GO_NOTE: &str = "If you think cryptography is the answer to your problem,\n\
    then you don't know what your problem is.\n\n\
    \u{2014} PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

fn verifier(name: &str, kind: SignatureKind, key: &SigningKey) -> VerifierKey {
    VerifierKey::new(name, kind, key.verifying_key().to_bytes()).unwrap()
}

fn signed(text: &str, name: &str, key: &SigningKey) -> Note {
    let line = SignatureLine::of(
        &verifier(name, SignatureKind::Log, key),
        key.sign(text.as_bytes()).to_bytes().to_vec(),
    );
    Note { text: text.to_owned(), signatures: vec![line] }
}

#[test]
fn a_note_of_another_program_is_read_and_verified() {
    let key: VerifierKey = GO_KEY.parse().unwrap();
    let note: Note = GO_NOTE.parse().unwrap();
    assert!(note.is_signed_by(&key));
    assert_eq!((key.to_string(), note.to_string()), (GO_KEY.to_owned(), GO_NOTE.to_owned()));
}

#[test]
fn a_changed_text_is_signed_by_nobody() {
    let key: VerifierKey = GO_KEY.parse().unwrap();
    let note: Note = GO_NOTE.replace("your problem is", "my problem is").parse().unwrap();
    assert!(!note.is_signed_by(&key));
}

#[test]
fn a_key_with_another_id_name_or_kind_is_none() {
    for wrong in [
        GO_KEY.replace("c74f20a3", "c74f20a4"),
        GO_KEY.replace("Neumann", "neumann"),
        GO_KEY.replace("+ARpc", "+Ahpc"),
        GO_KEY.replace("+c74f20a3", ""),
        format!("{GO_KEY}AA"),
    ] {
        assert!(wrong.parse::<VerifierKey>().is_err(), "{wrong}");
    }
}

#[test]
fn one_false_signature_of_a_known_key_spoils_the_note() {
    let mut note = signed("text\n", "log.example", &key(1));
    let mut wrong = note.signatures[0].clone();
    wrong.signature[5] ^= 1;
    note.signatures.push(wrong);
    assert!(!note.is_signed_by(&verifier("log.example", SignatureKind::Log, &key(1))));
}

#[test]
fn a_witness_signs_the_time_too() {
    let witness = key(2);
    let text = "log.example/1\n3\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
    let mut note = signed(text, "log.example/1", &key(1));
    let seconds = 1_679_315_147_u64;
    let signature = witness.sign(cosigned(text, seconds).as_bytes()).to_bytes();
    let of_witness = verifier("witness.example/w1", SignatureKind::Witness, &witness);
    let line = |seconds: u64| {
        SignatureLine::of(&of_witness, [seconds.to_be_bytes().as_slice(), &signature].concat())
    };
    note.signatures.push(line(seconds));
    assert!(note.is_signed_by(&of_witness));
    note.signatures[1] = line(seconds + 1);
    assert!(!note.is_signed_by(&of_witness));
}

#[test]
fn what_is_no_note_is_refused() {
    for wrong in [
        "",
        "text\n",
        "text\n\n",
        "text\n\nno dash\n",
        "text\n\n\u{2014} name !!!!\n",
        "te\txt\n\n\u{2014} name AAAAAA==\n",
        "text\n\n\u{2014} name AAAAAAAA",
    ] {
        assert!(wrong.parse::<Note>().is_err(), "{wrong:?}");
    }
}

#[test]
fn a_checkpoint_is_read_as_it_is_written() {
    let text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
    let checkpoint: Checkpoint = text.parse().unwrap();
    assert_eq!((checkpoint.size, checkpoint.to_string().as_str()), (20_852_163, text));
}

#[test]
fn what_is_no_checkpoint_is_refused() {
    let root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";
    for wrong in [
        format!("log\n{root}\n"),
        format!("log\n01\n{root}\n"),
        format!("log\n-1\n{root}\n"),
        format!("log\n1\n{root}"),
        format!("log\n1\n{root}\n\n"),
        format!("\n1\n{root}\n"),
        "log\n1\nAAAA\n".to_owned(),
    ] {
        assert!(wrong.parse::<Checkpoint>().is_err(), "{wrong:?}");
    }
}
