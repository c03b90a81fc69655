//! Requests of people to see what is known of them (Articles 15 and 20 GDPR), and the restriction of what is done
//! with it (Article 18). Tickets and reasons stand in the context.

use serde::{Deserialize, Serialize};

use super::payload::{PartVisitor, Payload, payload};
use crate::codec::CodecError;
use crate::id::{Position, UserId};
use crate::personal::{Group, Personal};
use crate::record::Subject;
use crate::value::Timestamp;

/// In which form a person's file was fetched. The order is stored: append only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum FileForm {
    /// For programs.
    Json,
    /// To read and print.
    Html,
}

/// A person asked for their file. Its position names the request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AccessRequestOpened {
    /// Who.
    pub user: UserId,
    /// By when it must be answered.
    pub due_at: Timestamp,
}
payload!(AccessRequestOpened, |e| Subject::User(e.user));

/// A request needs longer; once, and by two months.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AccessRequestExtended {
    /// Whose.
    pub user: UserId,
    /// Which request, by its position.
    pub request: Position,
    /// When it was due.
    pub from: Timestamp,
    /// When it is due now.
    pub to: Timestamp,
}
payload!(AccessRequestExtended, |e| Subject::User(e.user));

/// The person has the file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AccessRequestFulfilled {
    /// Whose.
    pub user: UserId,
    /// Which request, by its position.
    pub request: Position,
}
payload!(AccessRequestFulfilled, |e| Subject::User(e.user));

/// The person does not get the file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AccessRequestRefused {
    /// Whose.
    pub user: UserId,
    /// Which request, by its position.
    pub request: Position,
}
payload!(AccessRequestRefused, |e| Subject::User(e.user));

/// Somebody was given all that is known of a person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PersonFileFetched {
    /// Of whom.
    pub user: UserId,
    /// As what.
    pub form: FileForm,
}
payload!(PersonFileFetched, |e| Subject::User(e.user));

/// What is known of a person is kept from here on, and not used.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ProcessingRestricted {
    /// Whose.
    pub user: UserId,
}
payload!(ProcessingRestricted, |e| Subject::User(e.user));

/// It is used again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RestrictionLifted {
    /// Whose.
    pub user: UserId,
}
payload!(RestrictionLifted, |e| Subject::User(e.user));
