//! The register: what personal data exists where, under which key, and what ends it.
//!
//! What the log holds is read off the types of the events ([`rollbook_schema::described`]), and what memory holds
//! off the views ([`rollbook_projections::view::HELD`]), so that neither can be forgotten here. Files are named by
//! hand ([`places`]), and a test holds the names against a directory in which everything has happened.

pub mod places;
mod text;

use rollbook_projections::view::HELD;
use rollbook_schema::Group;
use rollbook_schema::described::{PartShape, SealedUnder};
use rollbook_schema::event::EventType;
use serde::Serialize;

use places::{FILES, OUTSIDE, Place};

/// The version of the register's form.
pub const FORMAT: u32 = 1;

/// What personal data exists where.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Register {
    /// [`FORMAT`].
    pub format: u32,
    /// Sealed parts of events, in the order of the types; the part that all have comes first.
    pub sealed: Vec<Sealed>,
    /// Files of the data directory.
    pub files: Vec<Place>,
    /// Views, in memory while a server runs.
    pub memory: Vec<Place>,
    /// Where values go that leave the directory.
    pub outside: Vec<Place>,
}

/// One sealed part of one type of event.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Sealed {
    /// The stored type with its version, such as `user.created@1`; `*` for every type, and with it what led to the
    /// events, where that decides.
    pub event: String,
    /// Under whose key.
    pub under: &'static str,
    /// Under which of their keys.
    pub key: &'static str,
    /// What may stand in it, by the names of the API.
    pub fields: Vec<&'static str>,
    /// What makes it unreadable for good.
    pub ended_by: &'static str,
}

impl Register {
    /// The register of this program.
    #[must_use]
    pub fn of_this_program() -> Register {
        let context = Sealed::of("*".to_owned(), PartShape::context());
        let sign_in = Sealed::of("* by signIn, signOut".to_owned(), PartShape::sign_in_context());
        let parts = EventType::ALL.iter().flat_map(|of| {
            let event = format!("{}@{}", of.name(), of.version());
            of.part_shapes().into_iter().map(move |shape| Sealed::of(event.clone(), shape))
        });
        let memory = HELD.iter().filter(|held| !held.values.is_empty());
        let memory = memory.map(|held| Place {
            place: held.view,
            holds: held.values,
            ended_by: "the event that orders the key destroyed; the end of the program",
        });
        Register {
            format: FORMAT,
            sealed: [context, sign_in].into_iter().chain(parts).collect(),
            files: FILES.to_vec(),
            memory: memory.collect(),
            outside: OUTSIDE.to_vec(),
        }
    }
}

impl Sealed {
    fn of(event: String, shape: PartShape) -> Sealed {
        let PartShape { under, group, fields } = shape;
        Sealed { event, under: owner(under), key: key(group), fields, ended_by: ended_by(under, group) }
    }
}

fn owner(under: SealedUnder) -> &'static str {
    match under {
        SealedUnder::Person => "person",
        SealedUnder::Actor => "actor",
        SealedUnder::Tenant => "tenant",
        SealedUnder::Period => "period",
        SealedUnder::Secret => "secret",
    }
}

fn key(group: Group) -> &'static str {
    match group {
        Group::Login => "login",
        Group::Person => "person",
        Group::Credential => "credential",
        Group::Context => "context",
        Group::Mask => "mask",
    }
}

fn ended_by(under: SealedUnder, group: Group) -> &'static str {
    match (under, group) {
        (SealedUnder::Tenant, _) => "nothing: names of things; let nobody put a person's name there",
        (SealedUnder::Secret, Group::Person) => "another wording, or its purge",
        (SealedUnder::Secret, _) => "its replacement, its use, or the deletion of the user",
        (_, Group::Login) => "a masking (HISTORY or ERASURE)",
        (SealedUnder::Period, _) => {
            "a retention rule (SIGN_IN_CONTEXT_AFTER), or the erasure of whoever acted"
        }
        (_, Group::Context) => "the erasure of whoever acted",
        (_, Group::Person | Group::Credential | Group::Mask) => "an erasure",
    }
}
