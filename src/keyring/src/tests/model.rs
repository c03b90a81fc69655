//! Any order of changes, failures and crashes, against a plain model of what must be gone.

use super::disk::{CRASHES, Failing, SimulatedDisk};
use super::world::{Seen, Witness, open, provisioned};
use crate::address::Place;
use crate::block_file;
use crate::*;
use std::collections::BTreeSet;

/// Few neighbours, so that shreddings meet in the tree.
fn addresses() -> Vec<KeyAddress> {
    let subjects = [0, 1, 65_535, 65_536].into_iter().flat_map(KeyAddress::whole_subject);
    subjects.chain((0..8).map(KeyAddress::credential)).collect()
}

/// No file that ever was on the disk gives a shredded key back under any wrapping key there is.
fn assert_noise(disk: &SimulatedDisk, keyring: &Keyring, shredded: &BTreeSet<KeyAddress>) {
    let keeper = keyring.keeper();
    for (place, address) in shredded.iter().filter_map(|address| Some((Place::of(*address)?, address))) {
        for bytes in disk.remnants() {
            let stored = block_file::decode(place.block, &bytes, &keeper.manifest.keys);
            assert!(
                !stored.is_ok_and(|stored| stored.tree.holds(place.leaf)),
                "{address:?} is in an older file"
            );
        }
    }
}

#[test]
fn acknowledged_shreddings_hold_and_nothing_else_is_lost() {
    arbtest::arbtest(|u| {
        let addresses = addresses();
        let mut disk = SimulatedDisk::default();
        let mut keyring = provisioned(&disk);
        let witness = Witness::seal(&keyring, &addresses);
        let (mut asked, mut acknowledged) = (BTreeSet::new(), BTreeSet::new());
        for _ in 0..u.int_in_range(1..=12)? {
            if u.ratio(1, 3)? {
                let failing = *u.choose(&[Failing::Before, Failing::After])?;
                disk.fail_after(u.int_in_range(0..=12)?, failing);
            }
            match u.int_in_range(0..=4)? {
                0..=2 => {
                    let batch: Vec<KeyAddress> = (0..u.int_in_range(1..=5)?)
                        .map(|_| u.choose(&addresses).copied())
                        .collect::<Result<_, _>>()?;
                    asked.extend(batch.iter().copied());
                    if keyring.shred(&batch).is_ok() {
                        acknowledged.extend(batch);
                    }
                }
                3 => {
                    if keyring.rotate_wrapping_keys().is_ok() {
                        assert_noise(&disk, &keyring, &acknowledged);
                    }
                }
                _ => {
                    disk = disk.after(*u.choose(&CRASHES)?);
                    keyring = open(&disk);
                }
            }
            disk.heal();
            for (address, seen) in addresses.iter().zip(witness.look(&keyring)) {
                match seen {
                    Seen::Whole => assert!(!acknowledged.contains(address), "{address:?} came back"),
                    Seen::Erased => assert!(asked.contains(address), "{address:?} was lost"),
                }
            }
        }
        Ok(())
    })
    .budget_ms(2_000);
}
