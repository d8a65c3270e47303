//! The additive counts of one group of tasks, and what a single task adds to them.

use std::ops::AddAssign;

use super::{BriefingTask, Cut};
use crate::domain::standing::{Standing, StandingView};
use crate::domain::task::{Level, ProductKind};

/// Declares a group of counts that add up field by field and can be listed by name.
macro_rules! counts {
    ($(#[$doc:meta])* $name:ident { $($(#[$fdoc:meta])* $field:ident),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
        pub struct $name { $($(#[$fdoc])* pub $field: u64),+ }

        impl $name {
            /// Each count with its name, in order.
            pub fn named(&self) -> Vec<(&'static str, u64)> {
                vec![$((stringify!($field), self.$field)),+]
            }

            /// The counts of these names, each asked once; `None` when one is missing.
            pub fn from_named(mut named: impl FnMut(&'static str) -> Option<u64>) -> Option<Self> {
                Some(Self { $($field: named(stringify!($field))?),+ })
            }
        }

        impl AddAssign for $name {
            fn add_assign(&mut self, other: Self) {
                $(self.$field += other.$field;)+
            }
        }
    };
}

counts! {
    /// How many tasks stand how; the first six are all of them, the last two are parts of those.
    StandingCounts {
        /// Hoàn thành đúng hạn.
        completed_on_time,
        /// Hoàn thành quá hạn.
        completed_late,
        /// Đang thực hiện, trong hạn.
        within_term,
        /// Đang thực hiện, quá hạn.
        overdue,
        /// Không có thời hạn.
        no_deadline,
        /// Ngoài thống kê.
        outside,
        /// Sắp đến hạn: part of those within term.
        due_soon,
        /// Chờ xác nhận: part of those within term and overdue.
        waiting,
    }
}

impl StandingCounts {
    /// The sum of the standings.
    pub fn total(&self) -> u64 {
        self.completed_on_time
            + self.completed_late
            + self.within_term
            + self.overdue
            + self.no_deadline
            + self.outside
    }

    fn of(view: &StandingView) -> Self {
        let mut counts = Self { due_soon: u64::from(view.due_soon), ..Self::default() };
        let standing = match view.standing {
            Standing::CompletedOnTime => &mut counts.completed_on_time,
            Standing::CompletedLate => &mut counts.completed_late,
            Standing::WithinTerm => &mut counts.within_term,
            Standing::Overdue => &mut counts.overdue,
            Standing::NoDeadline => &mut counts.no_deadline,
            Standing::Outside => &mut counts.outside,
        };
        *standing = 1;
        let in_progress = matches!(view.standing, Standing::WithinTerm | Standing::Overdue);
        counts.waiting = u64::from(in_progress && view.waiting_since.is_some());
        counts
    }
}

counts! {
    /// How many overdue tasks are how many days late.
    AgeBuckets {
        /// 1–7 days.
        d1_7,
        /// 8–30 days.
        d8_30,
        /// 31–60 days.
        d31_60,
        /// 61–120 days.
        d61_120,
        /// More than 120 days.
        over_120,
    }
}

impl AgeBuckets {
    /// The sum of the buckets.
    pub fn total(&self) -> u64 {
        self.d1_7 + self.d8_30 + self.d31_60 + self.d61_120 + self.over_120
    }

    fn of(days_late: u32) -> Self {
        let mut buckets = Self::default();
        match bucket_of(days_late) {
            Some(AgeBucket::D1To7) => buckets.d1_7 = 1,
            Some(AgeBucket::D8To30) => buckets.d8_30 = 1,
            Some(AgeBucket::D31To60) => buckets.d31_60 = 1,
            Some(AgeBucket::D61To120) => buckets.d61_120 = 1,
            Some(AgeBucket::Over120) => buckets.over_120 = 1,
            None => {}
        }
        buckets
    }
}

/// How late an overdue task is, roughly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AgeBucket {
    /// 1–7 days.
    D1To7,
    /// 8–30 days.
    D8To30,
    /// 31–60 days.
    D31To60,
    /// 61–120 days.
    D61To120,
    /// More than 120 days.
    Over120,
}

/// The bucket of a number of days late; `None` for 0.
pub fn bucket_of(days_late: u32) -> Option<AgeBucket> {
    match days_late {
        0 => None,
        1..=7 => Some(AgeBucket::D1To7),
        8..=30 => Some(AgeBucket::D8To30),
        31..=60 => Some(AgeBucket::D31To60),
        61..=120 => Some(AgeBucket::D61To120),
        _ => Some(AgeBucket::Over120),
    }
}

counts! {
    /// How many tasks the month and the next one ask for; none of them outside the count.
    MonthCounts {
        /// Due falls in the month.
        due_in_period,
        /// Of those: completed by the cut-off, or due before it.
        reached,
        /// Of those reached: completed by the cut-off and by the deadline.
        on_time,
        /// Of those reached: completed by the cut-off and by the original deadline.
        reached_on_time_original,
        /// Completed in the month and by the cut-off.
        completed_in_period,
        /// Of those: completed after the deadline.
        completed_in_period_late,
        /// Not completed by the cut-off and due in the next month.
        due_next,
        /// Of those: schemes to the Government or the Prime Minister.
        due_next_schemes_to_government,
    }
}

/// The counts of one group of tasks; cells of disjoint groups add up to the cell of both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cell {
    /// How many tasks are counted, for themselves and not as a sum of the standings.
    pub tasks: u64,
    /// How they stand.
    pub standings: StandingCounts,
    /// Of those waiting for confirmation: the overdue ones.
    pub waiting_overdue: u64,
    /// How late the overdue ones are.
    pub ages: AgeBuckets,
    /// What the month and the next one ask for.
    pub month: MonthCounts,
    /// The most days an overdue one is late; 0 when none is. The only field that is no sum.
    pub longest_overdue_days: u32,
}

impl AddAssign for Cell {
    fn add_assign(&mut self, other: Self) {
        self.tasks += other.tasks;
        self.standings += other.standings;
        self.waiting_overdue += other.waiting_overdue;
        self.ages += other.ages;
        self.month += other.month;
        self.longest_overdue_days = self.longest_overdue_days.max(other.longest_overdue_days);
    }
}

impl Cell {
    /// Of the tasks due in the month whose day was reached, those on time by the deadline in force.
    pub fn on_time_rate(&self) -> Rate {
        Rate { part: self.month.on_time, of: self.month.reached }
    }

    /// The same against the original deadlines, which extensions can't polish.
    pub fn on_time_rate_original(&self) -> Rate {
        Rate { part: self.month.reached_on_time_original, of: self.month.reached }
    }

    /// Each figure with its name, in order.
    pub fn named(&self) -> Vec<(&'static str, u64)> {
        let mut named =
            vec![("tasks", self.tasks), ("longest_overdue_days", self.longest_overdue_days.into())];
        named.extend(self.standings.named());
        named.push(("waiting_overdue", self.waiting_overdue));
        named.extend(self.ages.named());
        named.extend(self.month.named());
        named
    }

    /// The cell of figures by these names; `None` when one is missing.
    pub fn from_named(mut named: impl FnMut(&'static str) -> Option<u64>) -> Option<Self> {
        Some(Self {
            tasks: named("tasks")?,
            longest_overdue_days: u32::try_from(named("longest_overdue_days")?).ok()?,
            standings: StandingCounts::from_named(&mut named)?,
            waiting_overdue: named("waiting_overdue")?,
            ages: AgeBuckets::from_named(&mut named)?,
            month: MonthCounts::from_named(&mut named)?,
        })
    }
}

/// What one task adds to its group; `None` when it was assigned after the cut-off and is not counted.
pub fn cell_of(task: &BriefingTask, cut: &Cut) -> Option<Cell> {
    let view = task.facts.view_at(cut.cutoff, cut.soon_until)?;
    let overdue_days = if view.standing == Standing::Overdue { view.days_late } else { 0 };
    let standings = StandingCounts::of(&view);
    Some(Cell {
        tasks: 1,
        standings,
        waiting_overdue: standings.waiting.min(standings.overdue),
        ages: AgeBuckets::of(overdue_days),
        month: month_counts(task, &view, cut),
        longest_overdue_days: overdue_days,
    })
}

fn month_counts(task: &BriefingTask, view: &StandingView, cut: &Cut) -> MonthCounts {
    if view.standing == Standing::Outside {
        return MonthCounts::default();
    }
    let (due, completed) = (view.due_on, view.completed_on);
    let due_in = due.is_some_and(|due| cut.period.contains(due));
    let reached = due_in && (completed.is_some() || due.is_some_and(|due| due < cut.cutoff));
    // A task that was given its first deadline by an extension has no other original one.
    let original = task.facts.original_due_on.or(due);
    let on_time = |due| completed.zip(due).is_some_and(|(completed, due)| completed <= due);
    let completed_in = completed.is_some_and(|completed| cut.period.contains(completed));
    let due_next = completed.is_none() && due.is_some_and(|due| cut.next.contains(due));
    let to_government = task.product == ProductKind::Scheme && task.level.is_some_and(Level::is_government);
    MonthCounts {
        due_in_period: due_in.into(),
        reached: reached.into(),
        on_time: (reached && on_time(due)).into(),
        reached_on_time_original: (reached && on_time(original)).into(),
        completed_in_period: completed_in.into(),
        completed_in_period_late: (completed_in && view.standing == Standing::CompletedLate).into(),
        due_next: due_next.into(),
        due_next_schemes_to_government: (due_next && to_government).into(),
    }
}

/// A share, which is always shown with what it is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// How many.
    pub part: u64,
    /// Of how many.
    pub of: u64,
}

impl Rate {
    /// Tenths of a percent, rounded half up (`71,3 %` is 713); `None` when it is a share of nothing,
    /// which is shown as "–".
    pub fn percent_tenths(self) -> Option<u32> {
        let (part, of) = (u128::from(self.part), u128::from(self.of));
        let doubled = (part * 2000 + of).checked_div(of)?;
        u32::try_from(doubled / 2).ok()
    }
}
