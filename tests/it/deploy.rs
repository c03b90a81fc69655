//! What stands in `deploy/`: alerts of series that are there, a section of the runbook for each, commands and settings
//! that exist.

use std::collections::BTreeSet;
use std::fs;

use rollbook::config::{SECRETS, SETTINGS, variable};
use rollbook::metrics::series::{ALL, Kind};

use crate::cli_program::Place;
use crate::tidy::root;

/// What a section of the runbook says, in this order.
const SAYS: [&str; 3] = ["**Means.**", "**Look at.**", "**Do.**"];

fn read(name: &str) -> String {
    fs::read_to_string(root().join("deploy").join(name)).unwrap()
}

/// Words of letters, digits and underscores.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
}

/// Every name that `/metrics` can show.
fn shown() -> BTreeSet<String> {
    let endings = |kind| match kind {
        Kind::Histogram => vec!["", "_bucket", "_sum", "_count"],
        _ => vec![""],
    };
    let names = |name: &'static str, kind| endings(kind).into_iter().map(move |end| format!("{name}{end}"));
    ALL.iter().flat_map(|series| names(series.name, series.kind)).collect()
}

/// Name and expression of each alert.
fn alerts() -> Vec<(String, String)> {
    let text = read("alerts.yml");
    let mut alerts = Vec::new();
    for line in text.lines().map(str::trim_start) {
        if let Some(name) = line.strip_prefix("- alert: ") {
            alerts.push((name.to_owned(), String::new()));
        } else if let Some(expression) = line.strip_prefix("expr: ") {
            alerts.last_mut().unwrap().1 = expression.to_owned();
        }
    }
    alerts
}

/// Title and text of each section.
fn sections() -> Vec<(String, String)> {
    let text = read("RUNBOOK.md");
    let sections = text.split("\n## ").skip(1).map(|section| section.split_once('\n').unwrap());
    sections.map(|(title, text)| (title.to_owned(), text.to_owned())).collect()
}

/// Text between backticks; a line may end within.
fn quoted(text: &str) -> Vec<String> {
    text.split('`')
        .skip(1)
        .step_by(2)
        .map(|quoted| quoted.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect()
}

#[test]
fn every_alert_is_of_series_that_exist() {
    let shown = shown();
    assert!(alerts().len() > 20);
    for (alert, expression) in alerts() {
        let of_ours = |word: &&str| word.starts_with("rollbook_") || word.starts_with("process_");
        let series: Vec<&str> = words(&expression).filter(of_ours).collect();
        assert!(
            !series.is_empty() || expression.starts_with("up{job=\"rollbook\"}"),
            "{alert} is of nothing"
        );
        for name in series {
            assert!(shown.contains(name), "{alert} is of {name}, which nobody shows");
        }
        for series in ALL {
            let Some((_, rest)) = expression.split_once(&format!("{}{{", series.name)) else { continue };
            let (selected, _) = rest.split_once('}').unwrap();
            for label in selected.split(',').map(|pair| pair.split(['=', '!']).next().unwrap()) {
                let is_known = series.labels.contains(&label) || label == "job";
                assert!(is_known, "{alert}: {} has no label {label}", series.name);
            }
        }
    }
}

#[test]
fn every_alert_has_a_section_and_every_section_an_alert() {
    let alerts: Vec<String> = alerts().into_iter().map(|(name, _)| name).collect();
    let titles: Vec<String> = sections().into_iter().map(|(title, _)| title).collect();
    assert_eq!(alerts, titles);
    let text = read("alerts.yml");
    for alert in alerts {
        let link = format!("runbook: \"RUNBOOK.md#{}\"", alert.to_lowercase());
        assert_eq!(text.matches(&link).count(), 1, "{alert} links to its section");
    }
    for (title, text) in sections() {
        let found: Vec<usize> = SAYS.iter().map(|says| text.find(says).expect(&title)).collect();
        assert!(found.is_sorted(), "{title} says them in order");
    }
}

#[test]
fn every_series_that_the_runbook_names_exists() {
    let shown = shown();
    for name in words(&read("RUNBOOK.md")).filter(|word| word.starts_with("rollbook_")) {
        assert!(shown.contains(name), "{name}");
    }
}

#[test]
fn every_alert_that_the_runbook_names_exists() {
    let alerts: BTreeSet<String> = alerts().into_iter().map(|(name, _)| name).collect();
    for word in words(&read("RUNBOOK.md")).filter(|word| word.starts_with("Rollbook")) {
        assert!(alerts.contains(word), "{word}");
    }
}

#[test]
fn every_command_of_the_runbook_is_one_of_the_program() {
    let text = read("RUNBOOK.md");
    let place = Place::empty();
    let (mut asked, mut flags) = (BTreeSet::new(), 0);
    for command in quoted(&text).into_iter().filter(|quoted| quoted.starts_with("rollbook ")) {
        let arguments: Vec<&str> = command.split(' ').skip(1).collect();
        let named =
            arguments.iter().take_while(|word| word.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'));
        let named: Vec<&str> = named.take_while(|word| !word.starts_with('-')).copied().collect();
        let help = place.run(&[named.as_slice(), &["--help"]].concat());
        assert_eq!(help.code, 0, "{command}: {}", help.err);
        let usage = help.out.split_once("Usage: ").unwrap().1.lines().next().unwrap();
        assert!(usage.starts_with(&format!("rollbook {}", named.join(" "))), "{command}: {usage}");
        for flag in arguments.iter().filter(|word| word.starts_with("--")) {
            assert!(help.out.contains(&format!("{flag} ")), "{command}: no {flag}");
            flags += 1;
        }
        asked.insert(named.join(" "));
    }
    assert!(asked.len() > 10 && flags > 5, "{asked:?}");
}

#[test]
fn unit_and_container_start_the_program_with_settings_that_exist() {
    let flags: BTreeSet<String> = SETTINGS.iter().map(|setting| format!("--{}", setting.name)).collect();
    let secrets = SECRETS.iter().map(|secret| secret.name);
    let variables: BTreeSet<String> =
        SETTINGS.iter().map(|setting| setting.name).chain(secrets).map(variable).collect();
    let (unit, container) = (read("rollbook.service"), read("Containerfile"));
    let starts = |text: &str, word: &str| {
        let line =
            text.lines().find(|line| line.starts_with(word)).unwrap().replace(['"', ',', '[', ']'], " ");
        let given: Vec<&str> = line.split_whitespace().filter(|word| word.starts_with("--")).collect();
        assert!(!given.is_empty() && given.iter().all(|flag| flags.contains(*flag)), "{line}");
    };
    starts(&unit, "ExecStart=/usr/local/bin/rollbook serve ");
    starts(&container, "CMD [\"serve\"");
    for text in [&unit, &container, &read("scrape.yml"), &read("RUNBOOK.md")] {
        for name in words(text).filter(|word| word.starts_with("ROLLBOOK_")) {
            assert!(variables.contains(name), "{name}");
        }
    }
}
