//! Which test holds which rule: the committed table says what the sources say.
//!
//! `tests/golden/rules.txt` lists the rules and is kept by hand. `tests/golden/rule-table.txt` is made from
//! it and from the names of tests, which begin with the ids they hold: `aut_07_a_temporary_password_…`,
//! `sta_06_aut_14_…` for two, `rsv_04_to_rsv_08_…` for all between. `UPDATE_EXPECT=1` writes it anew.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;

use crate::tidy::{root, sources};

/// Groups of which every rule should have a test by now; the table begins with those that have none.
const GROUPS_DUE: [&str; 14] =
    ["ACC", "RSV", "STA", "PRO", "PRF", "ROL", "LIC", "TEA", "AUT", "SES", "PXY", "LST", "NOT", "API"];
/// Why a rule may have no test yet.
const REASONS: [&str; 7] = ["console", "deletion", "later", "masking", "references", "rules", "sso"];

struct Rule {
    id: String,
    words: String,
    reason: Option<String>,
}

impl Rule {
    fn is_due(&self) -> bool {
        GROUPS_DUE.iter().any(|group| self.id.strip_prefix(group).is_some_and(|rest| rest.starts_with('-')))
    }
}

fn rules() -> Vec<Rule> {
    let text = fs::read_to_string(root().join("tests/golden/rules.txt")).unwrap();
    let rules = text.lines().filter(|line| !line.starts_with('#')).map(|line| {
        let mut columns = line.split('|').map(|column| column.trim().to_owned());
        let rule = Rule {
            id: columns.next().unwrap(),
            words: columns.next().unwrap_or_else(|| panic!("{line}")),
            reason: columns.next(),
        };
        assert!(rule.reason.as_ref().is_none_or(|reason| REASONS.contains(&reason.as_str())), "{line}");
        rule
    });
    rules.collect()
}

/// The ids that a test's name begins with, and the first word that is none.
fn ids_in(name: &str) -> Vec<String> {
    let words: Vec<&str> = name.split('_').collect();
    let (mut ids, mut at) = (Vec::new(), 0);
    while let Some((group, number)) = id_at(&words, at) {
        ids.push(format!("{group}-{number:02}"));
        at += 2;
        if words.get(at) == Some(&"to")
            && let Some((last_group, last)) = id_at(&words, at + 1)
            && last_group == group
        {
            ids.extend((number + 1..=last).map(|between| format!("{group}-{between:02}")));
            at += 3;
        }
    }
    ids
}

fn id_at(words: &[&str], at: usize) -> Option<(String, u32)> {
    let (group, number) = (words.get(at)?, words.get(at + 1)?);
    let is_group = (2..=3).contains(&group.len()) && group.bytes().all(|byte| byte.is_ascii_lowercase());
    let is_number = number.len() == 2 && number.bytes().all(|byte| byte.is_ascii_digit());
    (is_group && is_number).then(|| (group.to_uppercase(), number.parse().unwrap()))
}

/// Names of tests by the ids they begin with. A test is a function right after an attribute that says so.
fn tests_by_id() -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (_, text) in sources() {
        let mut is_test = false;
        for line in text.lines().map(str::trim_start) {
            if line.starts_with("#[test]") || line.starts_with("#[tokio::test") {
                is_test = true;
            } else if !line.starts_with("#[") && !line.starts_with("//") {
                let signature = line.strip_prefix("async ").unwrap_or(line);
                if let Some(rest) = signature.strip_prefix("fn ").filter(|_| is_test) {
                    let name = rest.split('(').next().unwrap();
                    for id in ids_in(name) {
                        found.entry(id).or_default().insert(name.to_owned());
                    }
                }
                is_test = false;
            }
        }
    }
    found
}

#[test]
fn names_of_tests_give_the_ids_they_hold() {
    assert_eq!(ids_in("sta_06_aut_14_too_many"), ["STA-06", "AUT-14"]);
    assert_eq!(ids_in("rsv_01_rsv_04_to_rsv_06_are_there"), ["RSV-01", "RSV-04", "RSV-05", "RSV-06"]);
    assert_eq!(ids_in("ui_03_one_place"), ["UI-03"]);
    assert_eq!(ids_in("the_own_account_is_there"), [""; 0]);
}

#[test]
fn every_id_in_a_tests_name_is_a_rule() {
    let known: BTreeSet<String> = rules().into_iter().map(|rule| rule.id).collect();
    assert_eq!(known.len(), 306, "each rule once in tests/golden/rules.txt");
    for (id, tests) in tests_by_id() {
        assert!(known.contains(&id), "{id} is no rule of tests/golden/rules.txt, and is held by {tests:?}");
    }
}

/// Whoever adds, renames or removes a test with an id writes the table anew:
/// `UPDATE_EXPECT=1 cargo test --test it -- rule_table`.
#[test]
fn the_table_of_rules_says_which_test_holds_which() {
    let (rules, tests) = (rules(), tests_by_id());
    let mut table = String::new();
    table.push_str("Rules of the groups that are due, without a test:\n");
    for rule in rules.iter().filter(|rule| rule.is_due() && !tests.contains_key(&rule.id)) {
        let reason = rule.reason.as_deref().unwrap_or("MISSING");
        writeln!(table, "  {:<7} {:<10} {}", rule.id, reason, rule.words).unwrap();
    }
    let held = rules.iter().filter(|rule| tests.contains_key(&rule.id)).count();
    writeln!(table, "\n{held} of {} rules have a test.", rules.len()).unwrap();
    for rule in &rules {
        writeln!(table, "\n{}  {}", rule.id, rule.words).unwrap();
        match tests.get(&rule.id) {
            Some(tests) => tests.iter().for_each(|test| writeln!(table, "    {test}").unwrap()),
            None => writeln!(table, "    - {}", rule.reason.as_deref().unwrap_or("MISSING")).unwrap(),
        }
    }
    expect_test::expect_file!["../golden/rule-table.txt"].assert_eq(&table);
}
