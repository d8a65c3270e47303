//! A list of tasks as a file: the rows behind any number, for whoever works on them elsewhere.
//!
//! What must stay true: it holds what the reader sees in the list, no more; rows come from the database and go to the
//! disk one by one, so that memory doesn't grow with them; every export stands in the journal, and a reader has only so
//! many an hour.

mod report;

use std::fs::File;

use chrono::{NaiveDate, TimeDelta};
use serde_json::json;

use super::filter::TaskFilterInput;
use super::list::ready;
use super::store::export as store;
use crate::db::TenantConn;
use crate::depot::Depot;
use crate::domain::access::Acting;
use crate::domain::export::ExportFault;
use crate::domain::lang::Lang;
use crate::error::{Error, Result};
use crate::journal::{self, Entry};

/// The most rows of a file.
pub const MOST_ROWS: usize = 50_000;
/// The most files of a reader in an hour.
pub const MOST_IN_AN_HOUR: usize = 10;
/// After how many seconds to try again while another file of the reader's is being made.
const AT_ONCE: u64 = 10;

/// The kinds of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportForm {
    /// For Excel.
    Xlsx,
    /// For everything else.
    Csv,
}

impl ExportForm {
    /// The end of its name.
    pub fn code(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
        }
    }
}

/// What is exported.
#[derive(Debug, Clone)]
pub struct Export {
    /// The kind of file.
    pub form: ExportForm,
    /// The language of its words.
    pub lang: Lang,
    /// The day whose standing is told.
    pub day: NaiveDate,
    /// Which tasks.
    pub asked: TaskFilterInput,
}

/// Writes the tasks of a list to a nameless file, in the list's order.
///
/// # Errors
/// No such unit; more rows than [`MOST_ROWS`]; more files than [`MOST_IN_AN_HOUR`]; no room for the file.
pub fn export(
    conn: &mut TenantConn<'_>,
    acting: &Acting,
    depot: &Depot,
    due_soon_days: u32,
    export: Export,
) -> Result<File> {
    let Export { form, lang, day, asked } = export;
    may_export(conn, acting)?;
    let file = depot.scratch()?;
    let filter = ready(conn, day, due_soon_days, asked)?;
    let to = file.try_clone().map_err(|error| Error::Internal(format!("a file on its way out: {error}")))?;
    let mut sheet = report::Sheet::begin(form, lang, to, depot.scratch_place())?;
    let mut rows = 0;
    store::each(conn, &filter, MOST_ROWS + 1, |task| {
        rows += 1;
        if rows > MOST_ROWS {
            return Err(ExportFault::TooManyRows(MOST_ROWS).into());
        }
        sheet.row(&task)
    })?;
    sheet.finish()?;
    let told = json!({ "form": form.code(), "as_of": day, "rows": rows });
    journal::append(conn, &[entry(acting, told)])?;
    Ok(file)
}

fn entry(acting: &Acting, told: serde_json::Value) -> Entry {
    Entry {
        actor: acting.actor.clone(),
        act: store::ACT,
        subject: "list",
        subject_id: None,
        import_id: None,
        before: None,
        after: Some(told),
    }
}

/// Files count by the journal; of two at once one is refused, so that both can't be the last.
fn may_export(conn: &mut TenantConn<'_>, acting: &Acting) -> Result<()> {
    if !store::take_turn(conn, &acting.actor)? {
        return Err(ExportFault::TooOften(AT_ONCE).into());
    }
    let hour = TimeDelta::hours(1);
    let since = conn.now() - hour;
    let latest = store::latest(conn, &acting.actor, since, MOST_IN_AN_HOUR)?;
    match latest.last() {
        Some(oldest) if latest.len() >= MOST_IN_AN_HOUR => {
            let wait = (*oldest + hour - conn.now()).num_seconds().max(1).unsigned_abs();
            Err(ExportFault::TooOften(wait).into())
        }
        _ => Ok(()),
    }
}
