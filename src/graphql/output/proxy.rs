//! Acting as somebody else: as whom one may, and as whom one does.

use async_graphql::{ComplexObject, Context, ID, Result, SimpleObject};
use rollbook_projections::view::Views;
use rollbook_schema::value::{self, PersonField};
use rollbook_schema::{TeamId, UserId};

use super::{OF_USER, Receipt, StartProxyPayload, Team, User, Wanted};
use crate::access::{Caller, Capability, holds};
use crate::directory::{Directory, OpenedProxy};
use crate::graphql::id;
use crate::graphql::rights::caller;
use crate::graphql::vocabulary::ProxyScope;
use crate::graphql::when::{Scene, When};
use crate::writer::CommandError;

/// As whom somebody may act, of those whom they reach.
#[derive(SimpleObject, Clone)]
#[graphql(complex)]
pub(in crate::graphql) struct ProxyGrant {
    pub scope: ProxyScope,
    /// For people: never blank.
    pub label: String,
    /// Nothing was ever configured, or it was set back.
    pub is_default: bool,
    #[graphql(skip)]
    users: Vec<UserId>,
    #[graphql(skip)]
    teams: Vec<TeamId>,
    #[graphql(skip)]
    when: When,
}

#[ComplexObject]
impl ProxyGrant {
    /// Users who are covered whatever team they move to, as far as you may know of them.
    async fn users(&self, ctx: &Context<'_>) -> Result<Vec<User>> {
        let (views, caller, wanted) = (self.when.held(ctx)?, caller(ctx), Wanted::at([ctx.look_ahead()]));
        Ok(self.users.iter().filter_map(|user| User::find(views.scene(), *user, &caller, &wanted)).collect())
    }

    /// Teams whose members are covered while they are in them, as far as you may know of them.
    async fn teams(&self, ctx: &Context<'_>) -> Result<Vec<Team>> {
        let (views, caller) = (self.when.held(ctx)?, caller(ctx));
        Ok(self.teams.iter().filter_map(|team| Team::find(views.scene(), *team, &caller)).collect())
    }
}

impl ProxyGrant {
    /// Somebody's grant: the own one, or for those who configure them.
    pub(in crate::graphql) fn find(user: UserId, scene: Scene<'_>, caller: &Caller) -> Option<ProxyGrant> {
        let own = caller.user() == Some(user) && holds(caller, Capability::ProxyLogin);
        if !own && !holds(caller, Capability::ConfigureProxyLogin) {
            return None;
        }
        let grants = &scene.shown.proxy_grants;
        let grant = grants.of(user);
        let label = match grant.scope {
            value::ProxyScope::All => "All users and teams",
            value::ProxyScope::Selected if grant.is_empty() => "Nobody",
            value::ProxyScope::Selected => "Selected users and teams",
        };
        Some(ProxyGrant {
            scope: grant.scope.into(),
            label: label.to_owned(),
            is_default: grants.changed(user).is_none(),
            users: grant.users,
            teams: grant.teams,
            when: scene.when.clone(),
        })
    }
}

/// As whom the request is made, by whom.
#[derive(SimpleObject)]
pub(in crate::graphql) struct ActingAs {
    /// The proxy session.
    pub session: ID,
    /// As whom.
    pub user_id: ID,
    /// Who really acts; `user_5` for the provider's support.
    pub by_id: ID,
    /// What to call whoever really acts.
    pub by_label: String,
}

impl ActingAs {
    /// Who acts knows the own name, so it is shown whatever the rights of the user.
    pub(in crate::graphql) fn of(views: &Views, caller: &Caller) -> Option<ActingAs> {
        let Caller::Person(person) = caller else { return None };
        let real = person.proxy?.user;
        let name = if person.is_support() {
            Some("The provider")
        } else {
            views.users.get(real).and_then(|row| row.person(PersonField::DisplayName))
        };
        Some(ActingAs {
            session: id::of_proxy_session(person.session),
            user_id: id::of_user(person.id),
            by_id: id::of_user(real),
            by_label: name.map_or_else(|| format!("User {real}"), str::to_owned),
        })
    }
}

impl StartProxyPayload {
    /// The session that was opened, and as whom: with the eyes of that session.
    ///
    /// # Errors
    /// A fault; a refusal is in the payload.
    pub(in crate::graphql) fn of(
        ctx: &Context<'_>,
        answer: std::result::Result<OpenedProxy, CommandError>,
    ) -> Result<StartProxyPayload> {
        let OpenedProxy { token, session, expires_at, outcome } = match answer {
            Ok(opened) => opened,
            Err(error) => {
                let (receipt, _) = Receipt::of(Err(error), OF_USER)?;
                return Ok(StartProxyPayload { receipt, ..StartProxyPayload::default() });
            }
        };
        let (receipt, _) = Receipt::of(Ok(outcome), &[])?;
        let directory = ctx.data::<Directory>()?;
        let wanted = Wanted::at([ctx.look_ahead().field("user")]);
        let proxied = directory.caller(&token).unwrap_or(Caller::Anonymous);
        let views = directory.views();
        let user = proxied.user().and_then(|user| User::find(&views, user, &proxied, &wanted));
        Ok(StartProxyPayload {
            token: Some(token.reveal().to_owned()),
            session: Some(id::of_proxy_session(session)),
            expires_at: Some(expires_at.into()),
            user,
            receipt,
        })
    }
}
