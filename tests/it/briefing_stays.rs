//! What was published stays to the byte, whatever people do to the facts behind it.

use chrono::Days;
use dondoc::briefings::publish;
use dondoc::domain::access::{Acting, Role};
use dondoc::domain::deadline::written;
use dondoc::domain::life::Step;
use dondoc::error::{Denial, Error, Refusal};
use dondoc::tasks::acts::{By, Target, take_step};
use dondoc::tasks::bulk::{self, MoveTyped};
use dondoc::tasks::entering::{TaskTyped, edit};
use dondoc::tasks::{self, TaskFilterInput, TaskRow};
use dondoc::units;
use uuid::Uuid;

use crate::briefings::{bytes, drafted, ministry, publish_on, whole};
use crate::support::build::person_of;
use crate::support::desk::reason;
use crate::support::site::{As, Site, add_person};
use crate::support::{TestApp, day, number};

const SLUG: &str = "btttt";

/// The ministry with somebody of its Office and an administrator.
struct World {
    test: TestApp,
    site: Site,
    admin: As,
    office: Acting,
}

impl World {
    fn new() -> Self {
        let test = ministry();
        add_person(&test, SLUG, "vp@btttt.example", Role::Office, Some("VP"));
        add_person(&test, SLUG, "qt@btttt.example", Role::Admin, None);
        let person = person_of(&test, SLUG, "vp@btttt.example");
        let unit = test.act(SLUG, |conn, _| units::find(conn, "VP")).unwrap().id;
        let office =
            Acting { actor: person.to_string(), person: Some(person), role: Role::Office, unit: Some(unit) };
        let site = Site::new(&test);
        let admin = site.sign_in(SLUG, "qt@btttt.example");
        Self { test, site, admin, office }
    }

    fn by(&self) -> By<'_> {
        By { acting: &self.office, today: day("2024-11-29") }
    }

    fn unit(&self, name: &str) -> Uuid {
        self.test.act(SLUG, |conn, _| units::find(conn, name)).unwrap().id
    }

    /// Every task, by its code.
    fn tasks(&self) -> Vec<TaskRow> {
        let read = self.test.act(SLUG, |conn, settings| {
            let all = TaskFilterInput::default();
            let listed = tasks::list(conn, day("2024-11-29"), settings.due_soon_days, all)?;
            tasks::by_ids(conn, &listed.iter().map(|task| task.id).collect::<Vec<_>>())
        });
        let mut rows = read.unwrap();
        rows.sort_by(|a, b| a.code.cmp(&b.code));
        rows
    }

    /// Says otherwise of these tasks: remark, product, the deadline where it was never extended, of every tenth the title.
    fn edit(&self, rows: &[&TaskRow]) {
        let typed = |at: usize, row: &TaskRow| {
            let due = row.original_due_on.filter(|due| Some(*due) == row.due_on);
            TaskTyped {
                title: at.is_multiple_of(10).then(|| format!("{} (sửa)", row.title)),
                note: Some("Sửa sau khi phát hành".to_owned()),
                product: Some("plan".to_owned()),
                due: due.map(|due| written(due + Days::new(45))),
                correction: due.map(|_| "Nhập sai hạn".to_owned()),
                ..TaskTyped::default()
            }
        };
        let edited = self.test.act(SLUG, |conn, settings| {
            for (at, row) in rows.iter().enumerate() {
                let target = Target { id: row.id, version: Some(row.version) };
                edit(conn, &self.by(), settings.roll_rule, target, typed(at, row), false)?;
            }
            Ok(())
        });
        edited.unwrap();
    }

    /// Gives another unit the lead of a unit's open tasks, at once.
    fn move_all(&self, from: Uuid, to: Uuid) -> usize {
        let seen: Vec<_> = self
            .tasks()
            .iter()
            .filter(|row| row.lead_unit_id == from && Step::Move.leads(status(row)).is_some())
            .map(|row| (row.id, row.version))
            .collect();
        let typed =
            MoveTyped { unit: Some(to.to_string()), reason: Some("Chuyển nhiệm vụ".to_owned()) };
        let moved = self
            .test
            .act(SLUG, |conn, _| bulk::move_to(conn, &self.office, &seen, &typed, day("2024-11-29")));
        moved.unwrap()
    }

    fn step(&self, step: Step, id: Uuid) -> dondoc::error::Result<TaskRow> {
        let target = Target { id, version: None };
        self.test.act(SLUG, |conn, _| take_step(conn, &self.by(), step, target, &reason()))
    }

    /// Sends a form of an administrator's.
    fn send(&self, address: &str, form: &[(&str, &str)]) -> (u16, String) {
        let form = serde_urlencoded::to_string(form).unwrap();
        let answer = self.site.send(&self.admin, "POST", address, &form);
        (answer.status, answer.body)
    }

    /// Says that a day is off, after its dry run.
    fn day_off(&self, day: &str) {
        let (status, shown) =
            self.send("/calendar/day", &[("day", day), ("kind", "off"), ("name", "Nghỉ đột xuất")]);
        assert_eq!(status, 200, "{shown}");
        let value = |name: &str| {
            let rest = shown.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap();
            rest.split('"').next().unwrap().to_owned()
        };
        let (hash, lines) = (value("hash"), value("lines"));
        assert_eq!(self.send("/calendar/apply", &[("hash", &hash), ("lines", &lines)]).0, 303);
    }
}

fn status(row: &TaskRow) -> dondoc::domain::task::Status {
    dondoc::domain::task::Status::from_code(&row.status).unwrap()
}

#[test]
fn edits_deletions_a_merger_and_another_calendar_leave_what_was_published() {
    let world = World::new();
    let published = publish_on(&world.test, SLUG, "2024-11", "2024-11-29", None).unwrap();
    let before = bytes(&world.test, SLUG, &published);
    let rows = world.tasks();
    let (key, rest): (Vec<&TaskRow>, Vec<&TaskRow>) = rows.iter().partition(|row| row.category == "key");

    world.edit(&key[..500]);
    // What stands in a published briefing is cancelled, never deleted; what does not may go.
    let open = key.iter().filter(|row| Step::Cancel.leads(status(row)).is_some());
    for row in open.take(20) {
        let refused = world.step(Step::Delete, row.id).unwrap_err();
        assert!(matches!(refused, Error::Refused(Refusal::Denied(Denial::TaskPublished))), "{refused:?}");
        world.step(Step::Cancel, row.id).unwrap();
    }
    for row in &rest[..20] {
        world.step(Step::Delete, row.id).unwrap();
    }
    assert!(world.move_all(world.unit("CĐSQG"), world.unit("CBC")) > 0);
    let (merged, into) = (world.unit("CVT"), world.unit("CTS").to_string());
    assert_eq!(world.send(&format!("/units/{merged}/end"), &[("successor", &into)]).0, 303);
    let renamed = [("name", "Cục An toàn thông tin mạng"), ("short_name", "ATTTM")];
    assert_eq!(world.send(&format!("/units/{}/name", world.unit("ATTT")), &renamed).0, 303);
    world.day_off("2/12/2024");

    let told = "SELECT count(*) FROM journal WHERE act = 'task.change' AND after->>'note' LIKE 'Sửa sau%'";
    let mut conn = world.test.test_db.superuser();
    assert_eq!(number(&mut conn, told), 500);
    assert_eq!(number(&mut conn, "SELECT count(*) FROM tasks WHERE deleted_at IS NOT NULL"), 20);
    let now = drafted(&world.test, SLUG, "2024-11").figures;
    assert_ne!(now.key, whole(&world.test, SLUG, &published).figures.key);
    assert_eq!(bytes(&world.test, SLUG, &published), before);
    let (seen, flaws) = world.test.act(SLUG, |conn, _| publish::verify(conn, None)).unwrap();
    assert_eq!((seen, flaws), (1, Vec::new()));
}
