//! Whether the views are what the log says.

use async_graphql::{Enum, SimpleObject};
use rollbook_schema::{Rejection, RejectionCode};

use super::payload::MutationError;
use crate::directory;
use crate::graphql::scalar::{DateTime, Position};

/// What is known of the views being what the log says.
#[derive(SimpleObject)]
#[graphql(complex)]
pub(in crate::graphql) struct Integrity {
    /// Whether the log is being folded again at this moment, to be compared.
    pub under_way: bool,
    /// Views that were found to differ since the server started: an alarm while there are any. A start folds
    /// the log anew, and so ends it.
    pub mismatch: Vec<String>,
    /// The last comparison.
    pub last_proof: Option<ViewsProof>,
}

/// How a comparison ended.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub(in crate::graphql) enum ViewsProofOutcome {
    /// Every view is what the log says.
    Equal,
    /// Some view is not.
    Different,
    /// It could not be done; the operator's log says why.
    Failed,
}

/// The log, folded again from its beginning and held against the views that are served.
#[derive(SimpleObject)]
pub(in crate::graphql) struct ViewsProof {
    /// Where both stood; where it failed, how far it came.
    position: Position,
    /// Over all views as the log has them, keyed; 64 hex digits. Null where it failed.
    digest: Option<String>,
    outcome: ViewsProofOutcome,
    /// The views that differ.
    different: Vec<String>,
    started_at: DateTime,
    /// In milliseconds. On schedule it takes its time, so as not to disturb.
    duration_millis: u64,
}

/// What came of folding the log again.
#[derive(SimpleObject)]
pub(in crate::graphql) struct ProveIntegrityPayload {
    /// Null if it was refused.
    pub proof: Option<ViewsProof>,
    pub errors: Vec<MutationError>,
}

impl ProveIntegrityPayload {
    /// A proof, or why there is none.
    pub(in crate::graphql) fn of(proved: Result<directory::ShadowProof, RejectionCode>) -> Self {
        match proved {
            Ok(proof) => ProveIntegrityPayload { proof: Some(proof.into()), errors: Vec::new() },
            Err(code) => {
                let errors = MutationError::all(&Rejection::of("", code).into(), &[]);
                ProveIntegrityPayload { proof: None, errors }
            }
        }
    }
}

impl From<directory::ShadowProof> for ViewsProof {
    fn from(proof: directory::ShadowProof) -> Self {
        ViewsProof {
            position: proof.position.into(),
            digest: proof.digest.map(|digest| digest.to_string()),
            outcome: match proof.outcome {
                directory::ShadowOutcome::Equal => ViewsProofOutcome::Equal,
                directory::ShadowOutcome::Different => ViewsProofOutcome::Different,
                directory::ShadowOutcome::Failed => ViewsProofOutcome::Failed,
            },
            different: proof.different,
            started_at: proof.started_at.into(),
            duration_millis: proof.duration_millis,
        }
    }
}
