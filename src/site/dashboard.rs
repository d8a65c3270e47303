//! The Office's dashboard, filled.

use chrono::Datelike;

use super::briefings::told;
use super::figures::{KeyTasks, briefing_href, by_product, month, num, overdue_on, part, worded};
use super::shell::around;
use super::{PageResult, home, misread, page, period, task_line};
use crate::briefings::{self, Dashboard, TrendMonth};
use crate::domain::briefing::{Figures, UnitFigures};
use crate::domain::standing::Standing;
use crate::domain::task::ProductKind;
use crate::http::{Caller, Visit};
use crate::pages::{
    Bar, Column, DashboardPage, HelpUnit, Link, NextMonth, Num, OverdueHeadline, PeriodForm, Segment, Share,
    Shell,
};
use crate::text::pages::{Mark, Words};
use crate::text::{self, Lang, vocabulary};

/// How many units are named that need direct help (DOMAIN §3).
const TO_HELP: usize = 3;

/// The dashboard of a month at a cut-off, of the present one when nothing is asked.
pub async fn show(caller: Caller, visit: Visit) -> PageResult {
    let view = caller
        .run(move |conn, member, settings| {
            let w = Words(visit.lang_of(member.lang));
            let chosen = period::asked(&visit, w, home::DASHBOARD, settings);
            let dashboard = briefings::dashboard(&visit.service.shelf, conn, settings, chosen.request)?;
            let today = settings.today(&visit.service.app.clock);
            let as_told = told(conn, w, chosen.request.cutoff, today)?;
            Ok(DashboardPage {
                as_told,
                ..view(w, around(&visit, w, member, settings), chosen.form, &dashboard)
            })
        })
        .await?;
    if view.period.faults().is_empty() { page(view.w, &view) } else { misread(view.w, &view) }
}

/// The dashboard as a page.
pub fn view(w: Words, shell: Shell, period: PeriodForm, dashboard: &Dashboard) -> DashboardPage {
    let figures = &dashboard.figures;
    let (cut, key) = (&figures.cut, &figures.key);
    let tasks = KeyTasks::at(cut);
    let [on_time, on_time_original] = tasks.rates(w, key);
    let soon = dashboard.soon.iter().map(|task| task_line::line(w, task, cut.cutoff)).collect();
    DashboardPage {
        w,
        shell,
        period,
        as_of: text::date(cut.cutoff),
        as_told: None,
        overdue: (key.standings.overdue > 0).then(|| headline(w, figures, &tasks)),
        next: next_month(w, figures, &tasks),
        on_time,
        on_time_original,
        total: num(w, key.tasks, &tasks.all()),
        standings: standings(w, figures, &tasks),
        by_unit: by_unit(w, figures, &tasks),
        help: figures.units_to_help(TO_HELP).into_iter().map(|unit| help(w, unit, &tasks)).collect(),
        trend: if key.tasks == 0 { Vec::new() } else { trend(w, &dashboard.trend) },
        soon,
        soon_all: match key.standings.due_soon {
            0 => Num::plain("0"),
            n => worded(w, n, &tasks.standing(part::DUE_SOON)),
        },
        briefing: Link { text: w.briefing_title(&month(cut.month)), href: briefing_href(cut) },
    }
}

fn headline(w: Words, figures: &Figures, tasks: &KeyTasks<'_>) -> OverdueHeadline {
    let longest = figures.key.longest_overdue_days;
    let units = u64::try_from(figures.overdue_units()).unwrap_or(u64::MAX);
    OverdueHeadline {
        // Units are no rows of a task list: they stand below, each with its own.
        units: Num::link(worded(w, units, &tasks.overdue()).text, "#h-units"),
        tasks: worded(w, figures.key.standings.overdue, &tasks.overdue()),
        worst_days: worded(w, longest.into(), &tasks.overdue_by(longest, Some(longest))),
    }
}

fn next_month(w: Words, figures: &Figures, tasks: &KeyTasks<'_>) -> NextMonth {
    let due = &figures.key.month;
    let circulars = figures.due_next_by_product.get(&ProductKind::Circular).copied().unwrap_or(0);
    let bars = by_product(figures).into_iter().map(|(kind, n)| {
        let label = vocabulary::capitalised(vocabulary::product(w.0, kind));
        (label, None, n, num(w, n, &tasks.due_next_of(kind)))
    });
    NextMonth {
        month: Num::plain(month(figures.cut.month.next())),
        due: worded(w, due.due_next, &tasks.due_next()),
        schemes: worded(w, due.due_next_schemes_to_government, &tasks.due_next_schemes_to_government()),
        circulars: worded(w, circulars, &tasks.due_next_of(ProductKind::Circular)),
        by_product: Bar::over(bars),
    }
}

/// The strip of all tasks; of those in progress with the part that waits, of those within term with what is due soon.
fn standings(w: Words, figures: &Figures, tasks: &KeyTasks<'_>) -> Vec<Segment> {
    let counts = &figures.key.standings;
    let named = [
        (Mark::CompletedOnTime, counts.completed_on_time, Standing::CompletedOnTime),
        (Mark::CompletedLate, counts.completed_late, Standing::CompletedLate),
        (Mark::WithinTerm, counts.within_term, Standing::WithinTerm),
        (Mark::Overdue, counts.overdue, Standing::Overdue),
        (Mark::NoDeadline, counts.no_deadline, Standing::NoDeadline),
        (Mark::Outside, counts.outside, Standing::Outside),
    ];
    let strip = named.map(|(mark, n, standing)| (mark, n, num(w, n, &tasks.standing(standing.code()))));
    let some = |n: u64, rows| (n > 0).then(|| worded(w, n, &rows));
    let mut strip = Segment::strip(strip);
    for segment in &mut strip {
        match segment.badge.mark {
            Mark::WithinTerm => {
                segment.soon = some(counts.due_soon, tasks.standing(part::DUE_SOON));
                segment.waiting =
                    some(counts.waiting.saturating_sub(figures.key.waiting_overdue), tasks.waiting(false));
            }
            Mark::Overdue => segment.waiting = some(figures.key.waiting_overdue, tasks.waiting(true)),
            _ => {}
        }
    }
    strip
}

fn by_unit(w: Words, figures: &Figures, tasks: &KeyTasks<'_>) -> Vec<Bar> {
    Bar::over(figures.overdue_by_unit().into_iter().map(|(unit, n)| {
        let rows = tasks.of_unit(&unit.short_name).overdue();
        (unit.short_name.clone(), Some(unit.name.clone()), n, num(w, n, &rows))
    }))
}

fn help(w: Words, figures: &UnitFigures, tasks: &KeyTasks<'_>) -> HelpUnit {
    let tasks = tasks.of_unit(&figures.unit.short_name);
    let longest = figures.key.longest_overdue_days;
    let [on_time, _] = tasks.rates(w, &figures.key);
    HelpUnit {
        unit: Link { text: figures.unit.name.clone(), href: tasks.overdue().href() },
        overdue: worded(w, figures.key.standings.overdue, &tasks.overdue()),
        worst_days: worded(w, longest.into(), &tasks.overdue_by(longest, Some(longest))),
        on_time,
    }
}

fn trend(w: Words, months: &[TrendMonth]) -> Vec<Column> {
    let top = months.iter().map(|month| month.overdue).max().unwrap_or(0);
    let column = |(i, at): (usize, &TrendMonth)| Column {
        month: month(at.month),
        label: match w.0 {
            Lang::Vi => format!("T{}", at.month.month()),
            Lang::En => at.month.month().to_string(),
        },
        year: (i == 0 || at.month.first().month0() == 0).then(|| at.month.year().to_string()),
        n: num(w, at.overdue, &overdue_on(at.cutoff)),
        share: Share::of(at.overdue, top),
        current: i + 1 == months.len(),
    };
    months.iter().enumerate().map(column).collect()
}
