//! Masks username and email of a disabled or deleted user, for good (MSK-05, MSK-15).

use rollbook_schema::command::MaskPii;
use rollbook_schema::event::{DestroyedKey, MaskMode};
use rollbook_schema::{Group, KeyOwner, RejectionCode, Subject};

use crate::asked::Asked;
use crate::forgetting::{Way, agreed, forgettable, is_not_last_administrator, masked};
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &MaskPii) -> Outcome {
    let user = forgettable(asked, command.user)?;
    asked.expects_version_of(Subject::User(command.user))?;
    if user.masked {
        return Ok(Vec::new());
    }
    is_not_last_administrator(asked, command.user)?;
    let login = agreed(user, &command.username, &command.email)?;
    if asked.moment.settings.masking_by_second_person {
        return Err(RejectionCode::SecondPersonNeeded.into());
    }
    if user.is_enabled() {
        return Err(RejectionCode::NotDeactivated.into());
    }
    let (username_format, email_format) = (command.username_format, command.email_format);
    let way = Way { mode: MaskMode::History, username_format, email_format };
    let owner = KeyOwner::Subject(command.user);
    let key = DestroyedKey { owner, group: Group::Login, fingerprint: command.fingerprint };
    Ok(masked(asked, command.user, Some(login), &way, &[key]))
}

#[cfg(test)]
mod cases {
    use rollbook_schema::command::{CreateUser, MaskPii};
    use rollbook_schema::value::{EmailMaskFormat, MaskedLogin, PersonField, UsernameMaskFormat};
    use rollbook_schema::value::{Setting, SettingValue};
    use rollbook_schema::{Event, Personal};

    use crate::tests::*;

    fn masked(directory: &Directory) -> &MaskedLogin {
        match directory.log.last().map(|recorded| &recorded.event) {
            Some(Event::PiiMasked(event)) => event.masked.known().expect("a mask is known"),
            _ => panic!("the last event is a masking"),
        }
    }

    fn john() -> Directory {
        let john = CreateUser { login: login("John.Peter", "john@example.com"), ..agent("john") };
        let mut directory = Directory::empty();
        directory.given(john).given(disable(8));
        directory
    }

    fn ask(username_format: UsernameMaskFormat, email_format: EmailMaskFormat) -> MaskPii {
        let keys = login("john.peter", "JOHN@example.com");
        MaskPii { username_format, email_format, ..mask_with(8, keys) }
    }

    #[test]
    fn msk_03_all_three_keys_are_of_one_user() {
        Directory::small()
            .given(disable(8))
            .when(
                mask(8, "cid"),
                expect![[r#"
                refused: KEYS_DISAGREE
                record: AttemptDenied code=KEYS_DISAGREE command=MaskPii on={user:8}"#]],
            )
            .when(
                mask_with(8, login("ann", "cid@example.com")),
                expect![[r#"
                refused: KEYS_DISAGREE
                record: AttemptDenied code=KEYS_DISAGREE command=MaskPii on={user:8}"#]],
            )
            .when(
                mask_with(8, login("cid", "ann@example.com")),
                expect![[r#"
                refused: KEYS_DISAGREE
                record: AttemptDenied code=KEYS_DISAGREE command=MaskPii on={user:8}"#]],
            )
            .when(mask(99, "ann"), expect!["refused: NOT_FOUND@id"]);
    }

    #[test]
    fn msk_04_a_tenant_can_demand_a_second_person_for_every_masking() {
        let mut directory = Directory::small();
        directory.given(choose(Setting::MaskingBySecondPerson, SettingValue::Flag(true))).given(disable(8));
        directory.when(
            mask(8, "ann"),
            expect![[r#"
                refused: SECOND_PERSON_NEEDED
                record: AttemptDenied code=SECOND_PERSON_NEEDED command=MaskPii on={user:8}"#]],
        );
    }

    #[test]
    fn msk_05_username_and_email_are_masked_and_nothing_else() {
        let mut directory = Directory::small();
        directory.given(disable(8)).when(mask(8, "ann"), expect!["PiiMasked user=8 destroyed=[{fingerprint:[7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7],group:login,owner:{subject:8}}] emailFormat=STUB mode=HISTORY usernameFormat=INITIALS +Mask"]);
        assert_eq!(directory.user(8).login, None);
        assert_eq!(directory.user(8).person(PersonField::FullName), Some(&text("ann")));
    }

    #[test]
    fn msk_07_msk_08_a_name_keeps_two_letters_of_each_part() {
        let mut directory = john();
        directory.given(ask(UsernameMaskFormat::Initials, EmailMaskFormat::Stub));
        assert_eq!(masked(&directory).username, "Unknown User (Jo Pe)");
    }

    #[test]
    fn msk_08_or_none() {
        let mut directory = john();
        directory.given(ask(UsernameMaskFormat::Plain, EmailMaskFormat::Stub));
        assert_eq!(masked(&directory).username, "Unknown User");
    }

    #[test]
    fn msk_09_msk_10_an_email_is_masked_by_the_chosen_format() {
        let formats = [
            (EmailMaskFormat::Stub, "jo***@***"),
            (EmailMaskFormat::Domain, "***@example.com.invalid"),
            (EmailMaskFormat::Id, "masked-8@invalid"),
        ];
        for (format, expected) in formats {
            let mut directory = john();
            directory.given(ask(UsernameMaskFormat::Initials, format));
            assert_eq!(masked(&directory).email, expected);
        }
    }

    #[test]
    fn msk_11_his_09_a_masked_user_is_masked_for_good() {
        Directory::small().given(disable(8)).given(mask(8, "ann")).when(mask(8, "ann"), expect!["nothing"]);
    }

    #[test]
    fn msk_11_the_names_are_free_again() {
        let mut directory = Directory::small();
        directory.given(disable(8)).given(mask(8, "ann")).when(
            agent("ann"),
            expect!["UserCreated user=10 accessProfile=STANDARD kind=AGENT origin=REQUEST +Login +Person"],
        );
    }

    #[test]
    fn msk_13_the_key_of_the_login_is_ordered_destroyed() {
        let mut directory = Directory::small();
        directory.given(disable(8)).given(mask(8, "ann"));
        let destroyed = directory.log.last().map(|recorded| recorded.event.destroys());
        let owner = rollbook_schema::KeyOwner::Subject(rollbook_schema::UserId(8));
        assert_eq!(destroyed, Some(vec![(owner, rollbook_schema::Group::Login)]));
    }

    #[test]
    fn msk_15_an_active_user_is_not_masked() {
        Directory::small().when(mask(8, "ann"), expect!["refused: NOT_DEACTIVATED"]);
    }

    #[test]
    fn msk_15_a_deleted_one_is_even_if_somebody_has_the_name_now() {
        let mut directory = Directory::small();
        directory.given(delete(8)).given(agent("ann")).when(mask(8, "ann"), expect!["PiiMasked user=8 destroyed=[{fingerprint:[7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7],group:login,owner:{subject:8}}] emailFormat=STUB mode=HISTORY usernameFormat=INITIALS +Mask"]);
        directory.when(rename(9, "ann"), expect!["refused: USERNAME_TAKEN@username"]);
    }

    #[test]
    fn msk_14_an_erased_login_leaves_the_same_models() {
        let mut directory = Directory::small();
        directory.given(disable(8)).given(mask(8, "ann")).given(agent("ann"));
        let mut rebuilt = rollbook_projections::decision::DecisionModels::new();
        for recorded in &directory.log {
            let mut recorded = recorded.clone();
            if let Event::UserCreated(created) = &mut recorded.event
                && created.user.0 == 8
            {
                created.login = Personal::Erased;
            }
            rebuilt.fold(&recorded);
        }
        assert_eq!(rebuilt.digest(), directory.models.digest());
    }
}
