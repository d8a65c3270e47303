//! The private cluster with a real PostgreSQL: made, shared, adopted, killed, half-made, and in places its
//! user can't reach. As root, all of it is also run as an unprivileged user.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking, in the functions it calls as well")]

mod making;
mod sharing;
mod support;
mod users;
