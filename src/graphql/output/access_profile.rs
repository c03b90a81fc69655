//! Access profiles: what each permits (ROL-07).

use async_graphql::SimpleObject;
use rollbook_schema::value;

use crate::access::capabilities_of;
use crate::graphql::closed_list::Capability;
use crate::graphql::vocabulary::AccessProfile;

/// An access profile that can be assigned, and what it permits. Every user has exactly one.
#[derive(SimpleObject, Clone)]
pub(in crate::graphql) struct AccessProfileDescription {
    pub profile: AccessProfile,
    pub capabilities: Vec<Capability>,
}

impl AccessProfileDescription {
    /// Every profile but the one of deleted users, which nobody assigns (ROL-14).
    pub(in crate::graphql) fn all() -> Vec<AccessProfileDescription> {
        let all = value::AccessProfile::ASSIGNABLE.into_iter();
        all.map(|profile| AccessProfileDescription {
            profile: profile.into(),
            capabilities: capabilities(profile),
        })
        .collect()
    }
}

/// What a profile permits.
pub(in crate::graphql) fn capabilities(profile: value::AccessProfile) -> Vec<Capability> {
    capabilities_of(profile).map(Capability).collect()
}
