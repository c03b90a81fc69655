//! Before any route: how much is under way, and how much one address asks.
//!
//! Who watches the machine is let pass, since that is when it must be seen.

use std::net::IpAddr;
use std::sync::Arc;

use axum::http::StatusCode;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::limits::{EdgeLimits, Loopback};
use super::rates::{Rates, TooMuch, customer};
use super::refusal::Refusal;

/// What is never refused for want of room.
const ALWAYS: [&str; 3] = ["/healthz", "/readyz", "/metrics"];

/// One caller asked too much, where `BUSY` says that all together did.
const RATE_LIMITED: &str = "RATE_LIMITED";

/// Counts what comes in. A request keeps its place until its answer is made.
pub(super) struct Turnstile {
    places: Arc<Semaphore>,
    places_max: usize,
    addresses: Rates<IpAddr>,
    loopback: Loopback,
}

impl Turnstile {
    pub fn new(limits: &EdgeLimits) -> Self {
        Turnstile {
            places: Arc::new(Semaphore::new(limits.requests_max)),
            places_max: limits.requests_max,
            addresses: Rates::new(limits.per_address),
            loopback: limits.loopback,
        }
    }

    /// Lets a request in; `None` for a path that needs no place.
    pub fn enter(&self, path: &str, from: Option<IpAddr>) -> Result<Option<OwnedSemaphorePermit>, Refusal> {
        if ALWAYS.contains(&path) {
            return Ok(None);
        }
        self.count(from)?;
        let place = Arc::clone(&self.places).try_acquire_owned();
        place.map(Some).map_err(|_| Refusal::busy())
    }

    /// Counts one more of an address: a request, or an operation on a WebSocket.
    pub fn count(&self, from: Option<IpAddr>) -> Result<(), Refusal> {
        let Some(from) = from.map(customer) else { return Ok(()) };
        if self.loopback == Loopback::Free && from.is_loopback() {
            return Ok(());
        }
        Ok(self.addresses.check(&from)?)
    }

    /// Requests whose answer is being made.
    pub fn under_way(&self) -> usize {
        self.places_max.saturating_sub(self.places.available_permits())
    }
}

impl From<TooMuch> for Refusal {
    fn from(refused: TooMuch) -> Self {
        let seconds = refused.retry_after.as_secs();
        Refusal::transport(StatusCode::TOO_MANY_REQUESTS, RATE_LIMITED, refused.to_string())
            .retry_after(seconds)
    }
}
