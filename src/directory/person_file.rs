//! A person's file: recorded first, given then; and from the name of an access request to the command about its user.

use rollbook_schema::command::{
    ExtendAccessRequest, FetchPersonFile, FulfilAccessRequest, RefuseAccessRequest,
};
use rollbook_schema::event::FileForm;
use rollbook_schema::{Position, Record, RecordedEvent, Rejection, RejectionCode, UserId};
use serde_json::Value;

use super::{Asking, Directory, ReadFault};
use crate::access::{Capability, holds};
use crate::person_file::gather;
use crate::sealing::UnsealFault;
use crate::writer::{Answer, CommandError};

/// Why somebody was not given a person's file.
#[derive(Debug, thiserror::Error)]
pub enum PersonFileFault {
    /// They may not have it, or it was not recorded.
    #[error(transparent)]
    Asked(#[from] CommandError),
    /// It was recorded and cannot be read.
    #[error(transparent)]
    Read(#[from] ReadFault),
}

impl Directory {
    /// All that is known of a person, once it is durable that it was asked for.
    ///
    /// # Errors
    /// The refusals of access and rule; [`PersonFileFault::Read`] when the log or the keys fail.
    pub async fn person_file(
        &self,
        asking: Asking,
        user: UserId,
        form: FileForm,
    ) -> Result<Value, PersonFileFault> {
        let reader = asking.caller;
        self.ask(asking, FetchPersonFile { user, form }).await?;
        let directory = self.clone();
        let gathered = tokio::task::spawn_blocking(move || gather(&directory, &reader, user)).await;
        let gathered = gathered.map_err(|_| CommandError::from(RejectionCode::Busy))??;
        Ok(gathered.ok_or_else(|| CommandError::from(Rejection::of("id", RejectionCode::NotFound)))?)
    }

    /// An event with those parts opened that are sealed under one person.
    ///
    /// # Errors
    /// [`ReadFault`] when the log or the keys fail.
    pub fn event_of(&self, user: UserId, position: Position) -> Result<(Record, RecordedEvent), ReadFault> {
        let stored = self.inner.log.get(position.0)?.ok_or(ReadFault::Missing(position))?;
        let record = Record::from_bytes(&stored.bytes).map_err(UnsealFault::from)?;
        let recorded = self.inner.sealer.open_of_person(&record, user)?;
        Ok((record, recorded))
    }

    /// Gives an access request two months more.
    ///
    /// # Errors
    /// The refusals of access and rule.
    pub async fn extend_access_request(&self, asking: Asking, request: Position) -> Answer {
        let user = self.requester(&asking, request)?;
        self.ask(asking, ExtendAccessRequest { user, request }).await
    }

    /// Notes that the person has the file.
    ///
    /// # Errors
    /// The refusals of access and rule.
    pub async fn fulfil_access_request(&self, asking: Asking, request: Position) -> Answer {
        let user = self.requester(&asking, request)?;
        self.ask(asking, FulfilAccessRequest { user, request }).await
    }

    /// Notes that the person does not get it.
    ///
    /// # Errors
    /// The refusals of access and rule.
    pub async fn refuse_access_request(&self, asking: Asking, request: Position) -> Answer {
        let user = self.requester(&asking, request)?;
        self.ask(asking, RefuseAccessRequest { user, request }).await
    }

    /// Whose request it is. Who may not see requests is not told which there are: the command goes its way, and is
    /// refused and recorded there.
    fn requester(&self, asking: &Asking, request: Position) -> Result<UserId, CommandError> {
        match self.views().access_requests.get(request) {
            Some(row) => Ok(row.user),
            None if holds(&asking.caller, Capability::AnswerAccessRequests) => {
                Err(Rejection::of("request", RejectionCode::NotFound).into())
            }
            None => Ok(UserId::SYSTEM),
        }
    }
}
