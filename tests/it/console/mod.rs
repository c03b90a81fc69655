//! The console over HTTP, as a browser without JavaScript uses it.

mod account;
mod browser;
mod catalogue;
mod frame;
mod groups;
mod history;
mod licenses;
mod lists;
mod moments;
mod people;
mod privacy;
mod roles;
mod sign_in;
