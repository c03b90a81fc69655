//! Rules that call another program: before a deletion, which then waits for the answer, and after one.

mod after;
mod before;
mod ways;

use std::collections::BTreeSet;
use std::sync::Arc;

use rollbook::clock::Clock;
use rollbook::mail::Jitter;
use rollbook::rule_calls::{RuleCalls, call_due};
use rollbook_schema::value::Timestamp;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::clock::{TestClock, standing};
use crate::support::hooks::Hooks;
use crate::support::rollbook::{Rollbook, options};

/// A directory whose rules may call a program of the test.
struct Calling {
    rollbook: Rollbook,
    hooks: Hooks,
    clock: Arc<TestClock>,
}

/// To these origins.
fn to(origins: &[String]) -> RuleCalls {
    RuleCalls::to(origins.iter().cloned().collect::<BTreeSet<_>>(), None).unwrap()
}

async fn opened(folder: Arc<TempDir>, clock: &Arc<TestClock>, calls: RuleCalls) -> Rollbook {
    let mut options = options(&folder);
    options.clock = Arc::clone(clock) as Arc<dyn Clock>;
    options.rule_calls = calls;
    // Longer than any test lets pass.
    options.session_millis = 1_000 * 60 * 60_000;
    Rollbook::start_with(folder, options).await
}

impl Calling {
    async fn start() -> Calling {
        let hooks = Hooks::start().await;
        let calls = to(&[hooks.origin()]);
        Self::start_with(hooks, calls).await
    }

    async fn start_with(hooks: Hooks, calls: RuleCalls) -> Calling {
        let (clock, folder) = (standing(), Arc::new(TempDir::new().unwrap()));
        let rollbook = opened(folder, &clock, calls).await;
        Calling { rollbook, hooks, clock }
    }

    /// The same directory after a stop, with other places that it may call.
    async fn restarted(self, calls: RuleCalls) -> Calling {
        let Calling { rollbook, hooks, clock } = self;
        let rollbook = opened(rollbook.stop().await, &clock, calls).await;
        Calling { rollbook, hooks, clock }
    }

    /// A rule that calls the path; gives its id.
    async fn rule(&self, trigger: &str, path: &str) -> String {
        self.rule_to(trigger, &format!("{}{path}", self.hooks.origin())).await
    }

    async fn rule_to(&self, trigger: &str, url: &str) -> String {
        let input = json!({ "trigger": trigger, "name": format!("Tell {url}"), "action": invoke(url) });
        let payload = self.rollbook.admin.accept("defineUserRule", input, "rule { id }").await;
        payload["rule"]["id"].as_str().unwrap().to_owned()
    }

    async fn user(&self, name: &str) -> String {
        self.rollbook.admin.create("AGENT", name).await
    }

    async fn delete(&self, user: &str) -> Value {
        let document =
            "mutation($input: DeleteUserInput!) { deleteUser(input: $input) { errors { code ruleId } } }";
        let data = self.rollbook.admin.data(document, json!({ "input": { "userId": user } })).await;
        data["deleteUser"].clone()
    }

    /// Makes what calls are due; tells how many minutes later the next one is.
    async fn pass(&self) -> Option<f64> {
        let again = call_due(&self.rollbook.directory, Jitter::NONE).await;
        again.map(|at: Timestamp| (at.millis() - self.clock.now().millis()) as f64 / 60_000.0)
    }

    /// State, attempts and fault of every run.
    async fn runs(&self) -> Value {
        let data = self.rollbook.admin.data("{ ruleRuns { state attempts fault } }", json!({})).await;
        let runs = data["ruleRuns"].as_array().unwrap();
        runs.iter().map(|run| json!([run["state"], run["attempts"], run["fault"]])).collect()
    }

    async fn is_there(&self, user: &str) -> bool {
        let document = "query($id: ID!) { user(by: { id: $id }) { deleted } }";
        let data = self.rollbook.admin.data(document, json!({ "id": user })).await;
        data["user"]["deleted"] == false
    }
}

fn invoke(url: &str) -> Value {
    json!({ "invoke": { "url": url } })
}
