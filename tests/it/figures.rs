//! The SQL that counts against the pure rules that say what is to be counted.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use dondoc::briefings;
use dondoc::calendar;
use dondoc::domain::briefing::{BriefingTask, Cell, CellKey, Cut, Figures, UnitRef, cell_of};
use dondoc::domain::period::{Month, PeriodKind};
use dondoc::tasks::{self, TaskFilterInput};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use uuid::Uuid;

use crate::support::TestApp;
use crate::support::build::add_unit;
use crate::support::random::{self, RandomTask, any_day, any_task};

pub(super) const UNITS: [&str; 3] = ["AN", "BINH", "CHI"];

/// What the pure rules make of single tasks, added up by group; groups of nothing left out.
fn folded(tasks: &[BriefingTask], cut: &Cut) -> BTreeMap<CellKey, Cell> {
    let mut cells: BTreeMap<CellKey, Cell> = BTreeMap::new();
    for task in tasks {
        if let Some(cell) = cell_of(task, cut) {
            *cells.entry(CellKey::of(task)).or_default() += cell;
        }
    }
    cells
}

/// A tenant with random tasks, and another one whose tasks must not be counted.
pub(super) fn random_tenant(runner: &mut TestRunner, count: usize) -> (TestApp, Vec<RandomTask>, Vec<Uuid>) {
    let test = TestApp::with_pool(1);
    let mut made = Vec::new();
    let mut units = Vec::new();
    for slug in ["khac", "nay"] {
        test.tenant(slug);
        units = UNITS.iter().map(|name| add_unit(&test, slug, name)).collect();
        let tasks = proptest::collection::vec(any_task(UNITS.len()), count).new_tree(runner).unwrap();
        made = tasks.current();
        test.act(slug, |conn, _| random::write(conn, &made, &units)).unwrap();
    }
    (test, made, units)
}

/// Days to ask: random ones, and both ends.
pub(super) fn days(runner: &mut TestRunner) -> Vec<NaiveDate> {
    let some = proptest::collection::vec(any_day(), 12).new_tree(runner).unwrap().current();
    [NaiveDate::from_ymd_opt(2024, 1, 1), NaiveDate::from_ymd_opt(2030, 1, 1)]
        .into_iter()
        .flatten()
        .chain(some)
        .collect()
}

#[test]
fn the_figures_counted_in_sql_are_those_of_the_rules() {
    let mut runner = TestRunner::deterministic();
    let (test, made, units) = random_tenant(&mut runner, 600);
    for cutoff in days(&mut runner) {
        for kind in PeriodKind::ALL {
            let (counted, cut) = test
                .act("nay", |conn, settings| {
                    let calendar = calendar::working_calendar(conn)?;
                    let cut = Cut::new(Month::of(cutoff), cutoff, *kind, &calendar, settings.due_soon_days);
                    Ok((briefings::cells(conn, &cut)?, cut))
                })
                .unwrap();
            let tasks: Vec<BriefingTask> = made.iter().map(|task| task.at(&units, cutoff)).collect();
            let counted: BTreeMap<CellKey, Cell> = counted.into_iter().collect();
            assert_eq!(counted, folded(&tasks, &cut), "at {cutoff}");
            let names: Vec<UnitRef> = units
                .iter()
                .zip(UNITS)
                .map(|(id, name)| UnitRef { id: *id, short_name: name.into(), name: name.into() })
                .collect();
            let figures = Figures::from_cells(cut, &names, counted);
            assert_eq!(figures, Figures::from_tasks(cut, &names, &tasks));
            figures.check().unwrap();
        }
    }
}

#[test]
fn the_list_of_a_day_shows_each_task_as_the_rules_see_it() {
    let mut runner = TestRunner::deterministic();
    let (test, made, units) = random_tenant(&mut runner, 300);
    for day in days(&mut runner) {
        let (listed, soon_until) = test
            .act("nay", |conn, settings| {
                let soon_until = calendar::working_calendar(conn)?.soon_horizon(day, settings.due_soon_days);
                Ok((tasks::list(conn, day, settings.due_soon_days, TaskFilterInput::default())?, soon_until))
            })
            .unwrap();
        let seen: BTreeMap<Uuid, _> = listed.iter().map(|task| (task.id, task)).collect();
        let expected: BTreeMap<Uuid, _> = made
            .iter()
            .map(|task| task.at(&units, day))
            .filter_map(|task| Some((task.id, (task.unit, task.facts.view_at(day, soon_until)?))))
            .collect();
        assert_eq!(seen.len(), expected.len(), "tasks counted at {day}");
        for (id, (unit, view)) in expected {
            let task = seen[&id];
            let unit = UNITS[units.iter().position(|u| *u == unit).unwrap()];
            assert_eq!((task.standing, task.unit.as_str()), (view.standing, unit), "{id} at {day}");
            assert_eq!((task.due_on, task.completed_on), (view.due_on, view.completed_on), "{id} at {day}");
            assert_eq!(
                (task.waiting_since, task.days_late),
                (view.waiting_since, view.days_late),
                "{id} at {day}"
            );
            assert_eq!(task.due_soon, view.due_soon, "{id} at {day}");
        }
    }
}
