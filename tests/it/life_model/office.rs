//! The acts: each is thought out by the model first, then done by the product, and both must agree on whether it may be.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use dondoc::db::TenantConn;
use dondoc::domain::access::Acting;
use dondoc::domain::calendar::RollRule;
use dondoc::domain::life::Step;
use dondoc::domain::task::{Category, Level, ProductKind, Status};
use dondoc::error::{Error, Result};
use dondoc::tasks::acts::{By, StepTyped, Target, confirm_all, take_step};
use dondoc::tasks::entering::{Entered, TaskTyped, create, edit};
use uuid::Uuid;

use super::dice::Dice;
use super::model::{Report, Task};
use super::sheets::Row;
use crate::support::desk::{Desk, SLUG};

/// The units that lead tasks, and their heads.
pub const UNITS: [&str; 2] = ["CVT", "CBC"];
const HEADS: [&str; 2] = ["truong.cvt", "truong.cbc"];

/// Working days before a deadline from which it is soon: the tenant's usual setting.
pub const SOON: u32 = 3;

/// The model, and who acts in it.
pub struct Office {
    pub tasks: Vec<Task>,
    pub units: Vec<Uuid>,
    pub today: NaiveDate,
    pub begun: NaiveDate,
    pub dice: Dice,
    pub(super) sheets: Vec<Vec<Row>>,
    pub(super) office: Acting,
    pub(super) leader: Acting,
    pub(super) heads: Vec<Acting>,
    done: BTreeMap<String, usize>,
    refused: usize,
}

pub fn written(day: NaiveDate) -> String {
    day.format("%d/%m/%Y").to_string()
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

/// The statuses from which a step is possible, and where it leads; `None`: where it was.
fn way(step: Step) -> (&'static [Status], Option<Status>) {
    use Status::*;
    match step {
        Step::Start => (&[NotStarted], Some(InProgress)),
        Step::Note => (&[NotStarted, InProgress], Some(InProgress)),
        Step::Submit => (&[NotStarted, InProgress], Some(Submitted)),
        Step::Confirm => (&[Submitted], Some(Completed)),
        Step::SendBack => (&[Submitted], Some(InProgress)),
        Step::Return => (&[NotStarted, InProgress], Some(Returned)),
        Step::GiveAgain => (&[Returned], Some(NotStarted)),
        Step::Pause => (&[NotStarted, InProgress], Some(Paused)),
        Step::Resume => (&[Paused], Some(InProgress)),
        Step::Move => (&[NotStarted, InProgress, Submitted, Paused], None),
        Step::Transfer => (&[NotStarted, InProgress, Paused, Returned], Some(Transferred)),
        Step::Cancel => (&[NotStarted, InProgress, Paused, Returned], Some(Cancelled)),
        Step::Restore => (&[Cancelled, Transferred], Some(InProgress)),
        Step::Reopen => (&[Completed], Some(InProgress)),
        Step::Delete | Step::Edit => (Status::ALL, None),
        Step::Assign => (&[], None),
    }
}

/// How often each act is tried, of a hundred or so.
const ACTS: [(u32, &str); 22] = [
    (4, "create"),
    (6, "edit"),
    (4, "start"),
    (8, "note"),
    (18, "submit"),
    (9, "confirm"),
    (2, "confirm_all"),
    (7, "send_back"),
    (10, "ask"),
    (9, "decide"),
    (1, "withdraw"),
    (5, "pause"),
    (5, "resume"),
    (3, "return"),
    (3, "give_again"),
    (2, "cancel"),
    (2, "restore"),
    (1, "transfer"),
    (3, "reopen"),
    (6, "move"),
    (1, "delete"),
    (2, "import"),
];

impl Office {
    pub fn open(desk: &Desk, seed: u64, today: NaiveDate) -> Self {
        Self {
            tasks: Vec::new(),
            units: UNITS.iter().map(|unit| desk.unit(unit)).collect(),
            today,
            begun: today,
            dice: Dice::of_seed(seed),
            sheets: Vec::new(),
            office: desk.acting("vanphong"),
            leader: desk.acting("lanhdao"),
            heads: HEADS.iter().map(|head| desk.acting(head)).collect(),
            done: BTreeMap::new(),
            refused: 0,
        }
    }

    /// Some acts in one transaction, on days that pass; one that is refused is undone by itself.
    pub fn work(&mut self, desk: &Desk, acts: usize) {
        desk.test
            .act(SLUG, |conn, _| {
                for _ in 0..acts {
                    if self.dice.one_in(12) {
                        self.today = self.today + Days::new(u64::from(1 + self.dice.below(2)));
                    }
                    self.act(conn);
                }
                Ok(())
            })
            .unwrap();
    }

    /// What was done how often.
    pub fn tell(&self) {
        println!("{} refused, {:?}, until {}", self.refused, self.done, self.today);
        let kinds = ACTS.iter().filter(|(_, act)| self.done.get(*act).copied().unwrap_or(0) < 10);
        assert_eq!(kinds.collect::<Vec<_>>(), Vec::<&(u32, &str)>::new(), "each act is done some times");
        assert!(self.refused > 100 && self.tasks.len() > 200);
    }

    fn act(&mut self, conn: &mut TenantConn<'_>) {
        let all: u32 = ACTS.iter().map(|(weight, _)| weight).sum();
        let mut left = self.dice.below(all);
        let chosen = ACTS.iter().find(|(weight, _)| {
            let is_it = left < *weight;
            left = left.saturating_sub(*weight);
            is_it
        });
        let act = chosen.unwrap().1;
        run(conn, "SAVEPOINT act");
        let done = match act {
            "create" => self.create(conn),
            "import" => self.import(conn),
            "edit" => self.edit(conn),
            "ask" => self.ask(conn),
            "decide" => self.decide(conn),
            "withdraw" => self.withdraw(conn),
            "confirm_all" => self.confirm_several(conn),
            step => self.step(conn, Step::from_code(step).unwrap()),
        };
        match done {
            Some(true) => *self.done.entry(act.to_owned()).or_default() += 1,
            Some(false) => self.refused += 1,
            None => {}
        }
        let end = if done == Some(false) { "ROLLBACK TO act; RELEASE act" } else { "RELEASE act" };
        run(conn, end);
    }

    /// Whether the product did what the model says may be done, or refused what it says may not.
    pub fn agree<T>(&self, what: &str, done: &Result<T>, expected: bool) -> Option<bool> {
        match done {
            Ok(_) => assert!(expected, "{what} on {}: it was done", self.today),
            Err(Error::Refused(why)) => assert!(!expected, "{what} on {}: {why:?}", self.today),
            Err(error) => panic!("{what} on {}: {error}", self.today),
        }
        Some(expected)
    }

    /// A task that the model finds fit, mostly; any task now and then.
    pub(super) fn pick(&mut self, fits: impl Fn(&Task) -> bool) -> Option<usize> {
        let there: Vec<usize> = (0..self.tasks.len()).filter(|n| !self.tasks[*n].deleted).collect();
        let fit: Vec<usize> = there.iter().copied().filter(|n| fits(&self.tasks[*n])).collect();
        let among = if self.dice.one_in(20) { there } else { fit };
        (!among.is_empty()).then(|| self.dice.of(&among))
    }

    fn by<'a>(&self, acting: &'a Acting) -> By<'a> {
        By { acting, today: self.today }
    }

    fn kinds(&mut self) -> (Category, ProductKind, Option<Level>) {
        let category = self.dice.of(&[Category::Key, Category::Key, Category::Routine, Category::AdHoc]);
        let product = self.dice.of(ProductKind::ALL);
        let level =
            self.dice.of(&[None, Some(Level::Government), Some(Level::PrimeMinister), Some(Level::Minister)]);
        (category, product, level)
    }

    fn create(&mut self, conn: &mut TenantConn<'_>) -> Option<bool> {
        let (category, product, level) = self.kinds();
        let assigned = self.dice.day(self.today - Days::new(20), self.today + Days::new(3));
        let original = (!self.dice.one_in(10)).then(|| self.dice.day(assigned, assigned + Days::new(60)));
        let lead = self.dice.below(2) as usize;
        let typed = TaskTyped {
            title: Some(format!("Nhiệm vụ thứ {}", self.tasks.len())),
            category: some(category.code()),
            product: some(product.code()),
            level: level.map(|level| level.code().to_owned()),
            unit: some(UNITS[lead]),
            assigned_on: Some(written(assigned)),
            due: original.map(written),
            ..TaskTyped::default()
        };
        let office = self.office.clone();
        let done = create(conn, &self.by(&office), RollRule::Forward, &typed, false);
        self.agree("create", &done, true);
        let Ok(Entered::Done(row, _)) = done else { panic!("{done:?}") };
        let was_ahead = self.today < assigned;
        let new = Task {
            category,
            product,
            level,
            was_ahead,
            ..Task::new(row.id, row.code, lead, assigned, original)
        };
        self.tasks.push(new);
        Some(true)
    }

    /// Another title; and mostly another kind, day of assignment, or deadline where none was ever asked for.
    fn edit(&mut self, conn: &mut TenantConn<'_>) -> Option<bool> {
        let at = self.pick(|_| true)?;
        let (category, product, level) = self.kinds();
        let mut task = self.tasks[at].clone();
        let mut typed = TaskTyped {
            title: Some(format!("Nhiệm vụ sửa {} {}", at, self.dice.below(u32::MAX))),
            category: some(category.code()),
            product: some(product.code()),
            level: Some(level.map(|level| level.code().to_owned()).unwrap_or_default()),
            ..TaskTyped::default()
        };
        (task.category, task.product, task.level) = (category, product, level);
        if self.dice.one_in(3) && !task.was_ahead {
            task.assigned = task.assigned - Days::new(u64::from(self.dice.below(5)));
            typed.assigned_on = Some(written(task.assigned));
        }
        if self.dice.one_in(2) && !task.was_asked && task.extended.is_empty() {
            let due = self.dice.day(task.assigned, task.assigned + Days::new(80));
            (task.original, typed.due) = (Some(due), Some(written(due)));
            typed.correction = some("Ghi sai khi nhập");
        }
        let office = self.office.clone();
        let target = Target { id: task.id, version: Some(task.version) };
        let done = edit(conn, &self.by(&office), RollRule::Forward, target, typed, false);
        (task.version, task.is_untouched) = (task.version + 1, false);
        let agreed = self.agree("edit", &done, true);
        self.tasks[at] = task;
        agreed
    }

    fn step(&mut self, conn: &mut TenantConn<'_>, step: Step) -> Option<bool> {
        let (from, to) = way(step);
        let at = self.pick(|task| from.contains(&task.status))?;
        let mut task = self.tasks[at].clone();
        let expected = from.contains(&task.status);
        let first = match step {
            Step::Resume | Step::GiveAgain | Step::Restore => task.out_since().unwrap_or(task.assigned),
            _ => task.assigned.max(self.today - Days::new(30)),
        };
        let first = first.min(self.today);
        let says_day = matches!(
            step,
            Step::Submit
                | Step::Pause
                | Step::Transfer
                | Step::Cancel
                | Step::Resume
                | Step::GiveAgain
                | Step::Restore
        );
        let on = if says_day && self.dice.one_in(2) { self.dice.day(first, self.today) } else { self.today };
        let unit = match step {
            Step::Move => 1 - task.lead,
            _ => self.dice.below(2) as usize,
        };
        let typed = typed(step, on, UNITS[unit]);
        let acting = match step {
            Step::Start | Step::Note | Step::Submit | Step::Return => self.heads[task.lead].clone(),
            _ => self.office.clone(),
        };
        let target = Target { id: task.id, version: None };
        let done = take_step(conn, &self.by(&acting), step, target, &typed);
        let agreed = self.agree(&format!("{step:?} of {task:?}"), &done, expected);
        if expected {
            self.note(&mut task, step, on, unit);
            task.status = to.unwrap_or(task.status);
            (task.version, task.is_untouched) = (task.version + 1, false);
            self.tasks[at] = task;
        }
        agreed
    }

    /// What the model notes of a step.
    fn note(&self, task: &mut Task, step: Step, on: NaiveDate, unit: usize) {
        let today = self.today;
        match step {
            Step::Submit => task.reports.push(Report { on, decided: None, undone: None }),
            Step::Confirm | Step::SendBack => {
                for report in task.reports.iter_mut().filter(|report| report.decided.is_none()) {
                    report.decided = Some((today, step == Step::Confirm));
                }
            }
            Step::Reopen => {
                let holds = |report: &&mut Report| {
                    report.decided.is_some_and(|(_, yes)| yes) && report.undone.is_none()
                };
                for report in task.reports.iter_mut().filter(holds) {
                    report.undone = Some(today);
                }
            }
            Step::Return | Step::Pause | Step::Cancel | Step::Transfer => {
                task.come_back(on);
                task.outs.push((on, None));
            }
            Step::Resume | Step::Restore => task.come_back(on),
            Step::GiveAgain | Step::Move => {
                if step == Step::GiveAgain {
                    task.come_back(on);
                }
                if unit != task.lead {
                    task.leads.push((on, task.lead));
                    task.lead = unit;
                }
            }
            Step::Delete => task.deleted = true,
            _ => {}
        }
    }

    fn confirm_several(&mut self, conn: &mut TenantConn<'_>) -> Option<bool> {
        let waits = |task: &Task| task.status == Status::Submitted && !task.deleted;
        let mut chosen: Vec<usize> = (0..self.tasks.len()).filter(|n| waits(&self.tasks[*n])).collect();
        chosen.truncate(4);
        if self.dice.one_in(4) {
            chosen.extend(self.pick(|_| true).filter(|n| !chosen.contains(n)));
        }
        let expected = chosen.iter().all(|n| waits(&self.tasks[*n]));
        if chosen.is_empty() {
            return None;
        }
        let target = |n: &usize| Target { id: self.tasks[*n].id, version: Some(self.tasks[*n].version) };
        let targets: Vec<Target> = chosen.iter().map(target).collect();
        let done = confirm_all(conn, &self.by(&self.office), &targets);
        for n in chosen.into_iter().filter(|_| expected) {
            let mut task = self.tasks[n].clone();
            self.note(&mut task, Step::Confirm, self.today, 0);
            (task.status, task.version, task.is_untouched) = (Status::Completed, task.version + 1, false);
            self.tasks[n] = task;
        }
        self.agree("confirm_all", &done, expected)
    }
}

/// What a step asks for.
fn typed(step: Step, on: NaiveDate, unit: &str) -> StepTyped {
    let (blank, reason, day) = (StepTyped::default(), some("Theo ý kiến của lãnh đạo"), Some(written(on)));
    match step {
        Step::Note => StepTyped { percent: some("40"), note: some("Đang xin ý kiến"), ..blank },
        Step::Submit => StepTyped { on: day, ..blank },
        Step::Resume => StepTyped { on: day, ..blank },
        Step::GiveAgain => StepTyped { on: day, unit: some(unit), ..blank },
        Step::Move => StepTyped { unit: some(unit), reason, ..blank },
        Step::Transfer => StepTyped { on: day, body: some("Bộ Tài chính"), reason, ..blank },
        Step::Pause | Step::Cancel | Step::Restore => StepTyped { on: day, reason, ..blank },
        Step::SendBack | Step::Return | Step::Reopen | Step::Delete => StepTyped { reason, ..blank },
        Step::Start | Step::Confirm | Step::Assign | Step::Edit => blank,
    }
}

fn run(conn: &mut TenantConn<'_>, sql: &str) {
    diesel::connection::SimpleConnection::batch_execute(conn.for_tests(), sql).unwrap();
}
