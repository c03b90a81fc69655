//! How much one address, or one person, may ask in a while: a bucket for each that fills up by itself (GCRA).

use std::hash::Hash;
use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

/// Checks between two sweeps. What is kept is bounded by it: a bucket that is full again is dropped.
const CHECKS_PER_SWEEP: u32 = 4_096;
/// Leading bits of an IPv6 address that stand for one customer (RFC 6177).
const IPV6_CUSTOMER_BITS: u32 = 64;

/// One more each `every`, and `burst` at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// How long until there is room for one more. Longer than zero.
    pub every: Duration,
    /// How many at once after a rest.
    pub burst: NonZeroU32,
}

impl Rate {
    /// So many each second, and ten seconds' worth at once.
    #[must_use]
    pub fn per_second(count: NonZeroU32) -> Rate {
        Rate { every: Duration::from_secs(1) / count.get(), burst: count.saturating_mul(TEN) }
    }

    /// So many each minute, and all of them at once.
    #[must_use]
    pub fn per_minute(count: NonZeroU32) -> Rate {
        Rate { every: Duration::from_secs(60) / count.get(), burst: count }
    }
}

const TEN: NonZeroU32 = NonZeroU32::MIN.saturating_add(9);

/// Too much was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("too much was asked in too short a time: try again in {} s", retry_after.as_secs())]
pub struct TooMuch {
    /// When there is room again: whole seconds, one or more.
    pub retry_after: Duration,
}

/// One rate for each key. Without a rate it lets everything pass.
pub struct Rates<K: Hash + Eq + Clone> {
    limiter: Option<DefaultKeyedRateLimiter<K>>,
    clock: DefaultClock,
    checks: AtomicU32,
}

impl<K: Hash + Eq + Clone> Rates<K> {
    /// Rates that all keys share.
    #[must_use]
    pub fn new(rate: Option<Rate>) -> Self {
        let quota = rate.and_then(|rate| Some(Quota::with_period(rate.every)?.allow_burst(rate.burst)));
        Rates {
            limiter: quota.map(RateLimiter::keyed),
            clock: DefaultClock::default(),
            checks: AtomicU32::new(0),
        }
    }

    /// Counts one more of the key.
    ///
    /// # Errors
    /// [`TooMuch`] when the key has used up its rate; this one does not count then.
    pub fn check(&self, key: &K) -> Result<(), TooMuch> {
        let Some(limiter) = &self.limiter else { return Ok(()) };
        if self.checks.fetch_add(1, Ordering::Relaxed) % CHECKS_PER_SWEEP == CHECKS_PER_SWEEP - 1 {
            limiter.retain_recent();
            limiter.shrink_to_fit();
        }
        limiter.check_key(key).map_err(|refused| {
            let wait = refused.wait_time_from(self.clock.now());
            TooMuch { retry_after: Duration::from_secs(wait.as_secs() + 1) }
        })
    }

    /// Keys that are kept.
    #[must_use]
    pub fn len(&self) -> usize {
        self.limiter.as_ref().map_or(0, RateLimiter::len)
    }

    /// Is none kept?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// The part of an address that stands for one customer: an IPv6 network has more addresses than could be counted.
#[must_use]
pub fn customer(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            let network = u128::from(address) >> (128 - IPV6_CUSTOMER_BITS) << (128 - IPV6_CUSTOMER_BITS);
            IpAddr::V6(Ipv6Addr::from(network))
        }
        address => address,
    }
}
