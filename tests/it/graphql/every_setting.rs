//! Every setting there is can be read and chosen, in the schema and by the command line.

use rollbook_schema::value::Setting;
use serde_json::{Value, json};

use crate::cli_calls::call;
use crate::support::rollbook::Rollbook;

/// A value that is not the default, as it is typed and as it is read. `team` is one that there is.
fn other(setting: Setting, team: &str) -> Value {
    match setting {
        Setting::LockAfterFailures => json!(7),
        Setting::UnlockAfterMinutes => json!(8),
        Setting::SessionMinutes => json!(90),
        Setting::PasswordMinLength => json!(10),
        Setting::TemporaryPasswordMinutes => json!(11),
        Setting::SessionsPerUserMax => json!(12),
        Setting::SsoMode => json!("PASS_THROUGH"),
        Setting::RolePolicy => json!("ACTIVE_ONE"),
        Setting::DeactivatedTeam => json!(team),
        Setting::Languages => json!(["de", "fr"]),
        Setting::CompanyLanguage => json!("fr"),
        Setting::PassThroughAddress => json!("https://sso.example.org/"),
        Setting::EndSessionsOnPasswordChange
        | Setting::RefuseCommonPasswords
        | Setting::MailInitialPasswords
        | Setting::DeletionAllowed => json!(false),
        Setting::ShowMailedPasswords
        | Setting::SecurityQuestionAfterReset
        | Setting::SecurityQuestionBeforeProxy
        | Setting::UniqueEmployeeNumbers
        | Setting::MailSupportLogin
        | Setting::LocalPasswordsForLdap
        | Setting::MaskingBySecondPerson => json!(true),
    }
}

async fn rollbook_with_team() -> (Rollbook, String) {
    let rollbook = Rollbook::start().await;
    let payload = rollbook.admin.accept("createTeam", json!({ "name": "Gone" }), "team { id }").await;
    let team = payload["team"]["id"].as_str().unwrap().to_owned();
    (rollbook, team)
}

/// The names of a type's fields, and those of no setting among them.
async fn fields(rollbook: &Rollbook, of: &str, kind: &str) -> (Vec<String>, Vec<String>) {
    let document = format!("{{ __type(name: \"{of}\") {{ {kind} {{ name }} }} }}");
    let data = rollbook.admin.data(&document, json!({})).await;
    let fields = data["__type"][kind].as_array().unwrap().iter();
    let fields: Vec<String> = fields.map(|field| field["name"].as_str().unwrap().to_owned()).collect();
    let is_setting = |name: &String| Setting::ALL.iter().any(|setting| setting.name() == name);
    let others = fields.iter().filter(|name| !is_setting(name)).cloned().collect();
    (fields, others)
}

#[tokio::test]
async fn every_setting_is_a_field_and_an_input_and_no_other_is() {
    let rollbook = Rollbook::start().await;
    let (read, others) = fields(&rollbook, "Settings", "fields").await;
    assert_eq!(others, ["version"]);
    let (chosen, others) = fields(&rollbook, "ChangeSettingsInput", "inputFields").await;
    assert_eq!(others, ["expectedVersion", "idempotencyKey", "reason"]);
    for setting in Setting::ALL {
        for list in [&read, &chosen] {
            assert!(list.iter().any(|name| name == setting.name()), "{}", setting.name());
        }
    }
}

#[tokio::test]
async fn every_setting_that_is_chosen_is_read_and_told_by_its_name() {
    let (rollbook, team) = rollbook_with_team().await;
    let names = Setting::ALL.map(Setting::name).join(" ");
    let input: serde_json::Map<String, Value> =
        Setting::ALL.map(|setting| (setting.name().to_owned(), other(setting, &team))).into_iter().collect();
    let before = rollbook.admin.data(&format!("{{ settings {{ {names} }} }}"), json!({})).await;
    let payload =
        rollbook.admin.accept("changeSettings", json!(input), &format!("settings {{ {names} }}")).await;
    for setting in Setting::ALL {
        let name = setting.name();
        assert_eq!(payload["settings"][name], input[name], "{name}");
        assert_ne!(before["settings"][name], input[name], "{name} was so before");
    }
    let document = "{ history(filter: { types: [SETTINGS_CHANGED] }) { nodes { changes { field } } } }";
    let data = rollbook.admin.data(document, json!({})).await;
    let told = data["history"]["nodes"][0]["changes"].as_array().unwrap();
    let told: Vec<&str> = told.iter().map(|change| change["field"].as_str().unwrap()).collect();
    for setting in Setting::ALL {
        assert!(told.contains(&setting.name()), "history does not tell of {}", setting.name());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_setting_is_a_flag_of_the_command_line() {
    let (rollbook, team) = rollbook_with_team().await;
    let mut arguments = vec!["settings".to_owned(), "change".to_owned()];
    for setting in Setting::ALL {
        let flag = setting.name().chars().fold("--".to_owned(), |flag, letter| {
            let parted = if letter.is_ascii_uppercase() { "-" } else { "" };
            flag + parted + &letter.to_ascii_lowercase().to_string()
        });
        let values = match other(setting, &team) {
            Value::Array(values) => values,
            value => vec![value],
        };
        for value in values {
            let typed = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            arguments.extend([flag.clone(), typed]);
        }
    }
    let ran = call(&rollbook.admin, &arguments.iter().map(String::as_str).collect::<Vec<_>>()).await;
    assert_eq!(ran.code, 0, "{}", ran.err);
    let names = Setting::ALL.map(Setting::name).join(" ");
    let data = rollbook.admin.data(&format!("{{ settings {{ {names} }} }}"), json!({})).await;
    for setting in Setting::ALL {
        assert_eq!(data["settings"][setting.name()], other(setting, &team), "{}", setting.name());
    }
    rollbook.stop().await;
}
