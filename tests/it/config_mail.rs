//! Settings of mail: each as flag, variable and key; secrets never as a flag, and never shown.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::Path;

use rollbook::config::{ConfigFault, Layers, SETTINGS, environment, serve_settings};
use rollbook::mail::{Encryption, MailSettings, MailTransport};

fn mail(
    flags: &[(&'static str, &str)],
    pairs: &[(&str, &str)],
    toml: &str,
) -> Result<MailSettings, ConfigFault> {
    let flags: BTreeMap<_, _> = flags.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    let pairs = pairs.iter().map(|(name, value)| (OsString::from(name), OsString::from(value)));
    let layers = Layers::gather(flags, environment(pairs)?)?.with_file(Path::new("rollbook.toml"), toml)?;
    serve_settings(&layers).map(|settings| settings.mail)
}

fn refused(pairs: &[(&str, &str)], toml: &str) -> String {
    mail(&[], pairs, toml).expect_err("it was accepted").to_string()
}

#[test]
fn every_setting_of_mail_is_a_flag_a_variable_and_a_key() {
    let read = |mail: MailSettings, name: &str| match name {
        "mail-transport" => format!("{:?}", mail.transport),
        "mail-ca-file" => format!("{:?}", mail.ca_file),
        "mail-from" => mail.from,
        _ => mail.sign_in_at,
    };
    let relay = MailTransport::Smtp { host: "relay".to_owned(), port: 465, encryption: Encryption::Implicit };
    for (name, variable, value, expected) in [
        ("mail-transport", "ROLLBOOK_MAIL_TRANSPORT", "smtps://relay:465", format!("{relay:?}")),
        ("mail-ca-file", "ROLLBOOK_MAIL_CA_FILE", "/etc/ca.pem", "Some(\"/etc/ca.pem\")".to_owned()),
        ("mail-from", "ROLLBOOK_MAIL_FROM", "a@example.org", "a@example.org".to_owned()),
        ("sign-in-at", "ROLLBOOK_SIGN_IN_AT", "https://a.example/", "https://a.example/".to_owned()),
    ] {
        let toml = format!("{name} = \"{value}\"");
        for found in
            [mail(&[(name, value)], &[], ""), mail(&[], &[(variable, value)], ""), mail(&[], &[], &toml)]
        {
            assert_eq!(read(found.unwrap(), name), expected);
        }
    }
}

#[test]
fn user_and_password_of_the_relay_come_from_variables_and_from_the_file_of_settings() {
    let pairs = [("ROLLBOOK_MAIL_USER", "ann"), ("ROLLBOOK_MAIL_PASSWORD", "a secret")];
    for found in [
        mail(&[], &pairs, "").unwrap(),
        mail(&[], &[], "mail-user = \"ann\"\nmail-password = \"a secret\"").unwrap(),
    ] {
        let login = found.login.unwrap();
        assert_eq!((&*login.user, &**login.password), ("ann", "a secret"));
    }
    assert_eq!(mail(&[], &[], "").unwrap().login, None);
    assert!(SETTINGS.iter().all(|setting| !["mail-user", "mail-password"].contains(&setting.name)));
}

#[test]
fn the_password_of_the_relay_may_stand_in_a_file() {
    let folder = tempfile::TempDir::new().unwrap();
    let file = folder.path().join("password");
    let path = file.to_str().unwrap();
    std::fs::write(&file, "a secret\n").unwrap();
    let user = ("ROLLBOOK_MAIL_USER", "ann");
    let toml = format!("mail-password-file = \"{path}\"");
    for found in [
        mail(&[("mail-password-file", path)], &[user], ""),
        mail(&[], &[user, ("ROLLBOOK_MAIL_PASSWORD_FILE", path)], ""),
        mail(&[], &[user], &toml),
    ] {
        assert_eq!(&**found.unwrap().login.unwrap().password, "a secret");
    }
    let both = refused(&[user, ("ROLLBOOK_MAIL_PASSWORD", "hunter2")], &toml);
    assert!(both.contains("mail-password-file") && !both.contains("hunter2"), "{both}");
    for (text, reason) in [(String::new(), "no password"), ("x".repeat(5000), "too long")] {
        std::fs::write(&file, text).unwrap();
        let fault = refused(&[user], &toml);
        assert!(fault.contains(reason), "{fault}");
    }
    std::fs::remove_file(&file).unwrap();
    assert!(refused(&[user], &toml).contains("could not read"));
}

#[test]
fn a_user_without_a_password_is_refused_and_a_password_without_a_user() {
    for pairs in [[("ROLLBOOK_MAIL_USER", "hunter2")], [("ROLLBOOK_MAIL_PASSWORD", "hunter2")]] {
        let fault = refused(&pairs, "");
        assert!(fault.contains("together") && !fault.contains("hunter2"), "{fault}");
    }
}

#[test]
fn a_way_that_is_none_is_refused_and_not_shown() {
    let fault = refused(&[("ROLLBOOK_MAIL_TRANSPORT", "smtps://ann:hunter2@relay:465")], "");
    assert!(fault.contains("settings of their own") && !fault.contains("hunter2"), "{fault}");
}
