//! Puts another signing key into force, if the asker knows which one is.

use rollbook_schema::command::RotateSigningKey;
use rollbook_schema::event::SigningKeyRotated;
use rollbook_schema::{Rejection, RejectionCode};

use crate::asked::Asked;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &RotateSigningKey) -> Outcome {
    let RotateSigningKey { from, to, cause } = *command;
    // Two rotations at once: the second would take a key out of force that is not in it.
    if asked.models.signing_key.is_some_and(|in_force| in_force != from) || from == to {
        return Err(Rejection::new(RejectionCode::VersionConflict).into());
    }
    Ok(vec![SigningKeyRotated { from, to, cause }.into()])
}

#[cfg(test)]
mod cases {
    use rollbook_schema::value::PublicKey;

    use crate::tests::*;

    #[test]
    fn the_first_rotation_is_taken_at_its_word() {
        let mut directory = Directory::small();
        directory.given(rotate_key(1, 2));
        assert_eq!(directory.models.signing_key, Some(PublicKey::from([2; 32])));
    }

    #[test]
    fn a_rotation_away_from_a_key_that_is_not_in_force_is_refused() {
        Directory::small()
            .given(rotate_key(1, 2))
            .when(rotate_key(1, 3), expect!["refused: VERSION_CONFLICT"])
            .when(rotate_key(2, 2), expect!["refused: VERSION_CONFLICT"]);
    }
}
