//! Passwords and sessions.

use async_graphql::{ID, InputObject};
use rollbook_schema::UserId;
use rollbook_schema::value::Password;
use zeroize::Zeroizing;

use super::Flaws;
use crate::directory::SignInRequest;
use crate::graphql::asking::Terms;
use crate::graphql::scalar;

/// Who wants to sign in.
#[derive(InputObject)]
pub(in crate::graphql) struct SignInInput {
    /// Username or email.
    login: String,
    #[graphql(secret)]
    password: String,
}

impl From<SignInInput> for SignInRequest {
    fn from(input: SignInInput) -> Self {
        SignInRequest { login: input.login, password: Zeroizing::new(input.password) }
    }
}

/// Ends the session that the request comes in.
#[derive(InputObject, Default)]
pub(in crate::graphql) struct SignOutInput {
    /// Your own name for this request: asked twice, done once. A ULID, or any text up to 200 bytes.
    idempotency_key: Option<String>,
    /// Why, or the ticket that asked for it.
    reason: Option<String>,
}

impl SignOutInput {
    pub(in crate::graphql) fn terms(self) -> Terms {
        Terms::new(self.idempotency_key, self.reason, None)
    }
}

/// A new password.
#[derive(InputObject)]
pub(in crate::graphql) struct SetPasswordInput {
    user_id: ID,
    /// 6 to 128 characters.
    #[graphql(secret)]
    password: String,
    /// Required for the own account. All sessions but the one that asks end.
    #[graphql(secret)]
    current_password: Option<String>,
    /// The user's version that you saw; refused if it has changed since.
    expected_version: Option<scalar::Version>,
    /// Your own name for this request: asked twice, done once. A ULID, or any text up to 200 bytes.
    idempotency_key: Option<String>,
    /// Why, or the ticket that asked for it.
    reason: Option<String>,
}

/// A parsed [`SetPasswordInput`].
pub(in crate::graphql) struct NewPassword {
    pub user: UserId,
    pub password: Password,
    pub current: Option<Zeroizing<String>>,
}

impl SetPasswordInput {
    pub(in crate::graphql) fn terms(&mut self) -> Terms {
        Terms::new(self.idempotency_key.take(), self.reason.take(), self.expected_version)
    }

    pub(in crate::graphql) fn parse(self, flaws: &mut Flaws) -> Option<NewPassword> {
        let user = flaws.user("userId", &self.user_id);
        let password = flaws.take("password", Password::parse(self.password));
        let current = self.current_password.map(Zeroizing::new);
        Some(NewPassword { user: user?, password: password?, current })
    }
}
