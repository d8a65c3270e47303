//! What runs when, and who does it: the one table of jobs.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::auth;
use crate::campaigns;
use crate::clock::Clock;
use crate::db::Db;
use crate::digests;
use crate::files;
use crate::idempotency;
use crate::jobs::{self, Claimed, Entry, Handler, JobError};
use crate::mail::{self, Composer, PostRoom};
use crate::papers::clock as drafts;
use crate::people;
use crate::preferences;
use crate::public_url::PublicUrl;
use crate::recurrences;
use crate::reminders;
use crate::tasks;
use crate::webhooks::{self, Courier};

/// How long what was done is remembered, in days: longer than a catch-up looks back.
const REMEMBERED_DAYS: i64 = 14;

/// The kind of job that forgets what was done long ago.
const JOBS_PURGE: &str = "jobs.purge";

/// The kind of job that removes a tenant's sessions, links and half-done sign-ins that are long over.
const SESSIONS_PURGE: &str = "sessions.purge";

/// The kind of job that forgets the tenant's answers that are no longer given again.
const ANSWERS_PURGE: &str = "answers.purge";

/// The kind of job that removes the tenant's messages to other systems that are long over.
const MESSAGES_PURGE: &str = "webhooks.purge";

/// Second, minute, hour, day, month and weekday, in UTC; a kind `a_tenant` has one job for each active tenant.
pub const TIMETABLE: &[Entry] = &[
    // Each tenant has its own zone and calendar: the job looks what time it is there.
    Entry { kind: digests::PLAN, schedule: "0 */15 * * * *", a_tenant: true },
    // Letters that nobody came for, whatever happened to their job.
    Entry { kind: mail::DELIVER, schedule: "0 */10 * * * *", a_tenant: true },
    // Every tenant's morning comes in a zone of its own; a day's reminders are planned once.
    Entry { kind: reminders::PLAN, schedule: "0 */15 * * * *", a_tenant: true },
    // A tenant's day begins in its own zone; a turn comes once however often it is looked for.
    Entry { kind: recurrences::MAKE, schedule: "0 30 * * * *", a_tenant: true },
    // The tenant's day of the month begins in its own zone; a month's draft is made once.
    Entry { kind: drafts::MAKE, schedule: "0 25 * * * *", a_tenant: true },
    // The night in Việt Nam.
    Entry { kind: mail::PURGE, schedule: "0 10 18 * * *", a_tenant: true },
    Entry { kind: SESSIONS_PURGE, schedule: "0 20 18 * * *", a_tenant: true },
    Entry { kind: files::SWEEP, schedule: "0 40 18 * * *", a_tenant: true },
    Entry { kind: files::STRAYS, schedule: "0 50 18 * * *", a_tenant: false },
    Entry { kind: ANSWERS_PURGE, schedule: "0 45 * * * *", a_tenant: true },
    Entry { kind: MESSAGES_PURGE, schedule: "0 15 18 * * *", a_tenant: true },
    Entry { kind: JOBS_PURGE, schedule: "0 30 18 * * *", a_tenant: false },
];

/// Who composes which kind of letter.
pub fn composers(public_url: &PublicUrl) -> BTreeMap<&'static str, Composer> {
    let mut all = people::composers(public_url);
    all.extend([digests::composer(public_url)]);
    all.extend(preferences::report::composers());
    all.extend(reminders::composers(public_url));
    all.extend(tasks::urge_composers(public_url));
    all.extend(campaigns::composers(public_url));
    all.extend(webhooks::report::composers(public_url));
    all.extend(drafts::composers(public_url));
    all
}

/// Who hands messages to other systems over.
pub fn courier(courier: Courier) -> (&'static str, Handler) {
    (webhooks::DELIVER, Box::new(move |job, _| courier.deliver(job)))
}

/// Who does which kind of job.
pub fn handlers(db: &Db, clock: Clock, post: Arc<PostRoom>) -> Vec<(&'static str, Handler)> {
    let plan = move |db: &Db, job: &Claimed| digests::plan_due(db, clock, job);
    vec![
        (mail::DELIVER, Box::new(move |job, ending| post.deliver(job, ending))),
        (digests::PLAN, with(db, plan)),
        (mail::PURGE, with(db, mail::purge)),
        (reminders::PLAN, with(db, reminders::plan_due)),
        (recurrences::MAKE, with(db, recurrences::make_due)),
        (drafts::MAKE, with(db, drafts::make_due)),
        (SESSIONS_PURGE, with(db, |db, job| Ok(db.tenant(&job.scope()?, auth::purge).map(drop)?))),
        (ANSWERS_PURGE, with(db, |db, job| Ok(db.tenant(&job.scope()?, idempotency::purge).map(drop)?))),
        (MESSAGES_PURGE, with(db, |db, job| Ok(db.tenant(&job.scope()?, webhooks::purge).map(drop)?))),
        (JOBS_PURGE, with(db, |db, _| Ok(jobs::purge(db, REMEMBERED_DAYS).map(drop)?))),
    ]
}

/// A job that needs the database alone.
fn with(
    db: &Db,
    work: impl Fn(&Db, &Claimed) -> std::result::Result<(), JobError> + Send + Sync + 'static,
) -> Handler {
    let db = db.clone();
    Box::new(move |job, _| work(&db, job))
}
