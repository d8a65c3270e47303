//! The briefing as a page, and as an annex on paper.

use askama::Template;

use super::{Bar, Num, PeriodForm, Rate, Share, Shell, TaskLine};
use crate::text::pages::Words;

/// The figures of a month at a cut-off with the tasks behind them.
#[derive(Debug, Clone, Template)]
#[template(path = "briefing.html")]
pub struct BriefingPage {
    /// The sentences.
    pub w: Words,
    /// What stands around.
    pub shell: Shell,
    /// The month and cut-off shown, to choose others.
    pub period: PeriodForm,
    /// The month, `11/2024`.
    pub month: String,
    /// The next month, `12/2024`.
    pub next_month: String,
    /// The cut-off, `29/11/2024`.
    pub cutoff: String,
    /// Who issues it, at the head of the paper.
    pub issuer: Issuer,
    /// When the figures were computed, `29/11/2024 08:15`.
    pub computed_at: String,
    /// What names this computation.
    pub reference: String,
    /// The paragraphs of `text::briefing::paragraphs`.
    pub paragraphs: Vec<String>,
    /// A row a unit, in the order of the units.
    pub units: Vec<UnitRow>,
    /// The sum.
    pub all: UnitRow,
    /// Overdue tasks by days late.
    pub ages: Vec<Bar>,
    /// The overdue tasks, the longest first.
    pub overdue: Vec<OverdueRow>,
    /// The next month's tasks by product, the most first.
    pub next_by_product: Vec<ProductRow>,
    /// Their sum.
    pub next_total: Num,
}

/// The head of the paper.
#[derive(Debug, Clone, Default)]
pub struct Issuer {
    /// `Bộ Thông tin và Truyền thông`.
    pub superior: String,
    /// `Văn phòng`.
    pub body: String,
}

/// The figures of a unit.
#[derive(Debug, Clone)]
pub struct UnitRow {
    /// The short name, and the unit's tasks.
    pub unit: Num,
    /// The full name.
    pub name: String,
    /// All key tasks assigned.
    pub total: Num,
    /// Completed on time.
    pub on_time: Num,
    /// Completed late.
    pub late: Num,
    /// In progress, within term.
    pub within: Num,
    /// Of these, due soon.
    pub soon: Num,
    /// In progress, overdue.
    pub overdue: Num,
    /// Without a deadline.
    pub no_deadline: Num,
    /// Outside the count.
    pub outside: Num,
    /// On-time rate of the month.
    pub rate: Rate,
    /// The longest delay in days.
    pub longest: Num,
    /// Due next month.
    pub next: Num,
    /// Whether anything is overdue, so that the row is marked.
    pub has_overdue: bool,
}

/// An overdue task with what the meeting asks about it.
#[derive(Debug, Clone)]
pub struct OverdueRow {
    /// The task.
    pub task: TaskLine,
    /// Days late, `198`.
    pub days: String,
    /// Why, as reported.
    pub cause: Option<String>,
    /// The leader responsible.
    pub leader: Option<String>,
}

/// A kind of product and how much of the next month it is.
#[derive(Debug, Clone)]
pub struct ProductRow {
    /// `Đề án`.
    pub product: String,
    /// How many, with their rows.
    pub n: Num,
    /// `4,5 %`.
    pub percent: String,
    /// The bar.
    pub share: Share,
}
