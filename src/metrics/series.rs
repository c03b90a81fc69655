//! The table of all series: what `/metrics` can show, and nothing else can it show.
//!
//! `docs/operating.md` holds this table, and a test that both are the same.

/// What a series is, in Prometheus' words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Rises and falls.
    Gauge,
    /// Rises, and begins at 0 with the process.
    Counter,
    /// Counts of sizes.
    Histogram,
}

impl Kind {
    /// As it is written after `# TYPE`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Kind::Gauge => "gauge",
            Kind::Counter => "counter",
            Kind::Histogram => "histogram",
        }
    }
}

/// One series, or one for each value of its labels.
#[derive(Debug, PartialEq, Eq)]
pub struct Series {
    /// Its name, with its unit.
    pub name: &'static str,
    /// What it is.
    pub kind: Kind,
    /// Names of its labels. Their values are words of the program: never of a person, and few.
    pub labels: &'static [&'static str],
    /// One sentence.
    pub help: &'static str,
}

macro_rules! series {
    ($($id:ident = $kind:ident $name:literal [$($label:literal),*] $help:literal;)*) => {
        $(
            #[doc = $help]
            pub static $id: Series =
                Series { name: $name, kind: Kind::$kind, labels: &[$($label),*], help: $help };
        )*
        /// Every series, in the order of the table.
        pub static ALL: &[&Series] = &[$(&$id),*];
    };
}

series! {
    UP = Gauge "rollbook_up" [] "1 while commands are accepted; 0 once the directory stopped";
    STOPPED = Gauge "rollbook_stopped" ["reason"]
        "1 for why the directory stopped: log, keyring, codec, erasure, evidence, fold, closed";
    BUILD = Gauge "rollbook_build" ["version"] "1, under the version of the program";
    LOGGED = Counter "rollbook_logged_total" ["level"] "Lines logged as a warning or an error";

    QUEUE = Gauge "rollbook_queue_commands" [] "Commands that wait for the writer";
    QUEUE_MAX = Gauge "rollbook_queue_commands_max" [] "How many may wait; one more is answered BUSY";
    COMMANDS = Counter "rollbook_commands_total" ["command", "outcome"]
        "Commands by kind: accepted, repeated (had its effect already), refused, denied (no right), busy, stopped";
    COMMAND_SECONDS = Histogram "rollbook_command_seconds" []
        "From the queue to the answer: judged, durable, and visible in every view";
    REFUSALS = Counter "rollbook_refusals_total" ["code"] "Reasons why commands were refused, by code";
    BATCH_COMMANDS = Histogram "rollbook_batch_commands" [] "Commands judged together";
    BATCH_RECORDS = Histogram "rollbook_batch_records" [] "Records made durable by one sync";
    BATCH_BYTES = Histogram "rollbook_batch_bytes" [] "Bytes of the records of one batch";
    APPEND_SECONDS = Histogram "rollbook_append_seconds" [] "One batch written to the log, sync included";
    SYNC_SECONDS = Histogram "rollbook_sync_seconds" [] "One sync of the log's file to the disk";
    FOLD_SECONDS = Histogram "rollbook_fold_seconds" []
        "One batch folded into all views, and what it orders forgotten forgotten";

    LOG_POSITION = Gauge "rollbook_log_position" [] "Position of the last durable event";
    POSITION = Gauge "rollbook_position" [] "Position of the last event that the views hold: all views move together";
    FOLLOWER_LAG = Gauge "rollbook_follower_lag_records" ["follower"]
        "Durable events that a follower of the log does not hold yet: views, evidence";
    CHECKPOINT_POSITION = Gauge "rollbook_checkpoint_position" [] "Events under the last signed checkpoint";
    CHECKPOINT_TIME = Gauge "rollbook_checkpoint_time_seconds" [] "When it was signed, since 1970";
    BACKUP_TIME = Gauge "rollbook_backup_time_seconds" ["of"]
        "When the last backup of records or of keys was served whole, since 1970; absent before the first since the start";
    SHADOW_MISMATCH = Gauge "rollbook_shadow_mismatch" []
        "Views that the last rebuild found to differ: an alarm";
    SHADOW_PROOFS = Counter "rollbook_shadow_proofs_total" ["outcome"]
        "Rebuilds held against the live views: equal, different, failed";
    SHADOW_POSITION = Gauge "rollbook_shadow_position" []
        "Where the last rebuild was compared; absent before the first ever";
    SHADOW_STARTED = Gauge "rollbook_shadow_started_seconds" [] "When it began, since 1970; absent before the first ever";
    SHADOW_DURATION = Gauge "rollbook_shadow_duration_seconds" [] "How long it took; absent before the first ever";
    VIEW_BYTES = Gauge "rollbook_view_bytes" ["view"]
        "Bytes that each view comes to, written out, at the last rebuild since the start: memory is a small multiple";
    SNAPSHOT_POSITION = Gauge "rollbook_snapshot_position" []
        "Events in the sealed snapshot that the next start folds on from; absent where there is none";
    TAKES_COMMANDS = Gauge "rollbook_takes_commands" []
        "1; 0 while the log is folded anew and only reads are served";
    START_EVENTS = Gauge "rollbook_start_events_folded" [] "Events that were folded when the directory was opened";

    REQUESTS = Counter "rollbook_requests_total" ["route", "method", "status"]
        "Requests by route as the program names it (none: no such route), method and HTTP status";
    REQUEST_SECONDS = Histogram "rollbook_request_seconds" ["route"] "From a request's head to its answer's head";
    EDGE_REFUSALS = Counter "rollbook_graphql_refusals_total" ["code"]
        "GraphQL requests refused before anything ran, by code";
    CONNECTIONS = Gauge "rollbook_connections" [] "HTTP connections open";
    CONNECTIONS_MAX = Gauge "rollbook_connections_max" [] "How many may be open; further ones wait";
    REQUESTS_NOW = Gauge "rollbook_requests_under_way" [] "Requests whose answer is being made";
    REQUESTS_MAX = Gauge "rollbook_requests_under_way_max" [] "How many may be; one more is answered 503";
    WEBSOCKETS = Gauge "rollbook_websockets" [] "WebSockets open";
    SUBSCRIPTIONS = Gauge "rollbook_subscriptions" [] "Subscriptions under way, by WebSocket or event stream";
    DOCUMENTS_CACHED = Gauge "rollbook_documents_cached" [] "GraphQL documents kept checked";

    PASSWORDS_WAITING = Gauge "rollbook_passwords_waiting" [] "Passwords that wait to be hashed or checked";
    PASSWORDS_WAITING_MAX = Gauge "rollbook_passwords_waiting_max" []
        "How many may wait or be at work; one more is answered BUSY";
    PASSWORDS_HASHING = Gauge "rollbook_passwords_hashing" [] "Passwords being hashed or checked";
    PASSWORDS_PLACES = Gauge "rollbook_passwords_places" [] "How many are at the same time";
    PASSWORD_SECONDS = Histogram "rollbook_password_seconds" [] "One password hashed or checked, waiting left out";

    MAIL_WAITING = Gauge "rollbook_mail_waiting" [] "Mails in the outbox that are not sent yet";
    MAIL_OLDEST = Gauge "rollbook_mail_oldest_seconds" [] "Age of the oldest of them; 0 where there is none";
    RULE_RUNS_WAITING = Gauge "rollbook_rule_runs_waiting" [] "Calls of business rules that are not done yet";
    ERASURES_OPEN = Gauge "rollbook_erasures_open" [] "Erasures that were ordered and have no receipt yet";

    DISK_BYTES = Gauge "rollbook_disk_bytes" ["part"]
        "Bytes of the files of log, keyring, evidence and views (a snapshot)";
    DISK_FREE = Gauge "rollbook_disk_free_bytes" [] "Bytes that may still be written where the data stand";
    DISK_FREE_MIN = Gauge "rollbook_disk_free_min_bytes" [] "Below so many the log takes nothing more and stops";

    SPANS = Counter "rollbook_spans_total" ["outcome"]
        "Spans of traces: sent to the collector, or dropped because it did not take them";

    CPU_SECONDS = Counter "process_cpu_seconds_total" [] "Processor time, of the program and of the system for it";
    RESIDENT = Gauge "process_resident_memory_bytes" [] "Memory in use";
    OPEN_FDS = Gauge "process_open_fds" [] "File descriptors open";
    MAX_FDS = Gauge "process_max_fds" [] "How many may be open";
    START_TIME = Gauge "process_start_time_seconds" [] "When the directory was opened, since 1970";
}

/// All series as a table in Markdown.
#[must_use]
pub fn table() -> String {
    let head = "| series | kind | labels | what it tells |\n|---|---|---|---|\n".to_owned();
    ALL.iter().fold(head, |table, series| {
        let labels = series.labels.iter().map(|label| format!("`{label}`")).collect::<Vec<_>>().join(", ");
        let (name, kind, help) = (series.name, series.kind.word(), series.help);
        format!("{table}| `{name}` | {kind} | {labels} | {help} |\n")
    })
}
