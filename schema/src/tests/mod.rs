//! Tests of the published language: its bytes are locked, its parsers are total.

mod access_request_samples;
mod application_samples;
mod artefact_samples;
mod attribute_samples;
mod described;
mod erasure_samples;
mod evidence_samples;
mod golden;
mod group_samples;
mod json_schema;
mod masking_samples;
mod masks;
mod numbers;
mod preferences;
mod profile;
mod reading_samples;
mod records;
mod retention_samples;
mod samples;
mod secret_samples;
mod settings;
mod standard_users;
mod support_samples;
mod user_rule_samples;
mod user_rules;
mod values;
