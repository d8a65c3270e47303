//! People at work on tasks: who acts, and steps taken by them.

use chrono::NaiveDate;
use dondoc::db::TenantConn;
use dondoc::domain::access::{Acting, Role};
use dondoc::domain::calendar::RollRule;
use dondoc::domain::life::Step;
use dondoc::error::Result;
use dondoc::tasks::acts::{By, StepTyped, Target, take_step};
use dondoc::tasks::entering::{Entered, TaskTyped, create};
use dondoc::tasks::{self, TaskFilterInput, TaskListed, TaskRow, by_ids};
use dondoc::units;
use uuid::Uuid;

use super::build::person_of;
use super::site::add_person;
use super::{TestApp, day};

/// The tenant.
pub const SLUG: &str = "bo";

/// A tenant with two units and somebody in every role.
pub struct Desk {
    pub test: TestApp,
    /// The business day of the steps.
    pub today: NaiveDate,
}

impl Desk {
    pub fn new(pool: u32) -> Self {
        let test = TestApp::with_pool(pool);
        test.tenant(SLUG);
        for unit in ["CVT", "CBC", "VP"] {
            super::build::add_unit(&test, SLUG, unit);
        }
        for (email, role, unit) in [
            ("vanphong@bo.example", Role::Office, Some("VP")),
            ("vanphong2@bo.example", Role::Office, Some("VP")),
            ("lanhdao@bo.example", Role::Leader, None),
            ("truong.cvt@bo.example", Role::UnitHead, Some("CVT")),
            ("an.cvt@bo.example", Role::Staff, Some("CVT")),
            ("binh.cvt@bo.example", Role::Staff, Some("CVT")),
            ("truong.cbc@bo.example", Role::UnitHead, Some("CBC")),
            ("quantri@bo.example", Role::Admin, None),
        ] {
            add_person(&test, SLUG, email, role, unit);
        }
        Self { test, today: day("2024-11-29") }
    }

    /// Who acts: `office`, `head`, `staff` … by the first part of the address.
    pub fn acting(&self, name: &str) -> Acting {
        let (role, unit) = match name {
            "vanphong" | "vanphong2" => (Role::Office, Some("VP")),
            "lanhdao" => (Role::Leader, None),
            "truong.cvt" => (Role::UnitHead, Some("CVT")),
            "an.cvt" | "binh.cvt" => (Role::Staff, Some("CVT")),
            "truong.cbc" => (Role::UnitHead, Some("CBC")),
            "quantri" => (Role::Admin, None),
            other => panic!("nobody is called {other}"),
        };
        let person = person_of(&self.test, SLUG, &format!("{name}@bo.example"));
        let unit = unit.map(|unit| self.unit(unit));
        Acting { actor: person.to_string(), person: Some(person), role, unit }
    }

    pub fn unit(&self, name: &str) -> Uuid {
        self.test.act(SLUG, |conn, _| units::find(conn, name)).unwrap().id
    }

    /// Runs something for whoever acts, in a transaction.
    pub fn run<T>(
        &self,
        acting: &Acting,
        work: impl FnOnce(&mut TenantConn<'_>, &By<'_>) -> Result<T>,
    ) -> Result<T> {
        let by = By { acting, today: self.today };
        self.test.act(SLUG, |conn, _| work(conn, &by))
    }

    /// Takes a step with a task as it is.
    pub fn step(&self, name: &str, step: Step, task: Uuid, typed: &StepTyped) -> Result<TaskRow> {
        let acting = self.acting(name);
        self.run(&acting, |conn, by| take_step(conn, by, step, Target { id: task, version: None }, typed))
    }

    /// The Office gives a task of a unit.
    pub fn give(&self, title: &str, unit: &str, assigned_on: &str, due: &str) -> TaskRow {
        let acting = self.acting("vanphong");
        let typed = task(title, unit, assigned_on, due);
        match self.run(&acting, |conn, by| create(conn, by, RollRule::Forward, &typed, false)).unwrap() {
            Entered::Done(row, _) => *row,
            Entered::Asked(warnings) => panic!("{warnings:?}"),
        }
    }

    /// The task as it is now.
    pub fn task(&self, id: Uuid) -> TaskRow {
        self.test.act(SLUG, |conn, _| by_ids(conn, &[id])).unwrap().pop().unwrap()
    }

    /// The tasks of a day.
    pub fn list(&self, on: NaiveDate) -> Vec<TaskListed> {
        let everything = TaskFilterInput::default();
        self.test
            .act(SLUG, |conn, settings| tasks::list(conn, on, settings.due_soon_days, everything))
            .unwrap()
    }

    /// Makes somebody do a task.
    pub fn assign(&self, id: Uuid, name: &str) {
        let typed = StepTyped { assignees: Some(vec![format!("{name}@bo.example")]), ..StepTyped::default() };
        self.step("vanphong", Step::Assign, id, &typed).unwrap();
    }
}

/// A key task as typed.
pub fn task(title: &str, unit: &str, assigned_on: &str, due: &str) -> TaskTyped {
    let text = |text: &str| Some(text.to_owned());
    TaskTyped {
        title: text(title),
        category: text("key"),
        unit: text(unit),
        product: text("report"),
        assigned_on: text(assigned_on),
        due: text(due),
        ..TaskTyped::default()
    }
}

/// A reason.
pub fn reason() -> StepTyped {
    StepTyped { reason: Some("Theo ý kiến của lãnh đạo".to_owned()), ..StepTyped::default() }
}

/// A reason from a day on.
pub fn reason_from(on: &str) -> StepTyped {
    StepTyped { on: Some(on.to_owned()), ..reason() }
}

/// A day.
pub fn from(on: &str) -> StepTyped {
    StepTyped { on: Some(on.to_owned()), ..StepTyped::default() }
}

/// What every step needs, so that it is refused for no missing field.
pub fn whatever(step: Step) -> StepTyped {
    let text = |text: &str| Some(text.to_owned());
    let reason = || text("Theo ý kiến của lãnh đạo");
    let blank = StepTyped::default();
    match step {
        Step::Note => StepTyped { percent: text("50"), ..blank },
        Step::Assign => StepTyped { assignees: Some(Vec::new()), ..blank },
        Step::SendBack | Step::Return | Step::Reopen | Step::Delete => {
            StepTyped { reason: reason(), ..blank }
        }
        Step::Move | Step::GiveAgain => StepTyped { unit: text("CBC"), reason: reason(), ..blank },
        Step::Pause | Step::Cancel | Step::Restore => StepTyped { reason: reason(), ..blank },
        Step::Transfer => StepTyped { body: text("Bộ Tài chính"), reason: reason(), ..blank },
        Step::Start | Step::Submit | Step::Confirm | Step::Resume | Step::Edit => blank,
    }
}
