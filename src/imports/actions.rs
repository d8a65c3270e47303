//! The use case: a checked workbook into the tenant's tasks, all or nothing.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::apply::{self, Outcome};
use super::plan;
use super::rows::ReadRows;
use super::rows::faults::{Fault, Warning};
use super::unit_index::{UnitIndex, unit_key};
use super::{OpenedWorkbook, store};
use crate::db::TenantConn;
use crate::error::Result;
use crate::ids::new_id;
use crate::units::{self, NewUnit, Unit};

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

/// A field in which the sheet and the product disagree; the product's value stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The sheet's name.
    pub sheet: String,
    /// The row, from 1.
    pub row: u32,
    /// The task's code.
    pub code: String,
    /// The field.
    pub field: String,
    /// What the sheet says, as a person reads it.
    pub in_sheet: String,
    /// What the product has and keeps.
    pub in_product: String,
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
    /// Where sheet and product disagree.
    pub conflicts: Vec<Conflict>,
    /// Faulty cells.
    pub faults: Vec<Fault>,
    /// What a person should know.
    pub warnings: Vec<Warning>,
    /// Refused because of its faults: nothing was written.
    pub refused: bool,
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
    let faults: Vec<Fault> = file.workbook.unit_faults.iter().chain(&read.faults).cloned().collect();
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
    let planned = plan::plan(conn, &read.rows)?;
    let names = units.names();
    report.created = planned.iter().filter(|task| task.is_new()).count();
    report.changed = planned.iter().filter(|task| !task.is_new() && task.is_changed()).count();
    report.unchanged = planned.len() - report.created - report.changed;
    report.conflicts = planned.iter().flat_map(|task| task.conflicts(&names)).collect();
    if options.dry_run {
        return Ok(());
    }
    let import = new_id();
    store::insert(conn, import, file, report)?;
    units.write(conn, import)?;
    apply::apply(conn, &Outcome { import, tasks: planned })
}

/// The units as they will be after the import.
struct UnitPlan {
    present: Vec<Unit>,
    new: Vec<NewUnit>,
    changed: Vec<(Unit, NewUnit)>,
}

impl UnitPlan {
    /// The tenant's units, with those of the unit sheet added or changed. Without a sheet, and for a
    /// tenant that has none, those of the lead column when that is asked for (DOMAIN §2).
    fn new(all: &[Unit], workbook: &OpenedWorkbook, create: bool) -> Self {
        let present: Vec<Unit> = all.iter().filter(|unit| unit.valid_until.is_none()).cloned().collect();
        let mut plan = Self { present, new: Vec::new(), changed: Vec::new() };
        for row in &workbook.units {
            plan.add(NewUnit {
                id: new_id(),
                name: row.name.clone(),
                short_name: row.short_name.clone(),
                kind: row.kind.clone(),
                mailbox: row.mailbox.clone(),
            });
        }
        if create && plan.present.is_empty() && !workbook.has_unit_sheet {
            for name in workbook.lead_names() {
                plan.add(NewUnit { id: new_id(), short_name: name.clone(), name, kind: None, mailbox: None });
            }
        }
        plan
    }

    /// A unit is known again by its short name, else by its name. What the sheet leaves blank stays.
    fn add(&mut self, mut unit: NewUnit) {
        let same = |a: &str, b: &str| unit_key(a) == unit_key(b);
        let known = self
            .present
            .iter()
            .find(|known| same(&known.short_name, &unit.short_name))
            .or_else(|| self.present.iter().find(|known| same(&known.name, &unit.name)));
        let Some(known) = known else {
            self.new.push(unit);
            return;
        };
        unit.id = known.id;
        unit.kind = unit.kind.or_else(|| known.kind.clone());
        unit.mailbox = unit.mailbox.or_else(|| known.mailbox.clone());
        let before = (&known.name, &known.short_name, &known.kind, &known.mailbox);
        if before != (&unit.name, &unit.short_name, &unit.kind, &unit.mailbox) {
            self.changed.push((known.clone(), unit));
        }
    }

    /// Every name a cell may use: the new ones, and the old ones of a unit that is renamed.
    fn index(&self) -> UnitIndex {
        let present = self.present.iter().map(|unit| (unit.id, unit.name.as_str(), unit.short_name.as_str()));
        let changed = self.changed.iter().map(|(_, unit)| unit);
        let sheet = self.new.iter().chain(changed);
        UnitIndex::new(
            present.chain(sheet.map(|unit| (unit.id, unit.name.as_str(), unit.short_name.as_str()))),
        )
    }

    /// The short names by id, for people.
    fn names(&self) -> HashMap<Uuid, String> {
        let present = self.present.iter().map(|unit| (unit.id, unit.short_name.clone()));
        present.chain(self.new.iter().map(|unit| (unit.id, unit.short_name.clone()))).collect()
    }

    fn write(&self, conn: &mut TenantConn<'_>, import: Uuid) -> Result<()> {
        if !self.new.is_empty() {
            units::add(conn, &self.new)?;
        }
        let changed: HashSet<Uuid> = self.changed.iter().map(|(_, unit)| unit.id).collect();
        debug_assert_eq!(changed.len(), self.changed.len(), "the unit sheet names a unit once");
        for (_, unit) in &self.changed {
            units::change(conn, unit.id, unit)?;
        }
        apply::journal_units(conn, import, &self.new, &self.changed)
    }
}
