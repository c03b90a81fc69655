//! Forgetting people: at once, or by a request that a second person approves; and keeping what is held.

use super::fields_of;
use crate::event::{DestroyedKey, FreeTextSearch, MaskMode};
use crate::id::{Position, UserId};
use crate::value::{EmailAddress, EmailMaskFormat, LegalBasis, Username, UsernameMaskFormat};

fields_of! {
    /// Masks username and email in all of history (MSK-05).
    MaskPii {
        /// The three keys that must agree (MSK-03): id …
        user: UserId,
        /// … username …
        username: Username,
        /// … and email.
        email: EmailAddress,
        /// Format of the username's mask.
        username_format: UsernameMaskFormat,
        /// Format of the email's mask.
        email_format: EmailMaskFormat,
        /// Of the key that will be destroyed.
        fingerprint: [u8; 16],
    }
    /// Asks for a person to be masked or erased; a second person decides.
    RequestMasking {
        /// The three keys that must agree (MSK-03): id …
        user: UserId,
        /// … username …; `None` only for somebody whose username is masked already.
        username: Option<Username>,
        /// … and email; likewise.
        email: Option<EmailAddress>,
        /// How much (MSK-18).
        mode: MaskMode,
        /// Format of the username's mask.
        username_format: UsernameMaskFormat,
        /// Format of the email's mask.
        email_format: EmailMaskFormat,
        /// On which ground.
        legal_basis: LegalBasis,
    }
    /// Gives a request two months more, once.
    ExtendMasking {
        /// Whom it is about.
        user: UserId,
        /// Which, by the position of its event.
        request: Position,
    }
    /// Agrees to a request, which is carried out with it.
    ApproveMasking {
        /// Whom it is about.
        user: UserId,
        /// Which, by the position of its event.
        request: Position,
        /// The person's keys, those that will be destroyed among them.
        keys: Vec<DestroyedKey>,
        /// Where others wrote about the person; `None`: it was not searched.
        free_text: Option<FreeTextSearch>,
    }
    /// Decides against a request.
    DeclineMasking {
        /// Whom it is about.
        user: UserId,
        /// Which, by the position of its event.
        request: Position,
    }
    /// Takes one's own request back.
    WithdrawMasking {
        /// Whom it is about.
        user: UserId,
        /// Which, by the position of its event.
        request: Position,
    }
    /// Keeps a person from being masked, erased or deleted.
    PlaceLegalHold {
        /// Whom.
        user: UserId,
    }
    /// Ends that.
    LiftLegalHold {
        /// Whose.
        user: UserId,
    }
}
