//! The dated facts that steps write.

use chrono::{DateTime, NaiveDate, Utc};

use super::By;
use super::read::StepRead;
use crate::domain::task::Status;
use crate::ids::{TenantId, new_id};
use crate::tasks::TaskRow;
use crate::tasks::store::acts::{NewExclusion, NewLeadChange, NewNote, NewSubmission};
use uuid::Uuid;

pub(super) fn note(
    tenant: TenantId,
    now: DateTime<Utc>,
    by: &By<'_>,
    task_id: Uuid,
    read: &StepRead,
) -> NewNote {
    NewNote {
        tenant_id: tenant.uuid(),
        id: new_id(),
        task_id,
        noted_on: by.today,
        noted_at: now,
        noted_by: by.acting.actor.clone(),
        percent: read.percent,
        words: read.note.clone(),
        obstacles: read.obstacles.clone(),
    }
}

pub(super) fn submission(tenant: TenantId, by: &By<'_>, task_id: Uuid, read: &StepRead) -> NewSubmission {
    NewSubmission {
        tenant_id: tenant.uuid(),
        id: new_id(),
        task_id,
        submitted_on: read.on,
        submitted_by: by.acting.actor.clone(),
        evidence: read.evidence.clone(),
        product_number: read.product_number.clone(),
        product_date: read.product_date,
    }
}

pub(super) fn exclusion(tenant: TenantId, task_id: Uuid, state: Status, read: &StepRead) -> NewExclusion {
    NewExclusion {
        tenant_id: tenant.uuid(),
        id: new_id(),
        task_id,
        state: state.code(),
        from_on: read.on,
        reason: read.reason.clone(),
        planned_until: read.planned_until,
        body: read.body.clone(),
    }
}

pub(super) fn lead_change(
    tenant: TenantId,
    task: &TaskRow,
    changed_on: NaiveDate,
    reason: Option<String>,
) -> NewLeadChange {
    NewLeadChange {
        tenant_id: tenant.uuid(),
        id: new_id(),
        task_id: task.id,
        changed_on,
        from_unit_id: task.lead_unit_id,
        reason,
    }
}
