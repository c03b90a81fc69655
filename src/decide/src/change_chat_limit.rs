//! Says how many chats an agent has at once; 0 is a limit, nothing is the directory's (PRO-20).

use rollbook_schema::command::ChangeChatLimit;
use rollbook_schema::event::ChatLimitChanged;
use rollbook_schema::value::UserKind;
use rollbook_schema::{Rejection, RejectionCode};

use crate::asked::Asked;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &ChangeChatLimit) -> Outcome {
    let user = asked.user(command.user)?;
    if user.kind != UserKind::Agent {
        return Err(Rejection::of("maxChats", RejectionCode::AgentsOnly).into());
    }
    let from = asked.models.chat_limits.own(command.user);
    if from == command.limit {
        return Ok(Vec::new());
    }
    Ok(vec![ChatLimitChanged { user: command.user, from, to: command.limit }.into()])
}

#[cfg(test)]
mod cases {
    use rollbook_schema::command::CreateUser;
    use rollbook_schema::value::ChatLimit;

    use crate::tests::*;

    #[test]
    fn pro_20_zero_is_a_limit_and_nothing_is_the_default() {
        Directory::small()
            .when(chats(8, Some(0)), expect!["ChatLimitChanged user=8 to=0"])
            .when(chats(8, Some(0)), expect!["nothing"])
            .when(chats(8, None), expect!["ChatLimitChanged user=8 from=0"])
            .when(chats(8, None), expect!["nothing"]);
    }

    #[test]
    fn pro_20_clients_have_no_chats() {
        let client = CreateUser { max_chats: ChatLimit::parse(1).ok(), ..client("bob") };
        Directory::small()
            .when(chats(9, Some(1)), expect!["refused: AGENTS_ONLY@maxChats"])
            .when(client, expect!["refused: AGENTS_ONLY@maxChats"]);
    }

    #[test]
    fn pro_21_new_agents_may_have_a_limit_from_the_start() {
        let new = CreateUser { max_chats: ChatLimit::parse(1).ok(), ..agent("bob") };
        Directory::small().when(
            new,
            expect![[r#"
                UserCreated user=10 accessProfile=STANDARD kind=AGENT origin=REQUEST +Login +Person
                ChatLimitChanged user=10 to=1"#]],
        );
    }

    #[test]
    fn the_deleted_have_no_limit() {
        let mut directory = Directory::small();
        directory.given(chats(8, Some(2))).given(delete(8));
        directory.when(chats(8, Some(3)), expect!["refused: NOT_FOUND@id"]);
        assert_eq!(directory.models.chat_limits.own(rollbook_schema::UserId(8)), None);
    }
}
