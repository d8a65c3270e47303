//! The start page of a unit: its groups, each a link to its whole list.

use chrono::{Days, NaiveDate};

use super::links::TaskQuery;
use super::shell::around;
use super::{PageResult, late_reasons, opinions as talk, page, task_line, views};
use crate::auth::{Member, MemberUnit};
use crate::db::TenantConn;
use crate::domain::standing::Standing;
use crate::error::{Denial, Result};
use crate::http::{Caller, Visit};
use crate::opinions::{self, OpinionFilter};
use crate::pages::{Group, GroupKind, Link, Num, Shell, StartPage, Words, Worst};
use crate::tasks::{self, StandingFilter, TaskGroup, UnitDay};
use crate::text::{Lang, count, date, number};

/// The day of the reader's own unit.
pub async fn show(caller: Caller, visit: Visit) -> PageResult {
    let view = caller
        .run(move |conn, member, settings| {
            let w = Words(visit.lang_of(member.lang));
            let mut params = visit.params();
            let as_of = params.date("as_of");
            params.finish()?;
            let unit = member.unit.as_ref().ok_or(Denial::NotFound)?;
            let day = as_of.unwrap_or_else(|| settings.today(&visit.service.app.clock));
            let work = tasks::unit_day(conn, unit.id, day, settings.due_soon_days)?;
            let waits = waits(conn, w, member, unit, day, settings.due_soon_days)?;
            let views = views::bar(&member.acting(), &tasks::views(conn, &member.acting())?, "").chips;
            let view = view(w, around(&visit, w, member, settings), unit, day, &work);
            Ok(StartPage { waits, views, ..view })
        })
        .await?;
    page(view.w, &view)
}

/// What waits for the unit beside its deadlines: reasons for lateness and answers that it has not given.
fn waits(
    conn: &mut TenantConn<'_>,
    w: Words,
    member: &Member,
    unit: &MemberUnit,
    day: NaiveDate,
    due_soon_days: u32,
) -> Result<Vec<Link>> {
    let unexplained = tasks::unexplained(conn, &unit.short_name, day, due_soon_days)?.len() as u64;
    let asked = opinions::select(conn, &member.acting(), OpinionFilter::Waiting)?.len() as u64;
    let reasons = Link { text: w.unit_without_reason(unexplained), href: late_reasons::MISSING.to_owned() };
    let answers = Link { text: w.unit_to_answer(asked), href: talk::PLACE.to_owned() };
    let found = [(unexplained, reasons), (asked, answers)];
    Ok(found.into_iter().filter(|(n, _)| *n > 0).map(|(_, link)| link).collect())
}

/// The page of a unit's day. Staff read their unit's tasks: whom a task is given to is not known yet.
pub fn view(w: Words, shell: Shell, unit: &MemberUnit, day: NaiveDate, work: &UnitDay) -> StartPage {
    let of_unit = TaskQuery::on(day).with("unit", &unit.short_name);
    let standing = |standing: StandingFilter| of_unit.clone().with("standing", standing.code());
    let tomorrow = day.checked_add_days(Days::new(1)).unwrap_or(day);
    let coordinating = TaskQuery::on(day)
        .with("coordinating", &unit.short_name)
        .with("standing", StandingFilter::InProgress.code());
    let group = |kind, group: &TaskGroup, list: TaskQuery| Group {
        kind,
        n: Num::link(number(w.0, group.total), list.href()),
        tasks: group.first.iter().map(|task| task_line::line(w, task, day)).collect(),
        more: group.total > u64::try_from(group.first.len()).unwrap_or(u64::MAX),
    };
    StartPage {
        w,
        shell,
        unit_name: unit.name.clone(),
        as_of: date(day),
        worst: worst(w, &work.overdue),
        views: Vec::new(),
        waits: Vec::new(),
        groups: vec![
            group(GroupKind::Overdue, &work.overdue, standing(StandingFilter::Is(Standing::Overdue))),
            group(GroupKind::Today, &work.today, standing(StandingFilter::DueToday)),
            group(GroupKind::Soon, &work.soon, standing(StandingFilter::DueSoon).with("due_from", tomorrow)),
            group(GroupKind::Waiting, &work.waiting, standing(StandingFilter::Waiting)),
            group(GroupKind::Coordinating, &work.coordinating, coordinating),
        ],
    }
}

/// How many are overdue and the longest delay; the list begins with it.
fn worst(w: Words, overdue: &TaskGroup) -> Option<Worst> {
    let first = overdue.first.first()?;
    let n = |n: u64| match w.0 {
        Lang::Vi => count(n),
        Lang::En => number(w.0, n),
    };
    Some(Worst { overdue: n(overdue.total), key: n(overdue.key), days: number(w.0, first.days_late.into()) })
}

#[cfg(test)]
mod tests {
    use askama::Template;
    use uuid::Uuid;

    use super::super::task_line::tests::{day, listed};
    use super::*;

    fn page(work: &UnitDay) -> StartPage {
        let unit =
            MemberUnit { id: Uuid::nil(), name: "Cục Viễn thông".into(), short_name: "CVT".into() };
        view(Words(Lang::Vi), Shell::default(), &unit, day("2024-11-29"), work)
    }

    #[test]
    fn a_group_links_to_its_list_and_says_when_there_are_more() {
        let overdue = TaskGroup { total: 7, key: 6, first: vec![listed()] };
        let page = page(&UnitDay { overdue, ..UnitDay::default() });
        let worst = Worst { overdue: "07".into(), key: "06".into(), days: "84".into() };
        assert_eq!(page.worst, Some(worst));
        assert!(page.groups[0].more && !page.groups[1].more);
        let hrefs: Vec<_> = page.groups.iter().filter_map(|group| group.n.href.as_deref()).collect();
        assert_eq!(
            hrefs,
            [
                "/tasks?as_of=2024-11-29&unit=CVT&standing=overdue",
                "/tasks?as_of=2024-11-29&unit=CVT&standing=due_today",
                "/tasks?as_of=2024-11-29&unit=CVT&standing=due_soon&due_from=2024-11-30",
                "/tasks?as_of=2024-11-29&unit=CVT&standing=waiting",
                "/tasks?as_of=2024-11-29&coordinating=CVT&standing=in_progress",
            ]
        );
        assert!(page.render().unwrap().contains("Xem tất cả 7 nhiệm vụ"));
    }

    #[test]
    fn a_day_without_overdue_work_says_so() {
        let page = page(&UnitDay::default());
        assert_eq!(page.worst, None);
        assert!(page.render().unwrap().contains("Không có nhiệm vụ quá hạn."));
    }
}
