//! Requests by the route they took: how many, how they ended, how long the answer's head took.

use std::collections::{BTreeMap, HashMap};
use std::sync::Mutex;
use std::time::Duration;

use axum::http::{Method, StatusCode};

use super::instruments::{Histogram, SECONDS, lock};

/// What a request is counted under that took no route.
pub(crate) const NOWHERE: &str = "none";

/// By route as it stands in the program (`/users/{id}`), never as it was asked for: so they are few, and name nobody.
#[derive(Debug, Default)]
pub struct Requests(Mutex<HashMap<String, Route>>);

/// What took one route.
#[derive(Debug)]
struct Route {
    ended: BTreeMap<(&'static str, u16), u64>,
    took: Histogram,
}

impl Requests {
    /// One more request.
    pub fn ended(&self, route: Option<&str>, method: &Method, status: StatusCode, took: Duration) {
        let route = route.unwrap_or(NOWHERE);
        let mut routes = lock(&self.0);
        if !routes.contains_key(route) {
            let empty = Route { ended: BTreeMap::new(), took: Histogram::new(SECONDS) };
            routes.insert(route.to_owned(), empty);
        }
        let Some(of_route) = routes.get_mut(route) else { return };
        *of_route.ended.entry((word_of(method), status.as_u16())).or_default() += 1;
        of_route.took.took(took);
    }

    /// Shows each route, in order: how its requests ended, and how long they took.
    pub fn read(&self, mut show: impl FnMut(&str, &BTreeMap<(&'static str, u16), u64>, &Histogram)) {
        let routes = lock(&self.0);
        let mut names: Vec<&String> = routes.keys().collect();
        names.sort();
        for name in names {
            if let Some(route) = routes.get(name) {
                show(name, &route.ended, &route.took);
            }
        }
    }
}

/// Anybody may make up a method.
pub(crate) fn word_of(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::HEAD => "HEAD",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}
