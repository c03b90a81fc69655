//! How a command ends: the one place for exit codes, and for the sentence that explains a failure.

use std::process::ExitCode;

use rollbook_event_log::Fault;
use rollbook_keyring::KeyringFault;

use crate::config::ConfigFault;
use crate::directory::offline::OfflineFault;
use crate::directory::{OpenFault, ReadFault};
use crate::evidence::verify::{VerifyFault, broken_log};
use crate::serve::ServeFault;

/// An exit code. The numbers are a promise to scripts: never reuse one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// All was done.
    Done = 0,
    /// The disk, the network, the keys or the program itself failed.
    Fault = 1,
    /// The command line, a variable or the file of settings is wrong.
    Usage = 2,
    /// Some rows or users were refused; all others are in.
    RowsRefused = 3,
    /// The log does not hold, or the views came out differently.
    Broken = 4,
    /// Another process uses the data directory.
    InUse = 5,
    /// There is no directory or no file where one was expected.
    Absent = 6,
    /// The server refused what was asked; its answer says why, with codes.
    Refused = 7,
}

impl Exit {
    /// All codes, in their order.
    pub const ALL: [Exit; 8] = [
        Exit::Done,
        Exit::Fault,
        Exit::Usage,
        Exit::RowsRefused,
        Exit::Broken,
        Exit::InUse,
        Exit::Absent,
        Exit::Refused,
    ];

    /// What it means, for the help text.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        match self {
            Exit::Done => "all was done",
            Exit::Fault => "the disk, the network, the keys or the program failed",
            Exit::Usage => "the command line, a variable or the file of settings is wrong",
            Exit::RowsRefused => "some rows or users were refused; all others are in",
            Exit::Broken => "the log is BROKEN, or a rebuilt view differs",
            Exit::InUse => "another process uses the data directory",
            Exit::Absent => "there is no directory or file at the given path",
            Exit::Refused => "the server refused what was asked; the answer says why, with codes",
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(exit as u8)
    }
}

/// A command that did not do what it was asked to.
#[derive(Debug)]
pub struct Failure {
    exit: Exit,
    sentence: Option<String>,
}

impl Failure {
    /// Says what to do, in one sentence without personal data.
    pub fn new(exit: Exit, sentence: impl Into<String>) -> Self {
        Failure { exit, sentence: Some(sentence.into()) }
    }

    /// Whoever read our output went away, which is their right (`| head`).
    #[must_use]
    pub fn reader_left() -> Self {
        Failure { exit: Exit::Done, sentence: None }
    }

    /// The code.
    #[must_use]
    pub fn exit(&self) -> Exit {
        self.exit
    }

    /// The sentence; `None` for an end that needs no word.
    #[must_use]
    pub fn sentence(&self) -> Option<&str> {
        self.sentence.as_deref()
    }
}

impl From<std::io::Error> for Failure {
    fn from(fault: std::io::Error) -> Self {
        match fault.kind() {
            std::io::ErrorKind::BrokenPipe => Failure::reader_left(),
            _ => Failure::new(Exit::Fault, format!("could not write the output: {fault}")),
        }
    }
}

impl From<ConfigFault> for Failure {
    fn from(fault: ConfigFault) -> Self {
        Failure::new(Exit::Usage, fault.to_string())
    }
}

impl From<OpenFault> for Failure {
    fn from(fault: OpenFault) -> Self {
        let exit = match &fault {
            OpenFault::Log(Fault::Locked { .. }) | OpenFault::Keyring(KeyringFault::InUse { .. }) => {
                Exit::InUse
            }
            OpenFault::Log(log) if broken_log(log).is_some() => Exit::Broken,
            OpenFault::Chain(_) => Exit::Broken,
            _ => Exit::Fault,
        };
        Failure::new(exit, chained(&fault))
    }
}

impl From<OfflineFault> for Failure {
    fn from(fault: OfflineFault) -> Self {
        match fault {
            OfflineFault::Absent { .. } => Failure::new(Exit::Absent, fault.to_string()),
            OfflineFault::Open(fault) => fault.into(),
            OfflineFault::Read(ReadFault::Log(log)) => OpenFault::Log(log).into(),
            OfflineFault::Read(fault) => Failure::new(Exit::Fault, chained(&fault)),
        }
    }
}

impl From<VerifyFault> for Failure {
    fn from(fault: VerifyFault) -> Self {
        match fault {
            VerifyFault::Broken(broken) => Failure::new(Exit::Broken, broken.to_string()),
            VerifyFault::Log(fault) => OpenFault::Log(fault).into(),
        }
    }
}

impl From<ServeFault> for Failure {
    fn from(fault: ServeFault) -> Self {
        match fault {
            ServeFault::Open(fault) => fault.into(),
            fault => Failure::new(Exit::Fault, chained(&fault)),
        }
    }
}

/// A fault with what caused it, where its own words do not say so already.
fn chained(fault: &dyn std::error::Error) -> String {
    let mut sentence = fault.to_string();
    let mut cause = fault.source();
    while let Some(found) = cause {
        let words = found.to_string();
        if !sentence.contains(&words) {
            sentence.push_str(": ");
            sentence.push_str(&words);
        }
        cause = found.source();
    }
    sentence
}
