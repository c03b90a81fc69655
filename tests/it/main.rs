//! Every integration test, in one binary.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test ends at the first surprise")]

mod access;
mod access_matrix;
mod durability;
mod graphql;
mod http_edge;
mod masking;
mod overload;
mod sdl;
mod support;
mod tidy;
