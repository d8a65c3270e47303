//! The daily digest: who gets one on a day, and from the tenant's facts to the finished letter.
//!
//! What must stay true: the facts of a tenant are read by a fixed number of statements, whatever the number of
//! readers; each reader gets one letter a day, whatever posts they hold, or a reason why not.

mod compose;
mod facts;
mod letter;
mod model;
mod outbox;
mod plan;
mod readers;
pub mod report;
mod store;

pub use compose::{compose, digest_of};
pub use facts::{Facts, facts};
pub use letter::Letter;
pub use model::{Reader, ReaderKind, Recipient, Skip};
pub use outbox::composer;
pub use plan::{DIGEST, PLAN, plan_due, plan_now};
pub use readers::readers;
pub use store::{Holder, holders};
