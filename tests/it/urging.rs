//! The draft of an urging letter: exactly the unit's overdue tasks, but for those that wait for the Office.

use std::fs;

use dondoc::domain::access::Role;
use uuid::Uuid;

use crate::support::sheet::{PLAIN, import_bytes};
use crate::support::site::{Site, add_person};
use crate::support::{TestApp, data, day, part};
use dondoc::tasks::{self, TaskFilterInput};
use dondoc::tenants::{self, PaperHead};

fn ministry() -> TestApp {
    let test = TestApp::new();
    test.tenant("btttt");
    import_bytes(&test, "btttt", "nhiem-vu-2024.xlsx", &fs::read(data("nhiem-vu-2024.xlsx")).unwrap(), PLAIN);
    test
}

#[test]
fn a_letter_lists_what_the_unit_has_overdue_and_gives_it_three_working_days() {
    let test = ministry();
    let on = day("2024-11-29");
    let (found, listed) = test
        .act("btttt", |conn, settings| {
            let unit = dondoc::units::find(conn, "CVT")?;
            let asked = TaskFilterInput { unit: Some("CVT".into()), ..TaskFilterInput::default() };
            let counts = tasks::counts(conn, on, settings.due_soon_days, asked)?;
            Ok((tasks::urging(conn, unit.id, on, settings.due_soon_days)?, counts.overdue))
        })
        .unwrap();
    assert_eq!(found.tasks.len() as u64 + found.waiting, listed);
    assert!(
        found.key() > 0
            && found.tasks.iter().take(found.key() as usize).all(|task| task.category.code() == "key")
    );
    // A Friday: Monday, Tuesday, Wednesday.
    assert_eq!(found.answer_by, day("2024-12-04"));
    assert_eq!(found.longest(), found.tasks.iter().map(|task| task.days_late).max().unwrap());
}

#[test]
fn the_office_drafts_it_from_the_list_and_nobody_else_does() {
    let test = ministry();
    add_person(&test, "btttt", "vp@btttt.example", Role::Office, Some("VP"));
    add_person(&test, "btttt", "cvt@btttt.example", Role::UnitHead, Some("CVT"));
    let site = Site::new(&test);
    let office = site.sign_in("btttt", "vp@btttt.example");
    let list = site.get(&office, "/tasks?unit=CVT&standing=overdue&as_of=2024-11-29");
    let place = list.body.split("href=\"").find(|rest| rest.starts_with("/urging/")).unwrap();
    let place = place.split('"').next().unwrap();
    let head = PaperHead { superior: Some("Bộ Thử".to_owned()), place: Some("Hà Nội".to_owned()) };
    test.act("btttt", |conn, _| tenants::set_paper_head(conn, &head)).unwrap();
    let letter = site.get(&office, place);
    assert_eq!(letter.status, 200, "{}", letter.body);
    for part in [
        "/TCB-VP",
        "Kính gửi: Cục Viễn thông",
        "Hà Nội, ngày 29 tháng 11 năm 2024",
        ">Bộ Thử<",
        "trước ngày 04/12/2024",
        "./.",
    ] {
        assert!(letter.body.contains(part), "{part}");
    }
    let head = site.sign_in("btttt", "cvt@btttt.example");
    assert_eq!(site.get(&head, place).status, 403);
    assert!(!site.get(&head, "/tasks?standing=overdue").body.contains("/urging/"));
    assert_eq!(site.get(&office, &format!("/urging/{}", Uuid::nil())).status, 404);
}

#[test]
fn the_letter_for_word_lists_the_same_tasks() {
    let test = ministry();
    add_person(&test, "btttt", "vp@btttt.example", Role::Office, Some("VP"));
    let on = day("2024-11-29");
    let found = test
        .act("btttt", |conn, settings| {
            let unit = dondoc::units::find(conn, "CVT")?;
            tasks::urging(conn, unit.id, on, settings.due_soon_days)
        })
        .unwrap();
    let site = Site::new(&test);
    let office = site.sign_in("btttt", "vp@btttt.example");
    let page = site.get(&office, &format!("/urging/{}?as_of=2024-11-29", found.unit.id));
    let place = format!("/urging/{}.docx?as_of=2024-11-29", found.unit.id);
    assert!(page.body.contains(&format!("href=\"{place}\"")));
    let letter = site.get(&office, &place);
    assert_eq!((letter.status, letter.header("content-type")), (200, dondoc::documents::DOCX));
    assert!(letter.header("content-disposition").contains("don-doc-CVT-2024-11-29.docx"));
    let words = part(&letter.raw, "word/document.xml");
    for task in &found.tasks {
        assert!(words.contains(&format!(">{}<", task.code)), "{}", task.code);
    }
    for part in ["V/v đôn đốc thực hiện nhiệm vụ quá hạn", "Kính gửi: Cục Viễn thông", "CHÁNH VĂN PHÒNG"]
    {
        assert!(words.contains(part), "{part}");
    }
    let early = site.get(&office, &format!("/urging/{}.docx?as_of=2020-01-01", found.unit.id));
    assert!(early.status == 200 && early.body.contains("không có nhiệm vụ quá hạn cần đôn đốc"));
}

#[test]
fn a_unit_with_nothing_overdue_gets_no_letter() {
    let test = ministry();
    add_person(&test, "btttt", "vp@btttt.example", Role::Office, Some("VP"));
    let unit = test.act("btttt", |conn, _| dondoc::units::find(conn, "VP")).unwrap();
    let site = Site::new(&test);
    let office = site.sign_in("btttt", "vp@btttt.example");
    let early = site.get(&office, &format!("/urging/{}?as_of=2020-01-01", unit.id));
    assert_eq!(early.status, 200);
    assert!(early.body.contains("không có nhiệm vụ quá hạn cần đôn đốc") && !early.body.contains("Kính gửi"));
}
