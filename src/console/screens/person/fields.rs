//! The fields of a user in forms, in groups; which of them are required says the schema (ACC-19).

use std::collections::BTreeSet;
use std::sync::LazyLock;

use crate::console::words::{Text, person as words};
use crate::graphql;

/// A field: its name in the API, what it takes, and what a browser may fill in.
pub(super) struct Known {
    pub name: &'static str,
    pub kind: &'static str,
}

const fn text(name: &'static str) -> Known {
    Known { name, kind: "text" }
}

pub(super) const IDENTITY: [Known; 8] = [
    text("fullName"),
    text("displayName"),
    text("firstName"),
    text("lastName"),
    text("title"),
    text("employeeNumber"),
    Known { name: "email", kind: "email" },
    text("username"),
];

pub(super) const CONTACT: [Known; 4] = [
    Known { name: "landLinePhone", kind: "tel" },
    Known { name: "mobilePhone", kind: "tel" },
    text("streetAddress"),
    text("postalCode"),
];

pub(super) const MORE: [Known; 3] =
    [Known { name: "signature", kind: "lines" }, text("federationId"), text("ccaFederationId")];

/// The groups of the form that changes a user. Contact is absent when one is created (UI-09, PRO-10).
pub(super) const GROUPS: [(Text, &[Known]); 3] =
    [(words::IDENTITY, &IDENTITY), (words::CONTACT, &CONTACT), (words::SIGNATURE, &MORE)];

/// What the schema demands of an input.
static CREATE: LazyLock<BTreeSet<String>> = LazyLock::new(|| demanded("CreateUserInput"));

/// Does the schema demand the field of whoever creates a user?
pub(super) fn is_demanded(name: &str) -> bool {
    CREATE.contains(name)
}

/// Fields of an input that are not null and have no default.
fn demanded(input: &str) -> BTreeSet<String> {
    let sdl = graphql::sdl();
    let Some((_, rest)) = sdl.split_once(&format!("\ninput {input} {{\n")) else { return BTreeSet::new() };
    let body = rest.split("\n}").next().unwrap_or_default();
    let fields = body.lines().filter_map(|line| line.trim().split_once(": "));
    let demanded = fields.filter(|(name, kind)| {
        kind.ends_with('!') && name.chars().all(|letter| letter.is_ascii_alphanumeric())
    });
    demanded.map(|(name, _)| name.to_owned()).collect()
}
