//! Where personal data stands beside the log, and where it goes.

use serde::Serialize;

/// One place.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Place {
    /// Its name: a file or folder of the data directory, a view, or in words.
    pub place: &'static str,
    /// What of people is in it.
    pub holds: &'static str,
    /// What takes it away.
    pub ended_by: &'static str,
}

const fn place(place: &'static str, holds: &'static str, ended_by: &'static str) -> Place {
    Place { place, holds, ended_by }
}

const NOTHING: &str = "nothing to end";

/// Everything that lies in a data directory.
pub const FILES: &[Place] = &[
    place(
        "log",
        "events: the sealed parts above; in clear ids, enums, numbers, moments, SHA-256 of session tokens, and values of \
         custom attributes that are numbers, days, flags or choices and were defined as not personal",
        "the keys of the parts; what stands in clear stays: it names people by number only",
    ),
    place(
        "keyring",
        "no values; the keys of all of them",
        "a shredded key leaves no trace; backups of this folder keep it alive",
    ),
    place("keyring.master", "no values; the key of the keyring", "its owner"),
    place(
        "avatars",
        "pictures of people, each sealed under its person's key (person)",
        "removal, replacement, deletion, or an erasure",
    ),
    place(
        "evidence",
        "no values; hashes of records that are sealed, signatures, names of witnesses",
        NOTHING,
    ),
    place("log.witness", "no values; a position and a hash", NOTHING),
    place(
        "views",
        "hashes of views; a snapshot of them, with every value that the views below hold, sealed under a key of its own",
        "any masking, erasure or other end of a key takes the file away and destroys its key",
    ),
];

/// Where values go that leave the directory, each by somebody's act.
pub const OUTSIDE: &[Place] = &[
    place(
        "mail",
        "email, display name, made-up passwords, to whom they belong; by the way that --mail-transport names",
        "whoever has the mail",
    ),
    place(
        "/users.csv, /people/{id}/file, GraphQL, REST",
        "what the reader may see",
        "whoever has the answer",
    ),
    place(
        "rollbook log --reveal, replay --reveal, audit review --reveal",
        "what the keys of the directory open",
        "whoever has the output",
    ),
    place(
        "rollbook audit export --sealed",
        "sealed parts: unreadable without the keyring",
        "the keys of the parts",
    ),
    place("/log/checkpoint, /log/tile", "no values; hashes", NOTHING),
    place("standard error", "no values; ids, codes, positions", NOTHING),
    place(
        "copies of the data directory",
        "what lay in it when they were made",
        "whoever has them; a start after a restore destroys again what the log says is destroyed",
    ),
];
