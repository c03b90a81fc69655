//! Settings: one table, three places to say them, one order of precedence.
//!
//! Every setting of [`SETTINGS`] is a flag (`--log-level`), a variable (`ROLLBOOK_LOG_LEVEL`) and a key
//! of a TOML file (`log-level`). A flag wins over a variable, a variable over the file, the file over
//! the default. A variable or a key that is not in the table is refused: a typing error must not leave
//! a default in force. Secrets ([`SECRETS`]) have no flag, since everybody on the machine can read the
//! flags of a process.

mod documents;
mod fault;
mod layers;
mod logging;
mod mail;
mod serving;
mod table;
mod traces;
mod values;

pub use fault::{ConfigFault, Source};
pub use layers::{Layers, environment};
pub use logging::{LogFormat, LogLevel, LogSettings, log_settings};
pub use serving::{directory_options, serve_settings};
pub use table::{CONFIG, SECRETS, SERVER, SETTINGS, Secret, Setting, TOKEN, variable};
