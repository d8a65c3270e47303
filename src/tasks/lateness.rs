//! Why a task is late, as its unit says: asked once when it turns overdue, put right as long as it is late.

use std::collections::HashSet;

use chrono::NaiveDate;
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

use super::acts::Target;
use super::filter::{StandingFilter, TaskFilterInput};
use super::model::TaskListed;
use super::open::open_for;
use super::store;
use super::store::at::AsOf;
use crate::db::TenantConn;
use crate::domain::access::{Act, Acting};
use crate::domain::late_reason::LateReason;
use crate::domain::prose;
use crate::domain::standing::Standing;
use crate::domain::task::LateReasonKind;
use crate::domain::words::key;
use crate::error::{Denial, ParameterFault, ParameterProblem, Refusal, Result};
use crate::journal::{self, Entry};
use crate::late_reasons;

/// The most characters of what is said beside the reason chosen.
const PROSE: usize = 2_000;

/// Why a task is late, as far as that was said.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lateness {
    /// On whose side the reason lies.
    pub kind: Option<LateReasonKind>,
    /// The reason chosen from the list, in its words of then.
    pub category: Option<String>,
    /// What was said beside it, or what a sheet brought.
    pub words: Option<String>,
}

impl Lateness {
    /// Whether anything was said.
    pub fn is_said(&self) -> bool {
        self != &Self::default()
    }
}

/// A reason as typed: the words of one of the list, and what is said beside it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[schema(as = LateReason)]
#[serde(deny_unknown_fields, default)]
#[allow(missing_docs)] // The fields are those of the form.
pub struct LatenessTyped {
    pub category: String,
    pub words: String,
}

impl LatenessTyped {
    fn read(&self, list: &[LateReason]) -> Result<Lateness> {
        let mut faults = Vec::new();
        let mut fault = |name: &str, problem| faults.push(ParameterFault { name: name.to_owned(), problem });
        let active = || list.iter().filter(|reason| reason.is_active);
        let chosen = active().find(|reason| key(&reason.category) == key(&self.category));
        if self.category.trim().is_empty() {
            fault("category", ParameterProblem::Missing);
        } else if chosen.is_none() {
            let words: Vec<&str> = active().map(|reason| reason.category.as_str()).collect();
            fault("category", ParameterProblem::NotOneOf(words.join(" | ")));
        }
        let words = prose::read(&self.words, PROSE).unwrap_or_else(|prose::TooLong(most)| {
            fault("words", ParameterProblem::TooLong(most));
            None
        });
        match chosen {
            Some(chosen) if faults.is_empty() => {
                Ok(Lateness { kind: Some(chosen.kind), category: Some(chosen.category.clone()), words })
            }
            _ => Err(Refusal::Parameters(faults).into()),
        }
    }
}

/// Why a task is late, as far as that was said.
///
/// # Errors
/// There is no such task.
pub fn lateness(conn: &mut TenantConn<'_>, id: Uuid) -> Result<Lateness> {
    Ok(store::lateness::one(conn, id)?.ok_or(Denial::NotFound)?)
}

/// Whether a task is late on a day: overdue, or completed late.
///
/// # Errors
/// The database's.
pub fn is_late(conn: &mut TenantConn<'_>, id: Uuid, day: NaiveDate) -> Result<bool> {
    let listed = store::list::one(conn, id, AsOf { day, soon_until: day })?;
    Ok(listed.is_some_and(|task| matches!(task.standing, Standing::Overdue | Standing::CompletedLate)))
}

/// Says why a task is late.
///
/// # Errors
/// It is not there, not whoever acts' to report on, not of the version named, or not late; every fault of what was typed.
pub fn explain_lateness(
    conn: &mut TenantConn<'_>,
    acting: &Acting,
    Target { id, version }: Target,
    typed: &LatenessTyped,
    today: NaiveDate,
) -> Result<()> {
    open_for(conn, acting, Act::ReportTasks, id, version)?;
    if !is_late(conn, id, today)? {
        return Err(Refusal::NotLate.into());
    }
    let after = typed.read(&late_reasons::list(conn)?)?;
    let before = lateness(conn, id)?;
    if after == before {
        return Ok(());
    }
    store::lateness::save(conn, id, &after)?;
    let entry = Entry {
        actor: acting.actor.clone(),
        act: "task.explain_lateness",
        subject: "task",
        subject_id: Some(id),
        import_id: None,
        before: Some(told(&before)),
        after: Some(told(&after)),
    };
    journal::append(conn, &[entry])
}

fn told(said: &Lateness) -> Value {
    json!({
        "late_reason_kind": said.kind.map(LateReasonKind::code),
        "late_reason_category": said.category,
        "late_reason": said.words,
    })
}

/// The overdue tasks of a unit for whose lateness no reason was given, most days overdue first.
///
/// # Errors
/// The database's.
pub fn unexplained(
    conn: &mut TenantConn<'_>,
    unit: &str,
    day: NaiveDate,
    due_soon_days: u32,
) -> Result<Vec<TaskListed>> {
    let asked = TaskFilterInput {
        unit: Some(unit.to_owned()),
        standing: Some(StandingFilter::Is(Standing::Overdue)),
        ..TaskFilterInput::default()
    };
    let mut overdue = super::list(conn, day, due_soon_days, asked)?;
    let ids: Vec<Uuid> = overdue.iter().map(|task| task.id).collect();
    let said: HashSet<Uuid> = store::lateness::said(conn, &ids)?.into_iter().collect();
    overdue.retain(|task| !said.contains(&task.id));
    Ok(overdue)
}
