//! The briefing as a page, filled.

use chrono_tz::Tz;

use super::figures::{KeyTasks, by_product, month, num, part};
use super::shell::around;
use super::{PageResult, home, misread, page, period, task_line};
use crate::briefings::{self, Briefing, Reason};
use crate::domain::briefing::{self, Cell, Figures, UnitFigures};
use crate::domain::standing::Standing;
use crate::error::Result;
use crate::http::{Caller, Visit};
use crate::pages::{
    Bar, BriefingPage, Issuer, Num, OverdueRow, PeriodForm, ProductRow, Share, Shell, UnitRow,
};
use crate::tasks::TaskListed;
use crate::tenants::Settings;
use crate::text::pages::Words;
use crate::text::{self, vocabulary};

/// The briefing of a month at a cut-off, of the present one when nothing is asked.
pub async fn show(caller: Caller, visit: Visit) -> PageResult {
    let view = caller
        .run(move |conn, member, settings| {
            let w = Words(visit.lang_of(member.lang));
            let chosen = period::asked(&visit, w, home::BRIEFINGS, settings);
            let briefing = briefings::briefing(&visit.service.shelf, conn, settings, chosen.request)?;
            view(w, around(&visit, w, member, settings), chosen.form, settings, &briefing)
        })
        .await?;
    if view.period.faults().is_empty() { page(view.w, &view) } else { misread(view.w, &view) }
}

/// The briefing as a page; the tenant issues it, and its zone says when the figures were computed.
///
/// # Errors
/// None in practice: the figures can't be named.
pub fn view(
    w: Words,
    shell: Shell,
    period: PeriodForm,
    settings: &Settings,
    briefing: &Briefing,
) -> Result<BriefingPage> {
    let figures = &briefing.figures;
    let cut = &figures.cut;
    let tasks = KeyTasks::at(cut);
    Ok(BriefingPage {
        w,
        shell,
        period,
        month: month(cut.month),
        next_month: month(cut.month.next()),
        cutoff: text::date(cut.cutoff),
        issuer: Issuer { superior: settings.superior().to_owned(), body: w.issuing_office().to_owned() },
        computed_at: computed_at(briefing, settings.zone),
        reference: briefing.reference()?,
        paragraphs: text::briefing::paragraphs(w.0, figures).split("\n\n").map(str::to_owned).collect(),
        units: figures.units.iter().map(|unit| unit_row(w, unit, &tasks)).collect(),
        all: row(w, &figures.key, &tasks),
        ages: ages(w, figures, &tasks),
        overdue: briefing.overdue.iter().map(|task| overdue_row(w, task, briefing)).collect(),
        next_by_product: products(w, figures, &tasks),
        next_total: num(w, figures.key.month.due_next, &tasks.due_next()),
    })
}

fn computed_at(briefing: &Briefing, zone: Tz) -> String {
    briefing.computed_at.with_timezone(&zone).format("%d/%m/%Y %H:%M").to_string()
}

fn unit_row(w: Words, figures: &UnitFigures, tasks: &KeyTasks<'_>) -> UnitRow {
    let tasks = tasks.of_unit(&figures.unit.short_name);
    UnitRow {
        unit: Num::link(figures.unit.short_name.clone(), tasks.all().href()),
        name: figures.unit.name.clone(),
        ..row(w, &figures.key, &tasks)
    }
}

/// A row of the table without the name of its unit.
fn row(w: Words, cell: &Cell, tasks: &KeyTasks<'_>) -> UnitRow {
    let counts = &cell.standings;
    let of = |n: u64, standing: Standing| num(w, n, &tasks.standing(standing.code()));
    let longest = cell.longest_overdue_days;
    let [rate, _] = tasks.rates(w, cell);
    UnitRow {
        unit: Num::default(),
        name: String::new(),
        total: num(w, cell.tasks, &tasks.all()),
        on_time: of(counts.completed_on_time, Standing::CompletedOnTime),
        late: of(counts.completed_late, Standing::CompletedLate),
        within: of(counts.within_term, Standing::WithinTerm),
        soon: num(w, counts.due_soon, &tasks.standing(part::DUE_SOON)),
        overdue: of(counts.overdue, Standing::Overdue),
        no_deadline: of(counts.no_deadline, Standing::NoDeadline),
        outside: of(counts.outside, Standing::Outside),
        rate,
        longest: match longest {
            0 => Num::plain("–"),
            days => num(w, days.into(), &tasks.overdue_by(days, Some(days))),
        },
        next: num(w, cell.month.due_next, &tasks.due_next()),
        has_overdue: counts.overdue > 0,
    }
}

fn ages(w: Words, figures: &Figures, tasks: &KeyTasks<'_>) -> Vec<Bar> {
    let ages = &figures.key.ages;
    let buckets = [
        (1, Some(7), ages.d1_7),
        (8, Some(30), ages.d8_30),
        (31, Some(60), ages.d31_60),
        (61, Some(120), ages.d61_120),
        (121, None, ages.over_120),
    ];
    Bar::over(buckets.map(|(from, to, n)| {
        let label = match to {
            Some(to) => format!("{from}–{to}"),
            None => format!("> {}", from - 1),
        };
        (label, None, n, num(w, n, &tasks.overdue_by(from, to)))
    }))
}

fn overdue_row(w: Words, task: &TaskListed, briefing: &Briefing) -> OverdueRow {
    let reason = briefing.reasons.get(&task.id);
    OverdueRow {
        task: task_line::line(w, task, briefing.figures.cut.cutoff),
        days: text::number(w.0, task.days_late.into()),
        cause: reason.and_then(|reason| cause(w, reason)),
        leader: reason.and_then(|reason| reason.leader.clone()),
    }
}

/// `Khách quan: chờ ý kiến cơ quan phối hợp`.
fn cause(w: Words, reason: &Reason) -> Option<String> {
    vocabulary::lateness(w.0, reason.kind, reason.category.as_deref(), reason.words.as_deref())
}

fn products(w: Words, figures: &Figures, tasks: &KeyTasks<'_>) -> Vec<ProductRow> {
    let of = figures.key.month.due_next;
    let counts = by_product(figures);
    let most = counts.iter().map(|(_, n)| *n).max().unwrap_or(0);
    let row = |(kind, part)| ProductRow {
        product: vocabulary::capitalised(vocabulary::product(w.0, kind)),
        n: num(w, part, &tasks.due_next_of(kind)),
        percent: text::percent(w.0, briefing::Rate { part, of }.percent_tenths()),
        share: Share::of(part, most),
    };
    counts.into_iter().map(row).collect()
}
