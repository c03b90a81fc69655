//! Reserved users are constants that agree with each other.

use crate::id::UserId;
use crate::value::{Flaw, RESERVED_USERNAMES, STANDARD_USERS, StandardUser, Username};

#[test]
fn rsv_01_ids_1_to_5_and_7_are_reserved_users_and_6_is_none() {
    let ids: Vec<u64> = STANDARD_USERS.iter().map(|standard| standard.id.0).collect();
    assert_eq!(ids, [1, 2, 3, 4, 5, 7]);
    assert!(StandardUser::of(UserId(6)).is_none());
    assert!(STANDARD_USERS.iter().all(|standard| standard.id.is_reserved()));
}

#[test]
fn rsv_03_the_name_of_each_reserved_user_is_barred_in_any_case_and_look() {
    assert_eq!(STANDARD_USERS.map(|standard| standard.username), RESERVED_USERNAMES);
    for name in RESERVED_USERNAMES {
        assert_eq!(Username::parse(&format!(" {} ", name.to_uppercase())).err(), Some(Flaw::Reserved));
        // Full-width letters look the same.
        let wide: String = name
            .chars()
            .map(|c| if c == '_' { c } else { char::from_u32(c as u32 + 0xFEE0).unwrap() })
            .collect();
        assert!(Username::parse(&wide).is_err(), "{name}");
    }
}
