//! Erasure as steps that can be seen: the order (an event, with the fingerprint of each key) → keys shredded →
//! views purged → pictures removed → wrapping key rotated → a signed receipt (an event too).
//!
//! Each step may be taken again: whatever stops in between is taken up by the next start from the first step,
//! before anybody is served, and until its receipt is recorded it says that it is not complete. Views forget
//! when they fold the order, before the keys go, so that a fault in between serves nobody the person.
//!
//! A masking or an erasure costs two writes to the log and one rewriting of the key files they stand in, however many
//! events are about the person: no record is touched.

mod completing;
mod free_text;
mod owned;
mod points;
mod policy;
mod preview;
mod steps;

pub use free_text::{FREE_TEXT_PLACES_MAX, FREE_TEXT_RECORDS_MAX, FreeTextPlace, FreeTextPlaces};
pub use points::{ErasurePoint, Interrupted, Interruptions, NoInterruption};
pub use policy::run;
pub use preview::{MaskingPreview, PlaceKind, PreviewFault, PreviewPlace, PreviewRequest};
pub use steps::{Erasing, ErasingFault, Order, orders_of};
