//! A tenant's tasks in memory, with rules of its own: what is noted of each is every dated event, and a day is judged by
//! going through them.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate, Weekday};
use dondoc::domain::calendar::DayKind;
use dondoc::domain::public_days::public_days;
use dondoc::domain::standing::Standing;
use dondoc::domain::task::{Category, Level, ProductKind, Status};
use uuid::Uuid;

/// A report of completion.
#[derive(Debug, Clone)]
pub struct Report {
    pub on: NaiveDate,
    /// When it was decided, and whether confirmed.
    pub decided: Option<(NaiveDate, bool)>,
    /// The first day on which the confirmation holds no longer.
    pub undone: Option<NaiveDate>,
}

/// A request that is open.
#[derive(Debug, Clone, Copy)]
pub struct Asked {
    pub letter: Uuid,
    pub by_unit: usize,
    pub on: NaiveDate,
    pub wanted: NaiveDate,
}

#[derive(Debug, Clone)]
pub struct Task {
    pub id: Uuid,
    pub code: String,
    pub category: Category,
    pub product: ProductKind,
    pub level: Option<Level>,
    pub assigned: NaiveDate,
    pub original: Option<NaiveDate>,
    pub lead: usize,
    /// The first day of the unit that followed, and the unit before.
    pub leads: Vec<(NaiveDate, usize)>,
    /// The day of the decision, and the deadline from then on.
    pub extended: Vec<(NaiveDate, NaiveDate)>,
    pub reports: Vec<Report>,
    /// The first day outside the count, and the first one after it.
    pub outs: Vec<(NaiveDate, Option<NaiveDate>)>,
    pub status: Status,
    pub version: i32,
    pub deleted: bool,
    pub asked: Option<Asked>,
    pub was_asked: bool,
    /// It was given ahead of its day of assignment: something may have been done to it before that day.
    pub was_ahead: bool,
    /// Nothing was done to it but by imports.
    pub is_untouched: bool,
}

/// A task on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    pub unit: usize,
    pub due: Option<NaiveDate>,
    pub completed: Option<NaiveDate>,
    pub waiting: Option<NaiveDate>,
    pub standing: Standing,
    pub late: u32,
}

impl Task {
    /// One that nobody has begun.
    pub fn new(
        id: Uuid,
        code: String,
        lead: usize,
        assigned: NaiveDate,
        original: Option<NaiveDate>,
    ) -> Self {
        Self {
            id,
            code,
            category: Category::Key,
            product: ProductKind::Other,
            level: None,
            assigned,
            original,
            lead,
            leads: Vec::new(),
            extended: Vec::new(),
            reports: Vec::new(),
            outs: Vec::new(),
            status: Status::NotStarted,
            version: 1,
            deleted: false,
            asked: None,
            was_asked: false,
            was_ahead: false,
            is_untouched: true,
        }
    }

    /// The deadline now.
    pub fn due(&self) -> Option<NaiveDate> {
        self.due_on(NaiveDate::MAX)
    }

    fn due_on(&self, day: NaiveDate) -> Option<NaiveDate> {
        let known = self.extended.iter().rev().find(|(decided, _)| *decided <= day);
        known.map(|(_, due)| *due).or(self.original)
    }

    fn completed_on(&self, day: NaiveDate) -> Option<NaiveDate> {
        let holds = |report: &&Report| {
            let confirmed = report.decided.is_some_and(|(decided, yes)| yes && decided <= day);
            confirmed && report.undone.is_none_or(|undone| day < undone)
        };
        self.reports.iter().rev().find(holds).map(|report| report.on)
    }

    /// How it was on a day, by what had happened by then; `None` when nobody had it yet.
    pub fn on(&self, day: NaiveDate) -> Option<Seen> {
        if self.deleted || day < self.assigned {
            return None;
        }
        let mut unit = self.lead;
        for (changed, before) in self.leads.iter().rev() {
            if day < *changed {
                unit = *before;
            }
        }
        let (due, completed) = (self.due_on(day), self.completed_on(day));
        let waits = |report: &&Report| report.on <= day && report.decided.is_none_or(|(on, _)| day < on);
        let waiting = self.reports.iter().filter(waits).map(|report| report.on).max();
        let waiting = waiting.filter(|_| completed.is_none());
        let is_out =
            self.outs.iter().any(|(from, until)| *from <= day && until.is_none_or(|until| day < until));
        let (standing, late) = match (is_out, due, completed) {
            (true, ..) => (Standing::Outside, 0),
            (_, None, _) => (Standing::NoDeadline, 0),
            (_, Some(due), Some(done)) if done <= due => (Standing::CompletedOnTime, 0),
            (_, Some(due), Some(done)) => (Standing::CompletedLate, (done - due).num_days()),
            (_, Some(due), None) => match waiting.unwrap_or(day) - due {
                late if late.num_days() > 0 => (Standing::Overdue, late.num_days()),
                _ => (Standing::WithinTerm, 0),
            },
        };
        Some(Seen { unit, due, completed, waiting, standing, late: u32::try_from(late).unwrap() })
    }

    /// Comes back into the count, on no day before it left.
    pub fn come_back(&mut self, until: NaiveDate) {
        for out in self.outs.iter_mut().filter(|out| out.1.is_none()) {
            out.1 = Some(until.max(out.0));
        }
    }

    /// The first day of the time outside the count that has not ended.
    pub fn out_since(&self) -> Option<NaiveDate> {
        self.outs.iter().filter(|out| out.1.is_none()).map(|out| out.0).max()
    }
}

/// Whether a day is worked.
fn is_working(day: NaiveDate) -> bool {
    let special = public_days().into_iter().find(|special| special.day == day);
    match special.map(|special| special.kind) {
        Some(kind) => kind == DayKind::Work,
        None => !matches!(day.weekday(), Weekday::Sat | Weekday::Sun),
    }
}

/// The last deadline that is soon: so many working days behind a day, and the days off that follow them.
pub fn soon_until(day: NaiveDate, working_days: u32) -> NaiveDate {
    let (mut last, mut left) = (day, working_days);
    loop {
        let next = last + Days::new(1);
        match (is_working(next), left) {
            (true, 0) => return last,
            (true, _) => left -= 1,
            (false, _) => {}
        }
        last = next;
    }
}

/// The counts of a group of tasks, by the names that the product gives them.
pub type Counts = BTreeMap<&'static str, u64>;

/// The days that a figure is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Asking {
    pub day: NaiveDate,
    pub month: (NaiveDate, NaiveDate),
    pub next: (NaiveDate, NaiveDate),
    pub soon_until: NaiveDate,
}

impl Asking {
    /// Of the calendar month of a day.
    pub fn of(day: NaiveDate, soon_days: u32) -> Self {
        let first = |day: NaiveDate| day.with_day(1).unwrap();
        let after = |first: NaiveDate| (first + Days::new(31)).with_day(1).unwrap();
        let (this, next) = (first(day), after(first(day)));
        let last = |first: NaiveDate| after(first) - Days::new(1);
        Self {
            day,
            month: (this, last(this)),
            next: (next, last(next)),
            soon_until: soon_until(day, soon_days),
        }
    }
}

fn is_in(day: NaiveDate, (first, last): (NaiveDate, NaiveDate)) -> bool {
    first <= day && day <= last
}

/// Whether a task is soon due.
pub fn is_soon(seen: &Seen, until: NaiveDate) -> bool {
    seen.standing == Standing::WithinTerm
        && seen.waiting.is_none()
        && seen.due.is_some_and(|due| due <= until)
}

/// Whether a task is open and due in the next month.
pub fn is_due_next(seen: &Seen, asking: &Asking) -> bool {
    let due = seen.due.is_some_and(|due| is_in(due, asking.next));
    due && seen.completed.is_none() && seen.standing != Standing::Outside
}

/// Counts tasks, as the briefing's definitions say.
pub fn count<'a>(tasks: impl Iterator<Item = (&'a Task, Seen)>, asking: &Asking) -> Counts {
    let mut counts = Counts::new();
    for (task, seen) in tasks {
        let mut add = |name: &'static str, is_so: bool| *counts.entry(name).or_default() += u64::from(is_so);
        let is = |standing: Standing| seen.standing == standing;
        let open = is(Standing::WithinTerm) || is(Standing::Overdue);
        add("tasks", true);
        for standing in Standing::ALL {
            add(standing.code(), is(*standing));
        }
        add("due_soon", is_soon(&seen, asking.soon_until));
        add("waiting", open && seen.waiting.is_some());
        add("waiting_overdue", is(Standing::Overdue) && seen.waiting.is_some());
        let late = if is(Standing::Overdue) { seen.late } else { 0 };
        for (name, from, to) in [
            ("d1_7", 1, 7),
            ("d8_30", 8, 30),
            ("d31_60", 31, 60),
            ("d61_120", 61, 120),
            ("over_120", 121, u32::MAX),
        ] {
            add(name, (from..=to).contains(&late));
        }
        let counted = !is(Standing::Outside);
        let due_in = |days| counted && seen.due.is_some_and(|due| is_in(due, days));
        let by =
            |due: Option<NaiveDate>| seen.completed.is_some_and(|done| due.is_some_and(|due| done <= due));
        let reached = due_in(asking.month)
            && (seen.completed.is_some() || seen.due.is_some_and(|due| due < asking.day));
        let finished = counted && seen.completed.is_some_and(|done| is_in(done, asking.month));
        let next = is_due_next(&seen, asking);
        let high = matches!(task.level, Some(Level::Government | Level::PrimeMinister));
        add("due_in_period", due_in(asking.month));
        add("reached", reached);
        add("on_time", reached && by(seen.due));
        add("reached_on_time_original", reached && by(task.original));
        add("completed_in_period", finished);
        add("completed_in_period_late", finished && is(Standing::CompletedLate));
        add("due_next", next);
        add("due_next_schemes_to_government", next && task.product == ProductKind::Scheme && high);
        let longest = counts.entry("longest_overdue_days").or_default();
        *longest = (*longest).max(u64::from(late));
    }
    counts.retain(|_, n| *n > 0);
    counts
}
