//! The threat model names tests and modules that are there, and answers every threat.

use std::collections::BTreeSet;
use std::fs;

use crate::faults::matrix::tests;
use crate::tidy::root;

/// Threats that are told, at least: a model that shrinks has lost something.
const THREATS_MIN: usize = 20;

fn model() -> String {
    let text = fs::read_to_string(root().join("src/threats.rs")).unwrap();
    text.lines().map(|line| line.strip_prefix("//!").unwrap_or(line).trim()).collect::<Vec<_>>().join(" ")
}

/// What stands after "Shown by", up to the end of the sentence.
fn shown_by(text: &str) -> Vec<&str> {
    let sentences = text.split("Shown by ").skip(1).map(|rest| rest.split(". ").next().unwrap());
    sentences.flat_map(|sentence| sentence.split('`').skip(1).step_by(2)).collect()
}

#[test]
fn every_threat_says_where_it_is_answered_and_by_what_it_is_shown() {
    let model = model();
    let threats: Vec<&str> = model.split(" - **").skip(1).collect();
    assert!(threats.len() >= THREATS_MIN, "{}", threats.len());
    for threat in threats {
        let threat = threat.split(" # ").next().unwrap();
        let has_place = threat.contains("[`crate::") || threat.contains("[`rollbook_");
        assert!(has_place && !shown_by(threat).is_empty(), "{threat}");
    }
}

#[test]
fn every_test_of_the_threat_model_is_there() {
    let (model, tests) = (model(), tests());
    let shown: BTreeSet<&str> = shown_by(&model).into_iter().collect();
    let missing: Vec<&str> = shown.into_iter().filter(|test| !tests.contains(*test)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn every_module_of_the_threat_model_is_there() {
    let model = model();
    for name in model.split("[`crate::").skip(1).map(|rest| rest.split('`').next().unwrap()) {
        let is_there = [format!("src/{name}.rs"), format!("src/{name}/mod.rs")];
        assert!(is_there.iter().any(|path| root().join(path).exists()), "{name}");
    }
}
