//! Every integration test, in one binary.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test ends at the first surprise")]

mod access;
mod access_matrix;
mod access_over_http;
mod as_of;
mod avatars;
mod bench_command;
mod bench_figures;
mod cli_calls;
mod cli_help;
mod cli_log_served;
mod cli_offline;
mod cli_program;
mod cli_reads;
mod cli_serve;
mod config_layers;
mod durability;
mod evidence;
mod evidence_verify;
mod golden_log;
mod golden_log_applications;
mod golden_log_attributes;
mod golden_log_evidence;
mod golden_log_masking;
mod golden_log_passwords;
mod golden_log_support;
mod graphql;
mod http_edge;
mod import_export;
mod import_reserved;
mod import_rows;
mod import_run;
mod import_served;
mod mail;
mod mailed_passwords;
mod manuals;
mod masking;
mod overload;
mod password_policy;
mod rest;
mod rule_table;
mod sdl;
mod simulation;
mod support;
mod tidy;
