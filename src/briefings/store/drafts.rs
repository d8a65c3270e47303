//! SQL of drafts.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use serde_json::Value;

use crate::briefings::draft::{Draft, TypedOpening};
use crate::briefings::whole::{Blocks, ReportedTotals};
use crate::db::TenantConn;
use crate::domain::flow::Line;
use crate::domain::period::Month;
use crate::error::{Error, Result};
use crate::schema::briefing_drafts::{self, dsl};

#[derive(Queryable, Selectable)]
#[diesel(table_name = briefing_drafts)]
struct Row {
    month: NaiveDate,
    cutoff: Option<NaiveDate>,
    results: Option<String>,
    causes: Option<String>,
    proposals: Option<String>,
    opening_on: Option<NaiveDate>,
    opening: Option<Value>,
    made_on: Option<NaiveDate>,
    version: i32,
}

impl TryFrom<Row> for Draft {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            month: Month::of(row.month),
            cutoff: row.cutoff,
            blocks: Blocks { results: row.results, causes: row.causes, proposals: row.proposals },
            opening_on: row.opening_on,
            opening: row.opening.map(opening).transpose()?,
            made_on: row.made_on,
            version: row.version,
        })
    }
}

/// Totals as they are kept: `overdue`, the lines by their codes, and what else was said of all tasks.
fn opening(kept: Value) -> Result<TypedOpening> {
    let unknown = || Error::Internal("a draft holds an opening that is not known".to_owned());
    let mut named: BTreeMap<String, u64> = serde_json::from_value(kept).map_err(|_| unknown())?;
    let overdue = named.remove("overdue").ok_or_else(unknown)?;
    let all = ALL.map(|name| named.remove(name));
    let known = |(code, count): (String, u64)| Ok((Line::from_code(&code).ok_or_else(unknown)?, count));
    let lines = named.into_iter().map(known).collect::<Result<_>>()?;
    let all = match all {
        [None, None, None, None, None] => None,
        [Some(tasks), Some(completed), Some(within_term), Some(no_deadline), Some(outside)] => {
            Some(ReportedTotals { tasks, completed, within_term, no_deadline, outside })
        }
        _ => return Err(unknown()),
    };
    Ok(TypedOpening { overdue, lines, all })
}

/// How the totals of all tasks are kept.
const ALL: [&str; 5] = ["all_tasks", "all_completed", "all_within_term", "all_no_deadline", "all_outside"];

fn kept(opening: &TypedOpening) -> Value {
    let lines = opening.lines.iter().map(|(line, count)| (line.code().to_owned(), Value::from(*count)));
    let all = opening.all.map(|all| {
        [all.tasks, all.completed, all.within_term, all.no_deadline, all.outside].map(Value::from)
    });
    let all = all.into_iter().flat_map(|counts| ALL.map(str::to_owned).into_iter().zip(counts));
    lines.chain(all).chain([("overdue".to_owned(), Value::from(opening.overdue))]).collect()
}

/// What is kept of a month.
pub(in crate::briefings) fn find(conn: &mut TenantConn<'_>, month: Month) -> Result<Option<Draft>> {
    let row: Option<Row> = dsl::briefing_drafts
        .filter(dsl::tenant_id.eq(conn.tenant().uuid()))
        .filter(dsl::month.eq(month.first()))
        .select(Row::as_select())
        .first(conn.pg())
        .optional()?;
    row.map(Draft::try_from).transpose()
}

/// Every month of which something is kept, the latest first.
pub(in crate::briefings) fn all(conn: &mut TenantConn<'_>) -> Result<Vec<Draft>> {
    let rows: Vec<Row> = dsl::briefing_drafts
        .filter(dsl::tenant_id.eq(conn.tenant().uuid()))
        .order(dsl::month.desc())
        .select(Row::as_select())
        .load(conn.pg())?;
    rows.into_iter().map(Draft::try_from).collect()
}

/// What is kept of a month, locked until the transaction ends; a row is made when there is none, of version 0.
pub(in crate::briefings) fn lock(conn: &mut TenantConn<'_>, month: Month, actor: &str) -> Result<Draft> {
    let (tenant, now) = (conn.tenant().uuid(), conn.now());
    diesel::insert_into(dsl::briefing_drafts)
        .values((
            dsl::tenant_id.eq(tenant),
            dsl::month.eq(month.first()),
            dsl::version.eq(0),
            dsl::updated_at.eq(now),
            dsl::updated_by.eq(actor),
        ))
        .on_conflict_do_nothing()
        .execute(conn.pg())?;
    let row: Row = dsl::briefing_drafts
        .filter(dsl::tenant_id.eq(tenant))
        .filter(dsl::month.eq(month.first()))
        .select(Row::as_select())
        .for_update()
        .first(conn.pg())?;
    row.try_into()
}

/// Keeps a draft whose row is locked.
pub(in crate::briefings) fn update(conn: &mut TenantConn<'_>, actor: &str, draft: &Draft) -> Result<()> {
    let (tenant, now) = (conn.tenant().uuid(), conn.now());
    let own =
        dsl::briefing_drafts.filter(dsl::tenant_id.eq(tenant)).filter(dsl::month.eq(draft.month.first()));
    diesel::update(own)
        .set((
            dsl::cutoff.eq(draft.cutoff),
            dsl::results.eq(&draft.blocks.results),
            dsl::causes.eq(&draft.blocks.causes),
            dsl::proposals.eq(&draft.blocks.proposals),
            dsl::opening_on.eq(draft.opening_on),
            dsl::opening.eq(draft.opening.as_ref().map(kept)),
            dsl::version.eq(dsl::version + 1),
            dsl::updated_at.eq(now),
            dsl::updated_by.eq(actor),
        ))
        .execute(conn.pg())?;
    Ok(())
}

/// Makes the draft of a month on a day, when nothing is kept of it; whether it was made.
pub(in crate::briefings) fn make(
    conn: &mut TenantConn<'_>,
    month: Month,
    cutoff: NaiveDate,
    day: NaiveDate,
    actor: &str,
) -> Result<bool> {
    let (tenant, now) = (conn.tenant().uuid(), conn.now());
    let made = diesel::insert_into(dsl::briefing_drafts)
        .values((
            dsl::tenant_id.eq(tenant),
            dsl::month.eq(month.first()),
            dsl::cutoff.eq(cutoff),
            dsl::made_on.eq(day),
            dsl::updated_at.eq(now),
            dsl::updated_by.eq(actor),
        ))
        .on_conflict_do_nothing()
        .execute(conn.pg())?;
    Ok(made == 1)
}
