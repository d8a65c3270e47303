//! Directing opinions and requests for explanation, from the asking to the end.

use dondoc::domain::access::{Acting, Role, Visible};
use dondoc::domain::opinion::{OpinionKind, OpinionState};
use dondoc::error::{Denial, Error, OpinionFault, Refusal, Result};
use dondoc::opinions::{self, AnswerTyped, Opinion, OpinionFilter, OpinionTyped};
use dondoc::units;
use uuid::Uuid;

use crate::support::build::{add_task, add_unit, person_of};
use crate::support::site::add_person;
use crate::support::{TestApp, day};

fn acting(test: &TestApp, email: &str, role: Role, unit: Option<&str>) -> Acting {
    add_person(test, "mot", email, role, unit);
    let person = person_of(test, "mot", email);
    let unit = unit.map(|unit| test.act("mot", |conn, _| units::find(conn, unit)).unwrap().id);
    Acting { actor: person.to_string(), person: Some(person), role, unit }
}

fn said(kind: &str, due: &str, leader: &str) -> OpinionTyped {
    OpinionTyped {
        kind: kind.into(),
        words: "Tập trung hoàn thành trước ngày họp".into(),
        answer_due_on: due.into(),
        leader: leader.into(),
    }
}

fn refused(result: Result<impl std::fmt::Debug>) -> Refusal {
    match result {
        Err(Error::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

fn faults(result: Result<impl std::fmt::Debug>) -> Vec<String> {
    match refused(result) {
        Refusal::Parameters(faults) => faults.into_iter().map(|fault| fault.name).collect(),
        other => panic!("{other:?}"),
    }
}

/// A tenant with a task of CVT; its head, another unit's, the Office and two leaders.
fn ministry() -> (TestApp, Uuid, [Acting; 5]) {
    let test = TestApp::new();
    test.tenant("mot");
    add_unit(&test, "mot", "CVT");
    add_unit(&test, "mot", "CBC");
    let task = add_task(&test, "mot", "CVT", "NV-1");
    let people = [
        acting(&test, "dau@mot.example", Role::UnitHead, Some("CVT")),
        acting(&test, "khac@mot.example", Role::UnitHead, Some("CBC")),
        acting(&test, "vp@mot.example", Role::Office, Some("CVT")),
        acting(&test, "ld@mot.example", Role::Leader, None),
        acting(&test, "ld2@mot.example", Role::Leader, None),
    ];
    (test, task, people)
}

#[test]
fn an_opinion_is_given_answered_asked_again_and_closed() {
    let (test, task, [head, other, office, leader, second]) = ministry();
    let give = |who: &Acting, typed: &OpinionTyped| {
        test.act("mot", |conn, _| opinions::give(conn, who, task, typed, day("2024-11-20")))
    };
    let answer = |who: &Acting, id: Uuid, on: &str| {
        let typed = AnswerTyped { answer: "Đã trình lần 2".into() };
        test.act("mot", |conn, _| opinions::answer(conn, who, id, &typed, day(on)))
    };
    let select = |who: &Acting, filter: OpinionFilter| -> Vec<Uuid> {
        let found = test.act("mot", |conn, _| opinions::select(conn, who, filter)).unwrap();
        found.into_iter().map(|opinion| opinion.id).collect()
    };
    let one = |id: Uuid| -> Opinion { test.act("mot", |conn, _| opinions::one(conn, id)).unwrap() };

    // Every fault at once; an explanation has a day, nobody but a leader lends their name.
    let empty = OpinionTyped { words: " ".into(), ..said("", "19/11/2024", "x") };
    assert_eq!(faults(give(&office, &empty)), ["kind", "words", "answer_due_on", "leader"]);
    assert_eq!(faults(give(&office, &said("explanation", "", ""))), ["answer_due_on"]);
    let staff = head.person.unwrap().to_string();
    assert_eq!(faults(give(&office, &said("opinion", "", &staff))), ["leader"]);
    assert_eq!(refused(give(&head, &said("opinion", "", ""))), Refusal::Denied(Denial::NotPermitted));

    let in_name = give(&office, &said("opinion", "25/11/2024", &leader.actor)).unwrap();
    let told = give(&leader, &said("opinion", "", &second.actor)).unwrap();
    assert_eq!(one(told).leader.as_deref(), Some("ld@mot.example"));
    assert_eq!((one(told).state(), one(in_name).state()), (OpinionState::Told, OpinionState::Waiting));
    assert_eq!(one(in_name).dates().days_late(day("2024-11-28")), 3);
    // What waits stands in the list of the unit that leads the task, and of nobody else's unit.
    assert_eq!(select(&head, OpinionFilter::Waiting), [in_name]);
    assert!(select(&other, OpinionFilter::Waiting).is_empty());

    // The lead unit alone answers, once.
    assert_eq!(refused(answer(&other, in_name, "2024-11-27")), Refusal::Denied(Denial::NotFound));
    assert_eq!(refused(answer(&office, in_name, "2024-11-27")), Refusal::Denied(Denial::NotPermitted));
    answer(&head, in_name, "2024-11-27").unwrap();
    assert_eq!(refused(answer(&head, in_name, "2024-11-27")), Refusal::Opinion(OpinionFault::Answered));
    assert_eq!(one(in_name).dates().days_late(day("2024-12-30")), 2);
    // Whose it is reads the answer, and the Office; another leader does not close it.
    assert_eq!(select(&leader, OpinionFilter::Answered), [in_name]);
    assert_eq!(select(&office, OpinionFilter::Answered), [in_name]);
    assert!(select(&second, OpinionFilter::Answered).is_empty());
    let close =
        |who: &Acting, id: Uuid| test.act("mot", |conn, _| opinions::close(conn, who, id, day("2024-11-28")));
    assert_eq!(refused(close(&second, in_name)), Refusal::Opinion(OpinionFault::NotYours));

    // Asked again: the first is closed, the next follows it in the same name.
    let again = |who: &Acting, id: Uuid, due: &str| {
        let typed = said("", due, "");
        test.act("mot", |conn, _| opinions::ask_again(conn, who, id, &typed, day("2024-11-28")))
    };
    assert_eq!(faults(again(&leader, in_name, "")), ["answer_due_on"]);
    again(&leader, in_name, "02/12/2024").unwrap();
    let [next] = select(&head, OpinionFilter::Waiting)[..] else { panic!("one") };
    let follower = one(next);
    assert_eq!((follower.follows_id, follower.leader_id), (Some(in_name), leader.person));
    assert_eq!(one(in_name).state(), OpinionState::Closed);
    assert_eq!(refused(close(&office, in_name)), Refusal::Opinion(OpinionFault::Closed));
    assert_eq!(refused(answer(&head, in_name, "2024-11-28")), Refusal::Opinion(OpinionFault::Closed));
    close(&leader, next).unwrap();
    assert!(select(&head, OpinionFilter::Waiting).is_empty());

    let detail =
        test.act("mot", |conn, _| dondoc::tasks::detail(conn, task, Visible::Tenant, day("2024-11-29"), 3));
    let detail = detail.unwrap().unwrap();
    assert_eq!(detail.row.version, 6);
    assert_eq!(detail.journal.len(), 5);
}

#[test]
fn a_unit_is_asked_to_explain_all_its_overdue_tasks_at_once() {
    let test = TestApp::new();
    test.tenant("mot");
    let unit = add_unit(&test, "mot", "CVT");
    let tasks = ["NV-1", "NV-2"].map(|code| add_task(&test, "mot", "CVT", code));
    let office = acting(&test, "vp@mot.example", Role::Office, Some("CVT"));
    let ask = || {
        let typed = said("", "04/12/2024", "");
        test.act("mot", |conn, _| opinions::ask_of_unit(conn, &office, unit, &typed, day("2024-11-29"), 3))
    };
    let one = said("explanation", "04/12/2024", "");
    test.act("mot", |conn, _| opinions::give(conn, &office, tasks[0], &one, day("2024-11-28"))).unwrap();
    assert_eq!(ask().unwrap(), 1);
    assert_eq!(refused(ask()), Refusal::Opinion(OpinionFault::NothingOverdue));
    let asked = test.act("mot", |conn, _| opinions::of_task(conn, tasks[1])).unwrap();
    assert_eq!(asked.iter().map(|o| o.kind).collect::<Vec<_>>(), [OpinionKind::Explanation]);
}
