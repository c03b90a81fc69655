//! Feeds anything to `rollbook_fuzz::document`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| rollbook_fuzz::document(bytes));
