//! The points between the steps of an erasure, as a seam: tests stop at each, as a crash would.

use rollbook_schema::event::ErasureStep;

/// Before what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErasurePoint {
    /// Before a step.
    Step(ErasureStep),
    /// Before the receipt is signed and recorded.
    Receipt,
}

impl ErasurePoint {
    /// Every point, in the order in which they are passed.
    pub const ALL: [ErasurePoint; 5] = [
        ErasurePoint::Step(ErasureStep::ALL[0]),
        ErasurePoint::Step(ErasureStep::ALL[1]),
        ErasurePoint::Step(ErasureStep::ALL[2]),
        ErasurePoint::Step(ErasureStep::ALL[3]),
        ErasurePoint::Receipt,
    ];
}

/// The erasure was stopped at a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an erasure was interrupted before {0:?}: the next start takes it up")]
pub struct Interrupted(pub ErasurePoint);

/// Asked at each point.
pub trait Interruptions: Send + Sync {
    /// May it go on?
    ///
    /// # Errors
    /// [`Interrupted`]: the directory stops here.
    fn before(&self, point: ErasurePoint) -> Result<(), Interrupted>;
}

/// It always goes on.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoInterruption;

impl Interruptions for NoInterruption {
    fn before(&self, _point: ErasurePoint) -> Result<(), Interrupted> {
        Ok(())
    }
}
