//! Connections of each address: nobody may hold all there is room for.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use super::limits::{EdgeLimits, Loopback};
use super::rates::customer;

/// How many connections each address has open.
#[derive(Clone, Default)]
pub(super) struct Callers {
    open: Arc<Mutex<HashMap<IpAddr, usize>>>,
}

/// One connection of an address, for as long as it is held.
pub(super) struct Line {
    callers: Callers,
    of: Option<IpAddr>,
}

impl Callers {
    /// Takes a connection; `None` when the address has as many as it may.
    pub fn take(&self, from: IpAddr, limits: &EdgeLimits) -> Option<Line> {
        let from = from.to_canonical();
        let is_free = limits.loopback == Loopback::Free && from.is_loopback();
        if is_free || limits.trusted_proxies.contains(&from) {
            return Some(Line { callers: self.clone(), of: None });
        }
        let from = customer(from);
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let held = open.entry(from).or_default();
        if *held >= limits.connections_per_address_max {
            return None;
        }
        *held += 1;
        Some(Line { callers: self.clone(), of: Some(from) })
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        let Some(of) = self.of else { return };
        let mut open = self.callers.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(held) = open.get_mut(&of) {
            *held -= 1;
            if *held == 0 {
                open.remove(&of);
            }
        }
    }
}
