//! The reason for lateness: chosen from the tenant's list by the unit, once a task is late.

use dondoc::domain::access::{Acting, Role};
use dondoc::domain::task::LateReasonKind;
use dondoc::error::{Denial, Error, Refusal, Result};
use dondoc::tasks::acts::Target;
use dondoc::tasks::{self, Lateness, LatenessTyped};
use dondoc::units;

use crate::support::build::{add_task, add_unit, person_of};
use crate::support::site::{Site, add_person};
use crate::support::{TestApp, day, run};

fn refused(result: Result<impl std::fmt::Debug>) -> Refusal {
    match result {
        Err(Error::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

fn typed(category: &str, words: &str) -> LatenessTyped {
    LatenessTyped { category: category.into(), words: words.into() }
}

#[test]
fn the_unit_says_why_a_task_is_late() {
    let test = TestApp::new();
    test.tenant("mot");
    add_unit(&test, "mot", "CVT");
    let (task, next) = (add_task(&test, "mot", "CVT", "NV-1"), add_task(&test, "mot", "CVT", "NV-2"));
    add_person(&test, "mot", "dau@mot.example", Role::UnitHead, Some("CVT"));
    let person = person_of(&test, "mot", "dau@mot.example");
    let unit = test.act("mot", |conn, _| units::find(conn, "CVT")).unwrap().id;
    let head =
        Acting { actor: person.to_string(), person: Some(person), role: Role::UnitHead, unit: Some(unit) };
    let explain = |who: &Acting, typed: &LatenessTyped, on: &str| {
        test.act("mot", |conn, _| {
            tasks::explain_lateness(conn, who, Target { id: task, version: None }, typed, day(on))
        })
    };
    let unexplained = || -> Vec<String> {
        let found = test.act("mot", |conn, _| tasks::unexplained(conn, "CVT", day("2024-11-29"), 3));
        found.unwrap().into_iter().map(|task| task.code).collect()
    };
    assert_eq!(unexplained(), ["NV-1", "NV-2"]);
    let reason = "Chờ ý kiến, văn bản của cơ quan phối hợp";
    // On its last day it is not late; the Office does not answer for the unit; the reason is one of the list.
    assert_eq!(refused(explain(&head, &typed(reason, ""), "2024-11-15")), Refusal::NotLate);
    let office = Acting { role: Role::Office, ..head.clone() };
    let denied = refused(explain(&office, &typed(reason, ""), "2024-11-29"));
    assert_eq!(denied, Refusal::Denied(Denial::NotPermitted));
    for wrong in ["", "Vì bận"] {
        let said = refused(explain(&head, &typed(wrong, "x\u{7}"), "2024-11-29"));
        let Refusal::Parameters(faults) = said else { panic!("{said:?}") };
        assert_eq!(faults.iter().map(|fault| fault.name.as_str()).collect::<Vec<_>>(), ["category", "words"]);
    }
    explain(&head, &typed(reason, "Bộ Tài chính chưa trả lời"), "2024-11-29").unwrap();
    let said = test.act("mot", |conn, _| tasks::lateness(conn, task)).unwrap();
    let expected = Lateness {
        kind: Some(LateReasonKind::Objective),
        category: Some(reason.to_owned()),
        words: Some("Bộ Tài chính chưa trả lời".to_owned()),
    };
    assert_eq!(said, expected);
    assert_eq!(unexplained(), ["NV-2"]);
    // The briefing's list of what is overdue says it.
    add_person(&test, "mot", "ld@mot.example", Role::Leader, None);
    let site = Site::new(&test);
    let page = site.get(&site.sign_in("mot", "ld@mot.example"), "/briefings?month=2024-11&cutoff=2024-11-29");
    let cause = format!("Khách quan: {reason} – Bộ Tài chính chưa trả lời");
    assert!(page.body.contains(&cause), "{}", page.body);
    // A reason that a sheet brought, without the list, counts as said as well.
    run(&mut test.test_db.superuser(), "UPDATE tasks SET late_reason = 'Chờ' WHERE code = 'NV-2'");
    assert!(unexplained().is_empty());
    assert!(test.act("mot", |conn, _| tasks::is_late(conn, next, day("2024-11-29"))).unwrap());
}
