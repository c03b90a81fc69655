//! Gives a view another name, or lets it show something else.

use rollbook_schema::command::ChangeSavedView;
use rollbook_schema::event::{Change, SavedViewChanged};
use rollbook_schema::value::SavedViewTexts;
use rollbook_schema::{Personal, Rejection, RejectionCode};

use crate::asked::Asked;
use crate::refusal::Outcome;
use crate::saved_views::of_owner;

pub(crate) fn decide(asked: &Asked<'_>, command: &ChangeSavedView) -> Outcome {
    let ChangeSavedView { view, owner, name, terms } = command;
    let (view, owner) = (*view, *owner);
    let before = of_owner(asked, view, owner)?;
    // Who is still there has the key of what they saved.
    let Some(from) = &before.texts else { return Err(Rejection::of("view", RejectionCode::NotFound).into()) };
    let to = SavedViewTexts {
        name: name.clone().unwrap_or_else(|| from.name.clone()),
        terms: terms.clone().unwrap_or_else(|| from.terms.clone()),
    };
    if to == *from {
        return Ok(Vec::new());
    }
    let taken = asked.models.references.saved_views.named(owner, before.kind, &to.name.key());
    if taken.is_some_and(|other| other != view) {
        return Err(Rejection::of("name", RejectionCode::SavedViewNameTaken).into());
    }
    let texts = Personal::Known(Change { from: from.clone(), to });
    Ok(vec![SavedViewChanged { view, owner, texts }.into()])
}

#[cfg(test)]
mod cases {
    use crate::tests::*;

    #[test]
    fn name_and_terms_change_each_alone_and_what_is_the_same_is_no_change() {
        Directory::small()
            .given(save_view(8, "Mine", &[("view", "all")]))
            .given(save_view(8, "Other", &[]))
            .when(name_view(8, 1, "mine"), expect!["SavedViewChanged owner=8 view=1 +Person"])
            .when(name_view(8, 1, "mine"), expect!["nothing"])
            .when(name_view(8, 1, "OTHER"), expect!["refused: SAVED_VIEW_NAME_TAKEN@name"])
            .when(point_view(8, 1, &[("view", "all")]), expect!["nothing"])
            .when(
                point_view(8, 1, &[("view", "locked")]),
                expect!["SavedViewChanged owner=8 view=1 +Person"],
            );
    }

    #[test]
    fn a_view_of_another_does_not_exist() {
        Directory::small()
            .given(save_view(8, "Mine", &[]))
            .when(name_view(9, 1, "Yours"), expect!["refused: NOT_FOUND@view"])
            .when(name_view(COMPANY, 1, "Ours"), expect!["refused: NOT_FOUND@view"]);
    }
}
