//! The console over HTTP, as a browser without JavaScript uses it.

mod account;
mod browser;
mod catalogue;
mod frame;
mod groups;
mod licenses;
mod lists;
mod people;
mod roles;
mod sign_in;
