//! Feeds anything to `rollbook_fuzz::masking`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| rollbook_fuzz::masking(bytes));
