//! Random histories from a seed: people come, change, act, leave, are masked and erased, while the directory is
//! restarted, stopped in the middle of an erasure, and given its old keys back. Whatever the order, whoever was
//! forgotten is nowhere, and of everybody else nothing changed.
//!
//! A failing seed is printed. `ROLLBOOK_TEST_SEED=…` runs that one alone, `ROLLBOOK_TEST_CYCLES=…` more of them.

use std::collections::BTreeMap;
use std::fs;

use rollbook::directory::erasing::ErasurePoint;
use serde_json::json;

use super::heard::Heard;
use super::people::{Forgotten, Person};
use super::said::{everything_said, said_of_others};
use super::traces::{Needles, files, tells};
use super::world::World;

/// Histories in one run.
const CYCLES: u64 = 2;
/// Steps of a history.
const STEPS: usize = 60;
/// Words that are searched for after each step.
const SEARCHED: usize = 12;

#[tokio::test(flavor = "multi_thread")]
async fn msk_13_msk_14_whoever_was_forgotten_is_nowhere_and_of_everybody_else_nothing_changed() {
    let heard = Heard::listen();
    let told = std::env::var("ROLLBOOK_TEST_SEED").ok().map(|seed| seed.parse::<u64>().unwrap());
    let cycles = std::env::var("ROLLBOOK_TEST_CYCLES").map_or(CYCLES, |cycles| cycles.parse().unwrap());
    let mut tally = BTreeMap::new();
    for seed in told.map_or(0..cycles, |seed| seed..seed + 1) {
        println!("seed {seed}");
        let mut world = World::begin(seed).await;
        for _ in 0..STEPS {
            step(&mut world, &mut tally).await;
        }
        end(world, &heard).await;
    }
    println!("{tally:#?}");
    if told.is_none() {
        let often = ["masked", "erased", "stopped", "restarted", "old keys", "erased after a masking"];
        let missing: Vec<_> = often.iter().filter(|what| !tally.contains_key(**what)).collect();
        assert!(missing.is_empty(), "never happened, so nothing was shown of it: {missing:?}");
    }
}

async fn step(world: &mut World, tally: &mut BTreeMap<&'static str, u64>) {
    let mut count = |what: &'static str| *tally.entry(what).or_default() += 1;
    match world.random.below(24) {
        0..=4 => world.somebody_comes().await,
        5..=8 => world.somebody_changes().await,
        9..=11 => world.somebody_acts().await,
        12 => world.somebody_is_locked().await,
        13 => world.somebody_leaves().await,
        14 => world.checkpoint().await,
        15 => world.backup(),
        16 | 17 => {
            if let Some(index) = world.pick(|person| person.forgotten == Forgotten::Not) {
                let before = said_of_others(world, index).await;
                world.mask(index).await;
                assert_eq!(said_of_others(world, index).await, before, "of others nothing changed");
                nothing_is_told(world).await;
                count("masked");
            }
        }
        18..=20 => {
            if let Some(index) = world.pick(|person| person.forgotten != Forgotten::Erased) {
                let was_masked = world.people[index].forgotten == Forgotten::Masked;
                let request = world.request_erasure(index).await;
                let before = said_of_others(world, index).await;
                world.approve(index, &request).await;
                assert_eq!(said_of_others(world, index).await, before, "of others nothing changed");
                nothing_is_told(world).await;
                count(if was_masked { "erased after a masking" } else { "erased" });
            }
        }
        21 => {
            if let Some(index) = world.pick(|person| person.forgotten != Forgotten::Erased) {
                let point = ErasurePoint::ALL[world.random.below(ErasurePoint::ALL.len())];
                let request = world.request_erasure(index).await;
                world.stop_at(point, index, &request).await;
                nothing_is_told(world).await;
                count("stopped");
            }
        }
        22 => {
            world.restart().await;
            count("restarted");
        }
        _ => {
            if world.restart_with_old_keys().await {
                nothing_is_told(world).await;
                count("old keys");
            }
        }
    }
}

/// No answer holds a word of anybody forgotten, and no search finds one.
async fn nothing_is_told(world: &World) {
    let words = world.forgotten_words();
    let needles = Needles::of(&words);
    for (what, said) in everything_said(world).await {
        assert_eq!(needles.found_in(&said), None, "{what} still tells {}", String::from_utf8_lossy(&said));
    }
    let document = "query($text: String!) { users(filter: { text: $text }) { totalCount } }";
    // Those of whoever was forgotten last among them, most of the time.
    for word in words.iter().rev().step_by(words.len() / SEARCHED + 1) {
        let found = world.olga.data(document, json!({ "text": word })).await;
        assert_eq!(found["users"]["totalCount"], 0, "{word} is still found");
    }
}

async fn end(mut world: World, heard: &Heard) {
    nothing_is_told(&world).await;
    let known: Vec<&Person> = world.people.iter().filter(|one| one.forgotten == Forgotten::Not).collect();
    let told = everything_said(&world).await;
    for person in known {
        let word = &person.username;
        assert!(told.iter().any(|(_, said)| tells(said, word)), "the test looks at the right places");
    }
    world.checkpoint().await;
    world.checkpoints_hold();
    let rebuilt = world.rollbook().directory.rebuild_in_shadow().unwrap();
    assert_eq!(rebuilt.live.as_ref(), Some(&rebuilt.rebuilt), "replay from zero equals live");
    let needles = Needles::of(&world.forgotten_words());
    let folder = world.stop().await;
    for path in files(&folder.path().join("data")) {
        let bytes = fs::read(&path).unwrap();
        assert_eq!(needles.found_in(&bytes), None, "{} still holds it", path.display());
    }
    heard.with(|lines| assert_eq!(needles.found_in(lines), None, "a line of the log tells it"));
}
