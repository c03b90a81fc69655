//! Everything that the API says of people, as a compliance officer reads it.

use serde_json::{Value, json};

use super::people::Forgotten;
use super::world::World;
use crate::support::http::Client;

const PERSON: &str = "id username email label displayName fullName firstName lastName title mobilePhone signature \
                      avatarUrl attributes { value }";
const ENTRY: &str = "id type summary changes { field from to } subject { name } actor { name } \
                     context { reason clientAddress userAgent requestId }";

/// Each answer with its name.
pub async fn everything_said(world: &World) -> Vec<(String, Vec<u8>)> {
    let client = &world.olga;
    let head = world.rollbook().directory.reached().0;
    let mut said = Vec::new();
    let list = format!("{{ users(first: 100) {{ nodes {{ {PERSON} }} }} }}");
    said.push(("users".to_owned(), client.data(&list, json!({})).await));
    for at in [head / 3, head * 2 / 3, head - 1] {
        let list = format!("query($at: AsOf) {{ users(first: 100, asOf: $at) {{ nodes {{ {PERSON} }} }} }}");
        said.push((format!("users at {at}"), client.data(&list, json!({ "at": { "position": at } })).await));
    }
    for person in world.people.iter().filter(|person| person.forgotten != Forgotten::Not) {
        let one = format!("query($id: ID!) {{ user(by: {{ id: $id }}) {{ {PERSON} }} }}");
        said.push((format!("user {}", person.id), client.data(&one, json!({ "id": person.id })).await));
        let then =
            format!("query($id: ID!, $at: AsOf) {{ user(by: {{ id: $id }}, asOf: $at) {{ {PERSON} }} }}");
        let at = json!({ "id": person.id, "at": { "position": head - 1 } });
        said.push((format!("user {} before", person.id), client.data(&then, at).await));
    }
    said.push(("history".to_owned(), whole_history(client).await));
    let changes = "{ changes(from: { position: 1 }, first: 100) { nodes { fate fields { field from to } \
                   user { label } } } }";
    said.push(("changes".to_owned(), client.data(changes, json!({})).await));
    let kept = "{ maskingRequests { id userId } erasures { id userId receipt } }";
    said.push(("requests".to_owned(), client.data(kept, json!({})).await));
    let notes = "{ checkpoints { note } }";
    said.push(("checkpoints".to_owned(), world.rollbook().admin.data(notes, json!({})).await));
    let mut said: Vec<_> =
        said.into_iter().map(|(what, answer)| (what, answer.to_string().into_bytes())).collect();
    let files = ["/review/access.csv", "/review/access.json", "/users.csv", "/log/checkpoint"];
    for path in files {
        said.push((path.to_owned(), client.get(path).await.body.to_vec()));
    }
    said
}

async fn whole_history(client: &Client) -> Value {
    let document = format!(
        "query($after: String) {{ history(first: 100, after: $after) \
         {{ nodes {{ {ENTRY} }} pageInfo {{ endCursor hasNextPage }} }} }}"
    );
    let (mut all, mut after) = (Vec::new(), Value::Null);
    loop {
        let page = client.data(&document, json!({ "after": after })).await["history"].take();
        all.extend(page["nodes"].as_array().unwrap().clone());
        if page["pageInfo"]["hasNextPage"] == false {
            return json!(all);
        }
        after = page["pageInfo"]["endCursor"].clone();
    }
}

/// What is told of everybody but one, their history included.
pub async fn said_of_others(world: &World, but: usize) -> Vec<Value> {
    let mut said = Vec::new();
    for (index, person) in world.people.iter().enumerate() {
        if index != but {
            let document = format!(
                "query($id: ID!) {{ user(by: {{ id: $id }}) {{ {PERSON} active locked deleted masked version }} \
                 history(filter: {{ user: $id }}, first: 100) {{ nodes {{ {ENTRY} }} }} }}"
            );
            said.push(world.olga.data(&document, json!({ "id": person.id })).await);
        }
    }
    said
}
