//! The steps themselves, and which of them were taken for which order.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rollbook_event_log::{EventLog, Fault};
use rollbook_keyring::{KeyAddress, Keyring, KeyringFault};
use rollbook_projections::view::{ErasureRow, HistoryDirection, HistoryQuery, HistoryWindow, Views};
use rollbook_schema::event::{ErasureStep, EventType, StepTaken};
use rollbook_schema::id::Digest;
use rollbook_schema::{Event, Group, KeyOwner, Personal, Position, Record, UserId};

use super::points::{ErasurePoint, Interrupted, Interruptions};
use crate::avatars::files;
use crate::clock::Clock;
use crate::directory::Moments;
use crate::sealing::{UnsealFault, address};
use crate::snapshot::Snapshots;

/// Why a step could not be taken.
#[derive(Debug, thiserror::Error)]
pub enum ErasingFault {
    /// The keys.
    #[error(transparent)]
    Keyring(#[from] KeyringFault),
    /// The log, which names the pictures.
    #[error(transparent)]
    Log(#[from] Fault),
    /// A record that names a picture.
    #[error(transparent)]
    Record(#[from] UnsealFault),
    /// Stopped on purpose.
    #[error(transparent)]
    Interrupted(#[from] Interrupted),
}

/// An order to forget somebody, with all that it reaches.
#[derive(Clone, Debug)]
pub struct Order {
    /// The event that it is.
    pub position: Position,
    /// The keys that it destroys.
    pub keys: Vec<KeyAddress>,
    /// The pictures that the person ever had; none where only username and email are masked.
    pub pictures: BTreeSet<Digest>,
}

/// Takes the steps. One for each directory.
pub struct Erasing {
    /// Where keys are destroyed.
    pub keyring: Arc<Keyring>,
    /// Views of the past, which hold what has to be forgotten too.
    pub moments: Arc<Moments>,
    /// Snapshots, which hold it as well.
    pub(crate) snapshots: Arc<Snapshots>,
    /// Where pictures are.
    pub pictures: PathBuf,
    /// When steps were taken.
    pub clock: Arc<dyn Clock>,
    /// Asked before each step.
    pub interruptions: Arc<dyn Interruptions>,
    /// Steps of orders without a receipt; what stood here before a stop is taken again.
    pub taken: Mutex<BTreeMap<Position, Vec<StepTaken>>>,
    /// Held by who takes steps.
    pub working: Mutex<()>,
    /// Held by who completes what is open.
    pub completing: tokio::sync::Mutex<()>,
}

/// Orders by their positions, as the views know them once they have folded them.
///
/// # Errors
/// What reading the log meets.
pub fn orders_of(
    views: &Views,
    log: &dyn EventLog,
    positions: impl IntoIterator<Item = Position>,
) -> Result<Vec<Order>, ErasingFault> {
    let rows = positions.into_iter().filter_map(|position| Some((position, views.erasures.get(position)?)));
    rows.map(|(position, row)| order(views, log, position, row)).collect()
}

fn order(
    views: &Views,
    log: &dyn EventLog,
    position: Position,
    row: &ErasureRow,
) -> Result<Order, ErasingFault> {
    let keys = row.destroyed.iter().map(|key| address(key.owner, key.group)).collect();
    let whose = KeyOwner::Subject(row.user);
    let with_pictures = row.destroyed.iter().any(|key| (key.owner, key.group) == (whose, Group::Person));
    let pictures = if with_pictures { pictures_of(views, log, row.user)? } else { BTreeSet::new() };
    Ok(Order { position, keys, pictures })
}

/// Every picture that the log ever named for a user. Reads their events only, and opens none.
fn pictures_of(views: &Views, log: &dyn EventLog, user: UserId) -> Result<BTreeSet<Digest>, ErasingFault> {
    let set = HistoryQuery {
        on: Some(user),
        types: Some([EventType::AvatarSet].into()),
        direction: HistoryDirection::OldestFirst,
        window: HistoryWindow::After(None, usize::MAX - 1),
        ..HistoryQuery::default()
    };
    let mut pictures = BTreeSet::new();
    for position in views.history.page(&set).positions {
        let Some(stored) = log.get(position.0)? else { continue };
        let record = Record::from_bytes(&stored.bytes).map_err(UnsealFault::from)?;
        let recorded = record.restore::<_, UnsealFault>(|_, _, _| Ok(Personal::Erased))?;
        if let Event::AvatarSet(set) = recorded.event {
            pictures.insert(set.avatar);
        }
    }
    Ok(pictures)
}

impl Erasing {
    /// Takes every step for these orders. The views must have folded them. Done again, it does no harm.
    ///
    /// A picture that the disk does not let go leaves its step open; the others are taken.
    ///
    /// # Errors
    /// [`ErasingFault`]: the steps from there on are still to be taken.
    pub fn carry_out(&self, orders: &[Order]) -> Result<(), ErasingFault> {
        // Keys are rewritten for one caller at a time: the next finds its orders carried out by then.
        let _turn = self.working.lock().unwrap_or_else(PoisonError::into_inner);
        let is_open = |order: &&Order| self.all_taken(order.position).is_none();
        let orders: Vec<Order> = orders.iter().filter(is_open).cloned().collect();
        if orders.is_empty() { Ok(()) } else { self.take_steps(&orders) }
    }

    fn take_steps(&self, orders: &[Order]) -> Result<(), ErasingFault> {
        self.before(ErasureStep::KeysShredded)?;
        let keys: Vec<KeyAddress> = orders.iter().flat_map(|order| order.keys.iter().copied()).collect();
        // From here on no key opens. Their blocks are written once, by the last step; after a stop in between, the fence
        // destroys them again.
        self.keyring.revoke(&keys)?;
        self.mark(orders, ErasureStep::KeysShredded);
        self.before(ErasureStep::ViewsPurged)?;
        // After the keys: a view of the past that is being folded meanwhile is folded again without them.
        self.forget_copies()?;
        self.mark(orders, ErasureStep::ViewsPurged);
        self.before(ErasureStep::PicturesRemoved)?;
        for order in orders {
            if order.pictures.iter().all(|picture| self.removes(picture)) {
                self.mark(std::slice::from_ref(order), ErasureStep::PicturesRemoved);
            }
        }
        self.before(ErasureStep::WrappingKeyRotated)?;
        self.keyring.erase(&keys)?;
        self.mark(orders, ErasureStep::WrappingKeyRotated);
        Ok(())
    }

    /// Lets go of every copy of the views: those of the past, and the snapshot.
    ///
    /// # Errors
    /// [`KeyringFault`] where the key of the snapshot could not be destroyed.
    pub(crate) fn forget_copies(&self) -> Result<(), KeyringFault> {
        self.moments.forget();
        self.snapshots.forget()
    }

    /// Makes noise of what is left of destroyed keys in older files, and lets go of what was sealed beside them.
    ///
    /// # Errors
    /// [`KeyringFault`]: it is done with the next call.
    pub(crate) fn settle(&self) -> Result<(), KeyringFault> {
        self.forget_copies()?;
        self.keyring.rotate_wrapping_keys()
    }

    /// Removes pictures that nobody has any more. What stays is sealed, and goes with the next start.
    pub fn drop_pictures(&self, pictures: impl IntoIterator<Item = Digest>) {
        pictures.into_iter().for_each(|picture| _ = self.removes(&picture));
    }

    /// The steps that were taken for an order, in the order in which they were taken.
    #[must_use]
    pub fn taken(&self, order: Position) -> Vec<StepTaken> {
        self.notes().get(&order).cloned().unwrap_or_default()
    }

    /// Every step for an order, if each was taken.
    #[must_use]
    pub fn all_taken(&self, order: Position) -> Option<Vec<StepTaken>> {
        let taken = self.taken(order);
        let has = |step: &ErasureStep| taken.iter().any(|taken| taken.step == *step);
        ErasureStep::ALL.iter().all(has).then_some(taken)
    }

    /// Lets go of what was noted of other orders: their receipts hold it now.
    pub fn keep_notes_of(&self, is_open: impl Fn(Position) -> bool) {
        self.notes().retain(|order, _| is_open(*order));
    }

    fn before(&self, step: ErasureStep) -> Result<(), Interrupted> {
        self.interruptions.before(ErasurePoint::Step(step))
    }

    fn removes(&self, picture: &Digest) -> bool {
        match files::remove(&self.pictures, picture) {
            Ok(()) => true,
            Err(fault) => {
                tracing::error!(%fault, "a picture of somebody who was forgotten could not be removed");
                false
            }
        }
    }

    fn mark(&self, orders: &[Order], step: ErasureStep) {
        let at = self.clock.now();
        let mut notes = self.notes();
        for order in orders {
            let taken = notes.entry(order.position).or_default();
            taken.retain(|taken| taken.step != step);
            taken.push(StepTaken { step, at });
        }
    }

    fn notes(&self) -> MutexGuard<'_, BTreeMap<Position, Vec<StepTaken>>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
