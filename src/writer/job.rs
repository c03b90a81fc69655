//! What goes into the writer, and what comes out.

use rollbook_keyring::KeyAddress;
use rollbook_schema::id::Digest;
use rollbook_schema::{Command, CommandEnvelope, Position, RecordedEvent, Rejections, Subject};
use tokio::sync::oneshot;

use crate::access::Caller;
use crate::traces::{Span, SpanContext};

/// What the queue holds.
pub enum Message {
    /// A command to judge.
    Job(Box<Job>),
    /// Finish what was accepted, then end.
    Close,
}

/// A command on its way.
pub struct Job {
    /// Whose rights it needs; the program itself for what needs none.
    pub caller: Caller,
    /// Who asks.
    pub envelope: CommandEnvelope,
    /// What.
    pub command: Command,
    /// Where the answer goes.
    pub reply: Reply,
    /// Within which span it was asked.
    pub trace: Option<SpanContext>,
}

/// The way back to whoever asked. Whoever went away is not missed.
pub struct Reply(oneshot::Sender<Answer>);

impl Reply {
    /// A reply, and where it arrives.
    #[must_use]
    pub fn channel() -> (Reply, oneshot::Receiver<Answer>) {
        let (sender, receiver) = oneshot::channel();
        (Reply(sender), receiver)
    }

    /// Gives the answer.
    pub fn give(self, answer: Answer) {
        // The asker may have hung up; what was decided stands all the same.
        let _ = self.0.send(answer);
    }
}

/// What the asker is told.
pub type Answer = Result<Outcome, CommandError>;

/// A command that was accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The last record of the command; for a command that changed nothing, the head it was judged at.
    pub position: Position,
    /// Whom or what it changed or made.
    pub subject: Subject,
    /// The command id was known: this is the receipt it got the first time.
    pub repeated: bool,
}

/// A command that was not accepted.
#[derive(Clone, Debug, thiserror::Error)]
pub enum CommandError {
    /// An answer like any other.
    #[error("refused: {}", .0.code())]
    Refused(Rejections),
    /// Nothing was acknowledged, and nothing will be until the next start.
    #[error(transparent)]
    Stopped(Stop),
}

impl From<Rejections> for CommandError {
    fn from(rejections: Rejections) -> Self {
        CommandError::Refused(rejections)
    }
}

/// Why the writer ended.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Stop {
    /// On request.
    #[error("the directory is shutting down")]
    Closed,
    /// The log could not be written.
    #[error("the log stopped: {0}")]
    Log(String),
    /// The keys could not be used.
    #[error("the keyring stopped: {0}")]
    Keyring(String),
    /// An event could not be encoded.
    #[error("an event could not be encoded: {0}")]
    Codec(String),
    /// A step of an erasure could not be taken: the next start takes it up.
    #[error("an erasure stopped: {0}")]
    Erasure(String),
    /// The log is not the one that was signed.
    #[error("{0}")]
    Evidence(String),
    /// The log could not be folded anew beside what another build had folded.
    #[error("the log could not be folded anew: {0}")]
    Rebuild(String),
    /// A fold met a bug: its view would be wrong from here on.
    #[error("the views stopped at position {0}: a fold failed")]
    Fold(Position),
}

impl Stop {
    /// The reason in one word, which says nothing of anybody.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Stop::Closed => "closed",
            Stop::Log(_) => "log",
            Stop::Keyring(_) => "keyring",
            Stop::Codec(_) => "codec",
            Stop::Erasure(_) => "erasure",
            Stop::Evidence(_) => "evidence",
            Stop::Rebuild(_) => "rebuild",
            Stop::Fold(_) => "fold",
        }
    }
}

/// A batch that is durable.
pub struct Committed {
    /// Its events, opened, in order.
    pub events: Vec<RecordedEvent>,
    /// Who waits for the views to hold it.
    pub answers: Vec<(Reply, Answer)>,
    /// The leaves of its records, in order.
    pub leaves: Vec<Digest>,
    /// Ends when the answers are given.
    pub span: Span,
    /// Keys that its events order destroyed.
    pub destroyed: Vec<KeyAddress>,
}
