//! ROL-13: what one may not see and what does not exist are answered in the same bytes, at every door.

use serde_json::{Value, json};

use super::hierarchy::{Company, company};
use super::{agent, head, member, password};
use crate::access_over_http::samples::{MUTATIONS, QUERIES};
use crate::support::http::{Answer, Client};

/// Nobody has these ids.
const NOBODY: &str = "user_999";
const NO_TEAM: &str = "team_999";

/// Status and body, with the id that was asked about written alike.
fn told(answer: &Answer, id: &str) -> (u16, String) {
    (answer.status.as_u16(), answer.text().replace(id, "THE_ID"))
}

/// Asks a sample about an id; `None` for one that is about nothing of the kind.
async fn mutate(client: &Client, sample: (&str, &str), words: &[(&str, &str)]) -> (u16, String) {
    let (name, input) = sample;
    let filled = words.iter().fold(input.to_owned(), |text, (word, with)| text.replace(word, with));
    let input: Value = serde_json::from_str(&filled).unwrap();
    let kind = format!("{}{}Input", name[..1].to_uppercase(), &name[1..]);
    let is_bulk = matches!(name, "bulk" | "requestMaskings");
    let more = if is_bulk { "outcomes { userId errors { code message path } }" } else { "position" };
    let document = format!(
        "mutation($input: {kind}!) {{ {name}(input: $input) {{ errors {{ code message path }} {more} }} }}"
    );
    let answer = client.graphql_with(&document, json!({ "input": input })).await;
    assert!(!answer.text().contains("GRAPHQL_VALIDATION_FAILED"), "{}", answer.text());
    told(&answer, words[0].1)
}

/// Users whom eve does not reach, and of each kind that could be told apart.
async fn hidden(company: &Company) -> Vec<String> {
    let admin = &company.rollbook.admin;
    let mut hidden = vec![company.moe.clone(), company.noa.clone(), "user_8".to_owned()];
    for (name, mutation) in [("dis", "disableUser"), ("del", "deleteUser"), ("loc", "lockAccount")] {
        let id = admin.create("AGENT", name).await;
        admin.accept(mutation, json!({ "userId": id }), "").await;
        hidden.push(id);
    }
    hidden
}

async fn every_mutation_answers_alike(client: &Client, company: &Company, hidden: &[String]) {
    let about_users = MUTATIONS.iter().filter(|sample| sample.1.contains("$user"));
    for (name, input, _) in about_users {
        let others = [("$team", company.teams[1].as_str()), ("$unit", "unit_1"), ("$role", "role_1")];
        let others = others.into_iter().chain([
            ("$held", "role_1"),
            ("$new", "none"),
            ("$name", "moe"),
            ("$image", "AA=="),
        ]);
        let about = |id| std::iter::once(("$user", id)).chain(others.clone()).collect::<Vec<_>>();
        let unknown = mutate(client, (name, input), &about(NOBODY)).await;
        for id in hidden {
            assert_eq!(mutate(client, (name, input), &about(id)).await, unknown, "{name} of {id}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn rol_13_every_mutation_answers_for_hidden_users_as_for_unknown_ones() {
    for profile in ["ADMINISTRATOR", "USER_MANAGER"] {
        let company = company(profile).await;
        let hidden = hidden(&company).await;
        every_mutation_answers_alike(&company.eve, &company, &hidden).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn rol_13_nobody_without_rights_learns_who_is_there_by_trying() {
    let company = company("ADMINISTRATOR").await;
    let mut hidden = hidden(&company).await;
    hidden.push(company.bob.clone());
    let ann = company.rollbook.sign_in("ann", &password("ann")).await;
    every_mutation_answers_alike(&ann, &company, &hidden).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn rol_13_every_query_answers_for_hidden_users_as_for_unknown_ones() {
    let company = company("ADMINISTRATOR").await;
    let ann = company.rollbook.sign_in("ann", &password("ann")).await;
    let hidden = hidden(&company).await;
    for (name, arguments) in QUERIES.iter().filter(|sample| sample.1.contains("$user")) {
        let is_text = name.starts_with("formatted") || *name == "resolveOwner";
        let parts = if is_text { "" } else { "{ __typename }" };
        for client in [&company.eve, &ann] {
            let ask = async |id: &str| {
                let document = format!("{{ {name}{} {parts} }}", arguments.replace("$user", id));
                told(&client.graphql(&document).await, id)
            };
            let unknown = ask(NOBODY).await;
            for id in &hidden {
                assert_eq!(ask(id).await, unknown, "{name} of {id}");
            }
        }
    }
}

#[tokio::test]
async fn rol_13_sessions_of_hidden_users_are_as_unknown_ones() {
    let company = company("ADMINISTRATOR").await;
    let moe = company.rollbook.sign_in("moe", &password("moe")).await;
    let found = moe.data("{ me { sessions { id } } }", json!({})).await;
    let session = found["me"]["sessions"][0]["id"].as_str().unwrap().to_owned();
    let unknown = session.replace(&company.moe.replace("user_", "session_"), "session_999");
    assert_ne!(session, unknown);
    let input = r#"{"sessionId":"$session"}"#;
    let of_unknown = mutate(&company.eve, ("endSession", input), &[("$session", &unknown)]).await;
    let of_hidden = mutate(&company.eve, ("endSession", input), &[("$session", &session)]).await;
    assert_eq!(of_hidden, of_unknown);
    assert_eq!(moe.graphql("{ me { id } }").await.status, 200);
}

#[tokio::test]
async fn rol_13_hidden_teams_are_as_unknown_ones() {
    let company = company("ADMINISTRATOR").await;
    let [_, east, _, moon] = &company.teams;
    let ann = &company.ann;
    let questions = [
        ("addTeamMember", r#"{"userId":"$ann","teamId":"$team"}"#),
        ("removeTeamMember", r#"{"userId":"$ann","teamId":"$team"}"#),
        ("createTeam", r#"{"name":"New","parentId":"$team"}"#),
        ("renameTeam", r#"{"teamId":"$team","name":"New"}"#),
        ("deleteTeam", r#"{"teamId":"$team"}"#),
        ("moveTeam", r#"{"teamId":"$team","parentId":"$east"}"#),
        ("moveTeam", r#"{"teamId":"$east","parentId":"$team"}"#),
        ("disableUser", r#"{"userId":"$ann","keepTeam":"$team"}"#),
        ("changeProxyGrant", r#"{"userId":"$ann","teams":["$team"]}"#),
        ("createUser", r#"{"kind":"CLIENT","email":"n@example.org","fullName":"N","team":"$team"}"#),
    ];
    super::teams::join(&company.rollbook.admin, ann, moon).await;
    for (name, input) in questions {
        let about = |team| [("$team", team), ("$ann", ann.as_str()), ("$east", east.as_str())];
        let unknown = mutate(&company.eve, (name, input), &about(NO_TEAM)).await;
        assert_eq!(mutate(&company.eve, (name, input), &about(moon)).await, unknown, "{name}");
    }
}

#[tokio::test]
async fn rol_13_nobody_reports_to_or_acts_as_whom_the_asker_does_not_reach() {
    let company = company("ADMINISTRATOR").await;
    let questions = [
        ("changeReportingLine", r#"{"userId":"$ann","reportsTo":"$other"}"#),
        ("changeProxyGrant", r#"{"userId":"$ann","users":["$other"]}"#),
    ];
    for (name, input) in questions {
        let about = |other| [("$other", other), ("$ann", company.ann.as_str())];
        let unknown = mutate(&company.eve, (name, input), &about(NOBODY)).await;
        for id in [&company.moe, &company.noa] {
            assert_eq!(mutate(&company.eve, (name, input), &about(id)).await, unknown, "{name}");
        }
        let (_, seen) = mutate(&company.eve, (name, input), &about(&company.bob)).await;
        assert!(seen.contains(r#""errors":[]"#), "{seen}");
    }
}

#[tokio::test]
async fn rol_13_rest_and_pictures_answer_alike() {
    let company = company("ADMINISTRATOR").await;
    for path in ["/users/$", "/users/$/avatar", "/avatars/$"] {
        let unknown = told(&company.eve.get(&path.replace('$', NOBODY)).await, NOBODY);
        assert_eq!(unknown.0, 404, "{path}");
        for id in hidden_once(&company) {
            assert_eq!(told(&company.eve.get(&path.replace('$', id)).await, id), unknown, "{path}");
        }
    }
}

fn hidden_once(company: &Company) -> [&str; 3] {
    [&company.moe, &company.noa, "user_8"]
}

#[tokio::test]
async fn acc_04_a_name_that_is_taken_is_told_without_whose_it_is() {
    let company = company("ADMINISTRATOR").await;
    let admin = &company.rollbook.admin;
    admin.create("CLIENT", "cleo").await;
    let mut answers = Vec::new();
    for holder in ["bob", "moe", "noa", "cleo"] {
        let mut created = agent("new");
        created["team"] = json!(company.teams[1]);
        created["email"] = json!(format!("{holder}@example.org"));
        created["username"] = json!(holder);
        let changed = json!({ "userId": company.ann, "email": format!("{holder}@example.org") });
        answers.push((
            company.eve.mutate("createUser", created, "user { id }").await,
            company.eve.mutate("changeProfile", changed, "user { id }").await,
        ));
    }
    assert_eq!(answers[0].0["errors"][0]["code"], "EMAIL_TAKEN");
    assert_eq!(answers[0].1["errors"][0]["code"], "EMAIL_TAKEN");
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
}

#[tokio::test]
async fn acc_16_attempts_upon_hidden_and_unknown_users_are_recorded_alike() {
    let company = company("USER_MANAGER").await;
    let mut steps = Vec::new();
    for id in [NOBODY, &company.moe, &company.noa] {
        let before = head(&company.eve).await;
        company.eve.refuse("lockAccount", json!({ "userId": id })).await;
        steps.push(head(&company.eve).await - before);
    }
    assert_eq!(steps, [1, 1, 1]);
    let auditor = member(&company.rollbook, "AUDITOR", "adam").await;
    let document = "{ history(filter: { types: [ATTEMPT_DENIED] }) { totalCount } }";
    assert_eq!(auditor.data(document, json!({})).await["history"]["totalCount"], 3);
}
