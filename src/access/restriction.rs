//! Whose data is kept and not used (Article 18 GDPR), and who sees it all the same.
//!
//! A restricted person is in no list, look-up, search or table of anybody but auditors and compliance officers, and
//! by id does not exist for others; the person sees their own record. The table that can be downloaded shows them
//! to compliance officers only. Mail to them waits. Signing in stays open: it is the person's own act (see
//! `restrict_processing.rs`). Commands about them stay possible for whoever knows the id, since an account must be
//! locked or disabled in an emergency; acting as them is not. History and its exports keep their entries, by number;
//! a review of access and a comparison of moments leave them out.

use rollbook_projections::view::{UserSet, Views};
use rollbook_schema::UserId;

use super::{Caller, Capability, holds};

/// May the caller use what is known of this user, as far as restrictions go?
#[must_use]
pub fn uses(caller: &Caller, views: &Views, user: UserId) -> bool {
    views.access_requests.restricted_since(user).is_none()
        || caller.user() == Some(user)
        || holds(caller, Capability::SeeRestricted)
}

/// Whom the caller may not use; `None` for nobody. The capability is the one that lifts restrictions at this door.
#[must_use]
pub fn unusable(caller: &Caller, views: &Views, lifted_by: Capability) -> Option<UserSet> {
    if holds(caller, lifted_by) {
        return None;
    }
    views.access_requests.restricted_but(caller.user())
}
