//! The extension desk: one letter, many tasks, a decision a task.

use chrono::NaiveDate;
use dondoc::domain::access::{Acting, Role, Visible};
use dondoc::domain::task::ExtensionDecision;
use dondoc::error::{Denial, Error, ExtensionFault, NotExtendable, ParameterProblem, Refusal, Result};
use dondoc::extensions::{
    self, AskTyped, DecisionTyped, Request, RequestFilter, RequestState, RequestTyped, RulingTyped,
};
use dondoc::units;
use uuid::Uuid;

use crate::support::build::{add_task, add_unit, person_of};
use crate::support::site::{Site, add_person};
use crate::support::{TestApp, day, run};

/// The head of CVT, somebody of the Office and a leader of a tenant.
struct Desk {
    test: TestApp,
    head: Acting,
    office: Acting,
    leader: Acting,
}

fn acting(test: &TestApp, email: &str, role: Role, unit: Option<&str>) -> Acting {
    add_person(test, "mot", email, role, unit);
    let person = person_of(test, "mot", email);
    let unit = unit.map(|unit| test.act("mot", |conn, _| units::find(conn, unit)).unwrap().id);
    Acting { actor: person.to_string(), person: Some(person), role, unit }
}

fn desk() -> Desk {
    let test = TestApp::new();
    test.tenant("mot");
    for unit in ["CVT", "CBC", "VP"] {
        add_unit(&test, "mot", unit);
    }
    let head = acting(&test, "thu-truong@mot.example", Role::UnitHead, Some("CVT"));
    let office = acting(&test, "van-phong@mot.example", Role::Office, Some("VP"));
    let leader = acting(&test, "lanh-dao@mot.example", Role::Leader, None);
    Desk { test, head, office, leader }
}

impl Desk {
    fn ask(&self, who: &Acting, typed: &RequestTyped, today: &str) -> Result<Uuid> {
        self.test.act("mot", |conn, _| extensions::ask(conn, who, typed, day(today)))
    }

    fn decide(&self, who: &Acting, id: Uuid, typed: &DecisionTyped, today: &str) -> Result<()> {
        self.test.act("mot", |conn, _| extensions::decide(conn, who, id, typed, day(today)))
    }

    fn request(&self, id: Uuid) -> Request {
        self.test.act("mot", |conn, _| extensions::request(conn, Visible::Tenant, id)).unwrap()
    }

    /// The deadline of a task on a day, and the one that its row has.
    fn due(&self, task: Uuid, on: &str) -> (Option<NaiveDate>, Option<NaiveDate>) {
        let found =
            self.test.act("mot", |conn, _| dondoc::tasks::detail(conn, task, Visible::Tenant, day(on), 3));
        let found = found.unwrap().expect("a task");
        (found.listed.expect("counted").due_on, found.row.due_on)
    }
}

fn letter(asks: &[(Uuid, &str)]) -> RequestTyped {
    RequestTyped {
        letter_number: "5537/VPCP-KGVX".into(),
        letter_date: "20/11/2024".into(),
        reason: "Chờ ý kiến các bộ".into(),
        effect: String::new(),
        tasks: asks
            .iter()
            .map(|(task, due)| AskTyped { task: task.to_string(), due: (*due).into(), reason: String::new() })
            .collect(),
    }
}

fn ruling(task: Uuid, decision: &str, due: &str, reason: &str) -> RulingTyped {
    RulingTyped { task: task.to_string(), decision: decision.into(), due: due.into(), reason: reason.into() }
}

fn decision(tasks: Vec<RulingTyped>) -> DecisionTyped {
    DecisionTyped { decided_on: String::new(), tasks }
}

fn fault(result: Result<impl std::fmt::Debug>) -> ExtensionFault {
    match result {
        Err(Error::Refused(Refusal::Extension(fault))) => fault,
        other => panic!("{other:?}"),
    }
}

fn faults(result: Result<impl std::fmt::Debug>) -> Vec<(String, ParameterProblem)> {
    match result {
        Err(Error::Refused(Refusal::Parameters(faults))) => {
            faults.into_iter().map(|fault| (fault.name, fault.problem)).collect()
        }
        other => panic!("{other:?}"),
    }
}

/// The real case (5537/VPCP-KGVX, 2014): one letter asks for three schemes, two are granted to quarter ends, the third
/// is refused.
#[test]
fn one_letter_asks_for_three_schemes_and_each_is_decided_by_itself() {
    let desk = desk();
    let schemes = ["DA-1", "DA-2", "DA-3"].map(|code| add_task(&desk.test, "mot", "CVT", code));
    let [first, second, third] = schemes;
    let typed = letter(&[(first, "Quý IV/2024"), (second, "Quý I/2025"), (third, "Quý II/2025")]);
    let id = desk.ask(&desk.head, &typed, "2024-11-20").unwrap();
    let asked = desk.request(id);
    assert_eq!((asked.letter.tasks, asked.letter.open, asked.letter.late), (3, 3, 3));
    assert_eq!(asked.letter.asker.as_deref(), Some("thu-truong@mot.example"));
    assert_eq!(asked.tasks[0].wanted_words.as_deref(), Some("Quý IV/2024"));
    assert_eq!(asked.tasks[0].wanted_due_on, day("2024-12-31"));
    // Until it is decided the old deadline stands and may pass.
    assert_eq!(desk.due(first, "2024-11-28").0, Some(day("2024-11-15")));

    // The first is decided; the document stays open.
    let one = decision(vec![ruling(first, "agreed", "", ""), ruling(second, "", "", "")]);
    desk.decide(&desk.leader, id, &one, "2024-11-25").unwrap();
    assert_eq!(desk.request(id).letter.open, 2);
    let rest = DecisionTyped {
        decided_on: "26/11/2024".into(),
        tasks: vec![
            ruling(second, "changed", "Quý IV/2024", "Trước khi hết năm"),
            ruling(third, "refused", "", "Đã gia hạn nhiều lần"),
        ],
    };
    desk.decide(&desk.office, id, &rest, "2024-11-28").unwrap();
    let decided = desk.request(id);
    assert_eq!((decided.letter.open, decided.letter.agreed), (0, 2));
    let said: Vec<_> = decided.tasks.iter().map(|row| (row.decision, row.new_due_on)).collect();
    assert_eq!(
        said,
        [
            (Some(ExtensionDecision::Agreed), Some(day("2024-12-31"))),
            (Some(ExtensionDecision::Changed), Some(day("2024-12-31"))),
            (Some(ExtensionDecision::Refused), None),
        ]
    );
    // Every day keeps the deadline it had.
    let row = Some(day("2024-12-31"));
    assert_eq!(desk.due(first, "2024-11-24"), (Some(day("2024-11-15")), row));
    assert_eq!(desk.due(first, "2024-11-25"), (row, row));
    assert_eq!(desk.due(second, "2024-11-25"), (Some(day("2024-11-15")), row));
    assert_eq!(desk.due(second, "2024-11-26"), (row, row));
    assert_eq!(desk.due(third, "2024-11-28"), (Some(day("2024-11-15")), Some(day("2024-11-15"))));
    assert_eq!(fault(desk.decide(&desk.office, id, &one, "2024-11-28")), ExtensionFault::Decided);
    // The version rose with each act, and the journal tells of both.
    let detail = desk
        .test
        .act("mot", |conn, _| dondoc::tasks::detail(conn, first, Visible::Tenant, day("2024-11-29"), 3));
    let detail = detail.unwrap().unwrap();
    assert_eq!(detail.row.version, 3);
    let acts: Vec<_> = detail.journal.iter().map(|told| told.act.as_str()).collect();
    assert_eq!(acts, ["task.decide_extension", "task.ask_extension"]);
}

#[test]
fn whoever_asked_never_decides_in_another_post_either() {
    let desk = desk();
    let task = add_task(&desk.test, "mot", "CVT", "NV-1");
    let id = desk.ask(&desk.head, &letter(&[(task, "31/12/2024")]), "2024-11-29").unwrap();
    let agreed = decision(vec![ruling(task, "agreed", "", "")]);
    let as_office = Acting { role: Role::Office, ..desk.head.clone() };
    assert_eq!(fault(desk.decide(&as_office, id, &agreed, "2024-11-29")), ExtensionFault::OwnRequest);
    // Nobody of the Office asks, nor the head of another unit, nor staff of the unit itself.
    let other = letter(&[(add_task(&desk.test, "mot", "CBC", "NV-2"), "31/12/2024")]);
    let denied = |result: Result<Uuid>| match result {
        Err(Error::Refused(Refusal::Denied(denial))) => denial,
        other => panic!("{other:?}"),
    };
    assert_eq!(denied(desk.ask(&desk.office, &other, "2024-11-29")), Denial::NotPermitted);
    assert_eq!(denied(desk.ask(&desk.head, &other, "2024-11-29")), Denial::NotFound);
    let staff = Acting { role: Role::Staff, ..desk.head.clone() };
    let own = letter(&[(task, "31/12/2024")]);
    assert_eq!(denied(desk.ask(&staff, &own, "2024-11-29")), Denial::NotPermitted);
    desk.decide(&desk.office, id, &agreed, "2024-11-29").unwrap();
}

#[test]
fn every_fault_is_said_at_once_and_nothing_is_written() {
    let desk = desk();
    let (first, second) =
        (add_task(&desk.test, "mot", "CVT", "NV-1"), add_task(&desk.test, "mot", "CVT", "NV-2"));
    let typed = RequestTyped {
        letter_date: "30/11/2024".into(),
        reason: " ".into(),
        ..letter(&[(first, "29/11/2024"), (second, "hôm nào"), (second, "")])
    };
    let said = faults(desk.ask(&desk.head, &typed, "2024-11-29"));
    let names: Vec<_> = said.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["letter_date", "reason", "due_1", "task_2", "due_2", "due_0"]);
    assert_eq!(said[5].1, ParameterProblem::OutOfRange(day("2024-11-30"), NaiveDate::MAX));
    assert_eq!(faults(desk.ask(&desk.head, &letter(&[]), "2024-11-29"))[0].0, "tasks");

    let id = desk.ask(&desk.head, &letter(&[(first, "15/12/2024"), (second, "20/12/2024")]), "2024-11-29");
    let id = id.unwrap();
    let again = fault(desk.ask(&desk.head, &letter(&[(first, "31/12/2024")]), "2024-11-29"));
    assert_eq!(again, ExtensionFault::NotExtendable(vec![("NV-1".into(), NotExtendable::AskedAlready)]));
    let wrong = DecisionTyped {
        decided_on: "28/11/2024".into(),
        tasks: vec![ruling(first, "changed", "15/11/2024", ""), ruling(second, "refused", "", " ")],
    };
    let names = |said: Vec<(String, ParameterProblem)>| said.into_iter().map(|(n, _)| n).collect::<Vec<_>>();
    let said = names(faults(desk.decide(&desk.office, id, &wrong, "2024-11-29")));
    assert_eq!(said, ["decided_on", "reason_1", "due_0"]);
    // A leader decides today; the Office may record an earlier day, never one before the request.
    let early =
        DecisionTyped { decided_on: "29/11/2024".into(), tasks: vec![ruling(first, "agreed", "", "")] };
    assert_eq!(names(faults(desk.decide(&desk.leader, id, &early, "2024-12-02"))), ["decided_on"]);
    assert_eq!(names(faults(desk.decide(&desk.office, id, &decision(vec![]), "2024-11-29"))), ["decision_0"]);
    assert_eq!(desk.request(id).letter.open, 2);
    desk.decide(&desk.office, id, &early, "2024-12-02").unwrap();
    assert_eq!(desk.due(first, "2024-11-29").0, Some(day("2024-12-15")));
}

#[test]
fn a_closed_task_is_not_extended_and_a_request_can_be_taken_back() {
    let desk = desk();
    let tasks = ["NV-1", "NV-2", "NV-3"].map(|code| add_task(&desk.test, "mot", "CVT", code));
    let mut superuser = desk.test.test_db.superuser();
    run(&mut superuser, "UPDATE tasks SET status = 'cancelled' WHERE code = 'NV-1'");
    run(
        &mut superuser,
        "UPDATE tasks SET due_precision = 'none', original_due_on = NULL, due_on = NULL WHERE code = 'NV-2'",
    );
    let asks = tasks.map(|task| (task, "31/12/2024"));
    let said = fault(desk.ask(&desk.head, &letter(&asks), "2024-11-29"));
    let ExtensionFault::NotExtendable(not) = said else { panic!("{said:?}") };
    assert_eq!(not.len(), 2);
    let id = desk.ask(&desk.head, &letter(&asks[2..]), "2024-11-29").unwrap();
    let withdraw =
        |who: &Acting| desk.test.act("mot", |conn, _| extensions::withdraw(conn, who, id, day("2024-11-29")));
    let other = acting(&desk.test, "khac@mot.example", Role::UnitHead, Some("CBC"));
    assert!(matches!(withdraw(&other), Err(Error::Refused(Refusal::Denied(Denial::NotFound)))));
    assert!(matches!(withdraw(&desk.office), Err(Error::Refused(Refusal::Denied(Denial::NotPermitted)))));
    withdraw(&desk.head).unwrap();
    assert_eq!(fault(withdraw(&desk.head)), ExtensionFault::Decided);
    assert_eq!(desk.request(id).tasks[0].decision, Some(ExtensionDecision::Withdrawn));
    // Then another may be asked; it is refused when the task is done meanwhile, and can only be refused.
    let id = desk.ask(&desk.head, &letter(&asks[2..]), "2024-11-29").unwrap();
    run(
        &mut superuser,
        "UPDATE tasks SET status = 'completed', completed_on = '2024-11-29', confirmed_on = '2024-11-29'
          WHERE code = 'NV-3'",
    );
    let agreed = decision(vec![ruling(tasks[2], "agreed", "", "")]);
    assert!(matches!(
        fault(desk.decide(&desk.office, id, &agreed, "2024-11-29")),
        ExtensionFault::NotExtendable(_)
    ));
    let refused = decision(vec![ruling(tasks[2], "refused", "", "Đã hoàn thành")]);
    desk.decide(&desk.office, id, &refused, "2024-11-29").unwrap();
}

/// Two decided on one day: the later made holds, and each request knows how many came before it.
#[test]
fn the_last_decision_of_a_day_holds_and_lists_are_narrowed() {
    let desk = desk();
    let task = add_task(&desk.test, "mot", "CVT", "NV-1");
    let agreed = decision(vec![ruling(task, "agreed", "", "")]);
    let mut ids = Vec::new();
    for due in ["20/12/2024", "Tháng 12/2024", "Quý I/2025"] {
        let id = desk.ask(&desk.head, &letter(&[(task, due)]), "2024-11-29").unwrap();
        desk.decide(&desk.office, id, &agreed, "2024-11-29").unwrap();
        ids.push(id);
    }
    let last = Some(day("2025-03-31"));
    assert_eq!(desk.due(task, "2024-11-29"), (last, last));
    assert_eq!(desk.due(task, "2024-11-28").0, Some(day("2024-11-15")));
    let told: Vec<_> = ids
        .iter()
        .map(|id| {
            let row = desk.request(*id).tasks.remove(0);
            (row.earlier, row.due_then, row.is_asked_late())
        })
        .collect();
    assert_eq!(
        told,
        [
            (0, Some(day("2024-11-15")), true),
            (1, Some(day("2024-12-20")), false),
            (2, Some(day("2024-12-31")), false),
        ]
    );
    let open = desk.ask(&desk.head, &letter(&[(task, "30/6/2025")]), "2024-11-30").unwrap();
    let list = |visible: Visible, state: Option<RequestState>| -> Vec<Uuid> {
        let filter = RequestFilter { state, unit: None };
        let page = desk.test.act("mot", |conn, _| extensions::list(conn, visible, &filter, 1)).unwrap();
        page.items.into_iter().map(|listed| listed.id).collect()
    };
    assert_eq!(list(Visible::Tenant, None), [open, ids[2], ids[1], ids[0]]);
    assert_eq!(list(Visible::Tenant, Some(RequestState::Open)), [open]);
    assert_eq!(list(Visible::Tenant, Some(RequestState::Decided)), [ids[2], ids[1], ids[0]]);
    assert_eq!(list(Visible::Tenant, Some(RequestState::Late)), [ids[0]]);
    assert_eq!(list(Visible::Unit(desk.head.unit.unwrap()), None).len(), 4);
    assert!(list(Visible::Unit(desk.office.unit.unwrap()), None).is_empty());
    assert!(list(Visible::Nothing, None).is_empty());
    let askable = desk.test.act("mot", |conn, _| extensions::askable(conn, &desk.head)).unwrap();
    assert_eq!(askable, []);
}

/// The pages: the head chooses and asks, what is wrong comes back with what was typed, the Office decides at the desk.
#[test]
fn a_head_asks_and_the_office_decides_in_the_browser() {
    let desk = desk();
    let task = add_task(&desk.test, "mot", "CVT", "NV-1");
    let site = Site::new(&desk.test);
    let head = site.sign_in("mot", "thu-truong@mot.example");
    let office = site.sign_in("mot", "van-phong@mot.example");
    assert!(
        site.get(&head, &format!("/tasks/{task}")).body.contains(&format!("/extensions/new?task={task}"))
    );
    assert!(site.get(&head, "/extensions/new").body.contains(&format!("value=\"{task}\"")));
    let form = site.get(&head, &format!("/extensions/new?task={task}&task={task}"));
    assert!(form.body.contains("name=\"due_0\"") && !form.body.contains("name=\"due_1\""), "{}", form.body);
    let typed = |due: &str| {
        let fields = [("letter_number", "12/CVT"), ("reason", "Chờ ý kiến"), ("due_0", due)];
        format!("task_0={task}&{}", serde_urlencoded::to_string(fields).unwrap())
    };
    let wrong = site.send(&head, "POST", "/extensions", &typed("hôm nào"));
    assert_eq!(wrong.status, 422);
    assert!(wrong.body.contains("value=\"hôm nào\"") && wrong.body.contains("Chờ ý kiến"), "{}", wrong.body);
    let asked = site.send(&head, "POST", "/extensions", &typed("Quý IV/2024"));
    assert_eq!(asked.status, 303, "{}", asked.body);
    let place = asked.header("location").split('?').next().unwrap().to_owned();
    assert_eq!(site.send(&head, "POST", "/extensions", &typed("Quý IV/2024")).status, 422);
    // The head sees it without the fields of a decision, the Office with them.
    let seen = site.get(&head, &place);
    assert!(seen.body.contains("/withdraw") && !seen.body.contains("decision_0"), "{}", seen.body);
    assert!(site.get(&office, "/extensions").body.contains("12/CVT"));
    assert!(site.get(&office, &place).body.contains("decision_0"));
    let refuse = format!("task_0={task}&decision_0=refused");
    let wrong = site.send(&office, "POST", &format!("{place}/decide"), &refuse);
    assert!(wrong.status == 422 && wrong.body.contains("reason_0-error"), "{}", wrong.body);
    let all = format!("task_0={task}&decision_0=&all=1");
    assert_eq!(site.send(&office, "POST", &format!("{place}/decide"), &all).status, 303);
    assert_eq!(desk.due(task, "2024-11-29").1, Some(day("2024-12-31")));
    assert_eq!(site.send(&office, "POST", &format!("{place}/decide"), &all).status, 422);
    let json = site.get(&office, &format!("/api/v1{place}")).json();
    assert_eq!(json["decisions"][0]["new_due_on"], "2024-12-31");
}
