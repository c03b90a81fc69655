//! What is shown: rows and events, as far as the caller may see them.

mod business_unit;
mod connection;
pub(super) mod history;
mod license;
mod node;
mod payload;
mod proxy;
mod role;
mod team;
mod user;
mod views;
mod wanted;

pub(super) use business_unit::BusinessUnit;
pub(super) use connection::{HistoryConnection, HistoryEdge, UserConnection, UserEdge};
pub(super) use history::{Entry, Reader};
pub(super) use license::{LicensePool, LicenseShortage};
pub(super) use node::Node;
pub(super) use payload::{
    BusinessUnitPayload, EndProxyPayload, LicensePoolPayload, OF_USER, Receipt, RolePayload, SignInPayload,
    SignOutPayload, StartProxyPayload, TeamPayload, UserPayload,
};
pub(super) use proxy::{ActingAs, ProxyGrant};
pub(super) use role::Role;
pub(super) use team::Team;
pub(super) use user::User;
pub(super) use views::ViewsStatus;
pub(super) use wanted::Wanted;
