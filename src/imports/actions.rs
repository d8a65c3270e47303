//! The use case: a checked workbook into the tenant's tasks, all or nothing.

use chrono::NaiveDate;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::apply::{self, Outcome};
use super::plan;
use super::rows::ReadRows;
use super::rows::faults::{Fault, Warning};
use super::units::UnitPlan;
use super::{OpenedWorkbook, store};
use crate::db::TenantConn;
use crate::error::Result;
use crate::ids::new_id;
use crate::units;

/// How a workbook is to be imported.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// Look, and write nothing.
    pub dry_run: bool,
    /// Make the units that the lead column names, for a tenant that has none.
    pub create_units: bool,
    /// Pass over faulty rows instead of refusing the file.
    pub skip_faulty: bool,
}

/// A file to be imported.
pub struct ImportFile {
    /// Its name, without the path.
    pub name: String,
    /// The SHA-256 of its bytes, in hex.
    pub sha256: String,
    /// What it says.
    pub workbook: OpenedWorkbook,
}

impl ImportFile {
    /// A file of these bytes that were opened as this workbook.
    pub fn new(name: String, bytes: &[u8], workbook: OpenedWorkbook) -> Self {
        let sha256 = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        Self { name, sha256, workbook }
    }
}

/// Where the sheet and the product disagree; the product's value stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The sheet's name.
    pub sheet: String,
    /// The row, from 1.
    pub row: u32,
    /// The task's code.
    pub code: String,
    /// The field; `None` when the task was deleted in the product.
    pub field: Option<String>,
    /// What the sheet says, in stored form but with units by their short names.
    pub in_sheet: Value,
    /// What the product has and keeps, likewise.
    pub in_product: Value,
}

/// What an import did, or would do.
#[derive(Debug, Clone, Default)]
pub struct ImportReport {
    /// Rows of tasks in the file, faulty ones too.
    pub rows: usize,
    /// Tasks made.
    pub created: usize,
    /// Tasks changed.
    pub changed: usize,
    /// Tasks the file says nothing new about.
    pub unchanged: usize,
    /// Units made, by short name.
    pub units_created: Vec<String>,
    /// Units given another name, kind or mailbox, by short name.
    pub units_changed: Vec<String>,
    /// Where sheet and product disagree.
    pub conflicts: Vec<Conflict>,
    /// Faulty cells.
    pub faults: Vec<Fault>,
    /// What a person should know.
    pub warnings: Vec<Warning>,
    /// Refused because of its faults: nothing was written.
    pub refused: bool,
    /// The import as it was recorded; none when nothing was written.
    pub import: Option<Uuid>,
}

impl ImportReport {
    /// What stands of it in the tenant's journal.
    pub fn told(&self, file: &ImportFile, options: Options) -> Value {
        let outcome = match (self.refused, options.dry_run) {
            (true, _) => "refused",
            (false, true) => "dry_run",
            (false, false) => "done",
        };
        json!({
            "file": file.name, "sha256": file.sha256, "outcome": outcome, "import": self.import,
            "create_units": options.create_units, "skip_faulty": options.skip_faulty,
            "rows": self.rows, "created": self.created, "changed": self.changed, "unchanged": self.unchanged,
            "faults": self.faults.len(), "conflicts": self.conflicts.len(),
        })
    }
}

/// Imports a workbook into the tenant's tasks, in the transaction of `conn`.
///
/// # Errors
/// The database's. Faulty rows are no error but a report that is refused.
pub fn import(
    conn: &mut TenantConn<'_>,
    file: &ImportFile,
    options: Options,
    today: NaiveDate,
) -> Result<ImportReport> {
    store::one_at_a_time(conn)?;
    let units = UnitPlan::new(&units::all(conn)?, &file.workbook, options.create_units);
    let read = file.workbook.rows(&units.index(), today);
    let faults = file.workbook.unit_faults.iter().chain(&units.faults).chain(&read.faults);
    let faults: Vec<Fault> = faults.cloned().collect();
    let mut report = ImportReport {
        rows: read.row_count,
        refused: !faults.is_empty() && !options.skip_faulty,
        faults,
        warnings: read.warnings.clone(),
        ..ImportReport::default()
    };
    if report.refused {
        return Ok(report);
    }
    report.units_created = units.new.iter().map(|unit| unit.short_name.clone()).collect();
    report.units_changed = units.changed.iter().map(|(_, unit)| unit.short_name.clone()).collect();
    write(conn, file, options, &units, &read, &mut report)?;
    Ok(report)
}

fn write(
    conn: &mut TenantConn<'_>,
    file: &ImportFile,
    options: Options,
    units: &UnitPlan,
    read: &ReadRows,
    report: &mut ImportReport,
) -> Result<()> {
    let planned = plan::plan(conn, &read.rows, !options.dry_run)?;
    let names = units.names();
    report.created = planned.iter().filter(|task| task.is_new()).count();
    report.changed = planned.iter().filter(|task| !task.is_new() && task.is_changed()).count();
    report.unchanged = planned.len() - report.created - report.changed;
    report.conflicts = planned.iter().flat_map(|task| task.conflicts(&names)).collect();
    if options.dry_run {
        return Ok(());
    }
    let import = new_id();
    report.import = Some(import);
    store::insert(conn, import, file, report)?;
    units.write(conn, import)?;
    apply::apply(conn, &Outcome { import, tasks: planned })
}
