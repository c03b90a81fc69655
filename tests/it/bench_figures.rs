//! What figures are condensed to, and what the kernel is read for.

use std::path::Path;
use std::time::Duration;

use rollbook::bench::kernel::{filesystem, machine_time, program_time, total_memory};
use rollbook::bench::{Latency, Mix, Spread};

#[test]
fn the_median_of_five_rounds_is_the_third() {
    let spread = Spread::of([5.0, 1.0, 4.0, 2.0, 3.0]);
    assert_eq!(spread, Spread { least: 1.0, median: 3.0, most: 5.0 });
}

#[test]
fn ratios_are_taken_round_by_round() {
    assert_eq!(Spread::ratio(&[2.0, 30.0], &[1.0, 10.0]), Spread { least: 2.0, median: 2.0, most: 3.0 });
}

#[test]
fn of_a_hundred_answers_the_99th_is_p99() {
    let latency = Latency::of((1..=100).rev().map(Duration::from_millis));
    assert_eq!(latency, Latency { p50_ms: 50.0, p99_ms: 99.0, max_ms: 100.0 });
}

#[test]
fn no_answers_have_no_latency() {
    assert_eq!(Latency::of([]), Latency::default());
}

#[test]
fn a_mixed_load_asks_everything_in_its_proportion() {
    let mut asked = [0_u64; 3];
    (0..1000).for_each(|drawn| asked[Mix::Mixed.question(drawn) as usize] += 1);
    assert_eq!(asked, [100, 600, 300]);
}

#[test]
fn the_deepest_mount_above_a_path_is_its_filesystem() {
    let mounts = "/dev/vda / ext4 rw 0 0\ntmpfs /tmp tmpfs rw 0 0\n/dev/vdb /tmpfiles xfs rw 0 0\n";
    assert_eq!(filesystem(mounts, Path::new("/tmp/bench")).as_deref(), Some("tmpfs"));
    assert_eq!(filesystem(mounts, Path::new("/var/tmp")).as_deref(), Some("ext4"));
}

#[test]
fn memory_is_read_in_bytes() {
    assert_eq!(total_memory("MemTotal:       2048 kB\nMemFree: 1 kB\n"), Some(2 << 20));
}

#[test]
fn the_time_of_a_program_is_its_user_and_system_time_whatever_its_name() {
    let stat = "42 (roll) book) S 1 42 42 0 -1 4194560 1 2 3 4 150 50 0 0 20 0 9 0 100 1 2";
    assert_eq!(program_time(stat), Some(Duration::from_secs(2)));
}

#[test]
fn idle_and_waiting_time_is_not_work() {
    let stat = "cpu  10 20 30 4000 5000 1 2 3 70 80\ncpu0 1 1 1 1 1 1 1 1 1 1\n";
    assert_eq!(machine_time(stat), Some(Duration::from_millis(660)));
}
