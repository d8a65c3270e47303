//! The history of a task: every act in words, with values before and after; all of it, however long; and the past of
//! units that merged or are called otherwise.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use dondoc::domain::access::{Role, Visible};
use dondoc::organisation;
use dondoc::tasks::{self, TaskFilterInput};
use dondoc::text::pages::ACTS;
use serde_json::json;
use uuid::Uuid;

use crate::support::build::{add_task, add_unit, person_of};
use crate::support::site::{Site, add_api_key, add_person};
use crate::support::{TestApp, day, run};

/// The codes of acts on tasks and views that stand in the program's source, beside the names of events that programs
/// are told of.
fn acts_in(dir: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        let is_aside = path.ends_with("text") || path.ends_with("tests");
        if path.is_dir() && !is_aside {
            acts_in(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") && !path.ends_with("task_event.rs") {
            let text = fs::read_to_string(&path).unwrap();
            let program = text.split("#[cfg(test)]").next().unwrap();
            let literals = program.split('"').skip(1).step_by(2);
            let is_act = |text: &&str| {
                let name =
                    text.strip_prefix("task.").or_else(|| text.strip_prefix("view.")).unwrap_or_default();
                !name.is_empty()
                    && name != "html"
                    && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
            };
            found.extend(literals.filter(is_act).map(str::to_owned));
        }
    }
}

#[test]
fn every_act_has_words() {
    let mut found = BTreeSet::new();
    acts_in(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    assert!(found.contains("task.move") && found.contains("view.save"), "{found:?}");
    let without: Vec<&String> =
        found.iter().filter(|act| !ACTS.iter().any(|(code, _, _)| code == act)).collect();
    assert!(without.is_empty(), "no words for {without:?}");
}

/// Sixty notes of progress and three acts more, of every kind of actor, on all tasks.
fn past(person: Uuid, cvt: Uuid, cbc: Uuid) -> String {
    let entry = |n: u32, actor: &str, act: &str, before: serde_json::Value, after: serde_json::Value| {
        format!(
            "INSERT INTO journal (tenant_id, id, at, actor, act, subject, subject_id, before, after)
             SELECT tenant_id, gen_random_uuid(), timestamptz '2024-11-01 08:00+07' + interval '1 minute' * {n}, '{actor}',
                    '{act}', 'task', id, '{before}', '{after}' FROM tasks;"
        )
    };
    let mut sql = String::new();
    for n in 0..60 {
        let step = entry(
            n,
            &person.to_string(),
            "task.change",
            json!({ "percent": n }),
            json!({ "percent": n + 1 }),
        );
        sql.push_str(&step);
    }
    sql += &entry(
        61,
        "api_key:HRM",
        "task.move",
        json!({ "unit": cvt }),
        json!({ "unit": cbc, "reason": "Tách" }),
    );
    sql += &entry(
        62,
        &person.to_string(),
        "task.assign",
        json!({ "contact": null }),
        json!({ "contact": person }),
    );
    sql += &entry(63, "operator", "task.fly", json!({ "moon": 1 }), json!({ "moon": 2 }));
    sql
}

#[test]
fn entries_name_people_and_units_and_go_on_behind_the_first_page() {
    let test = TestApp::new();
    test.tenant("thu");
    let [cvt, cbc] = ["CVT", "CBC"].map(|name| add_unit(&test, "thu", name));
    add_person(&test, "thu", "vp@thu.example", Role::Office, Some("CBC"));
    let person = person_of(&test, "thu", "vp@thu.example");
    add_api_key(&test, "thu", "HRM", Role::Office, None);
    let id = add_task(&test, "thu", "CVT", "A1");
    let sql = past(person, cvt, cbc);
    // Entries are sealed when they come; these stand in the middle of a test's past.
    run(&mut test.test_db.superuser(), &sql);
    let site = Site::new(&test);
    let who = site.sign_in("thu", "vp@thu.example");
    let page = site.get(&who, &format!("/tasks/{id}"));
    assert_eq!(page.status, 200, "{}", page.body);
    for words in [
        "Việc khác (task.fly)",
        "Khóa API HRM",
        "Chuyển đơn vị chủ trì",
        "Tách",
        "<ins><span class=\"unseen\">Sau: </span>vp@thu.example</ins>",
        "<del><span class=\"unseen\">Trước: </span>CVT</del>",
    ] {
        assert!(page.body.contains(words), "{words}: {}", page.body);
    }
    let next = page.body.split("/history?before=").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    let rest = site.get(&who, &format!("/tasks/{id}/history?before={next}"));
    assert_eq!(rest.status, 200);
    let entries = |body: &str| body.matches("<time datetime=").count();
    assert_eq!((entries(&page.body), entries(&rest.body)), (50, 13));
    assert!(!rest.body.contains("/history?before="), "that was all");
    assert_eq!(site.get(&who, &format!("/tasks/{id}/history?before=x")).status, 400);
    let other = add_task(&test, "thu", "CBC", "B1");
    assert_eq!(site.get(&who, &format!("/tasks/{other}/history")).status, 200);
}

#[test]
fn a_unit_that_ended_is_named_in_its_past_and_its_open_tasks_have_moved() {
    let test = TestApp::new();
    test.tenant("thu");
    let [old, new] = ["CŨ", "MỚI"].map(|name| add_unit(&test, "thu", name));
    add_person(&test, "thu", "qt@thu.example", Role::Admin, None);
    add_person(&test, "thu", "cv@thu.example", Role::Staff, Some("MỚI"));
    let [open, done] = ["A1", "A2"].map(|code| add_task(&test, "thu", "CŨ", code));
    run(
        &mut test.test_db.superuser(),
        "UPDATE tasks SET status = 'completed', completed_on = '2024-11-10', confirmed_on = '2024-11-11' WHERE code = 'A2'",
    );
    let site = Site::new(&test);
    let admin = site.sign_in("thu", "qt@thu.example");
    let ended = site.send(&admin, "POST", &format!("/units/{old}/end"), &format!("successor={new}"));
    assert_eq!(ended.status, 303, "{}", ended.body);
    let units_at = |at: &str| {
        test.act("thu", |conn, settings| {
            let listed = tasks::list(conn, day(at), settings.due_soon_days, TaskFilterInput::default())?;
            Ok(listed.into_iter().map(|task| format!("{} {}", task.code, task.unit)).collect::<BTreeSet<_>>())
        })
        .unwrap()
    };
    assert_eq!(units_at("2024-11-28"), BTreeSet::from(["A1 CŨ".to_owned(), "A2 CŨ".to_owned()]));
    // What was completed stays with the unit that completed it.
    assert_eq!(units_at("2024-11-29"), BTreeSet::from(["A1 MỚI".to_owned(), "A2 CŨ".to_owned()]));
    let lead = |id, at: &str| {
        test.act("thu", |conn, settings| {
            Ok(tasks::detail(conn, id, Visible::Tenant, day(at), settings.due_soon_days)?
                .unwrap()
                .lead
                .short_name)
        })
        .unwrap()
    };
    assert_eq!((lead(open, "2024-11-28").as_str(), lead(open, "2024-11-29").as_str()), ("CŨ", "MỚI"));
    assert_eq!(lead(done, "2024-12-31"), "CŨ");
    // The successor's people read the task with the name of then, and its history tells of the move.
    let who = site.sign_in("thu", "cv@thu.example");
    let past = site.get(&who, &format!("/tasks/{open}?as_of=2024-11-28")).body;
    assert!(past.contains(">CŨ</a>") && past.contains("</span>CŨ</del>"), "{past}");
    let listed = test.act("thu", |conn, _| organisation::list(conn)).unwrap();
    let left = |id| listed.iter().find(|listed| listed.unit.id == id).unwrap().open_tasks;
    assert_eq!((left(old), left(new)), (0, 1));
}
