//! Artefacts of other systems that may name users.

use super::fields_of;
use crate::id::ArtefactId;
use crate::value::{ArtefactContent, ArtefactKind, ArtefactName, ArtefactPart};

fields_of! {
    /// Tells of something that may name users.
    RegisterArtefact {
        /// What it is.
        kind: ArtefactKind,
        /// All that is known of it.
        content: ArtefactContent,
    }
    /// Says what is different in an artefact; what is not named stays.
    ChangeArtefact {
        /// Which.
        artefact: ArtefactId,
        /// What it is.
        kind: Option<ArtefactKind>,
        /// In which part of the other system.
        module: Option<ArtefactName>,
        /// Of which object or application; `Some(None)`: of none.
        container: Option<Option<ArtefactName>>,
        /// What it is called.
        name: Option<ArtefactName>,
        /// All places, and what stands there.
        parts: Option<Vec<ArtefactPart>>,
    }
    /// Says that an artefact lies in a recycle bin (REF-20).
    RecycleArtefact {
        /// Which.
        artefact: ArtefactId,
    }
    /// Says that it came back out of it.
    RestoreArtefact {
        /// Which.
        artefact: ArtefactId,
    }
    /// Says that an artefact is gone for good.
    PurgeArtefact {
        /// Which.
        artefact: ArtefactId,
    }
}
