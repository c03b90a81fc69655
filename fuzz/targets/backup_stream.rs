//! Feeds anything to `rollbook_fuzz::backup_stream`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| rollbook_fuzz::backup_stream(bytes));
