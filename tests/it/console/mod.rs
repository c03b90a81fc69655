//! The console over HTTP, as a browser without JavaScript uses it.

mod account;
mod browser;
mod catalogue;
mod frame;
mod groups;
mod licenses;
mod history;
mod lists;
mod moments;
mod people;
mod roles;
mod privacy;
mod sign_in;
