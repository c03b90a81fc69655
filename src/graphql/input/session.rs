//! Passwords and sessions.

use async_graphql::{ID, InputObject};
use rollbook_schema::UserId;
use rollbook_schema::value::{Password, SecurityAnswer};
use zeroize::Zeroizing;

use super::Flaws;
use crate::directory::{Proofs, SignInRequest};
use crate::graphql::asking::{AskTerms, ChangeTerms, Terms};
use crate::graphql::vocabulary::ClientType;

/// Who wants to sign in.
#[derive(InputObject)]
pub(in crate::graphql) struct SignInInput {
    /// Username or email.
    login: String,
    #[graphql(secret)]
    password: String,
    /// What kind of program this is; `WEB`, if it is not given.
    client: Option<ClientType>,
}

impl From<SignInInput> for SignInRequest {
    fn from(input: SignInInput) -> Self {
        SignInRequest {
            login: input.login,
            password: Zeroizing::new(input.password),
            client: input.client.map(Into::into).unwrap_or_default(),
        }
    }
}

/// Ends the session that the request comes in.
#[derive(InputObject, Default)]
pub(in crate::graphql) struct SignOutInput {
    #[graphql(flatten)]
    terms: AskTerms,
}

impl SignOutInput {
    pub(in crate::graphql) fn terms(self) -> Terms {
        self.terms.into()
    }
}

/// A new password.
#[derive(InputObject)]
pub(in crate::graphql) struct SetPasswordInput {
    user_id: ID,
    /// 6 to 128 characters, and what the tenant demands besides.
    #[graphql(secret)]
    password: String,
    /// Required for the own account. All sessions but the one that asks end, unless the tenant chose otherwise.
    #[graphql(secret)]
    current_password: Option<String>,
    /// Required after a reset, if `signIn` gave a security question.
    #[graphql(secret)]
    security_answer: Option<String>,
    #[graphql(flatten)]
    terms: ChangeTerms,
}

/// A parsed [`SetPasswordInput`].
pub(in crate::graphql) struct NewPassword {
    pub user: UserId,
    pub password: Password,
    pub proofs: Proofs,
}

impl SetPasswordInput {
    pub(in crate::graphql) fn terms(&mut self) -> Terms {
        std::mem::take(&mut self.terms).into()
    }

    pub(in crate::graphql) fn parse(self, flaws: &mut Flaws) -> Option<NewPassword> {
        let user = flaws.user("userId", &self.user_id);
        let password = flaws.take("password", Password::parse(self.password));
        let current = self.current_password.map(Zeroizing::new);
        let answer = self.security_answer.map(Zeroizing::new);
        let answer =
            flaws.optional("securityAnswer", answer.as_ref().map(|it| it.as_str()), SecurityAnswer::parse);
        Some(NewPassword { user: user?, password: password?, proofs: Proofs { current, answer } })
    }
}
