//! Forgetting bytes: of files that were removed, of uploads that came to nothing, of tenants that are gone. Only what has
//! been kept for a day, so that nothing on its way in is met.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::store;
use crate::clock::Clock;
use crate::db::Db;
use crate::depot::{Depot, Kept};
use crate::error::Result;
use crate::jobs::{Claimed, Handler, JobError};

/// The kind of job that forgets what a tenant keeps no more.
pub const SWEEP: &str = "files.sweep";

/// The kind of job that forgets what is kept of tenants that are gone.
pub const STRAYS: &str = "files.strays";

/// How old bytes are that nobody misses.
const OLD: TimeDelta = TimeDelta::days(1);

/// Who does these jobs.
pub fn handlers(db: &Db, clock: Clock, depot: &Depot) -> Vec<(&'static str, Handler)> {
    let (swept, stray) = ((db.clone(), depot.clone()), (db.clone(), depot.clone()));
    vec![
        (SWEEP, Box::new(move |job, _| sweep(&swept.0, &swept.1, job))),
        (STRAYS, Box::new(move |_, _| Ok(strays(&stray.0, &stray.1, clock)?))),
    ]
}

fn old(kept: Vec<Kept>, now: DateTime<Utc>) -> impl Iterator<Item = Uuid> {
    kept.into_iter().filter(move |kept| kept.at + OLD < now).map(|kept| kept.id)
}

fn sweep(db: &Db, depot: &Depot, job: &Claimed) -> std::result::Result<(), JobError> {
    use crate::db::TenantScope;
    let scope = job.scope()?;
    // No connection is held while the depot is asked.
    let kept = depot.kept(scope.tenant())?;
    let (wanted, now) = db.tenant(&scope, |conn| Ok((store::kept(conn)?, conn.now())))?;
    let unwanted: Vec<Uuid> = old(kept, now).filter(|id| !wanted.contains(id)).collect();
    depot.forget(scope.tenant(), unwanted)?;
    Ok(())
}

fn strays(db: &Db, depot: &Depot, clock: Clock) -> Result<()> {
    let tenants = depot.tenants()?;
    let here = db.system(|conn| store::known(conn, &tenants))?;
    for tenant in tenants.into_iter().filter(|tenant| !here.contains(&tenant.uuid())) {
        let gone = depot.forget(tenant, old(depot.kept(tenant)?, clock.now()))?;
        tracing::warn!(gone, tenant = %tenant.uuid(), "files of a tenant that is not here were removed");
    }
    Ok(())
}
