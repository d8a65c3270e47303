//! Random tasks with every kind of dated fact, as the domain sees them and as the database keeps them.

use chrono::{Days, NaiveDate};
use diesel::prelude::*;
use diesel::sql_types::{Date, Uuid as SqlUuid};
use dondoc::db::TenantConn;
use dondoc::domain::briefing::BriefingTask;
use dondoc::domain::standing::{
    ExclusionFact, ExtensionFact, LeadChange, SubmissionDecision, SubmissionFact, TaskFacts, lead_at,
};
use dondoc::domain::task::{Category, Level, ProductKind, Status};
use dondoc::ids::new_id;
use dondoc::tasks::{self, ExclusionRow, ExtensionRow, SubmissionRow, TaskRow};
use proptest::prelude::*;
use uuid::Uuid;

use super::build::task_row;
use super::day;

/// A random task: the facts, who led it when, and the current lead by its place among the units.
#[derive(Debug, Clone)]
pub struct RandomTask {
    id: Uuid,
    code: String,
    lead: usize,
    leads: Vec<(NaiveDate, usize)>,
    category: Category,
    product: ProductKind,
    level: Option<Level>,
    facts: TaskFacts,
    /// Requests that were refused or are open: they must change nothing.
    idle_extensions: Vec<(NaiveDate, Option<NaiveDate>)>,
}

/// A day of 2024, few enough that facts meet on one day.
pub fn any_day() -> impl Strategy<Value = NaiveDate> {
    (0u64..200).prop_map(|n| day("2024-04-01") + Days::new(n))
}

fn days_after(from: NaiveDate) -> impl Strategy<Value = NaiveDate> {
    (0u64..60).prop_map(move |n| from + Days::new(n))
}

/// Submissions that were sent back or accepted by mistake, then perhaps one that waits or was accepted.
fn any_submissions() -> impl Strategy<Value = Vec<SubmissionFact>> {
    let one = any_day().prop_flat_map(|submitted_on| {
        (days_after(submitted_on), 0..5u8, 0u64..60).prop_map(move |(decided_on, kind, days)| {
            SubmissionFact {
                submitted_on,
                decision: (kind > 0).then_some(SubmissionDecision {
                    decided_on,
                    accepted: kind > 1,
                    undone_on: (kind == 4).then_some(decided_on + Days::new(days)),
                }),
            }
        })
    });
    proptest::collection::vec(one, 0..4).prop_map(|mut all| {
        let is_final = |s: &SubmissionFact| s.decision.is_some_and(|d| d.accepted && d.undone_on.is_none());
        let accepted = all.iter().position(is_final);
        if let Some(first) = accepted {
            all.truncate(first + 1); // Nothing is submitted once a completion was accepted.
        }
        // While an acceptance held nothing else was decided.
        let mut undone = NaiveDate::MIN;
        all.retain(|s| {
            let is_after = s.decision.is_none_or(|d| undone <= d.decided_on);
            undone = s.decision.and_then(|d| d.undone_on).filter(|_| is_after).unwrap_or(undone);
            is_after
        });
        all
    })
}

fn any_extensions() -> impl Strategy<Value = Vec<ExtensionFact>> {
    let one = (proptest::option::weighted(0.9, any_day()), any_day()).prop_map(|(decided_on, new_due_on)| {
        ExtensionFact { decided_on: decided_on.unwrap_or(NaiveDate::MIN), new_due_on }
    });
    proptest::collection::vec(one, 0..3)
}

fn any_exclusions() -> impl Strategy<Value = Vec<ExclusionFact>> {
    let one = (proptest::option::weighted(0.8, any_day()), proptest::option::of(0u64..40)).prop_map(
        |(from_on, days)| {
            let until_on = days.map(|n| from_on.unwrap_or(day("2024-06-01")) + Days::new(n));
            ExclusionFact { from_on, until_on }
        },
    );
    proptest::collection::vec(one, 0..2)
}

/// A random task led by one of `units` units.
pub fn any_task(units: usize) -> impl Strategy<Value = RandomTask> {
    let kind = (
        proptest::sample::select(Category::ALL),
        proptest::sample::select(ProductKind::ALL),
        proptest::option::of(proptest::sample::select(Level::ALL)),
    );
    let facts = (
        proptest::option::weighted(0.9, any_day()),
        proptest::option::weighted(0.9, any_day()),
        any_extensions(),
        any_submissions(),
        any_exclusions(),
    );
    let leads = (0..units, proptest::collection::vec((any_day(), 0..units), 0..3));
    let idle = proptest::collection::vec((any_day(), Just(None)), 0..2);
    (kind, facts, leads, idle).prop_map(
        |((category, product, level), facts, (lead, leads), idle_extensions)| {
            let (assigned_on, original_due_on, extensions, submissions, exclusions) = facts;
            let id = new_id();
            let facts = TaskFacts { assigned_on, original_due_on, extensions, submissions, exclusions };
            RandomTask {
                id,
                code: format!("R-{id}"),
                lead,
                leads,
                category,
                product,
                level,
                facts,
                idle_extensions,
            }
        },
    )
}

impl RandomTask {
    /// The task as the briefing looks at it on a day.
    pub fn at(&self, units: &[Uuid], cutoff: NaiveDate) -> BriefingTask {
        let changes: Vec<_> = self
            .leads
            .iter()
            .map(|(changed_on, unit)| LeadChange { changed_on: *changed_on, from_unit: units[*unit] })
            .collect();
        BriefingTask {
            id: self.id,
            unit: lead_at(units[self.lead], &changes, cutoff),
            category: self.category,
            product: self.product,
            level: self.level,
            facts: self.facts.clone(),
        }
    }

    fn row(&self, tenant_id: Uuid, units: &[Uuid]) -> TaskRow {
        let holds = |s: &&SubmissionFact| s.decision.is_some_and(|d| d.accepted && d.undone_on.is_none());
        let accepted = self.facts.submissions.iter().find(holds);
        TaskRow {
            id: self.id,
            code: self.code.clone(),
            category: self.category.code().into(),
            product: self.product.code().into(),
            level: self.level.map(|level| level.code().into()),
            assigned_on: self.facts.assigned_on,
            due_precision: if self.facts.original_due_on.is_some() { "day" } else { "none" }.into(),
            original_due_on: self.facts.original_due_on,
            due_on: self.facts.due_at(NaiveDate::MAX),
            status: if accepted.is_some() { Status::Completed } else { Status::InProgress }.code().into(),
            completed_on: accepted.map(|s| s.submitted_on),
            confirmed_on: accepted.and_then(|s| s.decision).map(|d| d.decided_on),
            ..task_row(tenant_id, units[self.lead])
        }
    }

    fn submissions(&self, tenant_id: Uuid) -> Vec<SubmissionRow> {
        let row = |s: &SubmissionFact| SubmissionRow {
            tenant_id,
            id: new_id(),
            task_id: self.id,
            submitted_on: s.submitted_on,
            accepted: s.decision.map(|d| d.accepted),
            decided_on: s.decision.map(|d| d.decided_on),
            undone_on: s.decision.and_then(|d| d.undone_on),
            import_id: None,
        };
        self.facts.submissions.iter().map(row).collect()
    }

    fn extensions(&self, tenant_id: Uuid) -> Vec<ExtensionRow> {
        let row = |decision: Option<&str>, decided_on, wanted_due_on, new_due_on| ExtensionRow {
            tenant_id,
            id: new_id(),
            task_id: self.id,
            wanted_due_on,
            wanted_words: None,
            wanted_precision: "day".into(),
            decision: decision.map(str::to_owned),
            decided_on,
            new_due_on,
            import_id: None,
        };
        let known = |day: NaiveDate| (day != NaiveDate::MIN).then_some(day);
        let agreed = self
            .facts
            .extensions
            .iter()
            .map(|e| row(Some("agreed"), known(e.decided_on), e.new_due_on, Some(e.new_due_on)));
        let idle = self.idle_extensions.iter().enumerate().map(|(i, (wanted, decided))| {
            let decision = (i > 0).then_some("refused"); // One open request a task, at most.
            row(decision, decision.map(|_| decided.unwrap_or(*wanted)), *wanted, None)
        });
        agreed.chain(idle).collect()
    }

    fn exclusions(&self, tenant_id: Uuid) -> Vec<ExclusionRow> {
        let row = |e: &ExclusionFact| ExclusionRow {
            tenant_id,
            id: new_id(),
            task_id: self.id,
            state: "paused".into(),
            from_on: e.from_on,
            until_on: e.until_on,
            import_id: None,
        };
        self.facts.exclusions.iter().map(row).collect()
    }
}

/// Writes random tasks with all their facts.
pub fn write(conn: &mut TenantConn<'_>, made: &[RandomTask], units: &[Uuid]) -> dondoc::error::Result<()> {
    let tenant = conn.tenant().uuid();
    let none: [Uuid; 0] = [];
    tasks::save(conn, &made.iter().map(|task| task.row(tenant, units)).collect::<Vec<_>>())?;
    let submissions: Vec<_> = made.iter().flat_map(|task| task.submissions(tenant)).collect();
    tasks::replace_imported_submissions(conn, &none, &submissions)?;
    let extensions: Vec<_> = made.iter().flat_map(|task| task.extensions(tenant)).collect();
    tasks::replace_imported_extensions(conn, &none, &extensions)?;
    let exclusions: Vec<_> = made.iter().flat_map(|task| task.exclusions(tenant)).collect();
    tasks::replace_imported_exclusions(conn, &none, &exclusions)?;
    for task in made {
        for (changed_on, unit) in &task.leads {
            diesel::sql_query(
                "INSERT INTO task_lead_changes (tenant_id, id, task_id, changed_on, from_unit_id) VALUES ($1, $2, $3, $4, $5)",
            )
            .bind::<SqlUuid, _>(tenant)
            .bind::<SqlUuid, _>(new_id())
            .bind::<SqlUuid, _>(task.id)
            .bind::<Date, _>(changed_on)
            .bind::<SqlUuid, _>(units[*unit])
            .execute(conn.for_tests())?;
        }
    }
    Ok(())
}
