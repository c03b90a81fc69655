//! Settings: precedence, refusals, bounds. No message may hold a value: it can be a secret.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt as _;
use std::path::Path;

use arbtest::arbtest;
use rollbook::config::{
    ConfigFault, Layers, LogFormat, LogLevel, SECRETS, SETTINGS, Source, environment, log_settings,
    serve_settings, variable,
};
use rollbook::serve::ServeSettings;

fn file() -> &'static Path {
    Path::new("rollbook.toml")
}

fn variables(pairs: &[(&str, &str)]) -> Result<BTreeMap<String, zeroize::Zeroizing<String>>, ConfigFault> {
    environment(pairs.iter().map(|(name, value)| (OsString::from(name), OsString::from(value))))
}

fn layers(flags: &[(&'static str, &str)], pairs: &[(&str, &str)], toml: &str) -> Result<Layers, ConfigFault> {
    let flags = flags.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    Layers::gather(flags, variables(pairs)?)?.with_file(file(), toml)
}

fn from_file(toml: &str) -> Result<ServeSettings, ConfigFault> {
    serve_settings(&layers(&[], &[], toml)?)
}

fn refused(toml: &str) -> String {
    match from_file(toml) {
        Err(fault) => fault.to_string(),
        Ok(_) => panic!("{toml} was accepted"),
    }
}

#[test]
fn a_flag_wins_over_a_variable_over_the_file_over_the_default() {
    let (flag, pair, toml) = (("data", "flag"), ("ROLLBOOK_DATA", "variable"), "data = \"file\"");
    let text = |flags: &[_], pairs: &[_], toml| {
        let layers = layers(flags, pairs, toml).unwrap();
        layers.text("data").map(|(text, source)| (text.to_owned(), source)).unwrap()
    };
    assert_eq!(text(&[flag], &[pair], toml), ("flag".to_owned(), Source::Flag));
    assert_eq!(text(&[], &[pair], toml), ("variable".to_owned(), Source::Environment));
    assert_eq!(text(&[], &[], toml), ("file".to_owned(), Source::File));
    assert_eq!(text(&[], &[], ""), ("./rollbook-data".to_owned(), Source::Default));
}

#[test]
fn the_defaults_are_those_of_the_parts_they_set() {
    let settings = from_file("").unwrap();
    assert_eq!(settings.listen.to_string(), "127.0.0.1:7420");
    let ours = settings.directory;
    let theirs = rollbook::directory::DirectoryOptions::new("./rollbook-data");
    assert_eq!(ours.data, theirs.data);
    assert_eq!(ours.log_cache_bytes, theirs.log_cache_bytes);
    assert_eq!(ours.queue_commands_max, theirs.queue_commands_max);
    assert_eq!(ours.hashing, theirs.hashing);
    assert_eq!(ours.hashing_places, theirs.hashing_places);
    assert_eq!(ours.session_millis, theirs.session_millis);
    assert_eq!(ours.lock_after_failures, theirs.lock_after_failures);
    let edge = rollbook::http::EdgeLimits::default();
    assert_eq!(settings.limits.body_bytes_max, edge.body_bytes_max);
    assert_eq!(settings.limits.connections_max, edge.connections_max);
    assert_eq!(settings.limits.operations_per_connection_max, edge.operations_per_connection_max);
    assert_eq!(settings.limits.drain_within, edge.drain_within);
}

#[test]
fn every_setting_can_be_said_in_the_file_and_by_a_variable() {
    for setting in SETTINGS {
        let toml = format!("{} = \"{}\"", setting.name, setting.default);
        let from_file = layers(&[], &[], &toml).unwrap();
        assert_eq!(from_file.text(setting.name), Some((setting.default, Source::File)), "{}", setting.name);
        let pair = (variable(setting.name), setting.default);
        let from_variable = layers(&[], &[(&pair.0, pair.1)], "").unwrap();
        assert_eq!(from_variable.text(setting.name).map(|found| found.1), Some(Source::Environment));
    }
}

#[test]
fn no_two_settings_have_one_name() {
    let names: BTreeSet<&str> =
        SETTINGS.iter().map(|setting| setting.name).chain(SECRETS.iter().map(|secret| secret.name)).collect();
    assert_eq!(names.len(), SETTINGS.len() + SECRETS.len());
}

#[test]
fn secrets_come_from_variables_and_from_the_file() {
    let key = "0123456789abcdef".repeat(4);
    let toml = format!("admin-email = \"a@example.com\"\nmaster-key = \"{key}\"");
    let layers = layers(&[], &[("ROLLBOOK_ADMIN_PASSWORD", "correct horse")], &toml).unwrap();
    let settings = serve_settings(&layers).unwrap();
    assert_eq!(settings.administrator.email.as_deref(), Some("a@example.com"));
    assert_eq!(settings.administrator.password.unwrap().as_str(), "correct horse");
    assert_eq!(settings.directory.master_key_hex.unwrap().as_str(), key);
}

#[test]
fn variables_of_others_are_left_alone() {
    assert!(variables(&[("PATH", "/bin"), ("ROLL", "x"), ("rollbook_data", "x")]).unwrap().is_empty());
}

#[test]
fn a_variable_that_is_no_setting_is_refused() {
    let fault = variables(&[("ROLLBOOK_LISTN", "secret")]).unwrap_err().to_string();
    assert!(fault.contains("ROLLBOOK_LISTN") && !fault.contains("secret"), "{fault}");
}

#[test]
fn a_variable_that_is_not_text_is_refused() {
    let pair = (OsString::from("ROLLBOOK_DATA"), OsString::from_vec(vec![0xFF]));
    assert!(matches!(environment([pair]), Err(ConfigFault::VariableNotText { .. })));
}

#[test]
fn a_key_that_is_no_setting_is_refused() {
    for toml in ["listn = \"x\"", "[serve]\nlisten = \"x\"", "config = \"x\"", "token = \"x\""] {
        assert!(matches!(from_file(toml), Err(ConfigFault::UnknownKey { .. })), "{toml}");
    }
}

#[test]
fn numbers_may_be_written_as_numbers() {
    assert_eq!(from_file("hashing-passes = 3").unwrap().directory.hashing.passes, 3);
}

#[test]
fn a_value_of_another_shape_is_refused() {
    for toml in ["data = [1]", "data = 1.5", "data = true", "data = 1979-05-27"] {
        assert!(matches!(from_file(toml), Err(ConfigFault::KeyShape { .. })), "{toml}");
    }
}

#[test]
fn broken_toml_is_told_by_its_line_and_not_by_its_text() {
    let fault = refused("listen = \"127.0.0.1:1\"\nadmin-password = hunter2\n");
    assert!(fault.contains("(line 2)") && !fault.contains("hunter2"), "{fault}");
}

#[test]
fn values_out_of_bounds_are_refused_with_the_bounds() {
    assert_eq!(
        refused("hashing-passes = 0"),
        "`hashing-passes` in the file of settings must be a whole number from 1 to 1000"
    );
    assert_eq!(
        refused("hashing-lanes = 4\nhashing-memory-kib = 31"),
        "`hashing-memory-kib` in the file of settings must be a whole number from 32 to 4194304"
    );
    for toml in ["session-minutes = -1", "log-cache-bytes = 99999999999999999999", "body-bytes-max = \"\""] {
        assert!(from_file(toml).is_err(), "{toml}");
    }
}

#[test]
fn a_master_key_that_is_none_is_refused_and_not_shown() {
    let fault = refused("master-key = \"deadbeef\"");
    assert!(fault.contains("64 hex digits") && !fault.contains("deadbeef"), "{fault}");
}

#[test]
fn an_address_without_a_port_is_refused() {
    assert!(refused("listen = \"127.0.0.1\"").contains("an address and a port"));
}

#[test]
fn logging_is_chosen_by_level_and_form() {
    let found =
        log_settings(&layers(&[], &[], "log-level = \"WARN\"\nlog-format = \"json\"").unwrap()).unwrap();
    assert_eq!((found.level, found.format), (LogLevel::Warn, LogFormat::Json));
}

#[test]
fn arbitrary_text_and_values_never_panic() {
    arbtest(|u| {
        let text: String = u.arbitrary()?;
        let _ = from_file(&text);
        let value: String = u.arbitrary()?;
        let setting = u.choose(SETTINGS)?;
        let quoted = toml_text(&value);
        let _ = from_file(&format!("{} = {quoted}", setting.name));
        Ok(())
    });
}

fn toml_text(value: &str) -> String {
    let escaped: String = value.chars().map(|c| format!("\\U{:08x}", u32::from(c))).collect();
    format!("\"{escaped}\"")
}

#[test]
fn variables_that_only_look_like_ours_are_left_alone() {
    let others = [
        ("ROLLBOOK_TEST_CYCLES", "200"),
        ("ROLLBOOK_SERVICE_HOST", "10.0.0.7"),
        ("ROLLBOOK_PORT", "tcp://10.0.0.7:80"),
    ];
    assert!(variables(&others).is_ok_and(|ours| ours.is_empty()));
    assert!(variables(&[("ROLLBOOK_LISTN", "127.0.0.1:1")]).is_err());
}

#[test]
fn lic_13_the_token_of_a_provider_is_long_and_only_its_digest_is_kept() {
    let token = "0123456789abcdef0123456789abcdef";
    let settings =
        from_file(&format!("provider-token = \"{token}\"\nlicense-contact = \"Ask Eve\"")).unwrap();
    let digest = rollbook::identity::SessionToken::from_client(token).digest();
    assert_eq!(settings.directory.provider_token, Some(digest));
    assert_eq!(settings.directory.license_contact.as_deref(), Some("Ask Eve"));
    let short = refused("provider-token = \"too short\"");
    assert!(short.contains("32 or more") && !short.contains("too short"), "{short}");
    let without = from_file("").unwrap().directory;
    assert_eq!((without.provider_token, without.license_contact), (None, None));
}
