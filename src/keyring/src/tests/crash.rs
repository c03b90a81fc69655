//! Every change, failed at every step, with every kind of crash after it: the old or the new state is whole.

use super::disk::{CRASHES, Crash, Failing, SimulatedDisk};
use super::world::{HOST, Seen, Witness, open, provisioned, try_open};
use crate::*;
use std::collections::BTreeSet;

const KEPT: [KeyAddress; 3] =
    [KeyAddress::subject(1, 0), KeyAddress::subject(5_000, 7), KeyAddress::credential(9)];
const GONE: [KeyAddress; 3] =
    [KeyAddress::subject(1, 1), KeyAddress::subject(5_000, 6), KeyAddress::credential(8)];
const GONE_BEFORE: [KeyAddress; 1] = [KeyAddress::subject(2, 3)];

/// A keyring in use, and a value under each of the addresses above.
struct Scene {
    disk: SimulatedDisk,
    keyring: Keyring,
    kept: Witness,
    gone: Witness,
    gone_before: Witness,
}

impl Scene {
    fn new() -> Scene {
        let disk = SimulatedDisk::default();
        let keyring = provisioned(&disk);
        let [kept, gone, gone_before] =
            [&KEPT[..], &GONE, &GONE_BEFORE].map(|at| Witness::seal(&keyring, at));
        keyring.shred(&GONE_BEFORE).unwrap();
        Scene { disk, keyring, kept, gone, gone_before }
    }

    fn assert_kept(&self, keyring: &Keyring) {
        assert_eq!(self.kept.look(keyring), [Seen::Whole; 3]);
        assert_eq!(self.gone_before.look(keyring), [Seen::Erased]);
    }
}

/// Runs a change with its every step failing in turn, then once whole, and looks at what each crash leaves.
fn at_every_step(
    change: impl Fn(&Keyring) -> Result<(), KeyringFault>,
    look: impl Fn(&Scene, &Keyring, Result<(), KeyringFault>, Crash),
) {
    for failing in [Failing::Before, Failing::After] {
        for steps in 0.. {
            let mut whole = false;
            for crash in CRASHES {
                let scene = Scene::new();
                scene.disk.fail_after(steps, failing);
                let changed = change(&scene.keyring);
                whole = scene.disk.heal();
                assert!(!whole || changed.is_ok());
                let keyring = open(&scene.disk.after(crash));
                scene.assert_kept(&keyring);
                look(&scene, &keyring, changed, crash);
            }
            if whole {
                assert!(steps > 0, "the change took no step");
                break;
            }
        }
    }
}

/// One step fails, so the second try is whole.
fn until_done(change: impl Fn() -> Result<(), KeyringFault>) {
    change().or_else(|_| change()).unwrap();
}

#[test]
fn an_acknowledged_shredding_survives_every_crash() {
    at_every_step(
        |keyring| keyring.shred(&GONE),
        |scene, keyring, changed, crash| {
            let seen = scene.gone.look(keyring);
            assert!(changed.is_err() || seen == [Seen::Erased; 3], "{crash:?}");
        },
    );
}

#[test]
fn an_acknowledged_erasure_survives_every_crash_and_a_failed_one_is_finished() {
    at_every_step(
        |keyring| {
            keyring.revoke(&GONE)?;
            keyring.erase(&GONE)
        },
        |scene, keyring, changed, crash| {
            let seen = scene.gone.look(keyring);
            assert!(changed.is_err() || seen == [Seen::Erased; 3], "{crash:?}");
            keyring.erase(&GONE).unwrap();
            assert_eq!(scene.gone.look(keyring), [Seen::Erased; 3]);
        },
    );
}

#[test]
fn a_failed_shredding_is_finished_after_a_restart() {
    at_every_step(
        |keyring| keyring.shred(&GONE),
        |scene, keyring, _, _| {
            keyring.shred(&GONE).unwrap();
            assert_eq!(scene.gone.look(keyring), [Seen::Erased; 3]);
        },
    );
}

#[test]
fn a_failed_shredding_done_again_in_the_same_process_is_durable() {
    at_every_step(
        |keyring| {
            let first = keyring.shred(&GONE);
            if first.is_err() {
                assert!(!GONE.iter().all(|address| keyring.is_shredded(*address)));
                assert!(GONE.iter().all(|at| keyring.seal(*at, HOST, b"") == Err(SealFault::Erased)));
            }
            keyring.shred(&GONE)
        },
        |scene, keyring, changed, _| {
            changed.unwrap();
            assert_eq!(scene.gone.look(keyring), [Seen::Erased; 3]);
        },
    );
}

#[test]
fn provisioning_stopped_at_any_step_goes_on_after_a_restart() {
    let far = KeyAddress::subject(3 * NUMBERS_PER_BLOCK, 0);
    at_every_step(
        |keyring| keyring.provision(KeySpace::Subject, far.number),
        |_, keyring, _, _| {
            keyring.provision(KeySpace::Subject, far.number).unwrap();
            assert_eq!(Witness::seal(keyring, &[far]).look(keyring), [Seen::Whole]);
        },
    );
}

#[test]
fn a_value_sealed_after_provisioning_opens_after_every_crash() {
    let far = KeyAddress::subject(3 * NUMBERS_PER_BLOCK, 0);
    for crash in CRASHES {
        let scene = Scene::new();
        scene.keyring.provision(KeySpace::Subject, far.number).unwrap();
        let witness = Witness::seal(&scene.keyring, &[far]);
        assert_eq!(witness.look(&open(&scene.disk.after(crash))), [Seen::Whole], "{crash:?}");
    }
}

#[test]
fn rotation_stopped_at_any_step_is_finished_by_the_next_start() {
    at_every_step(Keyring::rotate_wrapping_keys, |_, keyring, _, _| {
        assert!(!keyring.keeper().manifest.keys.is_rotating());
        keyring.rotate_wrapping_keys().unwrap();
    });
}

#[test]
fn rotation_stopped_at_any_step_succeeds_when_called_again() {
    at_every_step(
        |keyring| {
            until_done(|| keyring.rotate_wrapping_keys());
            until_done(|| keyring.shred(&GONE));
            keyring.rotate_wrapping_keys().or_else(|_| keyring.rotate_wrapping_keys())
        },
        |scene, keyring, changed, _| {
            changed.unwrap();
            assert_eq!(scene.gone.look(keyring), [Seen::Erased; 3]);
        },
    );
}

#[test]
fn rotation_after_a_failed_provisioning_leaves_no_block_behind() {
    let far = 3 * NUMBERS_PER_BLOCK;
    at_every_step(
        |keyring| {
            let _ = keyring.provision(KeySpace::Subject, far);
            keyring.rotate_wrapping_keys().or_else(|_| keyring.rotate_wrapping_keys())
        },
        |_, _, changed, _| changed.unwrap(),
    );
}

#[test]
fn a_failed_provisioning_called_again_gives_every_block_its_own_seed() {
    let far = 4 * NUMBERS_PER_BLOCK;
    let addresses: [KeyAddress; 6] =
        std::array::from_fn(|block| KeyAddress::subject(block as u64 * NUMBERS_PER_BLOCK, 0));
    at_every_step(
        |keyring| {
            until_done(|| keyring.provision(KeySpace::Subject, far));
            Ok(())
        },
        |_, keyring, _, _| {
            let distinct: BTreeSet<_> =
                addresses.iter().map(|address| keyring.fingerprint(*address).unwrap()).collect();
            assert_eq!(distinct.len(), addresses.len());
        },
    );
}

#[test]
fn making_a_keyring_stopped_at_any_step_is_made_by_the_next_start() {
    for failing in [Failing::Before, Failing::After] {
        for steps in 0.. {
            let disk = SimulatedDisk::default();
            disk.fail_after(steps, failing);
            let made = try_open(&disk).is_ok();
            if disk.heal() {
                assert!(made && steps > 0);
                break;
            }
            for crash in CRASHES {
                provisioned(&disk.after(crash));
            }
        }
    }
}
