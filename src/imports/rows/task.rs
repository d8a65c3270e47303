//! One row of a task: its cells read, and the rules between them.

use chrono::NaiveDate;
use uuid::Uuid;

use super::cancellation::{day_in, days_in};
use super::cells::{Faulty, Read, RowReader, TEXT_LIMIT};
use super::faults::{FaultKind, Warning, WarningKind};
use super::shape::Planned;
use super::{Cell, Context, ReadRows, TaskRow, TaskSheet};
use crate::domain::deadline::Deadline;
use crate::domain::task::{Category, Level, ProductKind, Status};
use crate::domain::words::key;
use crate::imports::fields::Field;
use crate::imports::unit_index::{UnitMiss, names_in};

/// Reads a row into `out`: as a row when nothing is wrong with it, else as its faults.
pub(super) fn read(sheet: &TaskSheet, planned: &Planned<'_>, context: &mut Context<'_>, out: &mut ReadRows) {
    let name = sheet.sheet.name.as_str();
    let mut reader = RowReader::new(name, planned.row, &sheet.layout.matched);
    let mut warnings = Vec::new();
    let row = task(&mut reader, planned, context, &mut warnings);
    if reader.faults.is_empty() {
        out.rows.extend(row.map(|row| TaskRow { sheet: name.to_string(), row: planned.row.number, ..row }));
    }
    let found = warnings.into_iter().map(|(field, kind)| {
        let cell = reader.cell_name(field);
        Warning { sheet: name.to_string(), row: planned.row.number, cell, kind }
    });
    out.warnings.extend(found);
    out.faults.append(&mut reader.faults);
}

type Warnings = Vec<(Field, WarningKind)>;

fn task(
    reader: &mut RowReader<'_>,
    planned: &Planned<'_>,
    context: &mut Context<'_>,
    warnings: &mut Warnings,
) -> Option<TaskRow> {
    // Every cell is read before any is asked for, so that one fault hides no other.
    let code = code(reader, planned, context);
    let title = title(reader);
    let category = reader.word(Field::Category, Category::from_words);
    let area = area(reader, planned);
    let source_number = reader.text(Field::SourceNumber);
    let (source_date, assigned_on) = assignment(reader, &source_number, context, warnings);
    let source_kind = reader.text(Field::SourceKind);
    let source_abstract = reader.text(Field::SourceAbstract);
    let source_issuer = reader.text(Field::SourceIssuer);
    let urgency = reader.text(Field::Urgency);
    let unit = lead(reader, context);
    let coordinating = coordinating(reader, context, unit);
    let product = reader.word(Field::Product, ProductKind::from_words);
    let level = reader.word(Field::Level, |words| Some((Level::from_typed(words)?, words.to_string())));
    let due = reader.deadline(Field::Due);
    let extended_to = extension(reader, &due, warnings);
    let extension_decided_on = reader.date(Field::ExtensionDecidedOn);
    let (status, completed_on) = result(reader, assigned_on);
    warn_of_the_future(completed_on, context.today, warnings);
    let note = reader.lines(Field::Note, TEXT_LIMIT);
    let cancelled_on = cancellation(reader, status, &note, warnings);
    let percent = reader.percent(Field::Percent, context.fractions);
    let obstacles = reader.lines(Field::Obstacles, TEXT_LIMIT);
    let late_reason = reader.lines(Field::LateReason, TEXT_LIMIT);
    let product_number = reader.text(Field::ProductNumber);
    let product_date = reader.date(Field::ProductDate);
    Some(TaskRow {
        sheet: String::new(),
        row: 0,
        code: code.ok()?,
        title: title.ok()?,
        category: category.ok()?,
        area: area.ok()?,
        source_number: source_number.ok()?,
        source_date: source_date.ok()?,
        source_kind: source_kind.ok()?,
        source_abstract: source_abstract.ok()?,
        source_issuer: source_issuer.ok()?,
        urgency: urgency.ok()?,
        assigned_from_document: !reader.has(Field::AssignedOn) && assigned_on != Ok(Cell::Absent),
        assigned_on: assigned_on.ok()?,
        unit: unit.ok()?,
        coordinating: coordinating.ok()?,
        product: product.ok()?,
        level: level.ok()?,
        due: due.ok()?,
        extended_to: extended_to.ok()?,
        extension_decided_on: extension_decided_on.ok()?,
        status: status.ok()?,
        has_status_column: reader.has(Field::Status),
        completed_on: completed_on.ok()?,
        cancelled_on: cancelled_on.ok()?,
        percent: percent.ok()?,
        obstacles: obstacles.ok()?,
        late_reason: late_reason.ok()?,
        product_number: product_number.ok()?,
        product_date: product_date.ok()?,
        note: note.ok()?,
    })
}

/// A completion after today is possible only by a slip of the pen.
fn warn_of_the_future(completed_on: Read<NaiveDate>, today: NaiveDate, warnings: &mut Warnings) {
    if completed_on.is_ok_and(|day| day.value().is_some_and(|day| *day > today)) {
        warnings.push((Field::CompletedOn, WarningKind::CompletedInFuture));
    }
}

/// The code; an earlier row with the same one counts even when it was faulty itself.
fn code(reader: &mut RowReader<'_>, planned: &Planned<'_>, context: &mut Context<'_>) -> Read<String> {
    let code = reader.text(Field::Code)?;
    match &code {
        Cell::Absent => {}
        Cell::Blank => return Err(reader.fault(Field::Code, FaultKind::BlankCode)),
        Cell::Value(words) => {
            let code_key = key(words);
            if let Some((sheet, row)) = context.codes.get(&code_key).cloned() {
                return Err(reader.fault(Field::Code, FaultKind::Repeated { sheet, row }));
            }
            context.codes.insert(code_key, (reader.sheet().to_string(), planned.row.number));
        }
    }
    Ok(code)
}

fn title(reader: &mut RowReader<'_>) -> Result<String, Faulty> {
    match reader.text(Field::Title)? {
        Cell::Value(title) => Ok(title),
        Cell::Absent | Cell::Blank => Err(reader.fault(Field::Title, FaultKind::Missing)),
    }
}

fn area(reader: &mut RowReader<'_>, planned: &Planned<'_>) -> Read<String> {
    let typed = reader.text(Field::Area)?;
    match (&typed, &planned.group) {
        (Cell::Absent | Cell::Blank, Some(group)) => Ok(Cell::Value(group.clone())),
        _ => Ok(typed),
    }
}

/// The document's date and the day of assignment, which is the document's date where a sheet or a row
/// has no other.
fn assignment(
    reader: &mut RowReader<'_>,
    number: &Read<String>,
    context: &Context<'_>,
    warnings: &mut Warnings,
) -> (Read<NaiveDate>, Read<NaiveDate>) {
    let own = reader.has(Field::AssignedOn);
    let document = match (reader.has(Field::SourceDate), own) {
        (true, true) => reader.date(Field::SourceDate),
        (true, false) => reader.date_as(Field::SourceDate, Field::AssignedOn),
        (false, _) => day_beside(number),
    };
    let assigned = match reader.date(Field::AssignedOn) {
        Ok(Cell::Absent) => document,
        Ok(Cell::Blank) => document.map(|day| if day == Cell::Absent { Cell::Blank } else { day }),
        typed => typed,
    };
    if assigned.is_ok_and(|day| day.value().is_some_and(|day| *day > context.today)) {
        warnings.push((Field::AssignedOn, WarningKind::AssignedInFuture));
    }
    (document, assigned)
}

/// The document's date in a sheet without a column for it: many offices write it beside the number,
/// "142/TB-VP ngày 05/01/2024". Two dates in one cell tell nothing.
fn day_beside(number: &Read<String>) -> Read<NaiveDate> {
    let words = number.as_ref().map_err(|fault| *fault)?.value();
    match words.map(|words| days_in(words)).unwrap_or_default().as_slice() {
        [(_, day)] => Ok(Cell::Value(*day)),
        _ => Ok(Cell::Absent),
    }
}

fn lead(reader: &mut RowReader<'_>, context: &Context<'_>) -> Result<Uuid, Faulty> {
    let Cell::Value(words) = reader.lines(Field::Unit, TEXT_LIMIT)? else {
        return Err(reader.fault(Field::Unit, FaultKind::NoUnit));
    };
    match names_in(&words, &|name| context.units.find(name).is_ok()).as_slice() {
        [] => Err(reader.fault(Field::Unit, FaultKind::NoUnit)),
        [name] => find(reader, context, Field::Unit, name),
        _ => Err(reader.fault(Field::Unit, FaultKind::ManyUnits)),
    }
}

fn find(reader: &mut RowReader<'_>, context: &Context<'_>, field: Field, name: &str) -> Result<Uuid, Faulty> {
    context.units.find(name).map_err(|miss| {
        let name = name.to_string();
        let kind = match miss {
            UnitMiss::Unknown => FaultKind::UnknownUnit { name },
            UnitMiss::Ambiguous => FaultKind::AmbiguousUnit { name },
        };
        reader.fault(field, kind)
    })
}

/// The coordinating units; the lead unit among them and repetitions are dropped.
fn coordinating(
    reader: &mut RowReader<'_>,
    context: &Context<'_>,
    lead: Result<Uuid, Faulty>,
) -> Read<Vec<Uuid>> {
    let words = match reader.lines(Field::Coordinating, TEXT_LIMIT)? {
        Cell::Value(words) => words,
        Cell::Blank => return Ok(Cell::Blank),
        Cell::Absent => return Ok(Cell::Absent),
    };
    let mut units = Vec::new();
    for name in names_in(&words, &|name| context.units.find(name).is_ok()) {
        let unit = find(reader, context, Field::Coordinating, name)?;
        if Ok(unit) != lead && !units.contains(&unit) {
            units.push(unit);
        }
    }
    Ok(if units.is_empty() { Cell::Blank } else { Cell::Value(units) })
}

/// The extension; it names a date, and never one before the original deadline.
fn extension(
    reader: &mut RowReader<'_>,
    due: &Read<(Deadline, String)>,
    warnings: &mut Warnings,
) -> Read<(Deadline, String)> {
    let extended = reader.deadline(Field::ExtendedTo)?;
    let Cell::Value((to, _)) = &extended else {
        return Ok(extended);
    };
    let Some(to) = to.due_on else {
        return Err(reader.fault(Field::ExtendedTo, FaultKind::ExtensionWithoutDate));
    };
    let Ok(due) = due else { return Ok(extended) };
    match due.value().and_then(|(due, _)| due.due_on) {
        Some(due) if to < due => Err(reader.fault(Field::ExtendedTo, FaultKind::ExtensionTooEarly)),
        Some(_) => Ok(extended),
        None => {
            warnings.push((Field::ExtendedTo, WarningKind::ExtensionWithoutDeadline));
            Ok(extended)
        }
    }
}

/// The status and the day of completion: the date decides, not the word.
fn result(reader: &mut RowReader<'_>, assigned: Read<NaiveDate>) -> (Read<Status>, Read<NaiveDate>) {
    let status = reader.word(Field::Status, Status::from_words);
    let completed = reader.date(Field::CompletedOn);
    let (Ok(word), Ok(day)) = (status, completed) else {
        return (status, completed);
    };
    let resolved = match (word, day) {
        (Cell::Absent, Cell::Absent) => Cell::Absent,
        (Cell::Absent | Cell::Blank, Cell::Absent | Cell::Blank) => Cell::Value(Status::NotStarted),
        (Cell::Value(Status::Completed), Cell::Absent | Cell::Blank) => {
            return (status, Err(reader.fault(Field::CompletedOn, FaultKind::NoCompletion)));
        }
        (Cell::Value(Status::Cancelled), _) => Cell::Value(Status::Cancelled),
        (_, Cell::Value(_)) => Cell::Value(Status::Completed),
        (word, _) => word,
    };
    if let (Cell::Value(day), Ok(Cell::Value(assigned))) = (day, assigned)
        && day < assigned
    {
        return (Ok(resolved), Err(reader.fault(Field::CompletedOn, FaultKind::CompletedTooEarly)));
    }
    (Ok(resolved), completed)
}

/// The day a cancelled task was withdrawn: the column's, else one that the note names.
fn cancellation(
    reader: &mut RowReader<'_>,
    status: Read<Status>,
    note: &Read<String>,
    warnings: &mut Warnings,
) -> Result<Option<NaiveDate>, Faulty> {
    let typed = reader.date(Field::CancelledOn)?;
    if !status.is_ok_and(|status| status == Cell::Value(Status::Cancelled)) {
        return Ok(None);
    }
    let words = note.as_ref().ok().and_then(Cell::value);
    let day = typed.value().copied().or_else(|| words.and_then(|words| day_in(words)));
    if day.is_none() {
        warnings.push((Field::Note, WarningKind::CancelledWithoutDay));
    }
    Ok(day)
}
