//! Substring search: which users have a word in their name, username or email.
//!
//! Texts are cut at white space into words, and a word with `@` is cut behind it: `ann@example.org`
//! becomes the piece `ann@` and the domain `example.org`. Pieces are indexed by their runs of one,
//! two and three characters; domains, of which there are few, by themselves. So the common part of
//! a million addresses costs one entry in a small map, and a search for it compares no address.
//!
//! A query word of up to three characters is answered by its run alone. A longer one by the users
//! that have all of its runs of three, each then compared. Both ways the answer is exact.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Bound;
use std::sync::Arc;

use roaring::{MultiOps, RoaringBitmap};
use serde::{Deserialize, Serialize};
use zeroize::Zeroize;

use super::rows::Rows;
use super::texts::Folded;
use crate::view::fold_text::fold_text;

/// Longest run that is indexed, in characters.
const RUN_MAX: usize = 3;

/// Ordinals by run of characters and by domain. A clone shares each set until it is written to.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(super) struct TextIndex {
    runs: HashMap<u64, Arc<RoaringBitmap>, BuildHasherDefault<RunHasher>>,
    domains: BTreeMap<Box<str>, RoaringBitmap>,
}

impl TextIndex {
    pub(super) fn insert(&mut self, ordinal: u32, folded: &Folded) {
        let pieces = Pieces::of(folded);
        for run in pieces.runs() {
            Arc::make_mut(self.runs.entry(run).or_default()).insert(ordinal);
        }
        for domain in pieces.domains {
            self.insert_domain(ordinal, domain);
        }
    }

    /// Takes out what the user no longer has, so that no trace of an erased text is left.
    pub(super) fn replace(&mut self, ordinal: u32, before: &Folded, after: &Folded) {
        let (before, after) = (Pieces::of(before), Pieces::of(after));
        let (old_runs, new_runs) = (before.runs(), after.runs());
        for run in old_runs.iter().filter(|run| new_runs.binary_search(run).is_err()) {
            if let Some(users) = self.runs.get_mut(run).map(Arc::make_mut) {
                users.remove(ordinal);
                if users.is_empty() {
                    self.runs.remove(run);
                }
            }
        }
        for run in new_runs.iter().filter(|run| old_runs.binary_search(run).is_err()) {
            Arc::make_mut(self.runs.entry(*run).or_default()).insert(ordinal);
        }
        for domain in before.domains.iter().filter(|domain| !after.domains.contains(domain)) {
            self.remove_domain(ordinal, domain);
        }
        for domain in after.domains.iter().filter(|domain| !before.domains.contains(domain)) {
            self.insert_domain(ordinal, domain);
        }
    }

    /// The users `within` whose texts hold every word; `None` if there is no word.
    pub(super) fn search(
        &self,
        rows: &Rows,
        text: &str,
        within: Option<&RoaringBitmap>,
    ) -> Option<RoaringBitmap> {
        let folded = fold_text(text);
        let mut words: Vec<&str> = folded.split_whitespace().collect();
        // The longest first: it is likely the rarest, and the others are looked for within it.
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        let mut found: Option<RoaringBitmap> = None;
        for word in words {
            found = Some(self.holders(rows, word, found.as_ref().or(within)));
        }
        found
    }

    /// The number of users under each run and domain, sorted: what a digest compares.
    pub(super) fn counts(&self) -> Vec<(u64, u64)> {
        let mut counts: Vec<_> = self.runs.iter().map(|(run, users)| (*run, users.len())).collect();
        counts.sort_unstable();
        counts
    }

    pub(super) fn domains(&self) -> impl Iterator<Item = (&str, u64)> {
        self.domains.iter().map(|(domain, users)| (&**domain, users.len()))
    }

    fn holders(&self, rows: &Rows, word: &str, within: Option<&RoaringBitmap>) -> RoaringBitmap {
        let narrow = |users: RoaringBitmap| match within {
            Some(within) => users & within,
            None => users,
        };
        let whole = self.domains.iter().filter(|(domain, _)| domain.contains(word));
        let mut found = narrow(union(whole.map(|(_, users)| users)));
        let (run_part, at_domain) = match word.split_once('@') {
            Some((_, "")) | None => (word, None),
            Some((local, start)) => (&word[..=local.len()], Some(self.at_domains(start))),
        };
        // A word that begins with `@` is settled by the domains alone.
        if let (1, Some(users)) = (run_part.len(), &at_domain) {
            return found | narrow(users.clone());
        }
        let Some(mut candidates) = self.with_runs(run_part, within) else { return found };
        candidates -= &found;
        if let Some(users) = &at_domain {
            candidates &= users;
        }
        if at_domain.is_some() || word.chars().nth(RUN_MAX).is_some() {
            let holders = candidates.iter().filter(|ordinal| rows.at(*ordinal).folded.contains(word));
            candidates = holders.collect();
        }
        found |= candidates;
        found
    }

    /// Users with a domain that begins with `start`.
    fn at_domains(&self, start: &str) -> RoaringBitmap {
        let from = self.domains.range::<str, _>((Bound::Included(start), Bound::Unbounded));
        union(from.take_while(|(domain, _)| domain.starts_with(start)).map(|(_, users)| users))
    }

    /// Users that have every run of the text; `None` if nobody has one of them.
    fn with_runs(&self, text: &str, within: Option<&RoaringBitmap>) -> Option<RoaringBitmap> {
        let chars: Vec<char> = text.chars().collect();
        let mut sets = Vec::new();
        for run in chars.windows(chars.len().min(RUN_MAX)) {
            sets.push(&**self.runs.get(&run_of(run))?);
        }
        sets.extend(within);
        sets.sort_by_key(|set| set.len());
        let mut sets = sets.into_iter();
        let mut common = sets.next()?.clone();
        for set in sets {
            common &= set;
        }
        Some(common)
    }

    fn insert_domain(&mut self, ordinal: u32, domain: &str) {
        match self.domains.get_mut(domain) {
            Some(users) => {
                users.insert(ordinal);
            }
            None => {
                self.domains.insert(domain.into(), [ordinal].into_iter().collect());
            }
        }
    }

    fn remove_domain(&mut self, ordinal: u32, domain: &str) {
        let Some(users) = self.domains.get_mut(domain) else { return };
        users.remove(ordinal);
        if users.is_empty()
            && let Some((mut domain, _)) = self.domains.remove_entry(domain)
        {
            domain.zeroize();
        }
    }
}

fn union<'a>(sets: impl Iterator<Item = &'a RoaringBitmap>) -> RoaringBitmap {
    MultiOps::union(sets)
}

/// What is indexed of one user.
struct Pieces<'a> {
    /// None is part of another: names are mostly part of the address.
    pieces: Vec<&'a str>,
    domains: Vec<&'a str>,
}

impl<'a> Pieces<'a> {
    fn of(folded: &'a Folded) -> Pieces<'a> {
        let mut found = Pieces { pieces: Vec::new(), domains: Vec::new() };
        for word in folded.parts().flat_map(str::split_whitespace) {
            match word.split_once('@') {
                None => found.add(word),
                Some((local, domain)) => {
                    found.add(&word[..=local.len()]);
                    if !domain.is_empty() && !found.domains.contains(&domain) {
                        found.domains.push(domain);
                    }
                }
            }
        }
        found
    }

    fn add(&mut self, piece: &'a str) {
        if !self.pieces.iter().any(|held| held.contains(piece)) {
            self.pieces.retain(|held| !piece.contains(held));
            self.pieces.push(piece);
        }
    }

    /// Every run, ascending, each once.
    fn runs(&self) -> Vec<u64> {
        let mut runs = Vec::with_capacity(self.pieces.iter().map(|piece| piece.len() * RUN_MAX).sum());
        for piece in &self.pieces {
            let (mut one, mut two) = (0, 0);
            for c in piece.chars().map(u64::from) {
                runs.push(c);
                if one > 0 {
                    runs.push(one << 21 | c);
                }
                if two > 0 {
                    runs.push(two << 42 | one << 21 | c);
                }
                (two, one) = (one, c);
            }
        }
        runs.sort_unstable();
        runs.dedup();
        runs
    }
}

/// Up to three characters of 21 bits each. None of them is NUL, so lengths do not collide.
fn run_of(chars: &[char]) -> u64 {
    chars.iter().fold(0, |run, c| run << 21 | u64::from(*c))
}

/// Mixes the bits of a run; the default hasher would take most of the time of a fold.
#[derive(Clone, Default)]
struct RunHasher(u64);

impl Hasher for RunHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u64(self.0 << 8 | u64::from(*byte)));
    }

    /// The finalizer of SplitMix64: every bit of the run reaches every bit of the hash.
    fn write_u64(&mut self, run: u64) {
        let mixed = (run ^ run >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        self.0 = mixed ^ mixed >> 31;
    }
}
