//! Gives a user a picture, which was checked and sealed before (PRO-12…PRO-16).

use rollbook_schema::command::SetAvatar;
use rollbook_schema::event::AvatarSet;

use crate::asked::Asked;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &SetAvatar) -> Outcome {
    let SetAvatar { user, avatar, sealed_bytes } = *command;
    asked.user(user)?;
    let replaces = asked.models.avatars.of(user);
    if replaces == Some(avatar) {
        return Ok(Vec::new());
    }
    Ok(vec![AvatarSet { user, avatar, sealed_bytes, replaces }.into()])
}

#[cfg(test)]
mod cases {
    use rollbook_schema::Event;

    use crate::Decision;
    use crate::tests::*;

    fn replaces(decision: Decision) -> Option<u8> {
        match decision {
            Decision::Accepted { events, .. } => match &events[..] {
                [Event::AvatarSet(set)] => set.replaces.map(|digest| digest.0[0]),
                _ => panic!("one picture is set"),
            },
            Decision::Refused { .. } => panic!("it was refused"),
        }
    }

    #[test]
    fn pro_16_a_picture_replaces_the_one_before() {
        let mut directory = Directory::small();
        assert_eq!(replaces(directory.ask(&set_avatar(8, 1).into())), None);
        directory.when(set_avatar(8, 1), expect!["nothing"]);
        assert_eq!(replaces(directory.ask(&set_avatar(8, 2).into())), Some(1));
        assert_eq!(replaces(directory.ask(&set_avatar(9, 3).into())), None);
    }

    #[test]
    fn the_deleted_have_no_picture() {
        Directory::small()
            .given(set_avatar(8, 1))
            .given(delete(8))
            .when(set_avatar(8, 2), expect!["refused: NOT_FOUND@id"]);
    }
}
