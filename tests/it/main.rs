//! The integration tests: one binary, a module a concern, each test its own database.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)] // A test that can't go on says so.

mod support;

mod cli;
mod figures;
mod imports;
mod reimports;
mod schema;
mod tenancy;
