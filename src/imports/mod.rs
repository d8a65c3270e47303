//! Imports: a workbook's bytes become checked rows of tasks, or every reason why not; then, all or
//! nothing, the tenant's tasks.
//!
//! Reading is pure: [`open`] finds the sheets and what their columns mean, [`OpenedWorkbook::rows`]
//! checks the rows against the units. What isn't understood is refused by name, never guessed.
//! [`import`] finds the task of each row, merges what the sheet says into it and writes the difference
//! in one transaction with the journal.

mod actions;
mod apply;
pub mod fields;
pub mod headings;
pub mod layout;
pub mod maps;
mod merge;
pub mod package;
mod plan;
mod records;
pub mod refusal;
pub mod report;
pub mod rows;
mod state;
mod store;
pub mod synonyms;
pub mod unit_index;
pub mod unit_sheet;
mod units;
pub mod workbook;

#[cfg(test)]
mod tests;

pub use actions::{Conflict, ImportFile, ImportReport, Options, import};
use chrono::NaiveDate;

use self::fields::Field;
use self::layout::Layout;
use self::maps::HeadingMap;
use self::refusal::{Refusal, SheetProblem, Unrecognised};
use self::rows::faults::Fault;
use self::rows::{ReadRows, TaskSheet};
use self::unit_index::UnitIndex;
use self::unit_sheet::UnitRow;
use self::workbook::{Sheet, cell_name};

/// What the headings of a sheet that was read mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeadingReport {
    /// The sheet's name.
    pub sheet: String,
    /// The heading's (last) row, from 1.
    pub row: u32,
    /// (heading, cell, field) of every column that was recognised.
    pub recognised: Vec<(String, String, Field)>,
    /// The headings that no field claims, with guesses; their columns are not imported.
    pub unrecognised: Vec<Unrecognised>,
}

/// A workbook whose sheets are known and whose rows are not judged yet.
#[derive(Debug, Clone)]
pub struct OpenedWorkbook {
    /// The units of the unit sheets, in sheet order; faulty rows are left out.
    pub units: Vec<UnitRow>,
    /// The faults of the unit sheets.
    pub unit_faults: Vec<Fault>,
    /// Whether there is a unit sheet at all.
    pub has_unit_sheet: bool,
    /// The headings of every sheet that is read.
    pub headings: Vec<HeadingReport>,
    /// The names of the sheets that are not read.
    pub ignored_sheets: Vec<String>,
    tasks: Vec<TaskSheet>,
}

impl OpenedWorkbook {
    /// The distinct names of lead units in sheet order, from the cells that name just one.
    pub fn lead_names(&self) -> Vec<String> {
        rows::lead_names(&self.tasks)
    }

    /// The checked rows of tasks, or all their faults; `today` is only for warnings.
    pub fn rows(&self, units: &UnitIndex, today: NaiveDate) -> ReadRows {
        rows::read(&self.tasks, units, today)
    }
}

/// Opens a workbook: finds the sheets of tasks and of units and what their columns mean.
pub fn open(bytes: &[u8], maps: &[HeadingMap]) -> Result<OpenedWorkbook, Refusal> {
    let mut opened = OpenedWorkbook {
        units: Vec::new(),
        unit_faults: Vec::new(),
        has_unit_sheet: false,
        headings: Vec::new(),
        ignored_sheets: Vec::new(),
        tasks: Vec::new(),
    };
    let mut seen = unit_sheet::Seen::new();
    let mut maps_used: Vec<usize> = Vec::new();
    let mut nearest: Option<(u32, SheetProblem)> = None;
    for sheet in workbook::read(bytes)? {
        let tasks = layout::find(&sheet, &synonyms::TASKS, maps);
        maps_used.extend(tasks.iter().flat_map(|layout| &layout.matched.maps_used));
        let missing = tasks.as_ref().map_or(Field::OBLIGATORY.to_vec(), missing);
        match tasks {
            Some(layout) if missing.is_empty() => {
                refuse_ambiguous(&sheet, &layout)?;
                opened.headings.push(report(&sheet, &layout));
                opened.tasks.push(TaskSheet { sheet, layout });
            }
            tasks => match unit_sheet::recognise(&sheet, maps) {
                Some(layout) => {
                    maps_used.extend(&layout.matched.maps_used);
                    refuse_ambiguous(&sheet, &layout)?;
                    opened.has_unit_sheet = true;
                    opened.headings.push(report(&sheet, &layout));
                    let units = unit_sheet::read(&sheet, &layout, &mut seen, &mut opened.unit_faults);
                    opened.units.extend(units);
                }
                None => {
                    nearest = nearer(nearest, &sheet, tasks, missing)?;
                    opened.ignored_sheets.push(sheet.name);
                }
            },
        }
    }
    if opened.tasks.is_empty() {
        return Err(Refusal::NoTaskSheet { best: nearest.map(|(_, problem)| problem) });
    }
    match maps.iter().enumerate().find(|(at, _)| !maps_used.contains(at)) {
        Some((_, map)) => Err(Refusal::MapUnused { heading: map.heading.clone() }),
        None => Ok(opened),
    }
}

/// The obligatory fields without a column.
fn missing(layout: &Layout) -> Vec<Field> {
    Field::OBLIGATORY.into_iter().filter(|field| layout.matched.column(*field).is_none()).collect()
}

fn refuse_ambiguous(sheet: &Sheet, layout: &Layout) -> Result<(), Refusal> {
    match layout.matched.ambiguous.first() {
        Some((field, headings)) => {
            Err(Refusal::Ambiguous { sheet: sheet.name.clone(), field: *field, headings: headings.clone() })
        }
        None => Ok(()),
    }
}

/// The better of the nearest misses. A sheet that lacks an obligatory column only because two headings
/// claim it is refused for that.
fn nearer(
    nearest: Option<(u32, SheetProblem)>,
    sheet: &Sheet,
    layout: Option<Layout>,
    missing: Vec<Field>,
) -> Result<Option<(u32, SheetProblem)>, Refusal> {
    let Some(layout) = layout else { return Ok(nearest) };
    let ambiguous = |field: &Field| layout.matched.ambiguous.iter().any(|(known, _)| known == field);
    if missing.iter().all(ambiguous) {
        refuse_ambiguous(sheet, &layout)?;
    }
    let score = layout.matched.score();
    if nearest.as_ref().is_some_and(|(best, _)| *best >= score) {
        return Ok(nearest);
    }
    let problem = SheetProblem {
        sheet: sheet.name.clone(),
        row: layout.row,
        missing,
        recognised: recognised(&layout),
        unrecognised: layout.matched.unrecognised,
    };
    Ok(Some((score, problem)))
}

fn report(sheet: &Sheet, layout: &Layout) -> HeadingReport {
    HeadingReport {
        sheet: sheet.name.clone(),
        row: layout.row,
        recognised: recognised(layout),
        unrecognised: layout.matched.unrecognised.clone(),
    }
}

fn recognised(layout: &Layout) -> Vec<(String, String, Field)> {
    let named = |heading: &headings::Heading| {
        let field = layout.matched.columns.iter().find(|column| column.column == heading.column)?.field;
        Some((heading.shown(), cell_name(heading.column, heading.row), field))
    };
    layout.headings.iter().filter_map(named).collect()
}
