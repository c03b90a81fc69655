//! The table of users as a download: `GET /users.csv`, with the bearer of a session.
//!
//! `?filter=…&orderBy=…` take what the query `users` takes, as JSON. The table has ten columns (LST-02), cells
//! as their reader wants them (LST-03), and shows whom and what the list shows. It is read and sent part by
//! part, so that its length costs no memory; each part is judged by the rights of that moment. Where the reader
//! lost them, or the directory ends, the transfer breaks off: half a table is not taken for a whole one.
//! Users who are created meanwhile are in it where they stand behind what was sent.

mod cells;
mod routes;

pub(crate) use cells::write_row;
pub(crate) use routes::download;
pub use routes::routes;
