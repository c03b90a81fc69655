//! Takes an agent's license; an enabled agent with roles needs it (LIC-07).

use rollbook_schema::RejectionCode;
use rollbook_schema::command::RevokeLicense;
use rollbook_schema::event::{LicenseCause, LicenseRevoked};

use crate::asked::Asked;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &RevokeLicense) -> Outcome {
    let user = asked.user(command.user)?;
    let Some(held) = user.license else {
        return Ok(Vec::new());
    };
    if user.is_enabled() && !user.roles().is_empty() {
        return Err(RejectionCode::SeatNeeded.into());
    }
    let cause = LicenseCause::Request;
    Ok(vec![LicenseRevoked { user: command.user, license: held.license, cause }.into()])
}

#[cfg(test)]
mod cases {
    use crate::tests::*;

    #[test]
    fn a_revoked_license_frees_its_seat() {
        let mut directory = Directory::small();
        directory
            .given(grant(8, ReadOnly))
            .when(revoke(8), expect!["LicenseRevoked user=8 cause=REQUEST license=READ_ONLY"]);
        assert_eq!(directory.used(), (0, 0));
    }

    #[test]
    fn lic_07_an_enabled_agent_with_roles_keeps_it() {
        Directory::small().given(assign(8, 1)).when(revoke(8), expect!["refused: SEAT_NEEDED"]);
    }

    #[test]
    fn lic_07_a_disabled_one_can_lose_it_and_takes_another_when_enabled() {
        Directory::small()
            .given(assign(8, 1))
            .given(disable(8))
            .when(revoke(8), expect!["LicenseRevoked user=8 cause=REQUEST license=READ_WRITE"])
            .when(
                enable(8),
                expect![[r#"
                UserEnabled user=8
                LicenseGranted user=8 cause=ROLE license=READ_WRITE"#]],
            );
    }

    #[test]
    fn his_09_without_a_license_there_is_nothing_to_revoke() {
        Directory::small().when(revoke(8), expect!["nothing"]).when(revoke(9), expect!["nothing"]);
    }
}
