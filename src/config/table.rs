//! The table of settings.

/// A setting that may be seen by everybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setting {
    /// The flag without its dashes, and the key in the file.
    pub name: &'static str,
    /// What stands for the value in help texts: its unit or its form.
    pub value: &'static str,
    /// In force where nothing else is said.
    pub default: &'static str,
    /// One sentence.
    pub help: &'static str,
}

/// A setting that nobody else may see: a variable or a key in the file, never a flag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Secret {
    /// The key in the file.
    pub name: &'static str,
    /// One sentence.
    pub help: &'static str,
}

/// The file of settings. A flag and a variable, and no key of the file.
pub const CONFIG: &str = "config";
/// The server that commands ask. A flag and a variable.
pub const SERVER: &str = "server";
/// A session token for commands that talk to a server. A variable only.
pub const TOKEN: &str = "token";

const fn setting(
    name: &'static str,
    value: &'static str,
    default: &'static str,
    help: &'static str,
) -> Setting {
    Setting { name, value, default, help }
}

/// All settings, in the order of the help text.
pub const SETTINGS: &[Setting] = &[
    setting("data", "DIR", "./rollbook-data", "The data directory"),
    setting("listen", "ADDRESS:PORT", "127.0.0.1:7420", "Where to serve"),
    setting(
        "log-level",
        "LEVEL",
        "info",
        "Least weight of what is logged: off, error, warn, info, debug, trace",
    ),
    setting("log-format", "FORMAT", "text", "How it is logged: text or json, a line each, on standard error"),
    setting(
        "log-cache-bytes",
        "BYTES",
        "67108864",
        "Page cache of the event log; expect two to three times as much memory",
    ),
    setting(
        "queue-commands-max",
        "COMMANDS",
        "1024",
        "Commands that may wait for the writer; one more is answered BUSY",
    ),
    setting("hashing-memory-kib", "KIB", "19456", "Memory for hashing one password with argon2id"),
    setting("hashing-passes", "PASSES", "2", "Passes over that memory"),
    setting("hashing-lanes", "LANES", "1", "Lanes in that memory"),
    setting("hashing-places", "PASSWORDS", "2", "Passwords hashed at the same time"),
    setting("session-minutes", "MINUTES", "720", "How long a session lasts"),
    setting("lock-after-failures", "FAILURES", "5", "Wrong passwords in a row that lock an account"),
    setting(
        "keyring-backup-days",
        "DAYS",
        "30",
        "How long a backup of the keyring is kept at most: the true delay of an erasure, as its receipt says",
    ),
    setting("guest-cases", "YES|NO", "no", "Whether guests may open cases: yes or no"),
    setting("license-contact", "TEXT", "", "Whom to ask for more licenses, shown beside them"),
    setting(
        "mail-transport",
        "WAY",
        "none",
        "How mail leaves: none, console, file:DIR, smtps://HOST:PORT, or smtp://HOST:PORT?tls=MODE for \
         STARTTLS (required, opportunistic, none; to this machine none is the default, else required)",
    ),
    setting(
        "mail-ca-file",
        "FILE",
        "",
        "Certificates (PEM) trusted for the mail relay, not those of the system",
    ),
    setting("mail-password-file", "FILE", "", "A file that holds mail-password"),
    setting("mail-from", "ADDRESS", "rollbook@localhost", "Who sends mail"),
    setting("sign-in-at", "URL", "http://127.0.0.1:7420/", "Where people sign in, as mails tell them"),
    setting(
        "log-origin",
        "NAME",
        "rollbook.localhost",
        "Name of the log on its checkpoints, such as id.example.com/log",
    ),
    setting("log-public", "WHAT", "proofs", "What of /log everybody may see: none, proofs, or entries too"),
    setting(
        "log-witnesses",
        "KEYS",
        "",
        "Verifier keys of witnesses who may cosign checkpoints, between commas",
    ),
    setting(
        "shadow-every-hours",
        "HOURS",
        "24",
        "How often the log is folded again beside the live views, to be compared; 0: on request only",
    ),
    setting(
        "snapshot-after-events",
        "EVENTS",
        "100000",
        "Events after which a sealed snapshot is written when the server stops or a proof ends; 0: never",
    ),
    setting(
        "rule-origins",
        "ORIGINS",
        "",
        "Where rules on users may call, between commas: https://HOST[:PORT] or http://HOST[:PORT]; nowhere else",
    ),
    setting(
        "rule-ca-file",
        "FILE",
        "",
        "Certificates (PEM) trusted for the calls of rules, not those of the system",
    ),
    setting(
        "trace-endpoint",
        "URL",
        "",
        "Where traces go, as OTLP in JSON: http(s)://HOST:PORT/v1/traces; none: they are not made",
    ),
    setting(
        "traces-per-thousand",
        "TRACES",
        "1000",
        "Of a thousand traces that begin here, how many are kept; one that a client began is kept if the client says so",
    ),
    setting("introspection", "WHOM", "signed-in", "To whom the schema is described: signed-in, or everybody"),
    setting(
        "trusted-documents",
        "FILE",
        "",
        "JSON object of GraphQL documents by their SHA-256: only these are run at /graphql; none: any",
    ),
    setting("body-bytes-max", "BYTES", "1048576", "Longest request body; a longer one is answered 413"),
    setting("connections-max", "CONNECTIONS", "4096", "Connections open at the same time; further ones wait"),
    setting(
        "connections-per-address-max",
        "CONNECTIONS",
        "1024",
        "Of these, connections of one address; further ones are closed",
    ),
    setting(
        "requests-max",
        "REQUESTS",
        "8192",
        "Requests under way at the same time; one more is answered 503",
    ),
    setting(
        "requests-per-second-per-address",
        "REQUESTS",
        "2000",
        "What one address may ask, ten times as much at once; more is answered 429; this machine's own requests \
         are free; 0: no bound",
    ),
    setting(
        "requests-per-second-per-person",
        "REQUESTS",
        "2000",
        "What one person may ask of GraphQL, ten times as much at once; more is answered 429; requests from this \
         machine are free; 0: no bound",
    ),
    setting(
        "sign-ins-per-minute-per-address",
        "SIGN-INS",
        "600",
        "Sign-ins that one address may try; more is answered BUSY; this machine's own are free; 0: no bound",
    ),
    setting(
        "trusted-proxies",
        "ADDRESSES",
        "",
        "Addresses of proxies whose x-forwarded-for is believed, between commas",
    ),
    setting(
        "tls-certificate",
        "FILE",
        "",
        "Certificate chain (PEM) to serve TLS with; read anew when it changes",
    ),
    setting("tls-key", "FILE", "", "Its private key (PEM)"),
    setting("subscriptions-max", "SUBSCRIPTIONS", "64", "Subscriptions under way on one connection"),
    setting("shutdown-grace-seconds", "SECONDS", "20", "How long a shutdown waits for what was accepted"),
];

/// All secrets.
pub const SECRETS: &[Secret] = &[
    Secret {
        name: "admin-email",
        help: "Email of the first administrator, made on an empty directory (admin@example.com)",
    },
    Secret {
        name: "admin-password",
        help: "Password of the first administrator (made up, and printed once)",
    },
    Secret { name: "mail-user", help: "As whom to sign in at the mail relay (nobody)" },
    Secret { name: "mail-password", help: "The password for it; or see --mail-password-file" },
    Secret {
        name: "provider-token",
        help: "Bearer token of the provider, who then sets the number of licenses; 32 characters or more \
               (none: administrators set it)",
    },
    Secret {
        name: "trace-headers",
        help: "Headers that the collector of traces wants: NAME=VALUE, between commas (none)",
    },
    Secret {
        name: "metrics-token",
        help: "Bearer token that /metrics asks for; 32 characters or more (none: /metrics is for this machine only)",
    },
    Secret {
        name: "master-key",
        help: "Master key of the keyring, 64 hex digits (a file keyring.master in the data directory)",
    },
];

/// The variable of a setting: `log-level` is `ROLLBOOK_LOG_LEVEL`.
#[must_use]
pub fn variable(name: &str) -> String {
    format!("ROLLBOOK_{}", name.replace('-', "_").to_ascii_uppercase())
}
