//! Samples of access requests, files and restrictions.

use crate::event::{
    AccessRequestExtended, AccessRequestFulfilled, AccessRequestOpened, AccessRequestRefused, Event,
    FileForm, PersonFileFetched, ProcessingRestricted, RestrictionLifted,
};
use crate::id::{Position, UserId};
use crate::value::Timestamp;

/// Every event of access requests and restrictions at least once, in the order of the types.
pub fn all() -> Vec<Event> {
    let (user, request) = (UserId(8), Position(300));
    let due_at = Timestamp::from_millis(1_700_000_000_000);
    vec![
        AccessRequestOpened { user, due_at }.into(),
        AccessRequestExtended { user, request, from: due_at, to: due_at.plus_months(2) }.into(),
        AccessRequestFulfilled { user, request }.into(),
        AccessRequestRefused { user, request }.into(),
        PersonFileFetched { user, form: FileForm::Json }.into(),
        PersonFileFetched { user, form: FileForm::Html }.into(),
        ProcessingRestricted { user }.into(),
        RestrictionLifted { user }.into(),
    ]
}
