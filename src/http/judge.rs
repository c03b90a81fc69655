//! The edge's judgement of documents alone, open to tests that feed it anything.

use super::limits::EdgeLimits;
use super::preflight::{Preflight, SchemaDefinitionError};

/// Judges documents against a schema as the edge does, and runs none.
pub struct DocumentJudge(Preflight);

impl DocumentJudge {
    /// For a schema, by its definition language.
    ///
    /// # Errors
    /// [`SchemaDefinitionError`] where it is none.
    pub fn new(sdl: &str, limits: EdgeLimits) -> Result<Self, SchemaDefinitionError> {
        Preflight::new(sdl, limits).map(DocumentJudge)
    }

    /// Whether the document would be run.
    #[must_use]
    pub fn takes(&self, document: &str) -> bool {
        self.0.check(document).is_ok()
    }
}
