//! Switches a retention rule on, as a second person: it forgets for good, which takes two (MSK-04). Anybody switches one
//! off.

use rollbook_schema::RejectionCode;
use rollbook_schema::command::SwitchRetentionRule;
use rollbook_schema::event::RetentionRuleSwitched;
use rollbook_schema::value::RetentionState;

use crate::asked::Asked;
use crate::define_retention_rule::known;
use crate::forgetting::has_reason;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &SwitchRetentionRule) -> Outcome {
    let SwitchRetentionRule { rule: id, to } = *command;
    let rule = known(asked, id)?;
    has_reason(asked)?;
    if rule.state == to {
        return Ok(Vec::new());
    }
    let deciding = [Some(asked.envelope.actor.id), asked.envelope.on_behalf_of];
    let defining = [Some(rule.defined_by), rule.defined_on_behalf_of];
    let is_same = deciding.iter().flatten().any(|person| defining.contains(&Some(*person)));
    if to == RetentionState::On && is_same {
        return Err(RejectionCode::SecondPersonNeeded.into());
    }
    Ok(vec![RetentionRuleSwitched { rule: id, to }.into()])
}

#[cfg(test)]
mod cases {
    use crate::tests::*;

    #[test]
    fn msk_04_a_second_person_switches_a_rule_on_and_anybody_off() {
        let mut directory = Directory::small();
        directory.because("policy 3").by(8).given(rule(24)).when(
            switch_on(1),
            expect![[r#"
                refused: SECOND_PERSON_NEEDED
                record: AttemptDenied code=SECOND_PERSON_NEEDED command=SwitchRetentionRule on=tenant"#]],
        );
        directory
            .by(9)
            .when(switch_on(1), expect!["RetentionRuleSwitched rule=1 to=ON"])
            .when(switch_on(1), expect!["nothing"]);
        directory.by(8).when(switch_off(1), expect!["RetentionRuleSwitched rule=1 to=OFF"]);
        directory.when(switch_on(2), expect!["refused: NOT_FOUND@rule"]);
    }
}
