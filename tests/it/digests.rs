//! The daily digest: who gets one, that its numbers are those of the lists it links to, and how large it is.

use std::collections::BTreeSet;

use dondoc::accounts::{self, NewPerson};
use dondoc::calendar;
use dondoc::digests::{self, Letter, Reader, ReaderKind, Recipient, Skip};
use dondoc::domain::access::Role;
use dondoc::domain::digest::{Digest, LONGEST, SectionKind};
use dondoc::domain::standing::Standing;
use dondoc::domain::task::Category;
use dondoc::imports::{self, ImportFile};
use dondoc::public_url::PublicUrl;
use dondoc::tasks::{self, StandingFilter, TaskFilterInput, TaskRow};
use dondoc::units;
use proptest::test_runner::TestRunner;
use uuid::Uuid;

use crate::figures::{UNITS, random_tenant};
use crate::support::build::{add_task, add_unit, person_of, task_row};
use crate::support::sheet::{PLAIN, import_tasks};
use crate::support::{TestApp, data, day, run};

fn url() -> PublicUrl {
    PublicUrl::parse("https://dondoc.example").unwrap()
}

pub fn add_post(test: &TestApp, email: &str, role: Role, unit: Option<&str>) {
    test.act("to", |conn, _| {
        let unit = unit.map(|unit| units::find(conn, unit)).transpose()?.map(|unit| unit.id);
        let person = NewPerson { email, name: "Người nhận" };
        accounts::add_person_with_post(conn, &person, role, unit, day("2024-01-01"))?;
        Ok(())
    })
    .unwrap();
}

pub fn sql(test: &TestApp, statement: &str) {
    run(&mut test.test_db.superuser(), statement);
}

pub type Made = Vec<(Reader, Result<Letter, Skip>)>;

pub fn made(test: &TestApp, date: &str) -> Made {
    test.act("to", |conn, settings| {
        let Some(facts) = digests::facts(conn, settings, day(date))? else {
            return Ok(Vec::new());
        };
        let readers = digests::readers(conn, day(date))?;
        let letters = digests::compose(&facts, &readers, &url())?;
        Ok(readers.into_iter().zip(letters).collect())
    })
    .unwrap()
}

pub fn letter<'a>(made: &'a Made, address: &str) -> &'a Result<Letter, Skip> {
    let own: Vec<_> = made.iter().filter(|(reader, _)| reader.address == address).collect();
    assert_eq!(own.len(), 1, "one entry for {address}");
    &own[0].1
}

pub fn subject(made: &Made, address: &str) -> String {
    letter(made, address).as_ref().unwrap().subject.clone()
}

/// A tenant with a unit `CVT`, its head, and one key task that is due on 15/11/2024.
pub fn small() -> TestApp {
    let test = TestApp::new();
    test.tenant("to");
    add_unit(&test, "to", "CVT");
    add_post(&test, "cvt@t.example", Role::UnitHead, Some("CVT"));
    add_task(&test, "to", "CVT", "NV-1");
    test
}

/// The filter of a link, as the list reads it.
fn asked(test: &TestApp, href: &str) -> (chrono::NaiveDate, TaskFilterInput) {
    let (_, query) = href.split_once('?').unwrap();
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query).unwrap();
    let (mut as_of, mut filter) = (None, TaskFilterInput::default());
    for (name, value) in pairs {
        match name.as_str() {
            "as_of" => as_of = Some(day(&value)),
            "unit" => filter.unit = Some(value),
            "coordinating" => {
                filter.coordinating = Some(test.act("to", |conn, _| units::find(conn, &value)).unwrap().id);
            }
            "standing" => filter.standing = Some(StandingFilter::from_code(&value).unwrap()),
            "due_from" => filter.due_from = Some(day(&value)),
            "due_to" => filter.due_to = Some(day(&value)),
            other => panic!("{other}"),
        }
    }
    (as_of.unwrap(), filter)
}

/// Each `Mở danh sách NN nhiệm vụ: address` of a letter's text: the list has as many; how many there are.
fn links_hold(test: &TestApp, letter: &Letter) -> usize {
    let lines = letter.text.lines().filter_map(|line| line.strip_prefix("Mở danh sách "));
    let mut seen = 0;
    for line in lines {
        let (n, rest) = line.split_once(' ').unwrap();
        let (_, href) = rest.split_once("https://").unwrap();
        let (as_of, filter) = asked(test, href);
        let listed = test.act("to", |conn, s| tasks::list(conn, as_of, s.due_soon_days, filter)).unwrap();
        assert_eq!(n.replace('.', "").parse::<usize>().unwrap(), listed.len(), "{line}");
        assert!(letter.html.contains(&href.replace('&', "&#38;")), "{href} is in the HTML too");
        seen += 1;
    }
    seen
}

#[test]
fn the_heads_digests_of_the_ministry_have_the_published_tasks() {
    let test = TestApp::new();
    test.tenant("to");
    let bytes = std::fs::read(data("nhiem-vu-2024.xlsx")).unwrap();
    let file = ImportFile::new("a.xlsx".to_owned(), &bytes, imports::open(&bytes, &[]).unwrap());
    test.act("to", |conn, _| imports::import(conn, &file, PLAIN, day("2024-11-29"))).unwrap();
    let all = test.act("to", |conn, _| units::all(conn)).unwrap();
    for (n, unit) in all.iter().enumerate() {
        add_post(&test, &format!("u{n}@t.example"), Role::UnitHead, Some(&unit.short_name));
    }
    add_post(&test, "vp@t.example", Role::Office, Some("VP"));
    let (key, units) = test
        .act("to", |conn, settings| {
            let facts = digests::facts(conn, settings, day("2024-11-29"))?.unwrap();
            let heads = digests::readers(conn, day("2024-11-29"))?;
            let heads = heads.iter().filter(|reader| reader.kind == ReaderKind::Head);
            let keys: Vec<u64> = heads
                .map(|reader| digests::digest_of(&facts, reader, LONGEST))
                .map(|digest| digest.section(SectionKind::Overdue).map_or(0, |section| section.key))
                .collect();
            Ok((keys.iter().sum::<u64>(), keys.iter().filter(|n| **n > 0).count()))
        })
        .unwrap();
    assert_eq!((key, units), (32, 13));
    let made = made(&test, "2024-11-29");
    let mut links = 0;
    for (reader, letter) in &made {
        if let Ok(letter) = letter {
            assert!(
                letter.subject.chars().count() <= 60 && letter.encoded_len() < 60_000,
                "{}",
                reader.address
            );
            links += links_hold(&test, letter);
        }
    }
    assert!(links > 40, "only {links} links were followed");
    let office = letter(&made, "vp@t.example").as_ref().unwrap();
    assert!(office.text.contains("Theo đơn vị"), "{}", office.text);
}

#[test]
fn the_sections_of_random_tasks_are_those_of_the_rules() {
    let mut runner = TestRunner::deterministic();
    let (test, made, ids) = random_tenant(&mut runner, 300);
    for date in ["2024-05-04", "2024-06-17", "2024-08-30", "2024-11-29"].map(day) {
        for (id, name) in ids.iter().zip(UNITS) {
            let (digest, horizon) = test
                .act("nay", |conn, settings| {
                    let facts = digests::facts(conn, settings, date)?.unwrap();
                    let reader = head_of(*id);
                    let digest = digests::digest_of(&facts, &reader, LONGEST);
                    let counts = SectionKind::ALL.iter().map(|kind| digest.total(*kind)).collect::<Vec<_>>();
                    let calendar = calendar::working_calendar(conn)?;
                    Ok((
                        (counts, digest.changes),
                        (calendar.soon_horizon(date, 3), calendar.soon_horizon(date, 7)),
                    ))
                })
                .unwrap();
            let since = test
                .act("nay", |conn, _| {
                    Ok(calendar::working_calendar(conn)?.previous_working(date.pred_opt().unwrap()))
                })
                .unwrap();
            let mut expected = [0u64; 4];
            let mut newly = 0;
            for task in made.iter().map(|task| task.at(&ids, date)).filter(|task| task.unit == *id) {
                let Some(view) = task.facts.view_at(date, date) else { continue };
                let due = view.due_on;
                let pending = view.standing == Standing::WithinTerm && view.waiting_since.is_none();
                let place = match due {
                    _ if view.standing == Standing::Overdue => Some(0),
                    Some(due) if pending && due == date => Some(1),
                    Some(due) if pending && due <= horizon.0 => Some(2),
                    Some(due) if pending && due <= horizon.1 => Some(3),
                    _ => None,
                };
                if let Some(place) = place {
                    expected[place] += 1;
                }
                let was = task.facts.standing_at(since) == Some(Standing::Overdue);
                newly += u64::from(view.standing == Standing::Overdue && !was);
            }
            assert_eq!(digest.0[..4], expected, "{name} on {date}");
            assert_eq!(digest.1.newly_overdue, newly, "{name} on {date}");
        }
    }
}

fn head_of(unit: Uuid) -> Reader {
    Reader {
        recipient: Recipient::Mailbox(unit),
        name: String::new(),
        address: String::new(),
        lang: dondoc::domain::lang::Lang::Vi,
        kind: ReaderKind::Head,
        units: BTreeSet::from([unit]),
        summary: false,
        confirms: false,
        rest: true,
        skip: None,
    }
}

#[test]
fn only_working_days_have_letters() {
    let test = small();
    assert!(made(&test, "2024-11-30").is_empty(), "a Saturday");
    assert!(made(&test, "2024-09-02").is_empty(), "the National Day");
    assert!(!made(&test, "2024-05-04").is_empty(), "a make-up Saturday");
}

#[test]
fn a_head_of_two_units_gets_one_letter_about_both() {
    let test = small();
    add_unit(&test, "to", "VTS");
    add_task(&test, "to", "VTS", "NV-2");
    sql(
        &test,
        "INSERT INTO posts (tenant_id, id, person_id, unit_id, role, from_on)
         SELECT p.tenant_id, gen_random_uuid(), p.id, u.id, 'unit_head', '2024-01-01'
           FROM persons p JOIN units u USING (tenant_id) WHERE p.email = 'cvt@t.example' AND u.short_name = 'VTS'",
    );
    let made = made(&test, "2024-11-29");
    assert_eq!(subject(&made, "cvt@t.example"), "[CVT+VTS] 02 quá hạn (02 trọng tâm) – 29/11");
    assert_eq!(links_hold(&test, letter(&made, "cvt@t.example").as_ref().unwrap()), 2);
}

#[test]
fn a_closed_task_is_told_as_completed_and_no_more() {
    let test = small();
    sql(
        &test,
        "UPDATE tasks SET status = 'completed', completed_on = '2024-11-28', confirmed_on = '2024-11-29'",
    );
    assert_eq!(letter(&made(&test, "2024-11-29"), "cvt@t.example"), &Err(Skip::NothingDue));
    add_task(&test, "to", "CVT", "NV-2");
    let made = made(&test, "2024-11-29");
    let told = &letter(&made, "cvt@t.example").as_ref().unwrap().text;
    assert!(told.contains("1 đã hoàn thành") && !told.contains("NV-1"), "{told}");
}

#[test]
fn a_reader_of_english_reads_english() {
    let test = small();
    sql(&test, "UPDATE persons SET language = 'en' WHERE email = 'cvt@t.example'");
    let made = made(&test, "2024-11-29");
    assert_eq!(subject(&made, "cvt@t.example"), "[CVT] 1 overdue (1 key) – 29/11");
    let letter = letter(&made, "cvt@t.example").as_ref().unwrap();
    assert!(
        letter.text.contains("14 days overdue") && letter.html.contains("lang=\"en\""),
        "{}",
        letter.text
    );
}

#[test]
fn everybody_without_a_letter_has_a_reason() {
    let test = small();
    add_post(&test, "nhanvien@t.example", Role::Staff, Some("CVT"));
    add_post(&test, "lanhdao@t.example", Role::Leader, None);
    for name in ["MAIL", "NONE"] {
        add_unit(&test, "to", name);
    }
    add_task(&test, "to", "MAIL", "NV-M");
    sql(&test, "UPDATE units SET mailbox = 'hop@t.example' WHERE short_name = 'MAIL'");
    let friday = made(&test, "2024-11-29");
    assert_eq!(letter(&friday, "nhanvien@t.example"), &Err(Skip::NotTheirDay));
    assert_eq!(letter(&friday, ""), &Err(Skip::NoMailbox), "of the unit without a head");
    assert_eq!(subject(&friday, "hop@t.example"), "[MAIL] 01 quá hạn (01 trọng tâm) – 29/11");
    assert_eq!(subject(&friday, "lanhdao@t.example"), "[Tổng hợp] 02 quá hạn (02 trọng tâm) – 29/11");
    let monday = made(&test, "2024-11-25");
    assert!(letter(&monday, "nhanvien@t.example").is_ok());
    sql(&test, "UPDATE persons SET active = false WHERE email = 'cvt@t.example'");
    sql(&test, "UPDATE units SET mailbox = 'cvt-hop@t.example' WHERE short_name = 'CVT'");
    let disabled = made(&test, "2024-11-29");
    assert_eq!(letter(&disabled, "cvt@t.example"), &Err(Skip::Disabled));
    assert!(letter(&disabled, "cvt-hop@t.example").is_ok(), "a unit whose only head is disabled has none");
}

#[test]
fn a_deputy_reads_as_the_head_while_the_post_is_held() {
    let test = small();
    add_unit(&test, "to", "VP");
    add_post(&test, "pho@t.example", Role::Staff, Some("VP"));
    let (deputy, head) = (person_of(&test, "to", "pho@t.example"), person_of(&test, "to", "cvt@t.example"));
    sql(
        &test,
        &format!(
            "INSERT INTO posts (tenant_id, id, person_id, unit_id, role, from_on, until_on, deputy_for_id)
             SELECT tenant_id, gen_random_uuid(), '{deputy}', unit_id, 'staff', '2024-11-28', '2024-11-30', id
               FROM posts WHERE person_id = '{head}'"
        ),
    );
    assert_eq!(letter(&made(&test, "2024-11-27"), "pho@t.example"), &Err(Skip::NotTheirDay));
    assert_eq!(
        subject(&made(&test, "2024-11-29"), "pho@t.example"),
        "[CVT] 01 quá hạn (01 trọng tâm) – 29/11"
    );
}

#[test]
fn hostile_and_long_titles_stay_text_and_the_letter_small() {
    let test = small();
    let unit = test.act("to", |conn, _| units::find(conn, "CVT")).unwrap().id;
    test.act("to", |conn, _| {
        let rows: Vec<TaskRow> = (0..80)
            .map(|n| TaskRow {
                code: format!("{n:03}{}", "<Ệ>".repeat(60)),
                title: format!("<script>alert({n})</script>\r\nBcc: a@b.example {}", "<Ệ&\" ".repeat(300)),
                category: Category::Key.code().into(),
                due_precision: "day".into(),
                original_due_on: Some(day("2024-11-01")),
                due_on: Some(day("2024-11-01")),
                ..task_row(conn.tenant().uuid(), unit)
            })
            .collect();
        tasks::save(conn, &rows)
    })
    .unwrap();
    let made = made(&test, "2024-11-29");
    let letter = letter(&made, "cvt@t.example").as_ref().unwrap();
    assert!(letter.encoded_len() < 60_000, "{}", letter.encoded_len());
    assert!(
        !letter.html.contains("<script") && !letter.text.contains("\nBcc:") && !letter.text.contains('\r')
    );
    assert!(letter.subject.starts_with("[CVT] 81 quá hạn"), "{}", letter.subject);
    let rows = letter.text.matches("/tasks/").count();
    assert!((10..=LONGEST).contains(&rows), "{rows} rows");
    assert_eq!(rows, letter.html.matches("/tasks/").count());
    assert_eq!(links_hold(&test, letter), 1);
}

#[test]
fn submissions_wait_for_the_office_and_refusals_for_the_head() {
    let test = small();
    add_post(&test, "vp@t.example", Role::Office, Some("CVT"));
    sql(
        &test,
        "INSERT INTO task_submissions (tenant_id, id, task_id, submitted_on)
         SELECT tenant_id, gen_random_uuid(), id, '2024-11-14' FROM tasks",
    );
    let seen = made(&test, "2024-11-29");
    assert_eq!(subject(&seen, "vp@t.example"), "[Tổng hợp] 01 chờ xác nhận – 29/11");
    assert_eq!(letter(&seen, "cvt@t.example"), &Err(Skip::NothingDue), "it was submitted in time");
    sql(
        &test,
        "INSERT INTO task_extensions (tenant_id, id, task_id, wanted_due_on, wanted_precision, decision, decided_on)
         SELECT tenant_id, gen_random_uuid(), id, '2024-12-31', 'day', 'refused', '2024-11-29' FROM tasks",
    );
    let seen = made(&test, "2024-11-29");
    assert_eq!(subject(&seen, "cvt@t.example"), "[CVT] 01 gia hạn bị từ chối – 29/11");
    let later = made(&test, "2024-12-03");
    assert_eq!(letter(&later, "cvt@t.example"), &Err(Skip::NothingDue), "it was told once");
}

#[test]
fn coordinating_is_told_but_brings_no_letter() {
    let test = small();
    add_unit(&test, "to", "VTS");
    add_post(&test, "vts@t.example", Role::UnitHead, Some("VTS"));
    let heading: &[&str] =
        &["Mã", "Nội dung", "Đơn vị chủ trì", "Đơn vị phối hợp", "Ngày giao", "Hạn hoàn thành"];
    let row: &[&str] = &["NV-9", "Xây dựng báo cáo", "CVT", "VTS", "01/10/2024", "02/12/2024"];
    let report = import_tasks(&test, "to", &[heading, row]);
    assert_eq!(report.created, 1);
    assert_eq!(letter(&made(&test, "2024-11-29"), "vts@t.example"), &Err(Skip::NothingDue));
    add_task(&test, "to", "VTS", "NV-10");
    let made = made(&test, "2024-11-29");
    let letter = letter(&made, "vts@t.example").as_ref().unwrap();
    assert!(letter.text.contains("Đơn vị phối hợp: 01"), "{}", letter.text);
    assert_eq!(links_hold(&test, letter), 2);
}

#[test]
fn a_digest_of_nothing_has_no_section() {
    let days = dondoc::domain::digest::DigestDays::of(&Default::default(), day("2024-11-29"), 3).unwrap();
    let digest = Digest::of(&[], &Default::default(), &days, 4, LONGEST);
    assert!(digest.sections.is_empty() && !digest.is_due());
}
