//! What can be said: each input becomes a command or a query, or a list of its flaws.

mod business_unit;
mod change_profile;
mod create_user;
mod flaws;
mod history_filter;
mod license;
mod mask_pii;
mod proxy;
mod role;
mod session;
mod team;
mod user;
mod user_filter;

pub(super) use business_unit::{
    AddToBusinessUnitInput, CreateBusinessUnitInput, DeleteBusinessUnitInput, RemoveFromBusinessUnitInput,
    RenameBusinessUnitInput,
};
pub(super) use change_profile::ChangeProfileInput;
pub(super) use create_user::{CreateUserInput, NewUser};
pub(super) use flaws::Flaws;
pub(super) use history_filter::{EntryFilter, HistoryFilter};
pub(super) use license::{GrantLicenseInput, RevokeLicenseInput, SizeLicensePoolInput};
pub(super) use mask_pii::MaskPiiInput;
pub(super) use proxy::{ChangeProxyGrantInput, EndProxyInput, StartProxyInput};
pub(super) use role::{AssignRoleInput, DefineRoleInput, DeleteRoleInput, UnassignRoleInput};
pub(super) use session::{NewPassword, SetPasswordInput, SignInInput, SignOutInput};
pub(super) use team::{
    AddTeamMemberInput, CreateTeamInput, DeleteTeamInput, MoveTeamInput, RemoveTeamMemberInput,
    RenameTeamInput,
};
pub(super) use user::{
    AssignAccessProfileInput, DeleteUserInput, DisableUserInput, EnableUserInput, LockAccountInput,
    UnlockAccountInput,
};
pub(super) use user_filter::{UserBy, UserFilter, UserOrder, UserOrderField};
