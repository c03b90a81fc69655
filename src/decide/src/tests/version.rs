//! The version that the asker saw.

use super::*;

#[test]
fn an_expected_version_must_be_the_subjects() {
    Directory::small()
        .expecting(1)
        .when(disable(8), expect!["UserDisabled user=8"])
        .when(enable(8), expect!["refused: VERSION_CONFLICT@expectedVersion"])
        .expecting(2)
        .when(enable(8), expect!["UserEnabled user=8"]);
}

#[test]
fn existence_comes_before_the_version() {
    Directory::small().expecting(7).when(disable(99), expect!["refused: NOT_FOUND@id"]);
}

#[test]
fn roles_and_pools_have_versions_too() {
    Directory::small()
        .expecting(2)
        .when(delete_role(1), expect!["refused: VERSION_CONFLICT@expectedVersion"])
        .when(size(ReadWrite, 9), expect!["refused: VERSION_CONFLICT@expectedVersion"])
        .expecting(1)
        .when(delete_role(1), expect!["RoleDeleted role=1"])
        .when(size(ReadWrite, 9), expect!["LicensePoolSized from=2 license=READ_WRITE to=9"]);
}

#[test]
fn a_conflict_comes_before_a_no_op() {
    Directory::small()
        .expecting(5)
        .when(size(ReadWrite, 2), expect!["refused: VERSION_CONFLICT@expectedVersion"]);
}

#[test]
fn signing_in_does_not_raise_the_version() {
    let mut directory = Directory::empty();
    directory.given(with_password("ann"));
    let before = directory.user(8).version;
    directory.given(sign_in(8, 1, 1)).given(sign_out(8, 1)).tried(wrong_password(8));
    assert_eq!(directory.user(8).version, before);
    directory.expecting(before.0).when(lock(8), expect!["AccountLocked user=8 cause=REQUEST"]);
}
