//! Keys that sign, and who cosigns.

use async_graphql::InputObject;

use crate::graphql::asking::{AskTerms, Terms};
use crate::graphql::scalar::Position;

/// Another signing key comes into force.
#[derive(InputObject)]
pub(in crate::graphql) struct RotateSigningKeyInput {
    #[graphql(flatten)]
    terms: AskTerms,
}

impl RotateSigningKeyInput {
    /// What goes with the command.
    pub(in crate::graphql) fn terms(self) -> Terms {
        self.terms.into()
    }
}

/// A checkpoint over all that is durable.
#[derive(InputObject)]
pub(in crate::graphql) struct SignCheckpointInput {
    /// Waits until the log has this position.
    pub(in crate::graphql) at_least: Option<Position>,
}

/// Signatures of witnesses under a checkpoint of this log.
#[derive(InputObject)]
pub(in crate::graphql) struct CosignCheckpointInput {
    /// The checkpoint as a signed note, with the witnesses' lines below it. Other lines are passed over.
    pub(in crate::graphql) note: String,
}
