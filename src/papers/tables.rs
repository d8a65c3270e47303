//! The tables of a briefing.

use std::collections::HashMap;

use uuid::Uuid;

use super::{Figure, Rows, Sheet, Which};
use crate::briefings::whole::{ReasonTold, TaskTold, Whole};
use crate::documents::{Cell, Chart, Column};
use crate::domain::briefing::Cell as Counts;
use crate::domain::flow::{Effect, Line, Source};
use crate::domain::standing::Standing;
use crate::domain::task::ProductKind;
use crate::text::pages::Words;
use crate::text::{Lang, paper, vocabulary};

pub(super) fn column(key: &'static str, heading: impl Into<String>, width: u16) -> Column {
    Column { key, heading: heading.into(), width }
}

pub(super) fn sheet(key: &'static str, caption: &str, columns: Vec<Column>, rows: Vec<Vec<Figure>>) -> Sheet {
    let name: String = caption.chars().filter(|c| !"[]:*?/\\".contains(*c)).take(31).collect();
    let all = rows.len() as u64;
    Sheet { key, name, caption: caption.to_owned(), columns, rows, all, totals: None, chart: None }
}

fn change(now: u64, before: u64) -> Figure {
    let signed = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    Figure::plain(Cell::Change(signed(now) - signed(before)))
}

/// Every standing of every unit, and the change of its overdue tasks against the briefing before.
pub(super) fn units(lang: Lang, whole: &Whole) -> Sheet {
    let w = Words(lang);
    // A syllable of a heading, and "100,0 %", stand in one line of a page on its side.
    let columns = vec![
        column("unit", w.unit(), 32),
        column("total", w.col_total(), 13),
        column("on_time", w.col_on_time(), 14),
        column("late", w.col_late(), 13),
        column("within", w.col_within(), 15),
        column("soon", w.col_soon(), 13),
        column("overdue", w.col_overdue(), 13),
        column("change", w.paper_change(), 14),
        column("waiting", w.waiting_word(), 13),
        column("no_deadline", w.col_no_deadline(), 16),
        column("outside", w.col_outside(), 15),
        column("reached", paper::figure(lang, "reached"), 15),
        column("rate", w.col_rate(), 19),
        column("rate_original", w.paper_rate_original(), 19),
        column("longest", w.col_longest(), 15),
        column("next", w.col_next(), 16),
    ];
    let known = whole.before.source != Source::Typed;
    let rows = whole.figures.units.iter().map(|unit| {
        let named = Figure {
            cell: Cell::Text(unit.unit.short_name.clone()),
            rows: Some(Rows::Tasks { unit: Some(unit.unit.id), which: Which::All }),
        };
        unit_row(named, Some(unit.unit.id), &unit.key, known.then(|| whole.before.of_unit(unit.unit.id)))
    });
    let rows = rows.collect();
    let sum = unit_row(Figure::text(w.row_total()), None, &whole.figures.key, Some(whole.before.overdue));
    Sheet { totals: Some(sum), ..sheet("units", w.by_unit_heading(), columns, rows) }
}

fn unit_row(name: Figure, unit: Option<Uuid>, cell: &Counts, before: Option<u64>) -> Vec<Figure> {
    let counts = &cell.standings;
    let of = |count, which| Figure::count(count, Rows::Tasks { unit, which });
    let is = |count, standing| of(count, Which::Is(standing));
    let longest = match cell.longest_overdue_days {
        0 => Figure::plain(Cell::Dash),
        days => Figure {
            cell: Cell::Days(days),
            rows: Some(Rows::Tasks { unit, which: Which::Late(days, Some(days)) }),
        },
    };
    vec![
        name,
        of(cell.tasks, Which::All),
        is(counts.completed_on_time, Standing::CompletedOnTime),
        is(counts.completed_late, Standing::CompletedLate),
        is(counts.within_term, Standing::WithinTerm),
        of(counts.due_soon, Which::DueSoon),
        is(counts.overdue, Standing::Overdue),
        before.map_or(Figure::plain(Cell::Dash), |before| change(counts.overdue, before)),
        of(counts.waiting, Which::Waiting),
        is(counts.no_deadline, Standing::NoDeadline),
        is(counts.outside, Standing::Outside),
        of(cell.month.reached, Which::Reached),
        Figure::plain(Cell::rate(cell.on_time_rate().percent_tenths())),
        Figure::plain(Cell::rate(cell.on_time_rate_original().percent_tenths())),
        longest,
        of(cell.month.due_next, Which::Next(None)),
    ]
}

/// Overdue tasks by how late they are.
pub(super) fn ages(lang: Lang, whole: &Whole) -> Sheet {
    let w = Words(lang);
    let ages = &whole.figures.key.ages;
    let rows = [
        ("1–7", ages.d1_7, Which::Late(1, Some(7))),
        ("8–30", ages.d8_30, Which::Late(8, Some(30))),
        ("31–60", ages.d31_60, Which::Late(31, Some(60))),
        ("61–120", ages.d61_120, Which::Late(61, Some(120))),
        ("> 120", ages.over_120, Which::Late(121, None)),
    ];
    let rows = rows.map(|(days, count, which)| {
        vec![Figure::text(days), Figure::count(count, Rows::Tasks { unit: None, which })]
    });
    let columns = vec![column("days", w.ages_days(), 60), column("tasks", w.overdue_count(), 40)];
    sheet("ages", w.ages_heading(), columns, rows.into())
}

/// The lines of the flow.
pub(super) fn flow(lang: Lang, whole: &Whole) -> Sheet {
    let w = Words(lang);
    let totals = whole.totals();
    let has_tasks = whole.typed.is_none();
    let count = |count, line| {
        let rows = Rows::Line { line: Some(line), unit: None };
        if has_tasks { Figure::count(count, rows) } else { Figure::plain(Cell::Number(count)) }
    };
    let sign = |line: Line| match line.effect() {
        Effect::Adds => "+",
        Effect::Takes => "−",
        Effect::Stays => "=",
    };
    let mut rows = vec![vec![
        Figure::text(paper::opening(lang, &whole.before)),
        Figure::text(""),
        Figure::plain(Cell::Number(totals.opening)),
    ]];
    let shown = Line::ALL.iter().copied().filter(|line| totals.line(*line) > 0);
    rows.extend(shown.map(|line| {
        vec![Figure::text(paper::line(lang, line)), Figure::text(sign(line)), count(totals.line(line), line)]
    }));
    let overdue = Rows::Tasks { unit: None, which: Which::Is(Standing::Overdue) };
    let sum = vec![
        Figure::text(paper::closing(lang, whole.figures.cut.cutoff)),
        Figure::text(""),
        Figure::count(totals.closing, overdue),
    ];
    let columns = vec![
        column("line", w.paper_line(), 110),
        column("sign", w.paper_sign(), 15),
        column("tasks", w.next_count(), 30),
    ];
    Sheet { totals: Some(sum), ..sheet("flow", w.paper_flow(), columns, rows) }
}

/// The flow of each unit that has one.
pub(super) fn flow_by_unit(lang: Lang, whole: &Whole) -> Sheet {
    let w = Words(lang);
    let columns = vec![
        column("unit", w.unit(), 40),
        column("opening", w.paper_opening(), 22),
        column("added", w.paper_added(), 22),
        column("taken", w.paper_taken(), 22),
        column("moved_in", w.paper_moved_in(), 22),
        column("moved_out", w.paper_moved_out(), 22),
        column("closing", w.paper_closing(), 22),
    ];
    let flow = whole.flow();
    let row = |unit: &crate::domain::briefing::UnitFigures| {
        let (id, sums) = (unit.unit.id, flow.of_unit(unit.unit.id));
        let parts = [sums.opening, sums.added, sums.taken, sums.moved_in, sums.moved_out, sums.closing];
        if parts.iter().all(|count| *count == 0) {
            return None;
        }
        let name = Figure {
            cell: Cell::Text(unit.unit.short_name.clone()),
            rows: Some(Rows::Line { line: None, unit: Some(id) }),
        };
        let numbers = parts.map(|count| Figure::plain(Cell::Number(count)));
        Some(std::iter::once(name).chain(numbers).collect())
    };
    let rows = whole.figures.units.iter().filter_map(row).collect();
    sheet("flow_by_unit", w.paper_flow_by_unit(), columns, rows)
}

fn task_cells(task: &TaskTold) -> [Figure; 3] {
    let rows = Some(Rows::Task(task.id));
    [
        Figure { cell: Cell::Text(task.code.clone()), rows },
        Figure { cell: Cell::Text(task.title.clone()), rows },
        Figure::text(&task.unit),
    ]
}

fn task_columns(w: Words) -> Vec<Column> {
    vec![column("code", w.code(), 26), column("task", w.task(), 66), column("unit", w.unit(), 26)]
}

/// The overdue tasks with their reasons; those overdue in the briefing before too are marked.
pub(super) fn overdue(lang: Lang, whole: &Whole) -> Sheet {
    let w = Words(lang);
    let mut columns = task_columns(w);
    columns.extend([
        column("source", w.source(), 30),
        column("due", w.due(), 30),
        column("days", w.days_late(), 16),
        column("twice", w.paper_twice(), 16),
        column("reason", w.cause(), 46),
        column("leader", w.leader(), 32),
    ]);
    let reasons: HashMap<Uuid, &ReasonTold> =
        whole.reasons.iter().map(|reason| (reason.task, reason)).collect();
    let twice: std::collections::HashSet<Uuid> = whole.twice().collect();
    let row = |task: &&TaskTold| {
        let reason = reasons.get(&task.id);
        let mut cells: Vec<Figure> = task_cells(task).into();
        cells.extend([
            Figure::plain(Cell::words(task.source.clone())),
            Figure::plain(Cell::date(task.due_on)),
            Figure::plain(Cell::Days(task.days_late)),
            Figure::text(if twice.contains(&task.id) { w.paper_yes() } else { "" }),
            Figure::plain(Cell::words(reason.and_then(|reason| paper::reason(lang, reason)))),
            Figure::plain(Cell::words(reason.and_then(|reason| reason.leader.clone()))),
        ]);
        cells
    };
    let rows = whole.overdue().iter().map(row).collect();
    let all = whole.figures.key.standings.overdue;
    Sheet { all, ..sheet("overdue", w.overdue_heading(), columns, rows) }
}

/// What the next month asks for: a row a unit, a column a product.
pub(super) fn next(lang: Lang, whole: &Whole) -> Sheet {
    let w = Words(lang);
    let product = |kind: ProductKind| vocabulary::capitalised(vocabulary::product(lang, kind));
    let mut columns = vec![column("unit", w.unit(), 36)];
    columns.extend(ProductKind::ALL.iter().map(|kind| column(kind.code(), product(*kind), 16)));
    columns.push(column("tasks", w.col_total(), 16));
    let mut counts: HashMap<(Option<Uuid>, ProductKind), u64> = HashMap::new();
    for told in &whole.next {
        *counts.entry((Some(told.unit), told.product)).or_default() += told.count;
        *counts.entry((None, told.product)).or_default() += told.count;
    }
    let row = |name: &str, unit: Option<Uuid>, all: u64| {
        let of = |kind: ProductKind| match counts.get(&(unit, kind)) {
            None => Figure::plain(Cell::Blank),
            Some(count) => Figure::count(*count, Rows::Tasks { unit, which: Which::Next(Some(kind)) }),
        };
        let mut cells = vec![Figure::text(name)];
        cells.extend(ProductKind::ALL.iter().map(|kind| of(*kind)));
        cells.push(Figure::count(all, Rows::Tasks { unit, which: Which::Next(None) }));
        cells
    };
    let asked = whole.figures.units.iter().filter(|unit| unit.key.month.due_next > 0);
    let rows = asked.map(|unit| row(&unit.unit.short_name, Some(unit.unit.id), unit.key.month.due_next));
    let sum = row(w.row_total(), None, whole.figures.key.month.due_next);
    Sheet { totals: Some(sum), ..sheet("next", w.paper_next_table(), columns, rows.collect()) }
}

/// Overdue key tasks of twelve months.
pub(super) fn trend(lang: Lang, whole: &Whole) -> Sheet {
    let w = Words(lang);
    let columns = vec![
        column("month", w.paper_month(), 40),
        column("cutoff", w.paper_cutoff(), 40),
        column("overdue", w.overdue_count(), 40),
    ];
    let rows = whole.trend.iter().map(|month| {
        vec![
            Figure::text(paper::month(month.month)),
            Figure::plain(Cell::Date(month.cutoff)),
            Figure::plain(Cell::Number(month.overdue)),
        ]
    });
    let chart = Chart { title: w.paper_trend().to_owned(), series: vec![2] };
    Sheet { chart: Some(chart), ..sheet("trend", w.paper_trend(), columns, rows.collect()) }
}

/// Open tasks of the Government and the Prime Minister.
pub(super) fn government(lang: Lang, whole: &Whole) -> Sheet {
    let w = Words(lang);
    let mut columns = task_columns(w);
    columns.extend([
        column("source", w.source(), 34),
        column("due", w.due(), 28),
        column("standing", w.standing(), 34),
    ]);
    let known = whole.by_id();
    let tasks = whole.government.tasks.iter().filter_map(|id| known.get(id).copied());
    let rows = tasks.map(|task| {
        let mut cells: Vec<Figure> = task_cells(task).into();
        cells.extend([
            Figure::plain(Cell::words(task.source.clone())),
            Figure::plain(Cell::date(task.due_on)),
            Figure::plain(Cell::words(task.standing.map(|standing| paper::standing(lang, standing)))),
        ]);
        cells
    });
    let all = whole.government.tasks.len() as u64;
    Sheet { all, ..sheet("government", w.paper_government(), columns, rows.collect()) }
}

/// Requests for later deadlines.
pub(super) fn extensions(lang: Lang, whole: &Whole) -> Sheet {
    let w = Words(lang);
    let mut columns = task_columns(w);
    columns.extend([
        column("asked", w.paper_asked_on(), 24),
        column("before", w.paper_due_before(), 24),
        column("wanted", w.paper_wanted(), 24),
        column("decision", w.paper_decision(), 30),
        column("due", w.paper_new_due(), 24),
    ]);
    let known = whole.by_id();
    let row = |told: &crate::briefings::whole::ExtensionTold| {
        let task = known.get(&told.task)?;
        let mut cells: Vec<Figure> = task_cells(task).into();
        cells.extend([
            Figure::plain(Cell::date(told.requested_on)),
            Figure::plain(Cell::date(told.due_before)),
            Figure::plain(Cell::Date(told.wanted_on)),
            Figure::text(paper::decision(lang, told.decision)),
            Figure::plain(Cell::date(told.new_due_on)),
        ]);
        Some(cells)
    };
    let rows = whole.extensions.iter().filter_map(row).collect();
    let all = whole.extensions.len() as u64;
    Sheet { all, ..sheet("extensions", w.paper_extensions(), columns, rows) }
}

/// Campaigns that were open.
pub(super) fn campaigns(lang: Lang, whole: &Whole) -> Sheet {
    let w = Words(lang);
    let columns = vec![
        column("title", w.paper_campaign(), 90),
        column("due", w.due(), 24),
        column("units", w.paper_units(), 20),
        column("reported", w.paper_reported(), 20),
        column("overdue", w.col_overdue(), 20),
    ];
    let rows = whole.campaigns.iter().map(|told| {
        vec![
            Figure::text(&told.title),
            Figure::plain(Cell::Date(told.due_on)),
            Figure::plain(Cell::Number(told.units)),
            Figure::plain(Cell::Number(told.reported)),
            Figure::plain(Cell::Number(told.overdue)),
        ]
    });
    sheet("campaigns", w.paper_campaigns(), columns, rows.collect())
}

/// What a correction changed.
pub(super) fn differences(lang: Lang, whole: &Whole) -> Sheet {
    let w = Words(lang);
    let columns = vec![
        column("unit", w.unit(), 40),
        column("figure", w.paper_figure(), 60),
        column("before", w.paper_before(), 25),
        column("after", w.paper_after(), 25),
    ];
    let rows = whole.differences.iter().map(|told| {
        vec![
            Figure::text(told.unit.clone().unwrap_or_else(|| w.paper_all_units().to_owned())),
            Figure::text(paper::figure(lang, &told.figure)),
            Figure::plain(Cell::Number(told.before)),
            Figure::plain(Cell::Number(told.after)),
        ]
    });
    sheet("differences", w.paper_differences(), columns, rows.collect())
}
