//! Sets and clears custom attributes of a user: one event for all that really changes (HIS-09).

use rollbook_schema::command::SetAttributes;

use crate::asked::Asked;
use crate::attribute_values::{changed, resolved};
use crate::refusal::{Outcome, refuse_any};

pub(crate) fn decide(asked: &Asked<'_>, command: &SetAttributes) -> Outcome {
    let user = asked.user(command.user)?;
    let table = &asked.models.attributes;
    let mut wrong = Vec::new();
    let wanted = resolved(table, user.kind, &command.attributes, &mut wrong);
    refuse_any(wrong)?;
    Ok(changed(table, command.user, wanted)?.into_iter().collect())
}

#[cfg(test)]
mod cases {
    use rollbook_schema::UserId;
    use rollbook_schema::value::AttributeType;

    use crate::tests::*;

    /// Attribute 1 is a text, 2 a number, 3 a choice, 4 a personal day.
    fn directory() -> Directory {
        let mut directory = Directory::small();
        directory
            .given(attribute("badge", AttributeType::Text))
            .given(attribute("weight", AttributeType::Number))
            .given(choice_attribute("floor", &["First", "Second"]))
            .given(personal(attribute("birthday", AttributeType::Date)));
        directory
    }

    #[test]
    fn numbers_and_choices_stand_in_clear_and_texts_and_personal_values_are_sealed() {
        directory()
            .when(
                set(8, &[("weight", Some("1.50")), ("floor", Some("SECOND"))]),
                expect!["AttributesSet user=8 changes=[{attribute:2,from:null,to:{number:1.5}},{attribute:3,from:null,to:{choice:2}}]"],
            )
            .when(
                set(8, &[("badge", Some("blue")), ("birthday", Some("1969-07-20"))]),
                expect!["AttributesSet user=8 changes=[] +Person"],
            );
    }

    #[test]
    fn his_09_only_what_really_changes_is_recorded() {
        directory()
            .given(set(8, &[("weight", Some("1.5")), ("badge", Some("blue"))]))
            .when(set(8, &[("Weight", Some("1.50")), ("badge", Some("blue"))]), expect!["nothing"])
            .when(set(8, &[("floor", None)]), expect!["nothing"])
            .when(
                set(8, &[("weight", None), ("badge", Some("blue"))]),
                expect!["AttributesSet user=8 changes=[{attribute:2,from:{number:1.5},to:null}]"],
            );
    }

    #[test]
    fn everything_that_is_wrong_is_named_by_its_place() {
        directory().when(
            set(
                8,
                &[("weight", Some("a lot")), ("floor", Some("Third")), ("none", None), ("badge", Some("x"))],
            ),
            expect!["refused: INVALID@attributes.0, INVALID@attributes.1, NOT_FOUND@attributes.2"],
        );
        directory()
            .when(set(8, &[("badge", Some("x")), ("BADGE", None)]), expect!["refused: INVALID@attributes.1"]);
    }

    #[test]
    fn a_retired_choice_is_kept_and_not_given() {
        directory()
            .given(set(8, &[("floor", Some("First"))]))
            .given(retire_choice(3, 1))
            .when(set(8, &[("floor", Some("First"))]), expect!["nothing"])
            .given(set(8, &[("floor", Some("Second"))]))
            .when(set(8, &[("floor", Some("First"))]), expect!["refused: INVALID@attributes.0"]);
    }

    #[test]
    fn an_attribute_is_for_its_kinds_and_a_retired_one_for_nobody() {
        let mut directory = Directory::small();
        directory
            .given(for_agents(attribute("desk", AttributeType::Text)))
            .when(set(9, &[("desk", Some("x"))]), expect!["refused: ATTRIBUTE_NOT_FOR_KIND@attributes.0"])
            .given(retire_attribute(1))
            .when(set(8, &[("desk", Some("x"))]), expect!["refused: NOT_FOUND@attributes.0"]);
    }

    #[test]
    fn a_required_value_is_replaced_and_not_cleared() {
        let mut directory = Directory::small();
        directory
            .given(required(attribute("desk", AttributeType::Text)))
            .given(set(8, &[("desk", Some("x"))]))
            .given(set(8, &[("desk", Some("y"))]))
            .when(set(8, &[("desk", None)]), expect!["refused: REQUIRED@attributes.0"]);
    }

    #[test]
    fn the_deleted_have_no_values() {
        let mut directory = directory();
        directory.given(set(8, &[("weight", Some("1"))])).given(delete(8));
        assert!(directory.models.attributes.values(UserId(8)).is_empty());
        directory.when(set(8, &[("weight", Some("1"))]), expect!["refused: NOT_FOUND@id"]);
    }
}
