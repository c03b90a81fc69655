//! Changes how many chats all agents have at once who have no limit of their own (PRO-20).

use rollbook_schema::Subject;
use rollbook_schema::command::ChangeDefaultChatLimit;
use rollbook_schema::event::DefaultChatLimitChanged;

use crate::asked::Asked;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &ChangeDefaultChatLimit) -> Outcome {
    asked.expects_version_of(Subject::Tenant)?;
    let from = asked.models.chat_limits.default_limit();
    if from == command.limit {
        return Ok(Vec::new());
    }
    Ok(vec![DefaultChatLimitChanged { from, to: command.limit }.into()])
}

#[cfg(test)]
mod cases {
    use crate::tests::*;

    #[test]
    fn pro_20_the_default_changes_and_limits_of_their_own_stay() {
        let mut directory = Directory::small();
        directory
            .given(chats(8, Some(2)))
            .when(default_chats(9), expect!["DefaultChatLimitChanged from=5 to=9"])
            .when(default_chats(9), expect!["nothing"]);
        let own = directory.models.chat_limits.own(rollbook_schema::UserId(8));
        assert_eq!(own.map(|limit| limit.chats()), Some(2));
    }
}
