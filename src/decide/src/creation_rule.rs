//! Which rule made a user (BRL-07): the actor is user 3, and the rule is named beside the creation.

use rollbook_schema::command::CreateUser;
use rollbook_schema::event::UserCreatedByRule;
use rollbook_schema::{Event, Personal, UserId};

/// `None` where a person asked.
pub(crate) fn named(command: &CreateUser, user: UserId) -> Option<Event> {
    let rule = command.rule.clone()?;
    Some(UserCreatedByRule { user, rule: Personal::Known(rule) }.into())
}

#[cfg(test)]
mod cases {
    use crate::tests::*;

    #[test]
    fn brl_07_a_user_that_a_rule_makes_names_the_rule() {
        Directory::empty().as_automation().when(
            automated(agent("ann")),
            expect![[r#"
                UserCreated user=8 accessProfile=STANDARD kind=AGENT origin=AUTOMATION +Login +Person
                UserCreatedByRule user=8 +Person"#]],
        );
    }
}
