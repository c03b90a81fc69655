//! Feeds anything to `rollbook_fuzz::picture`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| rollbook_fuzz::picture(bytes));
