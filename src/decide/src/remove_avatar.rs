//! Takes a user's picture.

use rollbook_schema::command::RemoveAvatar;
use rollbook_schema::event::AvatarRemoved;

use crate::asked::Asked;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &RemoveAvatar) -> Outcome {
    let user = command.user;
    asked.user(user)?;
    let held = asked.models.avatars.of(user);
    Ok(held.map(|avatar| AvatarRemoved { user, avatar }.into()).into_iter().collect())
}

#[cfg(test)]
mod cases {
    use crate::tests::*;

    #[test]
    fn a_picture_is_removed_once() {
        let mut directory = Directory::small();
        directory.when(remove_avatar(8), expect!["nothing"]);
        directory.given(set_avatar(8, 1)).given(remove_avatar(8));
        directory.when(remove_avatar(8), expect!["nothing"]);
    }
}
