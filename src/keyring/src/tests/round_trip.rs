//! Sealing and opening on a real directory.

use crate::*;

const HOST: &[u8] = b"position 7";

fn opened(directory: &std::path::Path) -> Keyring {
    Keyring::open(KeyringOptions::new(
        directory.join("keyring"),
        MasterKey::beside(&directory.join("keyring")),
    ))
    .unwrap()
}

#[test]
fn what_was_sealed_opens_and_survives_reopening() {
    let directory = tempfile::tempdir().unwrap();
    let address = KeyAddress::subject(3, 1);
    let keyring = opened(directory.path());
    keyring.provision(KeySpace::Subject, 3).unwrap();
    let sealed = keyring.seal(address, HOST, b"ada@example.com").unwrap();
    drop(keyring);
    let keyring = opened(directory.path());
    let Opened::Value(value) = keyring.open_sealed(address, HOST, &sealed).unwrap() else { panic!("erased") };
    assert_eq!(value.as_slice(), b"ada@example.com");
}

#[test]
fn a_shredded_key_stays_shredded_after_reopening() {
    let directory = tempfile::tempdir().unwrap();
    let [gone, kept] = [KeyAddress::subject(3, 1), KeyAddress::subject(3, 0)];
    let keyring = opened(directory.path());
    keyring.provision(KeySpace::Subject, 3).unwrap();
    let [sealed_gone, sealed_kept] = [gone, kept].map(|address| keyring.seal(address, HOST, b"x").unwrap());
    keyring.shred(&[gone]).unwrap();
    drop(keyring);
    let keyring = opened(directory.path());
    assert_eq!(keyring.open_sealed(gone, HOST, &sealed_gone), Ok(Opened::Erased));
    assert_eq!(keyring.seal(gone, HOST, b"x"), Err(SealFault::Erased));
    assert!(matches!(keyring.open_sealed(kept, HOST, &sealed_kept), Ok(Opened::Value(_))));
}
