//! Rules that call other programs: none can be called yet, so none is taken. The rules of deciding know them
//! already; what makes the calls is still to come.

use rollbook_schema::{Command, Rejection, RejectionCode};

use super::Directory;

impl Directory {
    /// May rules call what this command says? No origin is allowed: a rule that waited for a call that nobody
    /// makes would keep every user it is due for.
    ///
    /// # Errors
    /// `ORIGIN_NOT_ALLOWED` for any address.
    #[expect(clippy::unused_self, reason = "which origins are allowed is a setting of the directory")]
    pub(super) fn may_call(&self, command: &Command) -> Result<(), Rejection> {
        let calls = match command {
            Command::DefineUserRule(c) => c.url.is_some(),
            Command::ChangeUserRule(c) => c.url.is_some(),
            _ => false,
        };
        if calls { Err(Rejection::of("url", RejectionCode::OriginNotAllowed)) } else { Ok(()) }
    }
}
