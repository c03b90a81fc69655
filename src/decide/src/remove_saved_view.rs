//! Removes a view.

use rollbook_schema::command::RemoveSavedView;
use rollbook_schema::event::SavedViewRemoved;

use crate::asked::Asked;
use crate::refusal::Outcome;
use crate::saved_views::of_owner;

pub(crate) fn decide(asked: &Asked<'_>, command: &RemoveSavedView) -> Outcome {
    let RemoveSavedView { view, owner } = *command;
    of_owner(asked, view, owner)?;
    Ok(vec![SavedViewRemoved { view, owner }.into()])
}

#[cfg(test)]
mod cases {
    use crate::tests::*;

    #[test]
    fn a_view_goes_once_and_with_its_owner() {
        Directory::small()
            .given(save_view(8, "Mine", &[]))
            .given(save_view(9, "Yours", &[]))
            .when(remove_view(8, 1), expect!["SavedViewRemoved owner=8 view=1"])
            .when(remove_view(8, 1), expect!["refused: NOT_FOUND@view"])
            .given(delete(9))
            .when(remove_view(9, 2), expect!["refused: NOT_FOUND@id"]);
    }

    #[test]
    fn ref_21_a_view_that_names_somebody_holds_the_deletion_up_and_ones_own_do_not() {
        Directory::small()
            .given(save_view(9, "Mine", &[("q", "ann@example.com")]))
            .given(save_view(COMPANY, "Of Ann", &[("q", "reports of ann")]))
            .given(save_view(8, "Myself", &[("q", "ann")]))
            .when(delete(8), expect!["refused: REFERENCED"])
            .given(remove_view(9, 1))
            .when(delete(8), expect!["refused: REFERENCED"])
            .given(point_view(COMPANY, 2, &[("q", "reports of joanne")]))
            .when(delete(8), expect!["refused: REFERENCED"])
            .given(name_view(COMPANY, 2, "Of nobody"))
            .given(delete(8));
    }
}
