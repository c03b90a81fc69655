//! The digest of the keys of sign-ins.

use super::canon::Canon;
use crate::sign_in_keys::SignInKeys;

pub(super) fn digest(keys: &SignInKeys) -> [u8; 32] {
    let mut canon = Canon::of("signInKeys");
    for (user, keys) in keys.iter() {
        canon.number(user.0);
        canon.number(keys.len() as u64);
        for key in keys {
            canon.number(key.number.0);
            canon.moment(key.first);
            canon.moment(key.last);
            canon.number(key.records);
        }
    }
    canon.finish()
}
