//! Parts of a briefing as views: each cell worded, each number with the address of its tasks.

use crate::briefings::whole::Whole;
use crate::documents::{Cell, Column};
use crate::domain::briefing::UnitRef;
use crate::domain::paper::DocumentKind;
use crate::domain::task::Category;
use crate::pages::{Bar, Heading, Link, Num, PartView, SheetView, Words};
use crate::papers::{Figure, Part, Rows, Sheet, Which};
use crate::tasks::links::{self, TaskQuery};
use crate::text::{self, Lang, date, number, percent};

/// The most rows of a table on a page: the meeting reads some, the spreadsheet has all.
pub(super) const MOST_ROWS: usize = 100;

/// Where the tasks behind a figure are.
pub(super) struct Addresses<'a> {
    /// The briefing.
    pub whole: &'a Whole,
    /// The briefing's own address: its tasks are below it.
    pub place: String,
}

impl Addresses<'_> {
    /// The way to all the rows of a table.
    fn rest(&self, w: Words, sheet: &Sheet) -> Option<Link> {
        let shown = sheet.rows.len().min(MOST_ROWS) as u64;
        let text = w.paper_first_of(shown, sheet.all);
        let href = format!("{}/documents/{}", self.place, DocumentKind::Xlsx.code());
        (shown < sheet.all).then_some(Link { text, href })
    }

    fn of(&self, rows: Rows) -> String {
        let as_of = self.whole.figures.cut.cutoff;
        let unit =
            |id| self.whole.figures.units.iter().map(|unit| &unit.unit).find(|unit| Some(unit.id) == id);
        let (name, value, unit) = match rows {
            Rows::Task(id) => return links::task(id, Some(as_of)),
            Rows::Tasks { unit: id, which } => match self.live(which, unit(id)) {
                Some(href) => return href,
                None => ("which", which.code(), id),
            },
            Rows::Line { line, unit } => ("line", line.map_or("all", |line| line.code()).to_owned(), unit),
        };
        let unit = unit.map(|unit| format!("&unit={unit}")).unwrap_or_default();
        format!("{}/tasks?{name}={value}{unit}", self.place)
    }

    /// The live list that has the rows of a draft's figure.
    fn live(&self, which: Which, unit: Option<&UnitRef>) -> Option<String> {
        if self.whole.named.is_some() {
            return None;
        }
        let cut = &self.whole.figures.cut;
        let mut query = TaskQuery::on(cut.cutoff).with("category", Category::Key.code());
        if let Some(unit) = unit {
            query = query.with("unit", &unit.short_name);
        }
        let query = match which {
            Which::All => query,
            Which::Is(standing) => query.with("standing", standing.code()),
            Which::DueSoon => query.with("standing", "due_soon"),
            Which::Waiting => query.with("standing", "waiting"),
            Which::Late(from, to) => {
                let query = query.with("standing", "overdue").with("late_from", from);
                to.map_or(query.clone(), |to| query.with("late_to", to))
            }
            Which::Reached => query
                .with("standing", "reached")
                .with("due_from", cut.period.first)
                .with("due_to", cut.period.last),
            Which::OnTimeOriginal
            | Which::DueIn
            | Which::CompletedIn
            | Which::CompletedInLate
            | Which::WaitingOverdue
            | Which::NextSchemes => return None,
            Which::OnTime => query
                .with("standing", "completed_on_time")
                .with("due_from", cut.period.first)
                .with("due_to", cut.period.last),
            Which::Next(product) => {
                let query = query
                    .with("standing", "in_progress")
                    .with("due_from", cut.next.first)
                    .with("due_to", cut.next.last);
                product.map_or(query.clone(), |product| query.with("product", product.code()))
            }
        };
        Some(query.href())
    }
}

/// The parts as views.
pub(super) fn parts(lang: Lang, parts: Vec<Part>, addresses: &Addresses<'_>) -> Vec<PartView> {
    let rest = |sheet: &Sheet| addresses.rest(Words(lang), sheet);
    parts.into_iter().map(|part| view(lang, part, &|_| addresses, &rest)).collect()
}

/// Two months side by side: the tasks of the earlier one are elsewhere.
pub(super) fn compared(lang: Lang, part: Part, of: [&Addresses<'_>; 2]) -> Vec<PartView> {
    let [earlier, later] = of;
    let of = |column: &Column| if column.key.starts_with("before") { earlier } else { later };
    vec![view(lang, part, &of, &|_| None)]
}

/// Which addresses a column's figures have.
type Chosen<'a> = &'a dyn Fn(&Column) -> &'a Addresses<'a>;

/// Where all the rows of a table are, when a page has the first of them.
type Rest<'a> = &'a dyn Fn(&Sheet) -> Option<Link>;

fn view(lang: Lang, part: Part, chosen: Chosen<'_>, rest: Rest<'_>) -> PartView {
    PartView {
        key: part.key,
        heading: part.heading,
        paragraphs: part.paragraphs,
        tables: part.tables.iter().map(|sheet| table(lang, sheet, chosen, rest(sheet))).collect(),
    }
}

fn table(lang: Lang, sheet: &Sheet, chosen: Chosen<'_>, more: Option<Link>) -> SheetView {
    let row = |row: &Vec<Figure>| {
        let cells = sheet.columns.iter().zip(row);
        cells.map(|(column, figure)| num(lang, figure, chosen(column))).collect()
    };
    let words = |place: usize| {
        let mut cells = sheet.rows.iter().filter_map(|row| row.get(place));
        cells.all(|figure| figure.cell.is_text())
    };
    let heading =
        |(place, column): (usize, &Column)| Heading { text: column.heading.clone(), words: words(place) };
    let shown = if more.is_some() { MOST_ROWS } else { usize::MAX };
    SheetView {
        key: sheet.key,
        caption: sheet.caption.clone(),
        columns: sheet.columns.iter().enumerate().map(heading).collect(),
        bars: if sheet.chart.is_some() { bars(lang, sheet, chosen) } else { Vec::new() },
        rows: sheet.rows.iter().take(shown).map(row).collect(),
        more,
        totals: sheet.totals.as_ref().map(row).unwrap_or_default(),
    }
}

/// The first series of a table as bars.
fn bars(lang: Lang, sheet: &Sheet, chosen: Chosen<'_>) -> Vec<Bar> {
    let place = sheet.chart.as_ref().and_then(|chart| chart.series.first().copied()).unwrap_or(0);
    let Some(column) = sheet.columns.get(place) else { return Vec::new() };
    Bar::over(sheet.rows.iter().filter_map(|row| {
        let (name, figure) = (row.first()?, row.get(place)?);
        let drawn = figure.cell.drawn()?.unsigned_abs();
        Some((shown(lang, &name.cell), None, drawn, num(lang, figure, chosen(column))))
    }))
}

fn num(lang: Lang, figure: &Figure, addresses: &Addresses<'_>) -> Num {
    let text = shown(lang, &figure.cell);
    match figure.rows {
        Some(rows) => Num::link(text, addresses.of(rows)),
        None => Num::plain(text),
    }
}

/// A cell as it is read.
pub(in crate::site) fn shown(lang: Lang, cell: &Cell) -> String {
    match cell {
        Cell::Blank => String::new(),
        Cell::Dash => "–".to_owned(),
        Cell::Text(text) => text.clone(),
        Cell::Number(n) => number(lang, *n),
        Cell::Change(n) => match n.signum() {
            1 => format!("+{}", number(lang, n.unsigned_abs())),
            -1 => format!("−{}", number(lang, n.unsigned_abs())),
            _ => "0".to_owned(),
        },
        Cell::Tenths(tenths) => percent(lang, Some(*tenths)),
        Cell::Points(tenths) => text::tenths(lang, *tenths),
        Cell::Date(day) => date(*day),
        Cell::Days(days) => number(lang, (*days).into()),
    }
}
