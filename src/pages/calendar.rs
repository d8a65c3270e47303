//! The calendar of a year, and what a change of it would do.

use askama::Template;

use super::parts::faults;
use super::{Choice, Fault, Field, Link, Shell};
use crate::text::pages::Words;

/// A year's days off and make-up days.
#[derive(Debug, Clone, Template)]
#[template(path = "calendar.html")]
pub struct CalendarPage {
    /// The sentences.
    pub w: Words,
    /// What stands around.
    pub shell: Shell,
    /// What was done just now.
    pub notice: Option<String>,
    /// The year.
    pub year: String,
    /// The year before.
    pub previous: Option<Link>,
    /// The year after.
    pub next: Option<Link>,
    /// Its months.
    pub months: Vec<MonthGrid>,
    /// Its special days.
    pub days: Vec<DayLine>,
    /// To say something of it; `None` for who may only read.
    pub forms: Option<CalendarForms>,
}

/// A month as a grid of weeks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthGrid {
    /// Its name.
    pub name: String,
    /// The weeks, Monday first; `None` outside the month.
    pub weeks: Vec<Vec<Option<DayCell>>>,
}

/// A day of the grid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayCell {
    /// Its number.
    pub number: String,
    /// The style's class: `off`, `worked`, or nothing; `rest` for a weekend.
    pub class: &'static str,
    /// What is said of it.
    pub note: Option<String>,
    /// Whether that is provisional.
    pub is_provisional: bool,
}

/// A special day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayLine {
    /// The date with its weekday.
    pub day: String,
    /// Off or worked, in words.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// The document.
    pub source: Option<String>,
    /// Whether it is not announced yet.
    pub is_provisional: bool,
    /// The line that removes it.
    pub removal: String,
}

/// What is typed to change the calendar.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CalendarForms {
    /// The year shown, for the form of a whole year.
    pub year: String,
    /// One day.
    pub day: Field,
    /// Off or worked.
    pub kinds: Vec<Choice>,
    /// What is wrong with that.
    pub kind: Field,
    /// Its name.
    pub name: Field,
    /// The document.
    pub source: Field,
    /// Whether it is provisional.
    pub is_provisional: bool,
    /// Many days, a line each.
    pub lines: Field,
    /// What is wrong with which line.
    pub line_faults: Vec<String>,
    /// A file of days.
    pub file: Field,
    /// What is wrong in which of its cells.
    pub cell_faults: Vec<String>,
    /// Whether the year is replaced.
    pub replaces: bool,
}

impl CalendarPage {
    /// What is wrong with what was sent.
    pub fn faults(&self) -> Vec<Fault<'_>> {
        let Some(forms) = &self.forms else { return Vec::new() };
        let fields = [
            ("day", &forms.day),
            ("kind", &forms.kind),
            ("name", &forms.name),
            ("source", &forms.source),
            ("lines", &forms.lines),
            ("file", &forms.file),
        ];
        let lines = forms.line_faults.iter().map(|text| Fault { field: "lines", text });
        let cells = forms.cell_faults.iter().map(|text| Fault { field: "file", text });
        faults(&fields).into_iter().chain(lines).chain(cells).collect()
    }
}

/// A task that a change of the calendar touches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TouchedLine {
    /// Its code.
    pub code: String,
    /// Its page, for who may read it.
    pub href: Option<String>,
    /// The lead unit.
    pub unit: String,
    /// Its deadline.
    pub due: String,
    /// The deadline that it would have; `None`: only its mark moves.
    pub to: Option<String>,
}

/// What a change of the calendar would do.
#[derive(Debug, Clone, Template)]
#[template(path = "calendar_change.html")]
pub struct CalendarChangePage {
    /// The sentences.
    pub w: Words,
    /// What stands around.
    pub shell: Shell,
    /// The calendar.
    pub back: Link,
    /// What it would do, in one sentence.
    pub effect: String,
    /// Whether something has changed since it was shown first.
    pub has_moved: bool,
    /// The days: which, what is said of them, what would be.
    pub days: Vec<[String; 3]>,
    /// Computed deadlines: from, to, how many, whose.
    pub terms: Vec<[String; 4]>,
    /// Due-soon marks: the deadline, from, to, how many, whose.
    pub marks: Vec<[String; 5]>,
    /// The first of the tasks.
    pub touched: Vec<TouchedLine>,
    /// How many more there are, in words.
    pub more: Option<String>,
    /// The change, to be sent again.
    pub lines: String,
    /// What was shown.
    pub hash: String,
}
