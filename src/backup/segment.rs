//! Makes a segment, piece by piece, while the log goes on.
//!
//! The log is read in pieces that are let go of between, so that a slow receiver holds up neither an append nor a
//! shutdown. What is durable never changes, so a segment is whole whatever happens meanwhile.

use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;

use rollbook_event_log::EventLog;
use rollbook_schema::event::{Event, EventType};
use rollbook_schema::id::Digest;
use rollbook_schema::value::Timestamp;
use rollbook_schema::{Header, Personal, Position, Record};

use super::fault::BackupFault;
use super::frame::FrameWriter;
use super::part::{End, Holding, Part, Title};
use crate::avatars::files;
use crate::evidence::fault::EvidenceFault;
use crate::evidence::note::VerifierKey;
use crate::evidence::store::SignedCheckpoint;
use crate::evidence::verify::{Broken, Flaw};
use crate::sealing::UnsealFault;

/// Bytes of records in one piece, about: more are read with the next.
const PIECE_BYTES: usize = 256 << 10;

/// A record that is known, and its digest. What comes after it is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct After {
    /// 0: everything is asked for.
    pub position: u64,
    /// Zeros before the first record.
    pub digest: Digest,
}

/// Gives some of the checkpoints over more than so many records, in their order; none where there are no more.
pub type Checkpoints = Box<dyn FnMut(u64) -> Result<Vec<SignedCheckpoint>, EvidenceFault> + Send>;

/// What a segment is made from.
pub struct Sources {
    /// The records.
    pub log: Arc<dyn EventLog>,
    /// The name of the log.
    pub origin: String,
    /// Every key that ever signed.
    pub keys: Vec<VerifierKey>,
    /// What was signed.
    pub checkpoints: Checkpoints,
    /// The folder of sealed pictures.
    pub pictures: PathBuf,
    /// Now.
    pub made_at: Timestamp,
}

enum Step {
    Title,
    /// Those over more than so many records.
    Checkpoints(u64),
    Records,
    Pictures,
    Done,
}

/// A segment that is being made.
pub struct Segment {
    sources: Sources,
    frames: Option<FrameWriter>,
    step: Step,
    after: After,
    /// Of the last record that was written.
    reached: After,
    through: u64,
    /// Names of pictures in the records so far, backwards.
    pictures: Vec<Digest>,
    pictures_written: u64,
}

impl Segment {
    /// Begins a segment of what comes after a record, through a position that is durable.
    ///
    /// # Errors
    /// [`BackupFault::OtherHistory`] where the log holds another record there.
    pub fn begin(sources: Sources, after: After, through: u64) -> Result<Segment, BackupFault> {
        if digest_at(sources.log.as_ref(), after.position)? != Some(after.digest) || through < after.position
        {
            return Err(BackupFault::OtherHistory(after.position));
        }
        Ok(Segment {
            sources,
            frames: None,
            step: Step::Title,
            after,
            reached: after,
            through,
            pictures: Vec::new(),
            pictures_written: 0,
        })
    }

    /// The last position that it will hold.
    #[must_use]
    pub fn through(&self) -> u64 {
        self.through
    }

    /// The next piece of the stream; `None` behind the end mark.
    ///
    /// # Errors
    /// What reading meets. The stream must be broken off then.
    pub fn piece(&mut self) -> Result<Option<Vec<u8>>, BackupFault> {
        let mut out = Vec::new();
        match self.step {
            Step::Title => self.title(&mut out),
            Step::Checkpoints(size) => self.checkpoints(size, &mut out)?,
            Step::Records => self.records(&mut out)?,
            Step::Pictures => self.next_picture(&mut out),
            Step::Done => return Ok(None),
        }
        Ok(Some(out))
    }

    fn title(&mut self, out: &mut Vec<u8>) {
        self.frames = Some(FrameWriter::begin(out));
        let Sources { origin, made_at, .. } = &self.sources;
        let After { position: after, digest: after_digest } = self.after;
        let (origin, made_at) = (origin.clone(), *made_at);
        let (holding, through) = (Holding::Records, self.through);
        self.write(&Part::Title(Title { holding, origin, made_at, after, after_digest, through }), out);
        let keys = std::mem::take(&mut self.sources.keys);
        keys.into_iter().for_each(|key| self.write(&Part::VerifierKey(key), out));
        self.step = Step::Checkpoints(self.after.position);
    }

    fn checkpoints(&mut self, size: u64, out: &mut Vec<u8>) -> Result<(), BackupFault> {
        let signed = (self.sources.checkpoints)(size)?;
        let last = signed.last().map(|signed| signed.checkpoint.size);
        let through = self.through;
        let within = signed.into_iter().filter(|signed| signed.checkpoint.size <= through);
        within.for_each(|signed| self.write(&Part::Checkpoint(signed), out));
        self.step = match last {
            Some(last) if last < through => Step::Checkpoints(last),
            _ => Step::Records,
        };
        Ok(())
    }

    fn records(&mut self, out: &mut Vec<u8>) -> Result<(), BackupFault> {
        let (mut read, mut bytes_read) = (Vec::new(), 0);
        let through = self.through;
        if self.reached.position < through {
            self.sources.log.replay(self.reached.position, &mut |position, bytes| {
                bytes_read += bytes.len();
                read.push(bytes.to_vec());
                let is_enough = position >= through || bytes_read >= PIECE_BYTES;
                if is_enough { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            })?;
        }
        for bytes in read {
            let position = Position(self.reached.position + 1);
            let digest = self.learn(&bytes).map_err(|flaw| {
                let name = "the log".to_owned();
                BackupFault::Broken { name, source: Broken { position, flaw } }
            })?;
            self.reached = After { position: position.0, digest };
            self.write(&Part::Record(bytes), out);
        }
        if self.reached.position >= through {
            // The first comes first.
            self.pictures.reverse();
            self.step = Step::Pictures;
        }
        Ok(())
    }

    /// Remembers the picture that a record names.
    fn learn(&mut self, bytes: &[u8]) -> Result<Digest, Flaw> {
        let record = Record::from_bytes(bytes)?;
        if Header::peek_event_type(bytes)? == EventType::AvatarSet.name() {
            let event = record.restore::<_, UnsealFault>(|_, _, _| Ok(Personal::Erased));
            if let Ok(Event::AvatarSet(set)) = event.map(|recorded| recorded.event) {
                self.pictures.push(set.avatar);
            }
        }
        Ok(record.digest())
    }

    /// A picture that was taken away since, or whose person was forgotten, is not there any more.
    fn next_picture(&mut self, out: &mut Vec<u8>) {
        let Some(name) = self.pictures.pop() else {
            let count = self.reached.position - self.after.position;
            let end = End { count, pictures: self.pictures_written, digest: self.reached.digest };
            self.write(&Part::End(end), out);
            self.step = Step::Done;
            return;
        };
        if let Some(sealed) = files::read(&self.sources.pictures, &name) {
            self.pictures_written += 1;
            self.write(&Part::Picture(sealed), out);
        }
    }

    fn write(&mut self, part: &Part, out: &mut Vec<u8>) {
        if let Some(frames) = &mut self.frames {
            part.write(frames, out);
        }
    }
}

/// The digest of the record at a position; zeros before the first, `None` past the head.
fn digest_at(log: &dyn EventLog, position: u64) -> Result<Option<Digest>, BackupFault> {
    if position == 0 {
        return Ok(Some(Digest::default()));
    }
    let stored = log.get(position)?;
    Ok(stored.and_then(|stored| Record::from_bytes(&stored.bytes).ok()).map(|record| record.digest()))
}
