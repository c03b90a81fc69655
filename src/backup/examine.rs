//! The check of segments, one after the other: frames, chain, tree, signatures, end marks. Needs no key.

use std::collections::BTreeSet;
use std::io::Read;

use rollbook_schema::event::{Event, EventType};
use rollbook_schema::id::Digest;
use rollbook_schema::{Group, KeyOwner, Personal, Record};

use super::fault::BackupFault;
use super::frame::{FrameReader, StreamFault};
use super::part::{End, Holding, Part, Title};
use super::segment::After;
use crate::avatars::files;
use crate::evidence::check::{Checked, Checker, Signed};
use crate::evidence::note::VerifierKey;
use crate::sealing::UnsealFault;

/// The name of a key: whose, and of what.
pub type KeyName = (KeyOwner, Group);

/// What a check of segments found, when all hold.
#[derive(Debug)]
pub struct Examined {
    /// The name of the log.
    pub origin: String,
    /// Records, and what was signed about them.
    pub checked: Checked,
    /// How many segments.
    pub segments: u64,
    /// How many pictures.
    pub pictures: u64,
    /// Keys of people whom the records say are masked or erased, and of where they signed in from.
    pub forgotten: BTreeSet<KeyName>,
}

impl Examined {
    /// The last record: from here an incremental backup goes on.
    #[must_use]
    pub fn reached(&self) -> After {
        After { position: self.checked.chain.position.0, digest: self.checked.chain.digest }
    }
}

/// A check that goes on.
pub struct Examination {
    checker: Checker,
    has_pinned: bool,
    origin: String,
    segments: u64,
    pictures: u64,
    forgotten: BTreeSet<KeyName>,
    /// Pictures in the records.
    named: BTreeSet<Digest>,
}

/// What a segment was seen to hold.
#[derive(Default)]
struct Seen {
    records: u64,
    pictures: u64,
}

impl Examination {
    /// `pinned` are the keys to trust, in the place of those that the segments name.
    #[must_use]
    pub fn begin(pinned: Vec<VerifierKey>) -> Examination {
        let has_pinned = !pinned.is_empty();
        let checker = Checker::new(Signed { trusted: pinned, ..Signed::default() });
        let (forgotten, named) = (BTreeSet::new(), BTreeSet::new());
        Examination { checker, has_pinned, origin: String::new(), segments: 0, pictures: 0, forgotten, named }
    }

    /// Takes in the next segment, and shows each of its parts once it has been held against everything before.
    ///
    /// # Errors
    /// [`BackupFault`] at the first thing that does not hold, and what `visit` gave.
    pub fn segment(
        &mut self,
        name: &str,
        input: impl Read,
        visit: &mut dyn FnMut(Part) -> Result<(), BackupFault>,
    ) -> Result<(), BackupFault> {
        let wrong = |source| BackupFault::Segment { name: name.to_owned(), source };
        let mut frames = FrameReader::begin(input).map_err(wrong)?;
        let (mut seen, mut title, mut has_end) = (Seen::default(), None, false);
        loop {
            let at = frames.at();
            let damaged = || wrong(StreamFault::Damaged { at });
            let Some((kind, body)) = frames.frame().map_err(wrong)? else { break };
            let part = Part::read(kind, body, at).map_err(wrong)?;
            match &part {
                Part::Title(found) if title.is_none() => {
                    self.follows(name, found)?;
                    title = Some(found.clone());
                }
                _ if title.is_none() || has_end => return Err(damaged()),
                Part::End(end) => {
                    self.ends(end, &seen, title.as_ref()).ok_or_else(damaged)?;
                    has_end = true;
                }
                part => self.take(name, part, &mut seen)?.ok_or_else(damaged)?,
            }
            visit(part)?;
        }
        if !has_end {
            return Err(wrong(StreamFault::CutShort { at: frames.at() }));
        }
        self.segments += 1;
        self.pictures += seen.pictures;
        Ok(())
    }

    /// After the last segment.
    ///
    /// # Errors
    /// [`BackupFault::Broken`] where a checkpoint covers more records than there are.
    pub fn end(self) -> Result<Examined, BackupFault> {
        let Examination { checker, origin, segments, pictures, forgotten, .. } = self;
        let broken = |source| BackupFault::Broken { name: "the backup".to_owned(), source };
        Ok(Examined { origin, checked: checker.end().map_err(broken)?, segments, pictures, forgotten })
    }

    fn follows(&mut self, name: &str, title: &Title) -> Result<(), BackupFault> {
        let chain = self.checker.chain();
        let follows = (title.after, title.after_digest) == (chain.position.0, chain.digest);
        if !follows || title.holding != Holding::Records || title.through < title.after {
            return Err(BackupFault::Gap { name: name.to_owned() });
        }
        self.origin.clone_from(&title.origin);
        Ok(())
    }

    fn ends(&self, end: &End, seen: &Seen, title: Option<&Title>) -> Option<()> {
        let chain = self.checker.chain();
        let told = (end.count, end.pictures, end.digest);
        let is_whole = told == (seen.records, seen.pictures, chain.digest);
        (is_whole && title.is_some_and(|title| title.through == chain.position.0)).then_some(())
    }

    /// `None`: the part does not stand where it may.
    fn take(&mut self, name: &str, part: &Part, seen: &mut Seen) -> Result<Option<()>, BackupFault> {
        match part {
            Part::VerifierKey(key) if seen.records == 0 => {
                if !self.has_pinned {
                    self.checker.trust(key.clone());
                }
            }
            Part::Checkpoint(signed) if seen.records == 0 => self.checker.expect(signed.clone()),
            Part::Record(bytes) => {
                let broken = |source| BackupFault::Broken { name: name.to_owned(), source };
                let record = self.checker.take_bytes(bytes).map_err(broken)?;
                self.learn(&record);
                seen.records += 1;
            }
            // Only a picture that a record names.
            Part::Picture(sealed) if self.named.contains(&files::name_of(sealed)) => seen.pictures += 1,
            _ => return Ok(None),
        }
        Ok(Some(()))
    }

    /// Remembers pictures, and the keys of people that are destroyed. Not those keys that gave way to others, such as
    /// the verifier of a password before: what a restore goes back to may use them.
    fn learn(&mut self, record: &Record) {
        let event_type = record.header.event_type.as_str();
        let told = [EventType::PiiMasked, EventType::SignInContextShredded, EventType::AvatarSet];
        if !told.iter().any(|told| told.name() == event_type) {
            return;
        }
        let opened = record.restore::<_, UnsealFault>(|_, _, _| Ok(Personal::Erased));
        match opened.map(|recorded| recorded.event) {
            Ok(event @ (Event::PiiMasked(_) | Event::SignInContextShredded(_))) => {
                self.forgotten.extend(event.destroys());
            }
            Ok(Event::AvatarSet(set)) => drop(self.named.insert(set.avatar)),
            _ => {}
        }
    }
}
