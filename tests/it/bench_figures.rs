//! What figures are condensed to, and what the kernel is read for.

use std::path::Path;
use std::time::Duration;

use expect_test::expect_file;
use rollbook::bench::kernel::{
    filesystem, machine_time, program_time, resident_memory, thread_time, total_memory,
};
use rollbook::bench::{CURVE_POINTS, Curve, Histogram, Latency, Mix, Plot, Scale, Spread, pace};

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

#[test]
fn the_memory_of_a_program_is_read_in_bytes() {
    assert_eq!(resident_memory("Name:\trollbook\nVmRSS:\t    2048 kB\nThreads:\t9\n"), Some(2 << 20));
}

#[test]
fn a_histogram_knows_what_answers_took_to_three_percent() {
    let mut histogram = Histogram::default();
    (1..=100).for_each(|millis| histogram.add(Duration::from_millis(millis)));
    let latency = histogram.latency();
    assert_eq!((histogram.count(), latency.max_ms), (100, 100.0));
    assert!((50.0..51.7).contains(&latency.p50_ms), "{latency:?}");
    assert!((99.0..=100.0).contains(&latency.p99_ms), "{latency:?}");
}

#[test]
fn histograms_put_together_are_one_of_all_answers() {
    let [mut one, mut other, mut both] = [(); 3].map(|()| Histogram::default());
    for micros in [1, 31, 32, 63, 64, 1_000, 1_000_000, u64::from(u32::MAX)] {
        one.add(Duration::from_micros(micros));
        other.add(Duration::from_micros(micros * 3));
        both.add(Duration::from_micros(micros));
        both.add(Duration::from_micros(micros * 3));
    }
    one.merge(&other);
    assert_eq!((one.count(), one.latency()), (both.count(), both.latency()));
}

/// So many answers in each third, of which each takes so long; all thirds last as long.
fn curve(thirds: [(u32, u64); 3]) -> Curve {
    let mut curve = Curve::default();
    for part in 0..CURVE_POINTS {
        let (answers, millis) = thirds[part * 3 / CURVE_POINTS];
        for answer in 1..=answers {
            let given_at = Duration::from_secs(part as u64) + Duration::from_secs(1) * answer / answers;
            curve.add(part, Duration::from_millis(millis), given_at);
        }
    }
    curve
}

#[test]
fn a_machine_that_becomes_slower_is_told_from_what_runs_on_it() {
    let sample = |second: u64, micros: u64| (Duration::from_secs(second), Duration::from_micros(micros));
    let slower: Vec<_> = (0..30).map(|second| sample(second, if second < 15 { 10 } else { 20 })).collect();
    assert!((pace(&slower) - 0.5).abs() < 0.01);
    // A measurement that was interrupted says nothing.
    let interrupted: Vec<_> =
        (0..30).map(|second| sample(second, if second == 25 { 900 } else { 10 })).collect();
    assert!((pace(&interrupted) - 1.0).abs() < 0.01);
    assert_eq!(pace(&slower[..2]), 1.0);
}

#[test]
fn drift_is_the_last_third_over_the_first() {
    let drift = curve([(100, 10), (7, 900), (50, 20)]).drift();
    assert!((drift.throughput - 0.5).abs() < 0.01, "{drift:?}");
    assert!((drift.p99 - 2.0).abs() < 0.1, "{drift:?}");
    let steady = curve([(100, 10), (100, 10), (100, 10)]).drift();
    assert_eq!((steady.throughput, steady.p99), (1.0, 1.0));
}

#[test]
fn a_plot_has_its_points_in_both_panels() {
    let plot = Plot {
        title: "By clients & <more>".to_owned(),
        note: "made up".to_owned(),
        along: "clients",
        scale: Scale::Doubling,
        points: vec![(1.0, 900.0, 1.5), (2.0, 1_700.0, 1.6), (4.0, 2_400.0, 2.9)],
    };
    expect_file!["../golden/plot.svg"].assert_eq(&plot.svg());
}

#[test]
fn the_time_of_a_thread_is_its_first_figure() {
    assert_eq!(thread_time("1500000000 2500 37\n"), Some(Duration::from_millis(1500)));
}
