//! The integration tests: one binary, a module a concern, each test its own database.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)] // A test that can't go on says so.

mod support;

mod account;
mod api_keys;
mod api_session;
mod audit;
mod calendar_desk;
mod campaigns;
mod cli;
mod dashboard;
mod details;
mod digest_days;
mod digests;
mod exports;
mod extensions;
mod faces;
mod figures;
mod files;
mod imports;
mod late_reasons;
mod letters;
mod lists;
mod mail_faults;
mod manners;
mod observatory;
mod opinions;
mod people;
mod permissions;
mod plans;
mod preferences;
mod queue;
mod recurring;
mod reimports;
mod reminders;
mod revisions;
mod schema;
mod serve;
mod settings;
mod sign_in;
mod sso;
mod tasks_days;
mod tasks_give;
mod tasks_life;
mod templates;
mod tenancy;
mod tenant_archives;
mod tenants;
mod two_factor;
mod units;
mod urging;
mod walk;
mod ways_in;
mod worker;
