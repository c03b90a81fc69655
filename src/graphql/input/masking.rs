//! Masking requests and legal holds.

use async_graphql::{ID, InputObject};
use rollbook_schema::command::{LiftLegalHold, PlaceLegalHold, RequestMasking};
use rollbook_schema::value::{EmailAddress, Username};
use rollbook_schema::{Command, Position, RejectionCode, UserId};

use super::Flaws;
use super::user::about_a_user;
use crate::directory::BULK_USERS_MAX;
use crate::directory::erasing::PreviewRequest;
use crate::graphql::asking::{AskTerms, Asks, ChangeTerms, Terms};
use crate::graphql::id;
use crate::graphql::output::{LegalBasis, MaskMode};
use crate::graphql::vocabulary::{EmailMaskFormat, UsernameMaskFormat};

/// Who is to be masked or erased. Id, username and email must be those of one user.
#[derive(InputObject)]
pub(in crate::graphql) struct RequestMaskingInput {
    #[graphql(flatten)]
    person: MaskingOf,
    #[graphql(flatten)]
    way: MaskingWay,
}

/// The three keys of one user.
#[derive(InputObject, Clone)]
pub(in crate::graphql) struct MaskingOf {
    pub user_id: ID,
    /// As held now. Left out only of somebody whose username is masked already, and who is to be erased.
    username: Option<String>,
    /// As held now; likewise.
    email: Option<String>,
}

/// How, and why.
#[derive(InputObject)]
pub(in crate::graphql) struct MaskingWay {
    mode: MaskMode,
    /// `INITIALS`, if it is not given. Without meaning for an erasure, which leaves nothing.
    username_format: Option<UsernameMaskFormat>,
    /// `STUB`, if it is not given. Without meaning for an erasure.
    email_format: Option<EmailMaskFormat>,
    legal_basis: LegalBasis,
    /// The ticket or letter that asked for it.
    ticket: String,
    /// Your own name for this request: asked twice, done once. A ULID, or any text up to 200 bytes.
    idempotency_key: Option<String>,
}

/// Who are to be masked or erased, all in one way.
#[derive(InputObject)]
pub(in crate::graphql) struct RequestMaskingsInput {
    /// 1 to 500 users, each once and with the three keys.
    pub people: Vec<MaskingOf>,
    #[graphql(flatten)]
    way: MaskingWay,
}

impl MaskingOf {
    /// `None` where one is given and is none.
    fn names(&self, flaws: &mut Flaws) -> Option<(Option<Username>, Option<EmailAddress>)> {
        let username = match &self.username {
            Some(given) => flaws.take("username", Username::parse(given)).map(Some),
            None => Some(None),
        };
        let email = match &self.email {
            Some(given) => flaws.take("email", EmailAddress::parse(given)).map(Some),
            None => Some(None),
        };
        Some((username?, email?))
    }

    fn command(self, way: &MaskingWay, flaws: &mut Flaws) -> Option<(UserId, Command)> {
        let user = flaws.user("userId", &self.user_id);
        let (username, email) = self.names(flaws)?;
        let user = user?;
        let command = RequestMasking {
            user,
            username,
            email,
            mode: way.mode.into(),
            username_format: way.username_format.map(Into::into).unwrap_or_default(),
            email_format: way.email_format.map(Into::into).unwrap_or_default(),
            legal_basis: way.legal_basis.into(),
        };
        Some((user, command.into()))
    }
}

/// Whom and how, to see what would come of it.
#[derive(InputObject)]
pub(in crate::graphql) struct MaskingPreviewInput {
    #[graphql(flatten)]
    person: MaskingOf,
    mode: MaskMode,
    /// `INITIALS`, if it is not given.
    username_format: Option<UsernameMaskFormat>,
    /// `STUB`, if it is not given.
    email_format: Option<EmailMaskFormat>,
}

impl MaskingPreviewInput {
    pub(in crate::graphql) fn parse(self, flaws: &mut Flaws) -> Option<PreviewRequest> {
        let user = flaws.user("userId", &self.person.user_id);
        let (username, email) = self.person.names(flaws)?;
        Some(PreviewRequest {
            user: user?,
            username,
            email,
            mode: self.mode.into(),
            username_format: self.username_format.map(Into::into).unwrap_or_default(),
            email_format: self.email_format.map(Into::into).unwrap_or_default(),
        })
    }
}

impl MaskingWay {
    fn terms(&mut self) -> Terms {
        let ticket = std::mem::take(&mut self.ticket);
        Terms::because(Some(ticket).filter(|ticket| !ticket.trim().is_empty()))
            .named(self.idempotency_key.take())
    }
}

impl Asks for RequestMaskingInput {
    fn terms(&mut self) -> Terms {
        self.way.terms()
    }

    fn command(self, flaws: &mut Flaws) -> Option<Command> {
        self.person.command(&self.way, flaws).map(|(_, command)| command)
    }
}

impl RequestMaskingsInput {
    pub(in crate::graphql) fn terms(&mut self) -> Terms {
        self.way.terms()
    }

    /// The command about each user; refused as a whole if one is not whole.
    pub(in crate::graphql) fn parse(self, flaws: &mut Flaws) -> Option<Vec<(UserId, Command)>> {
        match self.people.len() {
            0 => flaws.refuse("people", RejectionCode::Required),
            1..=BULK_USERS_MAX => {}
            _ => flaws.refuse("people", RejectionCode::TooMany),
        }
        let mut named: Vec<&ID> = self.people.iter().map(|person| &person.user_id).collect();
        named.sort_unstable();
        // Asked about once: the second would get the receipt of the first, whatever its keys are.
        if named.windows(2).any(|pair| pair[0] == pair[1]) {
            flaws.refuse("people", RejectionCode::Invalid);
        }
        let way = self.way;
        self.people.into_iter().map(|person| person.command(&way, flaws)).collect()
    }
}

/// An input that names a request.
macro_rules! about_a_request {
    ($(#[doc = $doc:literal] $input:ident;)*) => {$(
        #[doc = $doc]
        #[derive(InputObject)]
        pub(in crate::graphql) struct $input {
            request_id: ID,
            #[graphql(flatten)]
            terms: AskTerms,
        }

        impl $input {
            pub(in crate::graphql) fn terms(&mut self) -> Terms {
                std::mem::take(&mut self.terms).into()
            }

            pub(in crate::graphql) fn parse(self, flaws: &mut Flaws) -> Option<Position> {
                let request = id::event(&self.request_id);
                if request.is_none() {
                    flaws.refuse("requestId", RejectionCode::NotFound);
                }
                request
            }
        }
    )*};
}

pub(super) use about_a_request;

about_a_request! {
    /// Which request gets two months more; the reason is needed.
    ExtendMaskingInput;
    /// Which request to agree to.
    ApproveMaskingInput;
    /// Which request to decide against; the reason is needed.
    DeclineMaskingInput;
    /// Which of your requests to take back.
    WithdrawMaskingInput;
}

about_a_user! {
    /// What is known of whom must be kept; the reason is needed.
    PlaceLegalHoldInput => PlaceLegalHold;
    /// Whose legal hold ends; the reason is needed.
    LiftLegalHoldInput => LiftLegalHold;
}
