//! Which keys signed for the log, and from where on.

use rollbook_schema::Position;
use rollbook_schema::event::{Event, RecordedEvent, RotationCause, SigningKeyRotated};
use rollbook_schema::value::Timestamp;
use serde::{Deserialize, Serialize};

use super::canon::Canon;

/// One change of the key.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rotation {
    /// Where it stands in the log.
    pub position: Position,
    /// When.
    pub at: Timestamp,
    /// From which key to which, and why.
    pub rotated: SigningKeyRotated,
}

/// Every change of the key, in order. The key before the first is not in the log.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct SigningKeys {
    rotations: Vec<Rotation>,
}

impl SigningKeys {
    /// All changes, in order.
    #[must_use]
    pub fn rotations(&self) -> &[Rotation] {
        &self.rotations
    }

    /// The last change.
    #[must_use]
    pub fn last(&self) -> Option<&Rotation> {
        self.rotations.last()
    }

    /// Whether the first key is still in force.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rotations.is_empty()
    }

    /// Folds one event.
    pub fn fold(&mut self, recorded: &RecordedEvent) {
        if let Event::SigningKeyRotated(rotated) = &recorded.event {
            self.rotations.push(Rotation {
                position: recorded.envelope.position,
                at: recorded.envelope.recorded_at,
                rotated: rotated.clone(),
            });
        }
    }

    /// A digest over the canonical content.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        let mut canon = Canon::of("signing_keys");
        for Rotation { position, at, rotated } in &self.rotations {
            canon.number(position.0);
            canon.moment(*at);
            canon.bytes(&rotated.from.0.0);
            canon.bytes(&rotated.to.0.0);
            canon.flag(rotated.cause == RotationCause::Lost);
        }
        canon.finish()
    }
}
