//! Numbers of the figures as pages show them, each with the list of exactly its rows.

use std::cmp::Reverse;

use chrono::NaiveDate;

use super::home::BRIEFINGS;
use super::links::TaskQuery;
use crate::domain::briefing::{self, Cut, Figures};
use crate::domain::period::{Month, Period};
use crate::domain::standing::Standing;
use crate::domain::task::{Category, Level, ProductKind};
use crate::pages::{Num, Rate};
use crate::text::pages::Words;
use crate::text::{self, Lang};

/// The key tasks that the figures of a cut-off count, by what they are asked for.
pub(super) struct KeyTasks<'a> {
    cut: &'a Cut,
    query: TaskQuery,
}

/// The standings that are not a task's own but several or a part of one, by the codes that the list understands.
pub(super) mod part {
    pub const DUE_SOON: &str = "due_soon";
    pub const WAITING: &str = "waiting";
    /// Within term or overdue.
    pub const IN_PROGRESS: &str = "in_progress";
    /// Not outside the count, and completed or past its deadline.
    pub const REACHED: &str = "reached";
    /// Completed by the original deadline.
    pub const ON_TIME_ORIGINAL: &str = "on_time_original";
}

impl<'a> KeyTasks<'a> {
    pub(super) fn at(cut: &'a Cut) -> Self {
        Self { cut, query: TaskQuery::on(cut.cutoff).with("category", Category::Key.code()) }
    }

    /// Those of one unit.
    pub(super) fn of_unit(&self, short_name: &str) -> Self {
        Self { cut: self.cut, query: self.query.clone().with("unit", short_name) }
    }

    /// All of them.
    pub(super) fn all(&self) -> TaskQuery {
        self.query.clone()
    }

    /// Those of a standing, or of a [`part`].
    pub(super) fn standing(&self, code: &str) -> TaskQuery {
        self.all().with("standing", code)
    }

    pub(super) fn overdue(&self) -> TaskQuery {
        self.standing(Standing::Overdue.code())
    }

    /// The overdue ones that are so many days late.
    pub(super) fn overdue_by(&self, from: u32, to: Option<u32>) -> TaskQuery {
        let query = self.overdue().with("late_from", from);
        match to {
            Some(to) => query.with("late_to", to),
            None => query,
        }
    }

    /// Those waiting for confirmation, within their term or past it. A task that is not overdue is 0 days late.
    pub(super) fn waiting(&self, overdue: bool) -> TaskQuery {
        let query = self.standing(part::WAITING);
        if overdue { query.with("late_from", 1) } else { query.with("late_to", 0) }
    }

    /// Those due in the month, of a standing or a [`part`].
    pub(super) fn due_in_month(&self, code: &str) -> TaskQuery {
        due_in(self.standing(code), self.cut.period)
    }

    /// Those that the next month asks for.
    pub(super) fn due_next(&self) -> TaskQuery {
        due_in(self.standing(part::IN_PROGRESS), self.cut.next)
    }

    /// Of those, the ones that end in a kind of product.
    pub(super) fn due_next_of(&self, product: ProductKind) -> TaskQuery {
        self.due_next().with("product", product.code())
    }

    /// Of those, the schemes to the Government or the Prime Minister.
    pub(super) fn due_next_schemes_to_government(&self) -> TaskQuery {
        let levels = Level::ALL.iter().filter(|level| level.is_government()).map(|level| level.code());
        self.due_next_of(ProductKind::Scheme).with("level", levels.collect::<Vec<_>>().join(","))
    }

    /// On-time rates of the month, against the deadline in force and against the original one.
    pub(super) fn rates(&self, w: Words, cell: &briefing::Cell) -> [Rate; 2] {
        let of = |rate: briefing::Rate, part: &str| Rate {
            percent: text::percent(w.0, rate.percent_tenths()),
            part: num(w, rate.part, &self.due_in_month(part)),
            of: num(w, rate.of, &self.due_in_month(part::REACHED)),
        };
        [
            of(cell.on_time_rate(), Standing::CompletedOnTime.code()),
            of(cell.on_time_rate_original(), part::ON_TIME_ORIGINAL),
        ]
    }
}

/// The overdue key tasks of a day of their own.
pub(super) fn overdue_on(day: NaiveDate) -> TaskQuery {
    TaskQuery::on(day).with("category", Category::Key.code()).with("standing", Standing::Overdue.code())
}

fn due_in(query: TaskQuery, period: Period) -> TaskQuery {
    query.with("due_from", period.first).with("due_to", period.last)
}

/// A number of a table or a chart; nought has no rows to open.
pub(super) fn num(w: Words, n: u64, rows: &TaskQuery) -> Num {
    match n {
        0 => Num::plain("0"),
        n => Num::link(text::number(w.0, n), rows.href()),
    }
}

/// A number of a sentence: in Vietnamese with a leading zero under ten.
pub(super) fn worded(w: Words, n: u64, rows: &TaskQuery) -> Num {
    let text = match w.0 {
        Lang::Vi => text::count(n),
        Lang::En => text::number(w.0, n),
    };
    if n == 0 { Num::plain(text) } else { Num::link(text, rows.href()) }
}

/// `11/2024`.
pub(super) fn month(month: Month) -> String {
    format!("{:02}/{}", month.month(), month.year())
}

/// The address of a briefing.
pub(super) fn briefing_href(cut: &Cut) -> String {
    format!("{BRIEFINGS}?month={}&cutoff={}", cut.month, cut.cutoff)
}

/// The kinds of product that the next month asks for, the most first; what is of no named kind last.
pub(super) fn by_product(figures: &Figures) -> Vec<(ProductKind, u64)> {
    let mut kinds: Vec<_> = figures.due_next_by_product.iter().map(|(kind, n)| (*kind, *n)).collect();
    kinds.sort_by_key(|(kind, n)| (*kind == ProductKind::Other, Reverse(*n)));
    kinds
}
