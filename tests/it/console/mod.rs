//! The console over HTTP, as a browser without JavaScript uses it.

mod browser;
mod catalogue;
mod frame;
mod lists;
mod sign_in;
