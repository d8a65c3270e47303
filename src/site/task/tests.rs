use std::collections::HashMap;

use askama::Template;
use chrono::{DateTime, Utc};
use chrono_tz::Asia::Ho_Chi_Minh;
use serde_json::json;
use uuid::Uuid;

use super::super::task_line::tests::{day, listed};
use super::*;
use crate::domain::briefing::UnitRef;
use crate::domain::task::{ExtensionDecision, Status};
use crate::tasks::{Actor, ExclusionTold, JournalTold, SubmissionTold};
use crate::text::Lang;

fn instant() -> DateTime<Utc> {
    "2024-10-15T09:40:00Z".parse().unwrap()
}

fn row() -> TaskRow {
    TaskRow {
        tenant_id: Uuid::nil(),
        id: Uuid::nil(),
        code: "NV-1".into(),
        title: "Trình đề án".into(),
        title_key: "trinh de an".into(),
        category: "key".into(),
        field: None,
        source_number: Some("746/CT-BTTTT".into()),
        source_date: None,
        source_kind: None,
        source_abstract: None,
        source_issuer: None,
        source_urgency: None,
        lead_unit_id: Uuid::nil(),
        product: "scheme".into(),
        level: Some("prime_minister".into()),
        level_words: None,
        assigned_on: Some(day("2024-05-29")),
        due_words: Some("Quý II/2024".into()),
        due_precision: "quarter".into(),
        original_due_on: Some(day("2024-06-30")),
        due_on: Some(day("2024-09-06")),
        status: "in_progress".into(),
        percent: Some(60),
        obstacles: None,
        late_reason: None,
        completed_on: None,
        confirmed_on: None,
        product_number: Some("1523/QĐ-BTTTT".into()),
        product_date: Some(day("2024-09-20")),
        note: None,
        imported: None,
        version: 1,
        created_at: instant(),
        updated_at: instant(),
        deleted_at: None,
        parent_id: None,
        labels: Vec::new(),
        leader_id: None,
        contact_id: None,
        follower_id: None,
        confirmed_by: None,
        deleted_reason: None,
    }
}

fn extension(decided_on: Option<&str>, new_due_on: Option<&str>) -> ExtensionTold {
    ExtensionTold {
        requested_on: None,
        request_number: None,
        reason: Some("Chờ ý kiến".into()),
        wanted_due_on: day("2024-09-30"),
        wanted_words: Some("Quý III/2024".into()),
        decision: new_due_on.map(|_| ExtensionDecision::Changed),
        decided_on: decided_on.map(day),
        decision_reason: None,
        new_due_on: new_due_on.map(day),
    }
}

fn detail() -> TaskDetail {
    let unit = UnitRef { id: Uuid::nil(), short_name: "KTS&XHS".into(), name: "Cục Kinh tế số".into() };
    TaskDetail {
        row: row(),
        day: day("2024-11-29"),
        listed: Some(listed()),
        lead: unit.clone(),
        coordinating: vec![unit.clone()],
        units: vec![unit],
        working_days_left: 0,
        why: None,
        extensions: vec![extension(Some("2024-06-20"), Some("2024-09-06")), extension(None, None)],
        submissions: vec![SubmissionTold {
            submitted_on: day("2024-10-12"),
            accepted: Some(false),
            decided_on: Some(day("2024-10-15")),
            reason: Some("Thiếu hồ sơ".into()),
            evidence: None,
            product_number: None,
            product_date: None,
            undone_on: None,
            undone_reason: None,
        }],
        exclusions: vec![ExclusionTold {
            state: Status::Paused,
            from_on: Some(day("2024-07-01")),
            until_on: Some(day("2024-07-16")),
            reason: None,
        }],
        journal: vec![
            JournalTold {
                id: Uuid::nil(),
                at: instant(),
                actor: Actor::Person { name: "Văn thư".into() },
                act: "task.change".into(),
                before: Some(json!({ "percent": 40, "note": null })),
                after: Some(json!({ "percent": 60, "note": "gấp" })),
            },
            JournalTold {
                id: Uuid::nil(),
                at: instant(),
                actor: Actor::Import { file_name: "a.xlsx".into() },
                act: "task.create".into(),
                before: None,
                after: Some(json!({ "title": "Trình đề án" })),
            },
        ],
        has_earlier: true,
        people: HashMap::new(),
    }
}

fn page(task: &TaskDetail) -> TaskPage {
    let back = Link { text: "Nhiệm vụ".into(), href: "/tasks".into() };
    view(Words(Lang::Vi), Shell::default(), back, Ho_Chi_Minh, task)
}

#[test]
fn an_extended_overdue_task_says_why() {
    let page = page(&detail());
    assert_eq!(
        page.deadline,
        Deadline::Extended {
            from: "30/06/2024".into(),
            to: "06/09/2024".into(),
            decided_on: "20/06/2024".into(),
            times: "1".into()
        }
    );
    let why = Why::Overdue { due: "06/09/2024".into(), as_of: "29/11/2024".into(), days: "84".into() };
    assert_eq!((page.why.clone(), page.original_due.as_deref()), (why, Some("30/06/2024")));
    assert_eq!((page.category.as_str(), page.product.as_str()), ("Nhiệm vụ trọng tâm", "Đề án"));
    assert_eq!(page.level.as_deref(), Some("Thủ tướng Chính phủ"));
    assert_eq!(page.lead.href, "/tasks?as_of=2024-11-29&unit=KTS%26XHS");
    assert_eq!(page.product_document.as_deref(), Some("1523/QĐ-BTTTT ngày 20/09/2024"));
    assert!(page.render().unwrap().contains("Đồng ý, đến ngày khác"));
}

#[test]
fn facts_are_worded() {
    let page = page(&detail());
    assert_eq!(page.extensions[1].decision, "Chưa quyết định");
    assert_eq!(page.extensions[1].wanted, "Quý III/2024");
    assert_eq!(page.submissions[0].decision, "Trả lại");
    assert_eq!(page.exclusions[0].until.as_deref(), Some("15/07/2024"));
    let entry = &page.history[0];
    assert_eq!(
        (entry.at.as_str(), entry.at_machine.as_str()),
        ("15/10/2024 16:40", "2024-10-15T16:40:00+07:00")
    );
    let changes: Vec<_> =
        entry.changes.iter().map(|c| (c.field.as_str(), c.before.as_deref(), c.after.as_deref())).collect();
    assert_eq!(changes, [("Ghi chú", None, Some("gấp")), ("Tỷ lệ hoàn thành", Some("40 %"), Some("60 %"))]);
    assert_eq!(page.history[1].actor, "Nhập từ tệp a.xlsx");
    assert!(page.history[1].changes.is_empty());
    assert_eq!(page.earlier.as_deref(), Some(format!("/tasks/{0}/history?before={0}", Uuid::nil()).as_str()));
}

#[test]
fn every_standing_has_its_reason() {
    let with = |change: &dyn Fn(&mut TaskListed)| {
        let mut task = detail();
        let mut listed = listed();
        change(&mut listed);
        task.listed = Some(listed);
        page(&task).why
    };
    let due = || "06/09/2024".to_owned();
    assert_eq!(
        with(&|task| task.waiting_since = Some(day("2024-09-08"))),
        Why::OverdueWaiting { due: due(), submitted: "08/09/2024".into(), days: "84".into() }
    );
    assert_eq!(
        with(&|task| (task.standing, task.due_on) = (Standing::WithinTerm, Some(day("2024-11-29")))),
        Why::DueToday { due: "29/11/2024".into() }
    );
    assert_eq!(
        with(&|task| (task.standing, task.due_on) = (Standing::WithinTerm, Some(day("2024-12-29")))),
        Why::WithinTerm { due: "29/12/2024".into(), as_of: "29/11/2024".into(), days: "30".into() }
    );
    assert_eq!(
        with(
            &|task| (task.standing, task.completed_on) = (Standing::CompletedOnTime, Some(day("2024-09-01")))
        ),
        Why::CompletedOnTime { due: due(), completed: "01/09/2024".into() }
    );
    assert_eq!(with(&|task| (task.standing, task.due_on) = (Standing::NoDeadline, None)), Why::NoDeadline);
}

#[test]
fn a_task_outside_the_count_or_not_assigned_yet_says_so() {
    let mut task = detail();
    task.day = day("2024-07-05");
    task.listed = Some(TaskListed { standing: Standing::Outside, days_late: 0, ..listed() });
    let outside = Why::Outside { state: "Tạm dừng".into(), from: Some("01/07/2024".into()) };
    assert_eq!(page(&task).why, outside);
    task.day = day("2024-05-01");
    task.listed = None;
    let shown = page(&task);
    let why = Why::NotAssigned { assigned: "29/05/2024".into(), as_of: "01/05/2024".into() };
    assert_eq!((shown.why.clone(), shown.badge.mark), (why, Mark::NotAssigned));
    assert_eq!(
        shown.deadline,
        Deadline::Original { words: Some("Quý II/2024".into()), date: "30/06/2024".into() }
    );
    assert!(shown.render().unwrap().contains("chưa tính vào số liệu"));
}
