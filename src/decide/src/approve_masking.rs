//! Agrees to a masking request, as a second person; it is carried out with it (MSK-04, MSK-18).

use rollbook_schema::RejectionCode;
use rollbook_schema::command::ApproveMasking;
use rollbook_schema::event::{FreeTextFound, MaskMode, MaskingApproved};

use crate::asked::Asked;
use crate::forgetting::{Way, by_a_second_person, forgettable, masked, waiting};
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &ApproveMasking) -> Outcome {
    let ApproveMasking { user: id, request, ref keys, ref free_text } = *command;
    let waiting = waiting(asked, id, request)?;
    by_a_second_person(asked, id, waiting)?;
    let user = forgettable(asked, id)?;
    if user.is_enabled() {
        return Err(RejectionCode::NotDeactivated.into());
    }
    // Nothing is ever sealed again for a deleted user, so that no command can need a destroyed key.
    if waiting.mode == MaskMode::Erasure && asked.models.users.present(id).is_some() {
        return Err(RejectionCode::NotDeleted.into());
    }
    let login = user.login.as_ref();
    if asked.models.maskings.is_erased(id) || (login.is_none() && waiting.mode == MaskMode::History) {
        return Err(RejectionCode::UserMasked.into());
    }
    let (mode, username_format) = (waiting.mode, waiting.username_format);
    let way = Way { mode, username_format, email_format: waiting.email_format };
    let mut events = vec![MaskingApproved { user: id, request }.into()];
    events.extend(free_text.clone().map(|search| FreeTextFound { user: id, search }.into()));
    events.extend(masked(asked, id, login, &way, keys));
    Ok(events)
}

#[cfg(test)]
mod cases {
    use rollbook_schema::event::{Event, MaskMode};
    use rollbook_schema::{Group, KeyOwner, Personal, RejectionCode, UserId};

    use crate::Decision;
    use crate::tests::*;

    /// Ann (8) is asked about by bob (10); eve (11) is there too.
    fn asked_for(mode: MaskMode) -> (Directory, u64) {
        let mut directory = Directory::small();
        directory.given(agent("bob")).given(agent("eve")).because("T-1").by(10);
        let request = directory.given(request(8, "ann", mode)).head();
        (directory, request)
    }

    #[test]
    fn msk_04_a_second_person_approves_and_it_is_done() {
        let (mut directory, request) = asked_for(MaskMode::History);
        directory.given(disable(8)).by(11).when(approve(8, request), expect![[r#"
            MaskingApproved user=8 request=9
            PiiMasked user=8 destroyed=[{fingerprint:[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0],group:login,owner:{subject:8}}] emailFormat=STUB mode=HISTORY usernameFormat=INITIALS +Mask"#]]);
        assert!(directory.user(8).masked);
        assert_eq!(directory.models.maskings.waiting(UserId(8)), None);
    }

    #[test]
    fn msk_04_neither_requester_nor_subject_approves_nor_one_as_the_other() {
        for (actor, as_whom) in [(10, None), (8, None), (11, Some(10)), (10, Some(11)), (11, Some(8))] {
            let (mut directory, request) = asked_for(MaskMode::History);
            directory.given(disable(8)).by(actor);
            if let Some(as_whom) = as_whom {
                directory.on_behalf_of(as_whom);
            }
            let Decision::Refused { rejections, record } = directory.ask(&approve(8, request).into()) else {
                panic!("{actor} as {as_whom:?} approved");
            };
            assert_eq!((rejections.code(), record.len()), (RejectionCode::SecondPersonNeeded, 1));
        }
    }

    #[test]
    fn msk_15_an_active_user_is_neither_masked_nor_a_disabled_one_erased() {
        let (mut directory, history) = asked_for(MaskMode::History);
        directory.by(11).when(approve(8, history), expect!["refused: NOT_DEACTIVATED"]);
        let (mut directory, erasure) = asked_for(MaskMode::Erasure);
        directory.given(disable(8)).by(11).when(
            approve(8, erasure),
            expect![[r#"
            refused: NOT_DELETED
            record: AttemptDenied code=NOT_DELETED command=ApproveMasking on={user:8}"#]],
        );
    }

    #[test]
    fn msk_18_an_erasure_destroys_every_key_and_shows_nothing_instead() {
        let (mut directory, request) = asked_for(MaskMode::Erasure);
        directory.given(delete(8)).by(11).given(approve(8, request));
        let mut events = directory.log.iter().map(|recorded| &recorded.event);
        let Some(Event::PiiMasked(masked)) = events.next_back() else { panic!("it ends with the masking") };
        assert_eq!(masked.masked, Personal::Absent);
        let keys: Vec<_> = masked.destroyed.iter().map(|key| (key.owner, key.group)).collect();
        let of_ann = |group| (KeyOwner::Subject(UserId(8)), group);
        assert_eq!(keys, [Group::Login, Group::Person, Group::Context, Group::Mask].map(of_ann));
        assert!(directory.models.maskings.is_erased(UserId(8)));
    }

    #[test]
    fn msk_18_the_same_email_is_another_subject_afterwards() {
        let (mut directory, request) = asked_for(MaskMode::Erasure);
        directory.given(delete(8)).by(11).given(approve(8, request)).given(agent("ann"));
        assert_eq!(directory.user(12).login, Some(login("ann", "ann@example.com")));
        assert_eq!(directory.user(8).login, None);
    }

    #[test]
    fn a_hold_that_came_after_the_request_keeps_it_from_being_run() {
        let (mut directory, request) = asked_for(MaskMode::History);
        directory.given(disable(8)).given(hold(8)).by(11).when(
            approve(8, request),
            expect![[r#"
            refused: LEGAL_HOLD
            record: AttemptDenied code=LEGAL_HOLD command=ApproveMasking on={user:8}"#]],
        );
        directory.given(lift(8)).given(approve(8, request));
    }

    #[test]
    fn what_was_masked_at_once_waits_no_longer() {
        let (mut directory, request) = asked_for(MaskMode::History);
        directory.given(disable(8)).given(mask(8, "ann")).by(11);
        directory.when(approve(8, request), expect!["refused: NOT_FOUND@request"]);
    }
}
