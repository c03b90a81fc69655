//! Commands about where users are kept.

use super::fields_of;
use crate::id::UserId;
use crate::value::UserSource;

fields_of! {
    /// Says where a user is kept.
    ChangeSource {
        /// Who.
        user: UserId,
        /// Where.
        source: UserSource,
    }
}
