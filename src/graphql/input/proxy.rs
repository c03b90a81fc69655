//! Acting as somebody else.

use async_graphql::{ID, InputObject};
use rollbook_schema::command::ChangeProxyGrant;
use rollbook_schema::value::{self, ProxyGrant, SecurityAnswer};
use rollbook_schema::{Command, RejectionCode, UserId};

use zeroize::Zeroizing;

use super::Flaws;
use crate::graphql::asking::{AskTerms, Asks, ChangeTerms, Terms};
use crate::graphql::vocabulary::ProxyScope;

/// As whom somebody may act: the whole of it, as a form has it.
#[derive(InputObject)]
pub(in crate::graphql) struct ChangeProxyGrantInput {
    user_id: ID,
    #[graphql(flatten)]
    grant: ProxyGrantInput,
    #[graphql(flatten)]
    terms: ChangeTerms,
}

impl Asks for ChangeProxyGrantInput {
    fn terms(&mut self) -> Terms {
        std::mem::take(&mut self.terms).into()
    }

    fn command(self, flaws: &mut Flaws) -> Option<Command> {
        let user = flaws.user("userId", &self.user_id);
        let (grant, confirmed) = self.grant.parse(flaws)?;
        Some(ChangeProxyGrant { user: user?, grant, confirmed }.into())
    }
}

/// As whom one user, or each of many, may act.
#[derive(InputObject)]
pub(super) struct ProxyGrantInput {
    /// `SELECTED`, if it is not given and users or teams are named.
    scope: Option<ProxyScope>,
    /// Users who are covered whatever team they move to; at most 500 with the teams.
    users: Option<Vec<ID>>,
    /// Teams whose members are covered while they are in them.
    teams: Option<Vec<ID>>,
    /// It is known that this leaves nobody. Needed for `SELECTED` with nobody named.
    #[graphql(default)]
    confirmed: bool,
}

impl ProxyGrantInput {
    /// The grant, and whether it is known that it leaves nobody.
    pub(super) fn parse(self, flaws: &mut Flaws) -> Option<(ProxyGrant, bool)> {
        let (users, teams) = (self.users.unwrap_or_default(), self.teams.unwrap_or_default());
        let users: Vec<_> = users.iter().filter_map(|user| flaws.user("users", user)).collect();
        let teams: Vec<_> = teams.iter().filter_map(|team| flaws.team("teams", team)).collect();
        let scope = match self.scope {
            Some(scope) => scope.into(),
            None if users.is_empty() && teams.is_empty() => {
                // An empty list alone is never taken for anything (PXY-15).
                flaws.refuse("scope", RejectionCode::Required);
                return None;
            }
            None => value::ProxyScope::Selected,
        };
        let grant = ProxyGrant { scope, ..ProxyGrant::selected(users, teams) };
        Some((grant, self.confirmed))
    }
}

/// As whom to act.
#[derive(InputObject)]
pub(in crate::graphql) struct StartProxyInput {
    user_id: ID,
    /// A record is made of the start, the end and all that is done between: `true` says that this is known.
    acknowledged: bool,
    /// To your own security question: required the first time, where the tenant chose so.
    #[graphql(secret)]
    security_answer: Option<String>,
    /// Why, or the ticket that asked for it.
    reason: Option<String>,
}

impl StartProxyInput {
    pub(in crate::graphql) fn terms(&mut self) -> Terms {
        Terms::because(self.reason.take())
    }

    pub(in crate::graphql) fn parse(
        self,
        flaws: &mut Flaws,
    ) -> Option<(UserId, bool, Option<SecurityAnswer>)> {
        let answer = self.security_answer.map(Zeroizing::new);
        let answer =
            flaws.optional("securityAnswer", answer.as_ref().map(|it| it.as_str()), SecurityAnswer::parse);
        Some((flaws.user("userId", &self.user_id)?, self.acknowledged, answer))
    }
}

/// Switches back from the session that the request comes in.
#[derive(InputObject, Default)]
pub(in crate::graphql) struct EndProxyInput {
    #[graphql(flatten)]
    terms: AskTerms,
}

impl EndProxyInput {
    pub(in crate::graphql) fn terms(self) -> Terms {
        self.terms.into()
    }
}
