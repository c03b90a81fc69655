//! Sets how many seats there are; below the number used, nobody is cut off (LIC-14).

use rollbook_schema::Subject;
use rollbook_schema::command::SizeLicensePool;
use rollbook_schema::event::LicensePoolSized;

use crate::asked::Asked;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &SizeLicensePool) -> Outcome {
    asked.expects_version_of(Subject::LicensePool(command.license))?;
    let from = asked.models.seats.count(command.license).owned;
    if from == command.owned {
        return Ok(Vec::new());
    }
    Ok(vec![LicensePoolSized { license: command.license, from, to: command.owned }.into()])
}

#[cfg(test)]
mod cases {
    use crate::tests::*;

    #[test]
    fn lic_03_each_type_has_its_own_pool() {
        let mut directory = Directory::empty();
        directory
            .when(size(ReadWrite, 5), expect!["LicensePoolSized from=0 license=READ_WRITE to=5"])
            .when(size(ReadOnly, 7), expect!["LicensePoolSized from=0 license=READ_ONLY to=7"]);
        assert_eq!(directory.models.seats.count(ReadWrite).owned, 5);
        assert_eq!(directory.models.seats.count(ReadOnly).owned, 7);
    }

    #[test]
    fn his_09_the_same_size_is_no_change() {
        Directory::small().when(size(ReadWrite, 2), expect!["nothing"]);
    }

    #[test]
    fn lic_14_below_the_number_used_nobody_is_cut_off_and_nobody_new_sits() {
        let mut directory = Directory::small();
        directory.given(grant(8, ReadWrite)).given(agent("bob")).given(grant(10, ReadWrite));
        directory
            .given(agent("eve"))
            .when(size(ReadWrite, 1), expect!["LicensePoolSized from=2 license=READ_WRITE to=1"]);
        assert_eq!(directory.used(), (2, 0));
        directory
            .when(
                grant(11, ReadWrite),
                expect![[r#"
                refused: NO_LICENCE_AVAILABLE@license (ReadWrite: 2 of 1 used)
                record: AttemptDenied code=NO_LICENCE_AVAILABLE command=GrantLicense on={user:11}"#]],
            )
            .given(revoke(8))
            .when(
                grant(11, ReadWrite),
                expect![[r#"
                refused: NO_LICENCE_AVAILABLE@license (ReadWrite: 1 of 1 used)
                record: AttemptDenied code=NO_LICENCE_AVAILABLE command=GrantLicense on={user:11}"#]],
            )
            .given(revoke(10))
            .when(grant(11, ReadWrite), expect!["LicenseGranted user=11 cause=REQUEST license=READ_WRITE"]);
    }
}
