//! The figures of the whole, one under the other.

use super::tables::{column, sheet};
use super::{Figure, Rows, Sheet, Which};
use crate::briefings::whole::Whole;
use crate::documents::Cell;
use crate::text::pages::Words;
use crate::text::{Lang, number, paper};

/// The figures of the whole, one a row, with the rates and what each is of.
pub(super) fn table(lang: Lang, whole: &Whole) -> Sheet {
    let w = Words(lang);
    let key = &whole.figures.key;
    let row = |name: String, figure: Figure| vec![Figure::text(name), figure];
    let units = whole.figures.overdue_units() as u64;
    let mut rows = vec![row(paper::figure(lang, "overdue_units"), Figure::plain(Cell::Number(units)))];
    rows.extend(key.named().into_iter().map(|(name, count)| {
        let figure = match Which::of_figure(name) {
            Some(which) => Figure::count(count, Rows::Tasks { unit: None, which }),
            None => Figure::plain(Cell::Number(count)),
        };
        row(paper::figure(lang, name), figure)
    }));
    let rates = [(w.col_rate(), key.on_time_rate()), (w.paper_rate_original(), key.on_time_rate_original())];
    rows.extend(rates.map(|(name, rate)| {
        let name = format!("{name} ({}/{})", number(lang, rate.part), number(lang, rate.of));
        row(name, Figure::plain(Cell::rate(rate.percent_tenths())))
    }));
    let columns = vec![column("figure", w.paper_figure(), 110), column("count", w.paper_count(), 40)];
    sheet("headline", w.paper_headline(), columns, rows)
}
