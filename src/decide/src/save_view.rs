//! Saves a view of a list, for oneself or for everybody.

use rollbook_schema::command::SaveView;
use rollbook_schema::event::SavedViewAdded;
use rollbook_schema::value::SavedViewTexts;
use rollbook_schema::{Personal, Rejection, RejectionCode};

use crate::asked::Asked;
use crate::refusal::Outcome;
use crate::saved_views::{VIEWS_MAX, is_there};

pub(crate) fn decide(asked: &Asked<'_>, command: &SaveView) -> Outcome {
    let SaveView { owner, kind, name, terms } = command;
    let (owner, kind) = (*owner, *kind);
    is_there(asked, owner)?;
    let views = &asked.models.references.saved_views;
    if views.named(owner, kind, &name.key()).is_some() {
        return Err(Rejection::of("name", RejectionCode::SavedViewNameTaken).into());
    }
    if views.of(owner).count() >= VIEWS_MAX {
        return Err(Rejection::new(RejectionCode::LimitReached).into());
    }
    let texts = Personal::Known(SavedViewTexts { name: name.clone(), terms: terms.clone() });
    Ok(vec![SavedViewAdded { view: views.next_id(), owner, kind, texts }.into()])
}

#[cfg(test)]
mod cases {
    use crate::saved_views::VIEWS_MAX;
    use crate::tests::*;

    #[test]
    fn lst_04_a_view_is_saved_for_oneself_or_for_everybody() {
        Directory::small()
            .when(
                save_view(8, "Locked", &[("view", "locked")]),
                expect!["SavedViewAdded kind=AGENT owner=8 view=1 +Person"],
            )
            .when(
                save_view(COMPANY, "Locked", &[("view", "locked")]),
                expect!["SavedViewAdded kind=AGENT owner=5 view=2 +Person"],
            );
    }

    #[test]
    fn names_are_unique_for_an_owner_and_a_kind_without_case_and_numbers_are_never_used_again() {
        Directory::small()
            .given(save_view(8, "Mine", &[]))
            .when(save_view(8, "MINE", &[]), expect!["refused: SAVED_VIEW_NAME_TAKEN@name"])
            .when(
                of_clients(save_view(8, "mine", &[])),
                expect!["SavedViewAdded kind=CLIENT owner=8 view=2 +Person"],
            )
            .given(save_view(9, "Mine", &[]))
            .given(remove_view(9, 3))
            .when(save_view(9, "mine", &[]), expect!["SavedViewAdded kind=AGENT owner=9 view=4 +Person"]);
    }

    #[test]
    fn an_owner_has_as_many_as_there_can_be() {
        let mut directory = Directory::small();
        for number in 0..VIEWS_MAX {
            directory.given(save_view(8, &format!("View {number}"), &[]));
        }
        directory.when(save_view(8, "One more", &[]), expect!["refused: LIMIT_REACHED"]).given(save_view(
            9,
            "Another's",
            &[],
        ));
    }

    #[test]
    fn who_is_not_there_has_no_view() {
        Directory::small().when(save_view(99, "Mine", &[]), expect!["refused: NOT_FOUND@id"]);
    }
}
