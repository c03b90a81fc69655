//! The console over HTTP, as a browser without JavaScript uses it.

mod account;
mod applications;
mod attributes;
pub mod browser;
mod catalogue;
mod frame;
mod groups;
mod history;
mod licenses;
mod lists;
mod mail;
mod moments;
mod outbox;
mod people;
mod privacy;
mod roles;
mod rules;
mod settings;
mod sign_in;
mod wordings;
