//! Security questions.

use async_graphql::{ID, InputObject};
use rollbook_schema::UserId;
use rollbook_schema::value::{QuestionText, SecurityAnswer};
use zeroize::Zeroizing;

use super::Flaws;
use crate::graphql::asking::{ChangeTerms, Terms};

/// What you want to be asked besides the password.
#[derive(InputObject)]
pub(in crate::graphql) struct SetSecurityQuestionInput {
    /// At most 200 characters. Shown to you alone.
    question: String,
    /// 3 to 128 characters. Letter case, width and the spaces around words do not matter.
    #[graphql(secret)]
    answer: String,
    #[graphql(secret)]
    current_password: String,
    #[graphql(flatten)]
    terms: ChangeTerms,
}

/// A parsed [`SetSecurityQuestionInput`].
pub(in crate::graphql) struct NewSecurityQuestion {
    pub question: QuestionText,
    pub answer: SecurityAnswer,
    pub current: Zeroizing<String>,
}

impl SetSecurityQuestionInput {
    pub(in crate::graphql) fn terms(&mut self) -> Terms {
        std::mem::take(&mut self.terms).into()
    }

    pub(in crate::graphql) fn parse(self, flaws: &mut Flaws) -> Option<NewSecurityQuestion> {
        let answer = Zeroizing::new(self.answer);
        let question = flaws.take("question", QuestionText::parse(&self.question));
        let answer = flaws.take("answer", SecurityAnswer::parse(&answer));
        Some(NewSecurityQuestion {
            question: question?,
            answer: answer?,
            current: Zeroizing::new(self.current_password),
        })
    }
}

/// Who is asked nothing any more.
#[derive(InputObject)]
pub(in crate::graphql) struct RemoveSecurityQuestionInput {
    user_id: ID,
    /// Required for the own account.
    #[graphql(secret)]
    current_password: Option<String>,
    #[graphql(flatten)]
    terms: ChangeTerms,
}

impl RemoveSecurityQuestionInput {
    pub(in crate::graphql) fn terms(&mut self) -> Terms {
        std::mem::take(&mut self.terms).into()
    }

    pub(in crate::graphql) fn parse(self, flaws: &mut Flaws) -> Option<(UserId, Option<Zeroizing<String>>)> {
        Some((flaws.user("userId", &self.user_id)?, self.current_password.map(Zeroizing::new)))
    }
}

/// A mail to send again.
#[derive(InputObject)]
pub(in crate::graphql) struct ResendMailInput {
    user_id: ID,
    /// As `User.mail` names it.
    mail_id: ID,
    #[graphql(flatten)]
    terms: ChangeTerms,
}

impl ResendMailInput {
    pub(in crate::graphql) fn terms(&mut self) -> Terms {
        std::mem::take(&mut self.terms).into()
    }

    pub(in crate::graphql) fn parse(self, flaws: &mut Flaws) -> Option<(UserId, rollbook_schema::Position)> {
        let user = flaws.user("userId", &self.user_id);
        let mail = crate::graphql::id::event(&self.mail_id);
        if mail.is_none() {
            flaws.refuse("mailId", rollbook_schema::RejectionCode::NotFound);
        }
        Some((user?, mail?))
    }
}
