//! Any order of changes, failures and crashes, against a plain model of what must be gone.

use super::disk::{CRASHES, Failing, SimulatedDisk};
use super::world::{Seen, Witness, open, provisioned};
use crate::address::Place;
use crate::block_file::{self, Width};
use crate::*;
use std::collections::BTreeSet;

/// Few neighbours, so that shreddings meet in the tree.
fn addresses() -> Vec<KeyAddress> {
    let subjects =
        [0, 1, NUMBERS_PER_BLOCK - 1, NUMBERS_PER_BLOCK].into_iter().flat_map(KeyAddress::whole_subject);
    subjects.chain((0..8).map(KeyAddress::credential)).collect()
}

/// No file that ever was on the disk gives a shredded key back under any wrapping key there is.
fn assert_noise(disk: &SimulatedDisk, keyring: &Keyring, shredded: &BTreeSet<KeyAddress>) {
    let keeper = keyring.keeper();
    for (place, address) in shredded.iter().filter_map(|address| Some((Place::of(*address)?, address))) {
        for bytes in disk.remnants() {
            let named = (place.block, place.block.file_name());
            let key = |generation| keeper.manifest.keys.of(place.block, generation);
            let stored = block_file::decode(Width::Narrow, named, &bytes, key);
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
        // Asked to go; gone from this process; gone for good.
        let [mut asked, mut revoked, mut acknowledged] = [const { BTreeSet::<KeyAddress>::new() }; 3];
        for _ in 0..u.int_in_range(1..=12)? {
            if u.ratio(1, 3)? {
                let failing = *u.choose(&[Failing::Before, Failing::After])?;
                disk.fail_after(u.int_in_range(0..=12)?, failing);
            }
            let batch: BTreeSet<KeyAddress> = (0..u.int_in_range(1..=5)?)
                .map(|_| u.choose(&addresses).copied())
                .collect::<Result<_, _>>()?;
            let at: Vec<KeyAddress> = batch.iter().copied().collect();
            match u.int_in_range(0..=7)? {
                0..=1 => {
                    asked.extend(batch.iter().copied());
                    if keyring.shred(&at).is_ok() {
                        acknowledged.extend(batch);
                    }
                }
                2 => {
                    asked.extend(batch.iter().copied());
                    revoked.extend(batch.iter().copied());
                    keyring.revoke(&at).unwrap();
                }
                3..=4 => {
                    asked.extend(batch.iter().copied());
                    revoked.extend(batch.iter().copied());
                    if keyring.erase(&at).is_ok() {
                        assert_noise(&disk, &keyring, &batch);
                        acknowledged.extend(batch);
                    }
                }
                5 => {
                    if keyring.rotate_wrapping_keys().is_ok() {
                        acknowledged.append(&mut revoked);
                        assert_noise(&disk, &keyring, &acknowledged);
                    }
                }
                6 => {
                    // As many as there are blocks: each has had its turn by then.
                    let turns: Result<Vec<bool>, _> = (0..4).map(|_| keyring.rotate_some(1)).collect();
                    if turns.is_ok() {
                        acknowledged.append(&mut revoked);
                        assert_noise(&disk, &keyring, &acknowledged);
                    }
                }
                _ => {
                    disk = disk.after(*u.choose(&CRASHES)?);
                    keyring = open(&disk);
                    revoked.clear();
                }
            }
            disk.heal();
            for (address, seen) in addresses.iter().zip(witness.look(&keyring)) {
                match seen {
                    Seen::Whole => {
                        assert!(
                            !acknowledged.contains(address) && !revoked.contains(address),
                            "{address:?} came back"
                        );
                    }
                    Seen::Erased => assert!(asked.contains(address), "{address:?} was lost"),
                }
            }
        }
        Ok(())
    })
    .budget_ms(2_000);
}
