//! Views of the lists of users.

use super::fields_of;
use crate::id::{SavedViewId, UserId};
use crate::value::{ListTerms, SavedViewName, UserKind};

fields_of! {
    /// Saves a view of a list.
    SaveView {
        /// Whose it will be: a person's own, or the tenant's for everybody.
        owner: UserId,
        /// Of whose list.
        kind: UserKind,
        /// Unique for the owner and the kind, without case.
        name: SavedViewName,
        /// What it shows.
        terms: ListTerms,
    }
    /// Gives a view another name, or lets it show something else; what is not named stays.
    ChangeSavedView {
        /// Which.
        view: SavedViewId,
        /// Whose it is.
        owner: UserId,
        /// New name.
        name: Option<SavedViewName>,
        /// What it shows from now on.
        terms: Option<ListTerms>,
    }
    /// Removes a view.
    RemoveSavedView {
        /// Which.
        view: SavedViewId,
        /// Whose it is.
        owner: UserId,
    }
}
