//! Đôn đốc: key tasks, deadlines and the monthly ministerial briefing.
//!
//! # The map
//!
//! | module | owns |
//! |---|---|
//! | `domain` | the pure rules: deadline words, standing, working calendar, briefing statistics |
//! | `text` | every sentence shown to a person, Vietnamese and English |
//! | `config`, `public_url`, `smtp_url`, `clock`, `ids`, `keys`, `telemetry` | settings, the two clocks, new ids, the secret, logs |
//! | `error` | why a use case did not happen |
//! | `db` | the only holder of the pool; the one door to a tenant's rows |
//! | `cluster` | the private PostgreSQL cluster |
//! | `depot` | the bytes of files: a directory or a bucket |
//! | `documents` | documents as an office sends them out: one neutral form, and the files made of it |
//! | `journal` | who did what when, append-only |
//! | `app` | what a use case works with |
//! | `tenants`, `accounts`, `units`, `calendar`, `tasks`, `imports`, `briefings`, `digests`, `reminders` | the features |
//! | `files` | the files of tasks: what is taken, who reads and removes it |
//! | `evaluations` | units evaluated for a quarter or a year, and what products weigh in it |
//! | `late_reasons` | the reasons for lateness that a tenant chooses from |
//! | `extensions` | the desk where later deadlines are asked for and decided |
//! | `opinions` | what leaders say about tasks, and the units' answers |
//! | `recurrences`, `campaigns` | tasks that come again by themselves; one directive given to many units |
//! | `jobs`, `timetable` | the queue of what runs by the clock or beside a request; what runs when |
//! | `mail` | the outbox: letters planned as rows, composed once, sent outside any transaction |
//! | `params` | named texts of an address or a form, read strictly |
//! | `auth` | who is asking: passwords, sessions, tokens; an act happens in the transaction that read the session |
//! | `people` | people and posts as an administrator looks after them |
//! | `preferences` | what people wish of the letters that come by the clock |
//! | `observatory` | what became of a tenant's letters, as an administrator looks after them |
//! | `idempotency`, `feeds`, `webhooks` | creations done once; deadlines for calendars; other systems that are told of tasks |
//! | `organisation` | units and settings as an administrator looks after them |
//! | `papers` | the briefing as it is read: parts, tables, document |
//! | `pages` | the views of the pages, plain data into `templates/` |
//! | `http` | what every request passes: guard, headers, errors, queries |
//! | `api`, `site` | the handlers: JSON, pages |
//! | `routes`, `run` | the one table of routes; the service put together |
//! | `demo`, `cli` | the demo's data; the commands |
//!
//! # The import rule
//!
//! `domain ← error ← config, clock, ids ← db, cluster ← journal ← app ← features ← auth ← text ← pages ← http ← api,
//! site ← routes ← run ← demo ← cli ← main`.
//! `text` knows `domain`, `error` and the model types of features; a feature uses it only where it makes
//! something to be read (`report.rs`). `tests/architecture.rs` holds this.

pub mod accounts;
pub mod api;
pub mod app;
pub mod auth;
pub mod briefings;
pub mod calendar;
pub mod campaigns;
pub mod cli;
pub mod clock;
pub mod cluster;
pub mod config;
pub mod db;
pub mod demo;
pub mod depot;
pub mod digests;
pub mod documents;
pub mod domain;
pub mod error;
pub mod evaluations;
pub mod extensions;
pub mod feeds;
pub mod files;
pub mod http;
pub mod idempotency;
pub mod ids;
pub mod imports;
pub mod jobs;
pub mod journal;
pub mod keys;
pub mod late_reasons;
pub mod mail;
pub mod observatory;
pub mod opinions;
pub mod organisation;
pub mod pages;
pub mod papers;
pub mod params;
pub mod people;
pub mod preferences;
pub mod public_url;
pub mod recurrences;
pub mod reminders;
pub mod routes;
pub mod run;
#[allow(missing_docs)]
mod schema;
pub mod site;
pub mod smtp_url;
pub mod tasks;
pub mod telemetry;
pub mod tenants;
pub mod text;
pub mod timetable;
pub mod units;
pub mod webhooks;
