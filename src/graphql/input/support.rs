//! The provider's support, and notices of it.

use async_graphql::{ID, InputObject};
use rollbook_schema::command::DismissNotice;
use rollbook_schema::{RejectionCode, UserId};

use super::Flaws;
use crate::graphql::asking::{AskTerms, Terms};
use crate::graphql::id::GlobalId;

/// As which administrator to act.
#[derive(InputObject)]
pub(in crate::graphql) struct StartSupportInput {
    /// An administrator; the first of them, if nobody is named.
    user_id: Option<ID>,
    /// A record is made of the start, the end and all that is done between, and the administrator is told:
    /// `true` says that this is known.
    acknowledged: bool,
    /// Why, or the ticket that asked for it. The administrator reads it.
    reason: String,
}

impl StartSupportInput {
    pub(in crate::graphql) fn terms(&mut self) -> Terms {
        Terms::because(Some(std::mem::take(&mut self.reason)).filter(|reason| !reason.trim().is_empty()))
    }

    pub(in crate::graphql) fn parse(self, flaws: &mut Flaws) -> Option<(Option<UserId>, bool)> {
        let user = match &self.user_id {
            Some(user) => Some(flaws.user("userId", user)?),
            None => None,
        };
        Some((user, self.acknowledged))
    }
}

/// Switches back from the session that the request comes in.
#[derive(InputObject, Default)]
pub(in crate::graphql) struct EndSupportInput {
    #[graphql(flatten)]
    terms: AskTerms,
}

impl EndSupportInput {
    pub(in crate::graphql) fn terms(self) -> Terms {
        self.terms.into()
    }
}

/// A notice that its reader has seen.
#[derive(InputObject)]
pub(in crate::graphql) struct DismissNoticeInput {
    notice_id: ID,
    #[graphql(flatten)]
    terms: AskTerms,
}

impl DismissNoticeInput {
    pub(in crate::graphql) fn terms(&mut self) -> Terms {
        std::mem::take(&mut self.terms).into()
    }

    /// Notices are one's own.
    pub(in crate::graphql) fn parse(self, user: UserId, flaws: &mut Flaws) -> Option<DismissNotice> {
        match GlobalId::parse(&self.notice_id) {
            Some(GlobalId::Event(notice)) => Some(DismissNotice { user, notice }),
            _ => {
                flaws.refuse("noticeId", RejectionCode::NotFound);
                None
            }
        }
    }
}
