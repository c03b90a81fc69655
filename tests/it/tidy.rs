//! Remarks that were made twice: layering, licences, banned crates, lengths, words, completeness.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use rollbook_schema::event::EventType;
use serde_json::Value;

/// Lines of a source file, at most.
const FILE_LINES_MAX: usize = 400;
/// Licences that a dependency may be under (any one of its alternatives).
const LICENCES: [&str; 13] = [
    "MIT",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "Zlib",
    "Unicode-3.0",
    "CC0-1.0",
    "MIT-0",
    "0BSD",
    "BSL-1.0",
    "Unlicense",
];
/// Crates that name no licence in their manifest, and whose licence file was read.
const LICENCE_FILE_READ: [&str; 1] = ["jsonpath-rust"];
/// Crates that may not come in, and why.
const BANNED: [(&str, &str); 5] = [
    ("openssl-sys", "TLS is rustls, or a proxy before us"),
    ("native-tls", "TLS is rustls, or a proxy before us"),
    ("reqwest", "hyper is here already"),
    ("failure", "errors are types, made with thiserror"),
    ("anyhow", "errors are types that a caller can act on"),
];
/// What each of our crates may depend on of ours.
const LAYERS: [(&str, &[&str]); 5] = [
    ("rollbook-schema", &[]),
    ("rollbook-projections", &["rollbook-schema"]),
    ("rollbook-decide", &["rollbook-projections", "rollbook-schema"]),
    ("rollbook-event-log", &[]),
    ("rollbook-keyring", &[]),
];
/// Crates that stay out of the pure middle, directly.
const IMPURE: [&str; 8] = ["tokio", "sled", "async-graphql", "getrandom", "rand", "axum", "hyper", "tracing"];
/// Words that say nothing (STYLE.md), as parts of a file's name.
const EMPTY_WORDS: [&str; 7] = ["manager", "helper", "util", "common", "handler", "misc", "info"];

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn metadata() -> Value {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let arguments = ["metadata", "--format-version", "1", "--locked", "--offline", "--filter-platform"];
    let output = Command::new(cargo)
        .current_dir(root())
        .args(arguments)
        .arg("x86_64-unknown-linux-gnu")
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("cargo metadata prints JSON")
}

fn packages(metadata: &Value) -> Vec<&Value> {
    let resolved: BTreeSet<&str> = metadata["resolve"]["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|node| node["id"].as_str().unwrap())
        .collect();
    let all = metadata["packages"].as_array().unwrap().iter();
    all.filter(|package| resolved.contains(package["id"].as_str().unwrap())).collect()
}

/// Every Rust file of ours, by its path from the root.
pub fn sources() -> Vec<(String, String)> {
    let mut folders: Vec<PathBuf> = ["src", "schema", "projections", "tests", "benches"]
        .iter()
        .map(|folder| root().join(folder))
        .collect();
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for path in entries.map(|entry| entry.unwrap().path()) {
            if path.is_dir() && !path.ends_with("node_modules") {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix(root()).unwrap().to_string_lossy().into_owned();
                files.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    files.sort();
    files
}

#[test]
fn our_crates_depend_only_downwards() {
    let metadata = metadata();
    for (name, allowed) in LAYERS {
        let package = packages(&metadata).into_iter().find(|package| package["name"] == name).expect(name);
        for dependency in package["dependencies"].as_array().unwrap() {
            let (on, is_dev) = (dependency["name"].as_str().unwrap(), dependency["kind"] == "dev");
            assert!(is_dev || !on.starts_with("rollbook") || allowed.contains(&on), "{name} depends on {on}");
        }
    }
}

#[test]
fn the_pure_crates_have_no_runtime_no_storage_and_no_randomness() {
    let metadata = metadata();
    for name in ["rollbook-schema", "rollbook-projections", "rollbook-decide"] {
        let package = packages(&metadata).into_iter().find(|package| package["name"] == name).expect(name);
        for dependency in package["dependencies"].as_array().unwrap() {
            let (on, is_dev) = (dependency["name"].as_str().unwrap(), dependency["kind"] == "dev");
            assert!(is_dev || !IMPURE.contains(&on), "{name} depends on {on}");
        }
    }
}

#[test]
fn only_the_log_names_sled_and_only_the_keyring_names_a_cipher() {
    let metadata = metadata();
    let owners = [("sled", "rollbook-event-log"), ("chacha20poly1305", "rollbook-keyring")];
    for package in packages(&metadata).into_iter().filter(|package| package["source"].is_null()) {
        for dependency in package["dependencies"].as_array().unwrap() {
            for (crate_name, owner) in owners {
                assert!(
                    dependency["name"] != crate_name || package["name"] == owner,
                    "{} names {crate_name}",
                    package["name"]
                );
            }
        }
    }
}

#[test]
fn every_dependency_has_a_licence_that_we_may_ship() {
    for package in packages(&metadata()) {
        let licence = package["license"].as_str().unwrap_or_default();
        let allowed = |one: &str| LICENCES.contains(&one.trim().trim_matches(['(', ')']));
        let every = licence.replace('/', " OR ");
        let was_read = LICENCE_FILE_READ.contains(&package["name"].as_str().unwrap());
        let fits = was_read || every.split(" AND ").all(|part| part.split(" OR ").any(allowed));
        assert!(fits, "{} is under {licence:?}", package["name"]);
    }
}

#[test]
fn no_banned_crate_comes_in() {
    let metadata = metadata();
    let names: BTreeSet<&str> =
        packages(&metadata).iter().map(|package| package["name"].as_str().unwrap()).collect();
    for (name, why) in BANNED {
        assert!(!names.contains(name), "{name} is banned: {why}");
    }
}

#[test]
fn a_crate_comes_in_two_versions_only_where_it_is_known() {
    let metadata = metadata();
    let mut versions: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for package in packages(&metadata) {
        let (name, version) = (package["name"].as_str().unwrap(), package["version"].as_str().unwrap());
        versions.entry(name).or_default().insert(version);
    }
    let twice: Vec<String> = versions
        .iter()
        .filter(|(_, found)| found.len() > 1)
        .map(|(name, found)| format!("{name} {found:?}"))
        .collect();
    let text = twice.join("\n") + "\n";
    expect_test::expect_file!["../golden/duplicate-crates.txt"].assert_eq(&text);
}

#[test]
fn files_are_short() {
    for (name, text) in sources() {
        let lines = text.lines().count();
        assert!(lines <= FILE_LINES_MAX, "{name} has {lines} lines");
    }
}

#[test]
fn every_file_says_in_its_first_line_what_it_is() {
    for (name, text) in sources() {
        assert!(text.starts_with("//!"), "{name} starts without a word about itself");
    }
}

#[test]
fn file_names_are_words_that_say_something() {
    for (name, _) in sources() {
        let stem = Path::new(&name).file_stem().unwrap().to_string_lossy().into_owned();
        for word in EMPTY_WORDS {
            assert!(!stem.split('_').any(|part| part == word || part == format!("{word}s")), "{name}");
        }
    }
}

#[test]
fn only_clock_and_identity_ask_for_time_and_randomness() {
    for (name, text) in sources() {
        let inside =
            ["schema/src", "projections/src", "src/decide"].iter().any(|pure| name.starts_with(pure));
        for call in ["SystemTime::now", "Instant::now", "Utc::now"] {
            assert!(!(inside && text.contains(call)), "{name} calls {call}");
            assert!(
                call == "Instant::now"
                    || !text.contains(call)
                    || name == "src/clock.rs"
                    || name.starts_with("tests/")
                    || name.starts_with("benches/"),
                "{name} calls {call}"
            );
        }
    }
}

#[test]
fn every_command_has_a_rule_file_and_a_mutation() {
    let sdl = fs::read_to_string(root().join("schema/graphql/rollbook.graphql")).unwrap();
    for stem in rollbook_schema::Command::STEMS {
        let file = snake(stem);
        assert!(root().join(format!("src/decide/src/{file}.rs")).exists(), "{stem} has no rule file");
        let mutation = format!("  {}{}(", stem[..1].to_lowercase(), &stem[1..]);
        // Recorded by the program about attempts, never asked for; and a file, which is fetched over HTTP.
        assert!(
            [
                "RecordDeniedAttempt",
                "RecordMailAttempt",
                "CompleteErasure",
                "FetchPersonFile",
                "RecordReading",
                "StartRetentionRun",
                "ApplyRetention",
                "EndRetentionRun",
                "RecordUserRuleRun",
            ]
            .contains(stem)
                || sdl.contains(&mutation)
                || sdl.contains(mutation.trim_end_matches('(')),
            "{stem} has no mutation"
        );
    }
}

#[test]
fn every_event_has_lock_bytes_and_a_schema() {
    for event_type in EventType::ALL {
        let name = format!("{}@{}", event_type.name(), event_type.version());
        assert!(root().join(format!("schema/golden/{name}.jsonl")).exists(), "{name} is not locked");
        assert!(root().join(format!("schema/json/{name}.json")).exists(), "{name} has no JSON Schema");
    }
}

fn snake(stem: &str) -> String {
    let mut name = String::new();
    for c in stem.chars() {
        if c.is_uppercase() && !name.is_empty() {
            name.push('_');
        }
        name.extend(c.to_lowercase());
    }
    name
}
