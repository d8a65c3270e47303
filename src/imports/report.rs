//! What an import did, as one JSON object.

use serde::Serialize;

use super::HeadingReport;
use super::actions::{Conflict, ImportReport};
use super::fields::Field;
use super::rows::faults::{Fault, Warning};
use crate::text::{self, Lang};

/// The whole object.
#[derive(Serialize)]
pub struct ReportOut {
    rows: usize,
    created: usize,
    changed: usize,
    unchanged: usize,
    units_created: usize,
    new_units: Vec<String>,
    changed_units: Vec<String>,
    conflicts: Vec<ConflictOut>,
    faults: Vec<FaultOut>,
    warnings: Vec<WarningOut>,
    headings: Vec<HeadingsOut>,
}

/// What the headings of one sheet were taken for.
#[derive(Serialize)]
struct HeadingsOut {
    sheet: String,
    row: u32,
    columns: Vec<ColumnOut>,
    unrecognised: Vec<UnrecognisedOut>,
}

#[derive(Serialize)]
struct ColumnOut {
    cell: String,
    heading: String,
    field: &'static str,
}

#[derive(Serialize)]
struct UnrecognisedOut {
    cell: String,
    heading: String,
    guess: Option<&'static str>,
}

#[derive(Serialize)]
struct ConflictOut {
    sheet: String,
    row: u32,
    code: String,
    field: Option<String>,
    in_sheet: String,
    in_product: String,
    message: String,
}

#[derive(Serialize)]
struct FaultOut {
    sheet: String,
    row: u32,
    cell: String,
    field: &'static str,
    value: String,
    message: String,
}

#[derive(Serialize)]
struct WarningOut {
    sheet: String,
    row: u32,
    cell: String,
    message: String,
}

impl ReportOut {
    /// The report in the reader's language.
    pub fn new(lang: Lang, report: &ImportReport) -> Self {
        Self {
            rows: report.rows,
            created: report.created,
            changed: report.changed,
            unchanged: report.unchanged,
            units_created: report.units_created.len(),
            new_units: report.units_created.clone(),
            changed_units: report.units_changed.clone(),
            conflicts: report.conflicts.iter().map(|conflict| conflict_out(lang, conflict)).collect(),
            faults: report.faults.iter().map(|fault| fault_out(lang, fault)).collect(),
            warnings: report.warnings.iter().map(|warning| warning_out(lang, warning)).collect(),
            headings: Vec::new(),
        }
    }

    /// The same with what the headings of every sheet were taken for.
    #[must_use]
    pub fn with_headings(self, headings: &[HeadingReport]) -> Self {
        Self { headings: headings.iter().map(headings_out).collect(), ..self }
    }
}

fn headings_out(sheet: &HeadingReport) -> HeadingsOut {
    let columns = sheet.recognised.iter().map(|(heading, cell, field)| ColumnOut {
        cell: cell.clone(),
        heading: heading.clone(),
        field: field.code(),
    });
    let unrecognised = sheet.unrecognised.iter().map(|heading| UnrecognisedOut {
        cell: heading.cell.clone(),
        heading: heading.heading.clone(),
        guess: heading.guess.map(Field::code),
    });
    HeadingsOut {
        sheet: sheet.sheet.clone(),
        row: sheet.row,
        columns: columns.collect(),
        unrecognised: unrecognised.collect(),
    }
}

fn conflict_out(lang: Lang, conflict: &Conflict) -> ConflictOut {
    ConflictOut {
        sheet: conflict.sheet.clone(),
        row: conflict.row,
        code: conflict.code.clone(),
        field: conflict.field.clone(),
        in_sheet: text::import_report::value(lang, &conflict.in_sheet),
        in_product: text::import_report::value(lang, &conflict.in_product),
        message: text::import_report::conflict_message(lang, conflict),
    }
}

fn fault_out(lang: Lang, fault: &Fault) -> FaultOut {
    FaultOut {
        sheet: fault.sheet.clone(),
        row: fault.row,
        cell: fault.cell.clone(),
        field: fault.field.code(),
        value: fault.value.clone(),
        message: text::imports::fault(lang, &fault.kind),
    }
}

fn warning_out(lang: Lang, warning: &Warning) -> WarningOut {
    WarningOut {
        sheet: warning.sheet.clone(),
        row: warning.row,
        cell: warning.cell.clone(),
        message: text::imports::warning(lang, &warning.kind),
    }
}
