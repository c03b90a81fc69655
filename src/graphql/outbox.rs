//! Reading the outbox as a whole. What one user was sent stands with the user.

use async_graphql::{Context, ID, Object, Result};
use rollbook_projections::view::MailState as State;
use rollbook_schema::Position;

use super::calling::called;
use super::id;
use super::output::{MailQueue, Outbox, OutboxMail};
use super::rights::{caller, demand, sees_person};
use super::vocabulary::MailState;
use crate::access::Capability;
use crate::directory::Directory;

/// Mails in one answer, at most, and where nothing is said.
const MAILS_MAX: usize = 100;
/// Mails looked through in one answer for those that the reader may see.
const LOOKED_THROUGH_MAX: usize = 10_000;

/// What is read of the outbox.
#[derive(Default)]
pub struct OutboxQueries;

#[Object]
impl OutboxQueries {
    /// Mails of everybody whom you may see, the newest first: 100 at most, those queued before `after`. No text
    /// and no password is in it. An answer looks through 10,000 mails; `next` is null at the end.
    async fn outbox(
        &self,
        ctx: &Context<'_>,
        state: Option<MailState>,
        first: Option<i32>,
        after: Option<ID>,
    ) -> Result<Outbox> {
        demand(ctx, Capability::SeePeople)?;
        let limit = first.map_or(MAILS_MAX, |first| usize::try_from(first).unwrap_or(0)).min(MAILS_MAX);
        // An id that names nothing is one before which nothing was queued.
        let before = after.map_or(Position(u64::MAX), |after| id::event(&after).unwrap_or(Position::START));
        page(ctx, state.map(Into::into), limit, before)
    }

    /// How the outbox does: of nobody in particular.
    async fn mail_queue(&self, ctx: &Context<'_>) -> Result<MailQueue> {
        demand(ctx, Capability::SeeViews)?;
        let directory = ctx.data::<Directory>()?;
        let views = directory.views();
        let count = |state| views.mail.count(state) as u64;
        Ok(MailQueue {
            sends: directory.sends_mail(),
            waiting: count(State::Waiting),
            oldest_waiting_at: views.mail.waiting().next().map(|row| row.queued_at.into()),
            sent: count(State::Sent),
            failed: count(State::Failed),
            withdrawn: count(State::Withdrawn),
        })
    }
}

fn page(ctx: &Context<'_>, state: Option<State>, limit: usize, before: Position) -> Result<Outbox> {
    let (directory, caller) = (ctx.data::<Directory>()?, caller(ctx));
    let views = directory.views();
    let (mut rows, mut next) = (Vec::new(), None);
    let mut last = before;
    for (count, row) in views.mail.newest(state, before).enumerate() {
        if rows.len() == limit || count == LOOKED_THROUGH_MAX {
            next = Some(id::of_event(last));
            break;
        }
        last = row.mail;
        if sees_person(&views, &caller, row.user) {
            rows.push(*row);
        }
    }
    drop(views);
    let shown = rows.iter().map(|row| {
        let user_id = id::of_user(row.user);
        let label = called(directory, &caller, &user_id);
        OutboxMail { mail: row.into(), user_id, label }
    });
    Ok(Outbox { mails: shown.collect(), next })
}
