//! Two months side by side: the figures of the whole, then of each unit.

use uuid::Uuid;

use super::tables::{column, sheet};
use super::{Figure, Part, Rows, Sheet, Which};
use crate::briefings::whole::Whole;
use crate::documents::{Cell, Column};
use crate::domain::briefing::Cell as Counts;
use crate::text::pages::Words;
use crate::text::{Lang, paper};

/// The figures of a unit that are compared.
const OF_UNIT: [&str; 4] = ["tasks", "overdue", "completed_in_period", "due_next"];

/// The figures of both months, and the difference.
pub fn compared(lang: Lang, earlier: &Whole, later: &Whole) -> Part {
    let w = Words(lang);
    Part {
        key: "compared",
        heading: w.paper_compared().to_owned(),
        paragraphs: Vec::new(),
        tables: vec![all(lang, earlier, later), units(lang, earlier, later)],
    }
}

/// Before, after, change; each with its tasks.
fn three(name: &str, unit: Option<Uuid>, before: u64, after: u64) -> [Figure; 3] {
    let figure = |count| match Which::of_figure(name) {
        Some(which) => Figure::count(count, Rows::Tasks { unit, which }),
        None => Figure::plain(Cell::Number(count)),
    };
    let signed = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    [figure(before), figure(after), Figure::plain(Cell::Change(signed(after) - signed(before)))]
}

fn all(lang: Lang, earlier: &Whole, later: &Whole) -> Sheet {
    let w = Words(lang);
    let name = |whole: &Whole| paper::month(whole.figures.cut.month);
    let pairs = earlier.figures.key.named().into_iter().zip(later.figures.key.named());
    let rows = pairs.map(|((name, before), (_, after))| {
        let mut cells = vec![Figure::text(paper::figure(lang, name))];
        cells.extend(three(name, None, before, after));
        cells
    });
    let columns = vec![
        column("figure", w.paper_figure(), 90),
        column("before", name(earlier), 30),
        column("after", name(later), 30),
        column("change", w.paper_change(), 30),
    ];
    sheet("compared_all", w.paper_all_units(), columns, rows.collect())
}

fn units(lang: Lang, earlier: &Whole, later: &Whole) -> Sheet {
    let w = Words(lang);
    let figure = |cell: &Counts, name: &str| {
        cell.named().into_iter().find(|(other, _)| *other == name).map_or(0, |(_, count)| count)
    };
    let rows = later.figures.units.iter().map(|unit| {
        let before = earlier.figures.units.iter().find(|other| other.unit.id == unit.unit.id);
        let before = before.map(|unit| unit.key).unwrap_or_default();
        let mut cells = vec![Figure::text(&unit.unit.short_name)];
        for name in OF_UNIT {
            let counts = (figure(&before, name), figure(&unit.key, name));
            cells.extend(three(name, Some(unit.unit.id), counts.0, counts.1));
        }
        cells
    });
    let mut columns = vec![column("unit", w.unit(), 30)];
    for name in OF_UNIT {
        columns.extend(headed(lang, name, earlier, later));
    }
    sheet("compared_units", w.by_unit_heading(), columns, rows.collect())
}

fn headed(lang: Lang, name: &str, earlier: &Whole, later: &Whole) -> [Column; 3] {
    let figure = paper::figure(lang, name);
    let of = |whole: &Whole| format!("{figure} {}", paper::month(whole.figures.cut.month));
    [
        column("before", of(earlier), 20),
        column("after", of(later), 20),
        column("change", Words(lang).paper_change(), 16),
    ]
}
