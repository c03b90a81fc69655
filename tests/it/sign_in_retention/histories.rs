//! Random histories: people sign in, time passes, holds come and go, people are erased, rules are carried out, the
//! directory starts again. What is old enough is unreadable, what is young enough is not, and a replay is what is live.

use rollbook::bench::Seeded;
use rollbook::clock::Clock as _;
use rollbook::directory::Directory;
use rollbook::retention::carry_out_due;
use rollbook_schema::Position;
use rollbook_schema::value::Timestamp;
use serde_json::json;

use super::crashes::again;
use super::{Case, DAY, case, switched_on, tries};
use crate::support::rollbook::ADMIN_PASSWORD;

const HISTORIES: u64 = 3;
const STEPS: usize = 40;
const PEOPLE: [&str; 3] = ["bea", "cid", "dan"];
const RULE_DAYS: i64 = 35;
/// A key lives so long.
const PERIOD_DAYS: i64 = 30;

/// One sign-in, or an attempt.
struct Seen {
    who: usize,
    program: String,
    at: Timestamp,
}

struct Person {
    id: String,
    is_held: bool,
    is_erased: bool,
}

/// Every program that can still be read.
fn readable(directory: &Directory) -> Vec<String> {
    let all =
        (1..=directory.reached().0).map(|position| directory.recorded(Position(position)).unwrap().unwrap());
    let programs = all.map(|recorded| recorded.envelope.context.known().and_then(|it| it.user_agent.clone()));
    programs.flatten().collect()
}

struct World {
    /// Absent only while it starts again.
    case: Option<Case>,
    people: Vec<Person>,
    seen: Vec<Seen>,
    random: Seeded,
}

impl World {
    async fn begin(seed: u64) -> World {
        let case = case().await;
        let mut people = Vec::new();
        for name in PEOPLE {
            let id = case.rollbook.admin.create("AGENT", name).await;
            people.push(Person { id, is_held: false, is_erased: false });
        }
        switched_on(&case, u32::try_from(RULE_DAYS).unwrap()).await;
        World { case: Some(case), people, seen: Vec::new(), random: Seeded(seed) }
    }

    fn case(&self) -> &Case {
        self.case.as_ref().unwrap()
    }

    async fn step(&mut self) {
        let who = self.random.below(PEOPLE.len());
        match self.random.below(12) {
            0..=4 => self.somebody_tries(who).await,
            5 | 6 => self.time_passes().await,
            7 => self.hold(who).await,
            8 if self.random.below(4) == 0 => self.erase(who).await,
            9 => self.start_again().await,
            _ => self.carry_out().await,
        }
    }

    async fn somebody_tries(&mut self, who: usize) {
        let program = format!("Program/{}", self.seen.len());
        let name = PEOPLE[who];
        let password =
            if self.random.below(5) == 0 { "another".to_owned() } else { format!("password of {name}") };
        let rollbook = &self.case().rollbook;
        let before = rollbook.directory.reached();
        tries(rollbook, name, &password, ["203.0.113.1", &program]).await;
        rollbook.settled().await;
        // Not every attempt on a locked account is recorded.
        if rollbook.directory.reached() > before {
            let at = self.case().clock.now();
            self.seen.push(Seen { who, program, at });
        }
    }

    async fn time_passes(&mut self) {
        let days = 1 + i64::try_from(self.random.below(25)).unwrap();
        self.case().clock.pass_minutes(days * DAY);
        self.sign_in_again().await;
    }

    async fn sign_in_again(&mut self) {
        let Some(Case { rollbook, olga, otto, .. }) = &mut self.case else { return };
        rollbook.admin = rollbook.sign_in("admin", ADMIN_PASSWORD).await;
        *olga = rollbook.sign_in("olga", "password of olga").await;
        *otto = rollbook.sign_in("otto", "password of otto").await;
    }

    async fn hold(&mut self, who: usize) {
        let person = &self.people[who];
        if person.is_erased {
            return;
        }
        let mutation = if person.is_held { "liftLegalHold" } else { "placeLegalHold" };
        let input = json!({ "userId": person.id, "reason": "case 7" });
        self.case().olga.accept(mutation, input, "").await;
        self.people[who].is_held = !self.people[who].is_held;
    }

    async fn erase(&mut self, who: usize) {
        let person = &self.people[who];
        if person.is_held || person.is_erased {
            return;
        }
        let (name, Case { rollbook, olga, otto, .. }) = (PEOPLE[who], self.case());
        let asked = json!({ "userId": person.id, "username": name, "email": format!("{name}@example.org"),
                            "mode": "ERASURE", "legalBasis": "CONSENT_WITHDRAWN", "ticket": "T-1" });
        let payload = olga.accept("requestMasking", asked, "request { id }").await;
        rollbook.admin.accept("deleteUser", json!({ "userId": person.id }), "").await;
        otto.accept("approveMasking", json!({ "requestId": payload["request"]["id"] }), "").await;
        let readable = readable(&rollbook.directory);
        self.people[who].is_erased = true;
        let mut own = self.seen.iter().filter(|seen| seen.who == who);
        assert!(own.all(|seen| !readable.contains(&seen.program)), "an erasure takes them all");
    }

    async fn start_again(&mut self) {
        let Some(Case { rollbook, clock, ann, .. }) = self.case.take() else { return };
        self.case = Some(again(rollbook.stop().await, clock, ann).await);
    }

    async fn carry_out(&mut self) {
        let Case { rollbook, clock, .. } = self.case();
        let directory = &rollbook.directory;
        carry_out_due(directory).await.unwrap();
        let (readable, now) = (readable(directory), clock.now());
        for seen in &self.seen {
            let person = &self.people[seen.who];
            let days = (now.millis() - seen.at.millis()) / (DAY * 60_000);
            let is_readable = readable.contains(&seen.program);
            if person.is_erased || days >= RULE_DAYS + PERIOD_DAYS && !person.is_held {
                assert!(!is_readable, "{} is {days} days old", seen.program);
            } else if days < RULE_DAYS {
                assert!(is_readable, "{} is {days} days old", seen.program);
            }
        }
        let rebuilt = directory.rebuild_in_shadow().unwrap();
        assert_eq!(rebuilt.live.as_ref(), Some(&rebuilt.rebuilt));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_happens_the_old_are_unreadable_and_the_young_are_not() {
    for seed in 1..=HISTORIES {
        let mut world = World::begin(seed).await;
        for _ in 0..STEPS {
            world.step().await;
        }
        world.carry_out().await;
        assert!(world.seen.len() > 5, "seed {seed}: something happened");
    }
}
