//! Masking requests: from the name of a request to the command about its user, with the fingerprints of
//! the keys that an approval destroys.

use rollbook_projections::view::MaskingState;
use rollbook_schema::command::{ApproveMasking, DeclineMasking, ExtendMasking, WithdrawMasking};
use rollbook_schema::event::{FreeTextSearch, MaskMode};
use rollbook_schema::{Position, Rejection, RejectionCode, UserId};

use super::{Asking, Directory};
use crate::access::{Capability, holds};
use crate::writer::{Answer, CommandError};

impl Directory {
    /// Agrees to a request. Answers when the keys are destroyed.
    ///
    /// # Errors
    /// The refusals of the rule; [`CommandError::Stopped`] when a key could not be destroyed: the order
    /// is in the log, and the next start finishes it.
    pub async fn approve_masking(&self, asking: Asking, request: Position) -> Answer {
        let user = self.asked_about(&asking, request)?;
        let keys = self.keys_of(user);
        let free_text = self.search_before(user, request).await;
        let outcome = self.ask(asking, ApproveMasking { user, request, keys, free_text }).await?;
        self.complete_erasures_now().await;
        Ok(outcome)
    }

    /// Where others wrote about whom is to be erased; `None` where that was not searched, as the receipt then says.
    async fn search_before(&self, user: UserId, request: Position) -> Option<FreeTextSearch> {
        let erases = self
            .views()
            .maskings
            .get(request)
            .is_some_and(|row| row.mode == MaskMode::Erasure && row.state == MaskingState::Waiting);
        if !erases {
            return None;
        }
        let this = self.clone();
        let searched = tokio::task::spawn_blocking(move || this.free_text_about(user)).await;
        match searched {
            Ok(Ok(found)) => Some(found.into()),
            Ok(Err(fault)) => {
                tracing::error!(%fault, "free text could not be searched");
                None
            }
            Err(_) => None,
        }
    }

    /// Decides against a request.
    ///
    /// # Errors
    /// The refusals of access and rule.
    pub async fn decline_masking(&self, asking: Asking, request: Position) -> Answer {
        let user = self.asked_about(&asking, request)?;
        self.ask(asking, DeclineMasking { user, request }).await
    }

    /// Takes one's own request back.
    ///
    /// # Errors
    /// The refusals of access and rule.
    pub async fn withdraw_masking(&self, asking: Asking, request: Position) -> Answer {
        let user = self.asked_about(&asking, request)?;
        self.ask(asking, WithdrawMasking { user, request }).await
    }

    /// Gives a request two months more.
    ///
    /// # Errors
    /// The refusals of access and rule.
    pub async fn extend_masking(&self, asking: Asking, request: Position) -> Answer {
        let user = self.asked_about(&asking, request)?;
        self.ask(asking, ExtendMasking { user, request }).await
    }

    /// Whom a request is about. Who may not see requests is not told which there are: the command goes its
    /// way, and is refused and recorded there.
    fn asked_about(&self, asking: &Asking, request: Position) -> Result<UserId, CommandError> {
        match self.views().maskings.get(request) {
            Some(row) => Ok(row.user),
            None if holds(&asking.caller, Capability::MaskPeople) => {
                Err(Rejection::of("request", RejectionCode::NotFound).into())
            }
            None => Ok(UserId::SYSTEM),
        }
    }
}
