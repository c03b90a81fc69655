//! Records the receipt of an erasure, once: asked by the program when every step is taken.

use rollbook_schema::command::CompleteErasure;
use rollbook_schema::event::ErasureCompleted;
use rollbook_schema::{Rejection, RejectionCode};

use crate::asked::Asked;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &CompleteErasure) -> Outcome {
    let CompleteErasure { user, order, ref steps, ref remaining, signed_by, signature } = *command;
    let open = asked.models.maskings.open(order).filter(|open| open.user == user);
    let open = open.ok_or(Rejection::of("order", RejectionCode::NotFound))?;
    let completed = ErasureCompleted {
        user,
        order,
        mode: open.mode,
        ordered_at: open.ordered_at,
        destroyed: open.destroyed.clone(),
        steps: steps.clone(),
        remaining: remaining.clone(),
        signed_by,
        signature,
    };
    Ok(vec![completed.into()])
}

#[cfg(test)]
mod cases {
    use rollbook_schema::Event;

    use crate::tests::*;

    fn masked() -> (Directory, u64) {
        let mut directory = Directory::small();
        let order = directory.given(disable(8)).given(mask(8, "ann")).head();
        (directory, order)
    }

    #[test]
    fn msk_12_a_receipt_says_what_was_ordered() {
        let (mut directory, order) = masked();
        directory.given(complete(8, order));
        let recorded: Vec<&Event> = directory.log.iter().rev().take(2).map(|one| &one.event).collect();
        let [Event::ErasureCompleted(completed), Event::PiiMasked(masked)] = recorded[..] else {
            panic!("the receipt follows the order")
        };
        assert_eq!((completed.mode, &completed.destroyed), (masked.mode, &masked.destroyed));
    }

    #[test]
    fn an_order_has_one_receipt() {
        let (mut directory, order) = masked();
        directory.given(complete(8, order)).when(complete(8, order), expect!["refused: NOT_FOUND@order"]);
    }

    #[test]
    fn a_receipt_is_of_an_order_about_the_same_user() {
        let (mut directory, order) = masked();
        directory.when(complete(9, order), expect!["refused: NOT_FOUND@order"]);
        directory.when(complete(8, 1), expect!["refused: NOT_FOUND@order"]);
    }
}
