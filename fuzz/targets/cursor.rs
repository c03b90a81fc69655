//! Feeds anything to `rollbook_fuzz::cursor`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| rollbook_fuzz::cursor(bytes));
