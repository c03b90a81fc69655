//! What the views were when the directory closed, so that an offline rebuild has something to be held
//! against. Digests only: keyed, since a plain hash of a small directory could be guessed.

use std::fs;

use serde::{Deserialize, Serialize};

use super::fence::open_keyring;
use super::open::open_log;
use super::replay::replay;
use super::{Directory, DirectoryOptions, OpenFault};
use crate::sealing::Sealer;
use rollbook_keyring::Keyring;
use rollbook_projections::view::Views;
use rollbook_schema::Position;
use rollbook_schema::id::Digest;
use std::sync::Arc;

/// Name of the file in the views' directory.
const FILE: &str = "digests.json";

/// The digest of one view.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ViewDigest {
    /// Its name.
    pub view: String,
    /// Of its whole content.
    pub digest: Digest,
}

/// All views at one position.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ViewDigests {
    /// What they have folded.
    pub position: Position,
    /// One for each.
    pub views: Vec<ViewDigest>,
}

/// A refolding held against what was live.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rebuilt {
    /// From zero, now.
    pub rebuilt: ViewDigests,
    /// As served; `None` if the directory never closed in good order at this position.
    pub live: Option<ViewDigests>,
}

impl Rebuilt {
    /// Names of views that came out differently.
    #[must_use]
    pub fn different(&self) -> Vec<&str> {
        let Some(live) = &self.live else { return Vec::new() };
        let changed = self.rebuilt.views.iter().filter(|view| !live.views.contains(view));
        // A view that came out with nothing in it may not be told of at all.
        let told = |view: &str| self.rebuilt.views.iter().any(|rebuilt| rebuilt.view == view);
        let missing = live.views.iter().filter(|view| !told(&view.view));
        changed.chain(missing).map(|view| view.view.as_str()).collect()
    }
}

impl Directory {
    /// The digests of the live views, all at one position. Takes seconds for millions of users, in which the live
    /// views go on: what is digested is a clone, which shares its pages with them.
    #[must_use]
    pub fn digests(&self) -> ViewDigests {
        let taken = self.views().clone();
        digests_of(&taken, &self.inner.keyring)
    }

    /// Folds the log again from zero, beside the live views, and compares at the same position.
    ///
    /// # Errors
    /// [`OpenFault`] when the log cannot be read or opened.
    pub fn rebuild_in_shadow(&self) -> Result<Rebuilt, OpenFault> {
        let replayed = replay(self.inner.log.as_ref(), &self.inner.sealer)?;
        let rebuilt = digests_of(&replayed.views, &self.inner.keyring);
        let live = self.digests();
        let live = (live.position == rebuilt.position).then_some(live);
        Ok(Rebuilt { rebuilt, live })
    }

    pub(super) fn save_digests(&self, digests: &ViewDigests) {
        let directory = self.inner.options.views_directory();
        let written = fs::create_dir_all(&directory).and_then(|()| {
            let json = serde_json::to_vec_pretty(digests).map_err(std::io::Error::other)?;
            fs::write(directory.join(FILE), json)
        });
        if let Err(fault) = written {
            tracing::warn!(%fault, "the digests of the views could not be saved");
        }
    }
}

/// Folds the log of a directory that nobody serves, and compares with what was served last.
///
/// # Errors
/// [`OpenFault`] when the log cannot be read or opened.
pub fn rebuild_offline(options: &DirectoryOptions) -> Result<Rebuilt, OpenFault> {
    let log = open_log(options)?;
    let keyring = open_keyring(options, log.as_ref())?;
    let replayed = replay(log.as_ref(), &Sealer::new(Arc::clone(&keyring)))?;
    let rebuilt = digests_of(&replayed.views, &keyring);
    log.close()?;
    let saved = fs::read(options.views_directory().join(FILE)).ok();
    let live = saved.and_then(|json| serde_json::from_slice::<ViewDigests>(&json).ok());
    let live = live.filter(|live| live.position == rebuilt.position);
    Ok(Rebuilt { rebuilt, live })
}

pub(super) fn digests_of(views: &Views, keyring: &Keyring) -> ViewDigests {
    let views_of = views.digests().into_iter();
    let views_of = views_of.map(|(view, digest)| ViewDigest {
        view: view.to_owned(),
        digest: Digest(keyring.keyed_digest("view", &digest)),
    });
    ViewDigests { position: views.reached(), views: views_of.collect() }
}
