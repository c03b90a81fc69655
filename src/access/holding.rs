//! Who holds which capability.

use rollbook_schema::value::AccessProfile;

use super::{Caller, Capability, provider};

/// What a profile permits (ROL-07).
pub fn capabilities_of(profile: AccessProfile) -> impl Iterator<Item = Capability> {
    Capability::ALL.iter().copied().filter(move |capability| capability.holders().contains(&profile))
}

/// Does a profile permit what the capability names?
#[must_use]
pub fn profile_holds(profile: AccessProfile, capability: Capability) -> bool {
    capability.holders().contains(&profile)
}

/// May the caller do what the capability names? The operator holds the machine and so everything.
#[must_use]
pub fn holds(caller: &Caller, capability: Capability) -> bool {
    match caller {
        Caller::Anonymous => false,
        Caller::Person(person) => {
            !person.must_change_password && capability.holders().contains(&person.profile)
        }
        Caller::Provider => provider::CAPABILITIES.contains(&capability),
        Caller::Operator | Caller::System => true,
    }
}
