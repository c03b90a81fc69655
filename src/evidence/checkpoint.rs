//! What a log says about itself at one moment (C2SP tlog-checkpoint): its origin, its size, its root.

use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rollbook_schema::id::Digest;

use super::note::is_key_name;

/// The state of a log: the text of a signed note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// Which log.
    pub origin: String,
    /// How many records.
    pub size: u64,
    /// Over all of them.
    pub root: Digest,
}

/// Not the text of a checkpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is not a checkpoint")]
pub struct NotACheckpoint;

impl fmt::Display for Checkpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\n{}\n{}\n", self.origin, self.size, STANDARD.encode(self.root.0))
    }
}

impl FromStr for Checkpoint {
    type Err = NotACheckpoint;

    /// Lines after the third are not ours to read, but may stand there.
    fn from_str(text: &str) -> Result<Self, NotACheckpoint> {
        let text = text.strip_suffix('\n').ok_or(NotACheckpoint)?;
        let mut lines = text.split('\n');
        let (Some(origin), Some(size), Some(root)) = (lines.next(), lines.next(), lines.next()) else {
            return Err(NotACheckpoint);
        };
        let size: u64 = size.parse().ok().filter(|n: &u64| n.to_string() == size).ok_or(NotACheckpoint)?;
        let root = STANDARD.decode(root).map_err(|_| NotACheckpoint)?;
        let root = Digest(root.try_into().map_err(|_| NotACheckpoint)?);
        if !is_key_name(origin) || lines.any(str::is_empty) {
            return Err(NotACheckpoint);
        }
        Ok(Checkpoint { origin: origin.to_owned(), size, root })
    }
}
