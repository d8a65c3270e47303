//! The product's figures beside the model's.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use dondoc::briefings::{self, Request, Shelf};
use dondoc::domain::briefing::Cell;
use dondoc::domain::period::Month;
use dondoc::domain::standing::Standing;
use dondoc::domain::task::Category;
use dondoc::tasks::{self, TaskFilterInput, TaskListed, by_ids};
use uuid::Uuid;

use super::model::{Asking, Counts, Seen, Task, count, is_due_next, is_soon};
use super::office::{Office, SOON, UNITS};
use crate::support::desk::{Desk, SLUG};

/// What the product counted, by the names of its counts.
fn counted(cell: &Cell) -> Counts {
    let named = [cell.standings.named(), cell.ages.named(), cell.month.named()].concat();
    let mut counts: Counts = named.into_iter().collect();
    counts.insert("tasks", cell.tasks);
    counts.insert("waiting_overdue", cell.waiting_overdue);
    counts.insert("longest_overdue_days", cell.longest_overdue_days.into());
    counts.retain(|_, n| *n > 0);
    counts
}

impl Office {
    /// The tasks of a day.
    fn on(&self, day: NaiveDate) -> Vec<(&Task, Seen)> {
        self.tasks.iter().filter_map(|task| Some((task, task.on(day)?))).collect()
    }

    /// Compares everything today, and on three days that have passed.
    pub fn compare(&mut self, desk: &Desk, shelf: &Shelf, round: usize) {
        self.compare_rows(desk);
        let past = u32::try_from((self.today - self.begun).num_days()).unwrap();
        let mut days = vec![self.today];
        days.extend((0..3).map(|_| self.today - Days::new(u64::from(self.dice.below(past + 1)))));
        for day in days {
            let why = format!("round {round}, {} as of {day}", self.today);
            self.compare_list(desk, day, &why);
            self.compare_figures(desk, shelf, day, &why);
        }
    }

    /// The rows as they are now.
    fn compare_rows(&self, desk: &Desk) {
        let ids: Vec<Uuid> = self.tasks.iter().filter(|task| !task.deleted).map(|task| task.id).collect();
        let rows = desk.test.act(SLUG, |conn, _| by_ids(conn, &ids)).unwrap();
        let rows: BTreeMap<Uuid, _> = rows.into_iter().map(|row| (row.id, row)).collect();
        for task in self.tasks.iter().filter(|task| !task.deleted) {
            let row = &rows[&task.id];
            let completed = task.on(self.today.max(task.assigned)).and_then(|seen| seen.completed);
            let found = (row.status.as_str(), row.version, row.due_on, row.completed_on, row.lead_unit_id);
            let expected = (task.status.code(), task.version, task.due(), completed, self.units[task.lead]);
            assert_eq!(found, expected, "{}", task.code);
        }
    }

    fn compare_list(&self, desk: &Desk, day: NaiveDate, why: &str) {
        let listed = desk.list(day);
        let mut found: BTreeMap<Uuid, TaskListed> = listed.into_iter().map(|task| (task.id, task)).collect();
        let soon = Asking::of(day, SOON).soon_until;
        for (task, seen) in self.on(day) {
            let shown = found.remove(&task.id).unwrap_or_else(|| panic!("{why}: {} is missing", task.code));
            let shown_as = (
                shown.standing,
                shown.unit.as_str(),
                shown.due_on,
                shown.completed_on,
                shown.waiting_since,
                shown.days_late,
                shown.due_soon,
            );
            let expected = (
                seen.standing,
                UNITS[seen.unit],
                seen.due,
                seen.completed,
                seen.waiting,
                seen.late,
                is_soon(&seen, soon),
            );
            assert_eq!(shown_as, expected, "{why}: {task:?}");
        }
        assert!(found.is_empty(), "{why}: {found:?}");
    }

    fn compare_figures(&self, desk: &Desk, shelf: &Shelf, day: NaiveDate, why: &str) {
        let (asking, all) = (Asking::of(day, SOON), self.on(day));
        let is_key = |task: &Task| task.category == Category::Key;
        let key: Vec<(&Task, Seen)> = all.iter().copied().filter(|(task, _)| is_key(task)).collect();
        let request = Request { month: Month::of(day), cutoff: day };
        let (briefing, dashboard) = desk
            .test
            .act(SLUG, |conn, settings| {
                let briefing = briefings::briefing(shelf, conn, settings, request)?;
                Ok((briefing, briefings::dashboard(shelf, conn, settings, request)?))
            })
            .unwrap();
        let figures = &briefing.figures;
        assert_eq!(*figures, dashboard.figures, "{why}");
        assert_eq!(counted(&figures.key), count(key.iter().copied(), &asking), "{why}");
        let counts = count(all.iter().copied(), &asking);
        let waiting = counts.get("waiting").copied().unwrap_or(0);
        assert_eq!(counted(&figures.all), counts, "{why}");
        for (unit, name) in UNITS.iter().enumerate() {
            let of_unit = figures.units.iter().find(|figures| figures.unit.short_name == *name).unwrap();
            let led = |seen: &Seen| seen.unit == unit;
            let own_key = key.iter().copied().filter(|(_, seen)| led(seen));
            assert_eq!(counted(&of_unit.key), count(own_key, &asking), "{why}: {name}");
            let own = all.iter().copied().filter(|(_, seen)| led(seen));
            assert_eq!(counted(&of_unit.all), count(own, &asking), "{why}: {name}");
        }
        let mut next = BTreeMap::new();
        for (task, seen) in &key {
            let is_next = is_due_next(seen, &asking);
            *next.entry(task.product).or_insert(0) += u64::from(is_next);
        }
        next.retain(|_, n| *n > 0);
        assert_eq!(figures.due_next_by_product, next, "{why}");

        let overdue = |day: NaiveDate| {
            let key = self.on(day).into_iter().filter(|(task, _)| is_key(task));
            let late = key.filter(|(_, seen)| seen.standing == Standing::Overdue);
            late.map(|(task, seen)| (task.id, seen.late)).collect::<BTreeMap<Uuid, u32>>()
        };
        let told: BTreeMap<Uuid, u32> =
            briefing.overdue.iter().map(|task| (task.id, task.days_late)).collect();
        assert_eq!(told, overdue(day), "{why}");
        assert_eq!(dashboard.trend.len(), 12);
        for month in &dashboard.trend {
            assert_eq!(month.overdue as usize, overdue(month.cutoff).len(), "{why}: {}", month.cutoff);
        }
        let mut soon: Vec<(Option<NaiveDate>, &str)> = key
            .iter()
            .filter(|(_, seen)| is_soon(seen, asking.soon_until))
            .map(|(task, seen)| (seen.due, task.code.as_str()))
            .collect();
        soon.sort();
        soon.truncate(8);
        let shown: Vec<_> = dashboard.soon.iter().map(|task| (task.due_on, task.code.as_str())).collect();
        assert_eq!(shown, soon, "{why}");
        let waits =
            TaskFilterInput { standing: Some(tasks::StandingFilter::Waiting), ..TaskFilterInput::default() };
        let listing = desk
            .test
            .act(SLUG, |conn, settings| tasks::listing(conn, day, settings.due_soon_days, waits, 25, None));
        assert_eq!(listing.unwrap().total, waiting, "{why}");
    }
}
