//! The list of a day with every filter against the pure rule, its pages, and what a unit's list costs.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use dondoc::calendar;
use dondoc::db::TenantConn;
use dondoc::domain::access::Visible;
use dondoc::domain::briefing::{BriefingTask, StandingCounts};
use dondoc::domain::standing::{Standing, StandingView};
use dondoc::domain::task::{Category, Level, ProductKind};
use dondoc::tasks::{self, Coordination, Cursor, Search, StandingFilter, TaskFilterInput, TaskListed};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use uuid::Uuid;

use crate::support::build::add_unit;
use crate::support::random::{self, RandomTask, any_day, any_task};
use crate::support::sheet::import_tasks;
use crate::support::{TestApp, day};

const UNITS: [&str; 3] = ["AN", "BINH", "CHI"];

/// A tenant with random tasks, each coordinated by up to two units.
struct World {
    test: TestApp,
    tasks: Vec<RandomTask>,
    units: Vec<Uuid>,
    coordinating: BTreeMap<Uuid, Vec<Uuid>>,
    /// Who leads a task now, whatever the day: that unit's readers see it.
    leading: BTreeMap<Uuid, Uuid>,
}

fn world(runner: &mut TestRunner, count: usize) -> World {
    let test = TestApp::with_pool(1);
    test.tenant("nay");
    let units: Vec<Uuid> = UNITS.iter().map(|name| add_unit(&test, "nay", name)).collect();
    let tasks = proptest::collection::vec(any_task(UNITS.len()), count).new_tree(runner).unwrap().current();
    let sets = proptest::collection::vec(proptest::sample::subsequence(units.clone(), 0..3), count);
    let coordinating: BTreeMap<Uuid, Vec<Uuid>> = tasks
        .iter()
        .map(|task| task.at(&units, day("2024-06-01")).id)
        .zip(sets.new_tree(runner).unwrap().current())
        .collect();
    let rows: Vec<Coordination> = coordinating
        .iter()
        .flat_map(|(task_id, units)| {
            units.iter().map(|unit_id| Coordination { task_id: *task_id, unit_id: *unit_id })
        })
        .collect();
    test.act("nay", |conn, _| {
        random::write(conn, &tasks, &units)?;
        tasks::replace_coordinations(conn, &[], &rows)
    })
    .unwrap();
    let now = |task: &RandomTask| task.at(&units, NaiveDate::MAX);
    let leading = tasks.iter().map(now).map(|task| (task.id, task.unit)).collect();
    World { test, tasks, units, coordinating, leading }
}

fn any_filter(units: Vec<Uuid>) -> impl Strategy<Value = TaskFilterInput> {
    fn seldom<T: std::fmt::Debug>(strategy: impl Strategy<Value = T>) -> impl Strategy<Value = Option<T>> {
        proptest::option::weighted(0.07, strategy)
    }
    let unit = || proptest::sample::select(units.clone());
    let visible = prop_oneof![
        4 => Just(Visible::Tenant),
        4 => unit().prop_map(Visible::Unit),
        1 => Just(Visible::Nothing)
    ];
    let standings: Vec<StandingFilter> = StandingFilter::all().collect();
    let who = (
        visible,
        proptest::option::of(proptest::sample::select(UNITS.to_vec())),
        seldom(unit()),
        proptest::option::weighted(0.7, proptest::sample::select(standings)),
    );
    let what = (
        seldom(proptest::sample::select(Category::ALL)),
        seldom(proptest::sample::select(ProductKind::ALL)),
        seldom(proptest::sample::subsequence(Level::ALL.to_vec(), 1..4)),
    );
    let when = (
        (seldom(any_day()), seldom(any_day())),
        (seldom(any_day()), seldom(any_day())),
        (seldom(0u32..60), seldom(0u32..120)),
    );
    (who, what, when).prop_map(|((visible, unit, coordinating, standing), what, (due, completed, late))| {
        TaskFilterInput {
            visible,
            q: None,
            unit: unit.map(str::to_owned),
            coordinating,
            standing,
            category: what.0,
            product: what.1,
            levels: what.2.unwrap_or_default(),
            due_from: due.0,
            due_to: due.1,
            completed_from: completed.0,
            completed_to: completed.1,
            late_from: late.0,
            late_to: late.1,
            ..TaskFilterInput::default()
        }
    })
}

fn stands(filter: StandingFilter, view: &StandingView, original: Option<NaiveDate>, day: NaiveDate) -> bool {
    let in_progress = matches!(view.standing, Standing::WithinTerm | Standing::Overdue);
    let counted = view.standing != Standing::Outside;
    let reached = counted && (view.completed_on.is_some() || view.due_on.is_some_and(|due| due < day));
    match filter {
        StandingFilter::Is(standing) => view.standing == standing,
        StandingFilter::DueSoon => view.due_soon,
        StandingFilter::DueToday => in_progress && view.waiting_since.is_none() && view.due_on == Some(day),
        StandingFilter::Pending => view.standing == Standing::WithinTerm && view.waiting_since.is_none(),
        StandingFilter::Waiting => in_progress && view.waiting_since.is_some(),
        StandingFilter::InProgress => in_progress,
        StandingFilter::Counted => counted,
        StandingFilter::Reached => reached,
        StandingFilter::OnTimeOriginal => {
            let original = original.or(view.due_on);
            reached && view.completed_on.zip(original).is_some_and(|(done, due)| done <= due)
        }
    }
}

fn within<T: PartialOrd>(value: Option<T>, from: Option<T>, to: Option<T>) -> bool {
    (from.is_none() && to.is_none())
        || value.is_some_and(|v| from.is_none_or(|from| from <= v) && to.is_none_or(|to| v <= to))
}

impl World {
    /// Everything but the standing that a filter asks, by the pure rule.
    fn matches(&self, asked: &TaskFilterInput, task: &BriefingTask, view: &StandingView) -> bool {
        let coordinates = |unit: Uuid| self.coordinating[&task.id].contains(&unit);
        let is_seen = match asked.visible {
            Visible::Tenant => true,
            Visible::Unit(unit) => self.leading[&task.id] == unit || coordinates(unit),
            Visible::Nothing => false,
        };
        let unit = UNITS[self.units.iter().position(|unit| *unit == task.unit).unwrap()];
        let completion_asked = asked.completed_from.is_some() || asked.completed_to.is_some();
        let late = Some(if view.standing == Standing::Overdue { view.days_late } else { 0 });
        is_seen
            && asked.unit.as_deref().is_none_or(|asked| asked == unit)
            && asked.coordinating.is_none_or(coordinates)
            && asked.category.is_none_or(|category| category == task.category)
            && asked.product.is_none_or(|product| product == task.product)
            && (asked.levels.is_empty() || task.level.is_some_and(|level| asked.levels.contains(&level)))
            && within(view.due_on, asked.due_from, asked.due_to)
            && within(view.completed_on, asked.completed_from, asked.completed_to)
            && (!completion_asked || view.standing != Standing::Outside)
            && within(late, asked.late_from, asked.late_to)
    }

    /// The ids that a filter lets through on a day, and how all stand but for the filter's standing.
    fn expected(
        &self,
        asked: &TaskFilterInput,
        at: NaiveDate,
        soon_until: NaiveDate,
    ) -> (BTreeSet<Uuid>, StandingCounts) {
        let mut counts = StandingCounts::default();
        let mut ids = BTreeSet::new();
        for task in self.tasks.iter().map(|task| task.at(&self.units, at)) {
            let Some(view) = task.facts.view_at(at, soon_until) else { continue };
            if !self.matches(asked, &task, &view) {
                continue;
            }
            add(&mut counts, &view);
            if asked.standing.is_none_or(|s| stands(s, &view, task.facts.original_due_on, at)) {
                ids.insert(task.id);
            }
        }
        (ids, counts)
    }
}

fn add(counts: &mut StandingCounts, view: &StandingView) {
    match view.standing {
        Standing::CompletedOnTime => counts.completed_on_time += 1,
        Standing::CompletedLate => counts.completed_late += 1,
        Standing::WithinTerm => counts.within_term += 1,
        Standing::Overdue => counts.overdue += 1,
        Standing::NoDeadline => counts.no_deadline += 1,
        Standing::Outside => counts.outside += 1,
    }
    counts.due_soon += u64::from(view.due_soon);
    let in_progress = matches!(view.standing, Standing::WithinTerm | Standing::Overdue);
    counts.waiting += u64::from(in_progress && view.waiting_since.is_some());
}

/// What lists are ordered by.
fn place(task: &TaskListed) -> (Reverse<u32>, bool, Option<NaiveDate>, String) {
    (Reverse(task.days_overdue()), task.due_on.is_none(), task.due_on, task.code.clone())
}

/// The list put together from its pages.
fn paged(
    conn: &mut TenantConn<'_>,
    at: NaiveDate,
    soon_days: u32,
    asked: &TaskFilterInput,
    limit: u32,
) -> Vec<TaskListed> {
    let mut all: Vec<TaskListed> = Vec::new();
    let mut after = None;
    loop {
        let page = tasks::page(conn, at, soon_days, asked.clone(), limit, after.as_ref()).unwrap();
        assert!(page.items.len() <= usize::try_from(limit).unwrap());
        all.extend(page.items);
        match page.next {
            Some(text) => after = Some(Cursor::decode(&text, at, asked).expect("a cursor of this list")),
            None => return all,
        }
    }
}

#[test]
fn every_filter_lets_exactly_the_rows_through_that_the_rules_name() {
    let mut runner = TestRunner::deterministic();
    let world = world(&mut runner, 300);
    let asked = (any_day(), any_filter(world.units.clone()), 20u32..90);
    let (mut rows, mut empty) = (0, 0);
    for _ in 0..150 {
        let (at, asked, limit) = asked.new_tree(&mut runner).unwrap().current();
        let (listed, pages, counts, soon_until) = world
            .test
            .act("nay", |conn, settings| {
                let soon_days = settings.due_soon_days;
                let soon_until = calendar::working_calendar(conn)?.soon_horizon(at, soon_days);
                let listed = tasks::list(conn, at, soon_days, asked.clone())?;
                let pages = paged(conn, at, soon_days, &asked, limit);
                let counts = tasks::counts(conn, at, soon_days, asked.clone())?;
                let listing = tasks::listing(conn, at, soon_days, asked.clone(), limit, None)?;
                assert_eq!((listing.total, listing.counts), (u64::try_from(listed.len()).unwrap(), counts));
                Ok((listed, pages, counts, soon_until))
            })
            .unwrap();
        let (expected, expected_counts) = world.expected(&asked, at, soon_until);
        let ids: BTreeSet<Uuid> = listed.iter().map(|task| task.id).collect();
        assert_eq!(ids, expected, "{at} {asked:?}");
        assert_eq!(ids.len(), listed.len(), "a task stands twice: {at} {asked:?}");
        assert_eq!(counts, expected_counts, "{at} {asked:?}");
        assert!(listed.is_sorted_by_key(place), "{at} {asked:?}");
        assert_eq!(pages, listed, "{at} {asked:?}");
        rows += listed.len();
        empty += usize::from(listed.is_empty());
    }
    assert!(rows > 1_500 && empty < 75, "the filters say too little: {rows} rows, {empty} empty");
}

#[test]
fn a_units_day_is_the_lists_behind_its_groups() {
    let mut runner = TestRunner::deterministic();
    let world = world(&mut runner, 300);
    for at in proptest::collection::vec(any_day(), 12).new_tree(&mut runner).unwrap().current() {
        for (unit, name) in world.units.iter().zip(UNITS) {
            let led = |standing, due_from| TaskFilterInput {
                visible: Visible::Unit(*unit),
                unit: Some(name.to_owned()),
                standing: Some(standing),
                due_from,
                ..TaskFilterInput::default()
            };
            let tomorrow = at + Days::new(1);
            let groups = [
                led(StandingFilter::Is(Standing::Overdue), None),
                led(StandingFilter::DueToday, None),
                led(StandingFilter::DueSoon, Some(tomorrow)),
                led(StandingFilter::Waiting, None),
                TaskFilterInput {
                    coordinating: Some(*unit),
                    standing: Some(StandingFilter::InProgress),
                    ..TaskFilterInput::default()
                },
            ];
            let (found, lists) = world
                .test
                .act("nay", |conn, settings| {
                    let found = tasks::unit_day(conn, *unit, at, settings.due_soon_days)?;
                    let lists: Vec<_> = groups
                        .iter()
                        .map(|asked| tasks::list(conn, at, settings.due_soon_days, asked.clone()).unwrap())
                        .collect();
                    Ok((found, lists))
                })
                .unwrap();
            let found = [found.overdue, found.today, found.soon, found.waiting, found.coordinating];
            for (group, list) in found.iter().zip(lists) {
                assert_eq!(group.total, u64::try_from(list.len()).unwrap(), "{name} {at}");
                assert_eq!(group.first, list.into_iter().take(10).collect::<Vec<_>>(), "{name} {at}");
            }
        }
    }
}

#[test]
fn words_are_found_without_accents_and_signs_mean_themselves() {
    let test = TestApp::new();
    test.tenant("thu");
    add_unit(&test, "thu", "CVT");
    let heading = ["Mã", "Nội dung nhiệm vụ", "Đơn vị chủ trì", "Thời hạn", "Số, ký hiệu văn bản giao"];
    import_tasks(
        &test,
        "thu",
        &[
            &heading,
            &["A1", "Đề án 100% phủ sóng ở Đắk Lắk", "CVT", "31/12/2024", "12/QĐ-TTg"],
            &["A_2", "Báo cáo quá hạn", "CVT", "31/12/2024", "142/TB-BTTTT"],
            &["AB2", "Báo cáo tháng", "CVT", "31/12/2024", ""],
        ],
    );
    let found = |q: &str| {
        let asked = TaskFilterInput { q: Search::of(q), ..TaskFilterInput::default() };
        test.act("thu", |conn, settings| {
            let listed = tasks::list(conn, day("2024-11-29"), settings.due_soon_days, asked.clone())?;
            let counts = tasks::counts(conn, day("2024-11-29"), settings.due_soon_days, asked)?;
            assert_eq!(counts.total(), u64::try_from(listed.len()).unwrap());
            Ok(listed.into_iter().map(|task| task.code).collect::<Vec<_>>().join(" "))
        })
        .unwrap()
    };
    assert_eq!(found("qua han"), "A_2");
    assert_eq!(found("HẠN quá"), "A_2");
    assert_eq!(found("dak"), "A1");
    assert_eq!(found("100%"), "A1");
    assert_eq!(found("%"), "A1");
    assert_eq!(found("a_2"), "A_2");
    assert_eq!(found("12/qd-ttg"), "A1");
    assert_eq!(found("12/QĐ"), "A1");
    assert_eq!(found("bao cao"), "AB2 A_2");
    assert_eq!(found("  "), "A1 AB2 A_2");
    assert_eq!(found("'; DROP TABLE tasks; --"), "");
    assert_eq!(found("\\"), "");
}
