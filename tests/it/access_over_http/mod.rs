//! Rights as they are met from outside: every root field, asked over HTTP as everybody there is.
//!
//! `tests/golden/access-over-http.txt` is the picture; a changed cell is a changed right: review it as one.
//! `UPDATE_EXPECT=1 cargo test --test it -- access_over_http` draws it anew.

mod cast;
pub mod samples;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use serde_json::{Value, json};

use self::cast::World;
use self::samples::{MUTATIONS, QUERIES, SUBSCRIPTIONS};
use crate::support::http::Client;
use crate::support::sse::EventStream;

/// Fields that end the session they are asked in.
const END_THE_OWN_SESSION: [&str; 3] = ["signOut", "endProxy", "endSupport"];

const LEGEND: &str = "
ok   done, or shown                      none  there is no such thing, for this asker
-    FORBIDDEN                           pass  PASSWORD_CHANGE_REQUIRED
who  UNAUTHENTICATED                     r/o   READ_ONLY_LICENCE

Targets are agents without rights, of the team Moon. Asked by: nobody; a client; an agent; an administrator
with a read-only license; a user manager, and one bound to the team East; an auditor; a compliance officer;
an administrator, and one bound to East; administrators who were disabled, deleted, and must change the
password, each in a session that began before (the last: after); an administrator who acts as a user manager.
What people may do to themselves is not in this picture, nor what one may do to whoever has rights.
";

/// What a field returns, and the type of its input.
struct Field {
    input: Option<String>,
    has_parts: bool,
}

fn short(code: &str) -> String {
    match code {
        "FORBIDDEN" => "-",
        "UNAUTHENTICATED" => "who",
        "NOT_FOUND" => "none",
        "PASSWORD_CHANGE_REQUIRED" => "pass",
        "READ_ONLY_LICENCE" => "r/o",
        code => code,
    }
    .to_owned()
}

/// The fields of a root type, by name.
async fn fields(client: &Client, root: &str) -> BTreeMap<String, Field> {
    let kind = "kind name ofType { kind name ofType { kind name ofType { kind name } } }";
    let document = format!(
        "{{ __type(name: \"{root}\") {{ fields {{ name type {{ {kind} }} args {{ type {{ {kind} }} }} }} }} }}"
    );
    let data = client.data(&document, json!({})).await;
    let named = |mut of: &Value| {
        while !of["ofType"].is_null() {
            of = &of["ofType"];
        }
        (of["kind"].as_str().unwrap().to_owned(), of["name"].as_str().unwrap().to_owned())
    };
    let fields = data["__type"]["fields"].as_array().unwrap().iter().map(|field| {
        let (kind, _) = named(&field["type"]);
        let input = field["args"].get(0).map(|argument| named(&argument["type"]).1);
        let has_parts = !matches!(kind.as_str(), "SCALAR" | "ENUM");
        (field["name"].as_str().unwrap().to_owned(), Field { input, has_parts })
    });
    fields.collect()
}

fn all_are_sampled<'a>(fields: &BTreeMap<String, Field>, sampled: impl Iterator<Item = &'a str>) {
    let (there, sampled): (BTreeSet<&str>, BTreeSet<&str>) =
        (fields.keys().map(String::as_str).collect(), sampled.collect());
    let (new, gone): (Vec<_>, Vec<_>) =
        (there.difference(&sampled).collect(), sampled.difference(&there).collect());
    assert!(
        new.is_empty() && gone.is_empty(),
        "tests/it/access_over_http/samples.rs needs one line for each of {new:?}, and none for {gone:?}; \
         then UPDATE_EXPECT=1 cargo test --test it -- access_over_http"
    );
}

fn filled(text: &str, words: &[(&str, String)]) -> String {
    // Longer words first, so that none is taken for a beginning of another.
    let mut words: Vec<_> = words.iter().collect();
    words.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
    words.iter().fold(text.to_owned(), |text, (word, with)| text.replace(word, with))
}

/// How an answer reads in the picture.
fn outcome(field: &str, answer: &Value) -> String {
    if let Some(code) = answer["errors"][0]["extensions"]["code"].as_str() {
        let is_sound = !matches!(code, "GRAPHQL_VALIDATION_FAILED" | "BAD_VARIABLES");
        assert!(is_sound, "the sample of {field} is no question: {answer}");
        return short(code);
    }
    let payload = &answer["data"][field];
    let refused = &payload["errors"][0]["code"];
    let code = if refused.is_null() { &payload["outcomes"][0]["errors"][0]["code"] } else { refused };
    match (payload, code.as_str()) {
        (_, Some(code)) => short(code),
        (Value::Null, None) => "none".to_owned(),
        _ => "ok".to_owned(),
    }
}

async fn mutation_row(world: &mut World, kind: &str, sample: &samples::Mutation) -> Vec<String> {
    let (name, input, before) = *sample;
    let texts = before.iter().fold(input.to_owned(), |texts, (_, input)| texts + input);
    let outcomes = if name == "bulk" { "outcomes { errors { code } }" } else { "" };
    let document =
        format!("mutation($input: {kind}!) {{ {name}(input: $input) {{ errors {{ code }} {outcomes} }} }}");
    let mut row = Vec::new();
    for at in 0..world.actors.len() {
        let words = world.words_for(&texts).await;
        let parsed = |text: &str| -> Value { serde_json::from_str(&filled(text, &words)).unwrap() };
        for (before, input) in before {
            world.rollbook.admin.accept(before, parsed(input), "").await;
        }
        let actor = &world.actors[at];
        let answer = actor.client.graphql_with(&document, json!({ "input": parsed(input) })).await;
        row.push(outcome(name, &answer.json()));
        if END_THE_OWN_SESSION.contains(&name) {
            let name = actor.name;
            world.open_again(name).await;
        }
    }
    row
}

fn selecting(root: &str, (name, arguments): (&str, &str), field: &Field) -> String {
    let parts = if field.has_parts { "{ __typename }" } else { "" };
    format!("{root} {{ {name}{arguments} {parts} }}")
}

async fn query_row(world: &mut World, sample: (&str, &str), field: &Field) -> Vec<String> {
    let mut row = Vec::new();
    for at in 0..world.actors.len() {
        let words = world.words_for(sample.1).await;
        let document = filled(&selecting("query", sample, field), &words);
        let answer = world.actors[at].client.graphql(&document).await.json();
        row.push(outcome(sample.0, &answer));
    }
    row
}

async fn subscription_row(world: &World, sample: (&str, &str), field: &Field) -> Vec<String> {
    let document = selecting("subscription", sample, field);
    let mut row = Vec::new();
    for actor in &world.actors {
        let mut stream = EventStream::operate(&actor.client, json!({ "query": document })).await;
        row.push(match stream.status.as_u16() {
            401 => "who".to_owned(),
            _ => outcome(sample.0, &stream.next().await.unwrap().json()),
        });
    }
    row
}

fn line(name: &str, cells: &[String]) -> String {
    let mut line = format!("{name:<24}");
    cells.iter().for_each(|cell| write!(line, " {cell:<9}").unwrap());
    line.trim_end().to_owned() + "\n"
}

#[tokio::test(flavor = "multi_thread")]
async fn acc_17_sta_14_the_answers_to_everybody_are_those_that_were_reviewed() {
    let mut world = World::start().await;
    let admin = world.rollbook.admin.clone();
    let names: Vec<String> = world.actors.iter().map(|actor| actor.name.to_owned()).collect();
    let mut picture = line("", &names);
    let of_mutations = fields(&admin, "Mutation").await;
    all_are_sampled(&of_mutations, MUTATIONS.iter().map(|sample| sample.0));
    picture.push_str("\nMutation\n");
    for sample in MUTATIONS {
        let input = of_mutations[sample.0].input.clone().unwrap();
        picture.push_str(&line(sample.0, &mutation_row(&mut world, &input, sample).await));
    }
    let of_queries = fields(&admin, "Query").await;
    all_are_sampled(&of_queries, QUERIES.iter().map(|sample| sample.0));
    picture.push_str("\nQuery\n");
    for sample in QUERIES {
        let row = query_row(&mut world, *sample, &of_queries[sample.0]).await;
        picture.push_str(&line(sample.0, &row));
    }
    let of_subscriptions = fields(&admin, "Subscription").await;
    all_are_sampled(&of_subscriptions, SUBSCRIPTIONS.iter().map(|sample| sample.0));
    picture.push_str("\nSubscription\n");
    for sample in SUBSCRIPTIONS {
        let row = subscription_row(&world, *sample, &of_subscriptions[sample.0]).await;
        picture.push_str(&line(sample.0, &row));
    }
    picture.push_str(LEGEND);
    expect_test::expect_file!["../../golden/access-over-http.txt"].assert_eq(&picture);
}
