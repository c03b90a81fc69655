//! Spreads attempts, so that a relay that comes back is not met by everything at once.

use rollbook_schema::Position;

/// The widest spread, as a part of the pause: one in this many.
const SPREAD_PARTS: i64 = 4;

/// Lengthens a pause by up to a quarter: always alike for one mail and attempt, so that a mail does not
/// become due anew each time one looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Jitter(Option<u64>);

impl Jitter {
    /// No spread.
    pub const NONE: Jitter = Jitter(None);

    /// A spread of this server's own. The seed is random, and no secret.
    #[must_use]
    pub fn seeded(seed: u64) -> Jitter {
        Jitter(Some(seed))
    }

    /// The pause after an attempt to send a mail, in milliseconds: at least `pause`, at most a quarter more.
    #[must_use]
    pub fn spread(self, pause: i64, mail: Position, attempt: u32) -> i64 {
        let Some(seed) = self.0 else { return pause };
        let mut drawn = seed ^ mail.0.rotate_left(32) ^ u64::from(attempt);
        // The finalizer of MurmurHash3: neighbours fall far apart.
        for factor in [0xFF51_AFD7_ED55_8CCD, 0xC4CE_B9FE_1A85_EC53] {
            drawn = (drawn ^ (drawn >> 33)).wrapping_mul(factor);
        }
        drawn ^= drawn >> 33;
        let widest = (pause / SPREAD_PARTS).max(0).unsigned_abs();
        pause.saturating_add_unsigned(drawn % (widest + 1))
    }
}
