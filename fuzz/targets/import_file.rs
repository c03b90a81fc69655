//! Feeds anything to `rollbook_fuzz::import_file`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| rollbook_fuzz::import_file(bytes));
