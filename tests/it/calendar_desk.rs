//! Days off: read by everybody, changed by an administrator after a dry run, in the figures at once.

use dondoc::calendar;
use dondoc::domain::access::Role;

use crate::support::build::{add_task, add_unit};
use crate::support::site::{As, Site, add_person};
use crate::support::{TestApp, day, number};

struct World {
    test: TestApp,
    site: Site,
    admin: As,
    staff: As,
}

fn world() -> World {
    let test = TestApp::new();
    test.tenant("mot");
    add_unit(&test, "mot", "CVT");
    add_person(&test, "mot", "qt@mot.example", Role::Admin, None);
    add_person(&test, "mot", "cv@mot.example", Role::Staff, Some("CVT"));
    let site = Site::new(&test);
    let (admin, staff) = (site.sign_in("mot", "qt@mot.example"), site.sign_in("mot", "cv@mot.example"));
    World { test, site, admin, staff }
}

impl World {
    fn post(&self, path: &str, form: &[(&str, &str)]) -> (u16, String) {
        let form = serde_urlencoded::to_string(form).unwrap();
        let answer = self.site.send(&self.admin, "POST", path, &form);
        (answer.status, answer.body)
    }

    fn count(&self, sql: &str) -> i64 {
        number(&mut self.test.test_db.superuser(), sql)
    }

    fn due(&self, code: &str, due: &str) {
        let id = add_task(&self.test, "mot", "CVT", code);
        let sql = format!("UPDATE tasks SET original_due_on = '{due}', due_on = '{due}' WHERE id = '{id}'");
        crate::support::run(&mut self.test.test_db.superuser(), &sql);
    }

    /// What a dry run says: its hash and its lines, to be sent again.
    fn shown(page: &str) -> (String, String) {
        let value = |name: &str| {
            let rest = page.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap();
            rest.split('"').next().unwrap().to_owned()
        };
        (value("hash"), value("lines"))
    }
}

#[test]
fn everybody_reads_the_calendar_and_an_administrator_changes_it_after_seeing_what_it_does() {
    let world = world();
    let page = world.site.get(&world.staff, "/calendar?year=2026").body;
    assert!(
        page.contains("Tết Nguyên đán") && page.contains("tạm, chưa công bố"),
        "provisional days are marked"
    );
    assert!(!page.contains("/calendar/day"), "who may only read gets no form");
    let changes = world.site.send(&world.staff, "POST", "/calendar/day", "day=2/12/2024&kind=off&name=A");
    assert_eq!(changes.status, 403);
    assert!(world.site.get(&world.admin, "/calendar").body.contains("/calendar/day"));

    // Due on Thursday 5/12: soon from Monday 2/12 on; with the Monday off, from Friday 29/11, which is today.
    world.due("NV-1", "2024-12-05");
    world.due("NV-2", "2024-12-05");
    world.due("NV-3", "2025-06-02");
    let one = [("day", "2/12/2024"), ("kind", "off"), ("name", "Nghỉ đột xuất"), ("source", "1/TB")];
    let (status, page) = world.post("/calendar/day", &one);
    assert_eq!(status, 200, "{page}");
    assert!(
        page.contains("Thay đổi 0 thời hạn và dấu sắp đến hạn của 2 nhiệm vụ, thuộc 1 đơn vị."),
        "{page}"
    );
    assert!(page.contains("02/12/2024, thứ Hai") && page.contains("nghỉ: Nghỉ đột xuất"));
    assert_eq!(world.count("SELECT count(*) FROM calendar_days WHERE day = '2024-12-02'"), 0, "a dry run");

    let (hash, lines) = World::shown(&page);
    world.due("NV-4", "2024-12-05");
    let sent = [("hash", hash.as_str()), ("lines", lines.as_str())];
    let (status, page) = world.post("/calendar/apply", &sent);
    assert_eq!(status, 409, "{page}");
    assert!(page.contains("dấu sắp đến hạn của 3 nhiệm vụ") && page.contains("đã thay đổi từ lúc xem trước"));
    assert_eq!(world.count("SELECT count(*) FROM calendar_days WHERE day = '2024-12-02'"), 0);
    let (hash, lines) = World::shown(&page);
    assert_eq!(world.post("/calendar/apply", &[("hash", &hash), ("lines", &lines)]).0, 303);
    let kept = world.test.act("mot", |conn, _| calendar::days(conn)).unwrap();
    let new = kept.iter().find(|kept| kept.day == day("2024-12-02")).unwrap();
    assert_eq!((new.name.as_str(), new.source.as_deref()), ("Nghỉ đột xuất", Some("1/TB")));
    let soon = world.site.get(&world.staff, "/unit").body;
    assert!(soon.contains("NV-1") && soon.contains("NV-4"), "the marks follow at once");
    let told = "SELECT count(*) FROM journal WHERE act = 'calendar.change' AND after->'days'->>0 LIKE '02/12/2024 off%'";
    assert_eq!(world.count(told), 1);

    // And back again: what was said is removed by a line of its own.
    let (status, page) = world.post("/calendar/lines", &[("lines", "2/12/2024;xóa")]);
    assert_eq!(status, 200);
    let (hash, lines) = World::shown(&page);
    assert_eq!(world.post("/calendar/apply", &[("hash", &hash), ("lines", &lines)]).0, 303);
    assert_eq!(world.count("SELECT count(*) FROM calendar_days WHERE day = '2024-12-02'"), 0);
}

#[test]
fn a_year_is_pasted_and_every_fault_stands_at_its_line() {
    let world = world();
    let (status, page) =
        world.post("/calendar/day", &[("day", "31/2/2024"), ("kind", "x"), ("provisional", "1")]);
    assert_eq!(status, 422);
    for id in ["day-error", "kind-error", "name-error"] {
        assert!(page.contains(&format!("id=\"{id}\"")), "{id}");
    }
    let wrong = "1/1/2028;OFF;Tết Dương lịch\n2/13/2028;OFF;A\n3/1/2028;NGHỈ PHÉP;A\n1/1/2028;OFF;B";
    let (status, page) = world.post("/calendar/lines", &[("lines", wrong), ("year", "2028")]);
    assert_eq!(status, 422);
    for told in ["Dòng 2, ngày", "Dòng 3, loại", "Dòng 4, ngày"] {
        assert!(page.contains(told), "{told}: {page}");
    }
    assert!(page.contains("NGHỈ PHÉP"), "what was typed is kept");

    let year = "Ngày\tLoại\tTên\tVăn bản\tTạm\n1/1/2026\tOFF\tTết Dương lịch\t12/TB\t\n3/1/2026\tWORK\tLàm bù\t\ttạm\n";
    let (status, page) =
        world.post("/calendar/lines", &[("lines", year), ("year", "2026"), ("replace", "1")]);
    assert_eq!(status, 200, "{page}");
    let (hash, lines) = World::shown(&page);
    assert_eq!(world.post("/calendar/apply", &[("hash", &hash), ("lines", &lines)]).0, 303);
    let of_year = "SELECT count(*) FROM calendar_days WHERE extract(year FROM day) = ";
    assert_eq!(world.count(&format!("{of_year} 2026")), 2, "the rest of the year is gone");
    assert_eq!(world.count(&format!("{of_year} 2027")), 14, "other years stay");
    assert_eq!(world.count("SELECT count(*) FROM calendar_days WHERE provisional AND kind = 'work'"), 1);
}

/// A workbook of rows of texts; a cell that is a day of 2026 is a spreadsheet date.
fn workbook(rows: &[&[&str]]) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let dates = rust_xlsxwriter::Format::new().set_num_format("dd/mm/yyyy");
    for (row, cells) in (0..).zip(rows) {
        for (column, text) in (0..).zip(*cells) {
            match text.strip_prefix("2026-") {
                Some(_) => {
                    let date = rust_xlsxwriter::ExcelDateTime::parse_from_str(text).unwrap();
                    sheet.write_datetime_with_format(row, column, &date, &dates).unwrap()
                }
                None => sheet.write_string(row, column, *text).unwrap(),
            };
        }
    }
    book.save_to_buffer().unwrap()
}

#[test]
fn a_year_is_imported_from_a_file_and_the_tasks_it_touches_are_named() {
    let world = world();
    let upload = |who: &As, name: &str, bytes: &[u8]| {
        world.site.upload(who, "/calendar/file", &[("year", "2026"), ("replace", "1")], name, bytes)
    };
    assert_eq!(upload(&world.staff, "a.csv", b"1/1/2026,OFF,A").status, 403);
    let wrong: &[&[&str]] =
        &[&["Lịch nghỉ 2026"], &["Loại", "Ngày"], &["OFF", "31/2/2026"], &["FREE", "2026-01-02"]];
    let page = upload(&world.admin, "lich.xlsx", &workbook(wrong));
    assert_eq!(page.status, 422, "{}", page.body);
    for told in ["Ô B3, ngày", "Ô A4, loại", "id=\"file-error\""] {
        assert!(page.body.contains(told), "{told}: {}", page.body);
    }
    let lies = upload(&world.admin, "lich.xlsx", b"1/1/2026;OFF;A");
    assert!(lies.status == 422 && lies.body.contains("id=\"file-error\""), "{}", lies.body);
    let large = upload(&world.admin, "lich.csv", &vec![b'a'; 1_100_000]);
    assert!(large.status == 422 && large.body.contains("id=\"file-error\""), "{}", large.body);
    assert_eq!(upload(&world.admin, "", b"").status, 422, "none was chosen");

    world.due("NV-1", "2026-03-13");
    world.due("NV-2", "2026-06-30");
    let rows: &[&[&str]] = &[
        &["Lịch nghỉ 2026"],
        &["Loại", "Ngày", "Văn bản", "Tên", "Tạm"],
        &["OFF", "2026-01-01", "1/TB", "Tết Dương lịch", ""],
        &["OFF", "2026-03-11", "", "Nghỉ đột xuất", "x"],
    ];
    let page = upload(&world.admin, "lich.xlsx", &workbook(rows));
    assert_eq!(page.status, 200, "{}", page.body);
    assert!(page.body.contains("Nhiệm vụ bị ảnh hưởng") && page.body.contains("NV-1"), "{}", page.body);
    assert!(
        !page.body.contains("NV-2") && !page.body.contains("href=\"/tasks"),
        "an administrator reads no task"
    );
    let (hash, lines) = World::shown(&page.body);
    assert_eq!(world.post("/calendar/apply", &[("hash", &hash), ("lines", &lines)]).0, 303);
    assert_eq!(world.count("SELECT count(*) FROM calendar_days WHERE extract(year FROM day) = 2026"), 2);
    assert_eq!(world.count("SELECT count(*) FROM calendar_days WHERE day = '2026-03-11' AND provisional"), 1);
    let csv = upload(&world.admin, "lich.csv", "Ngày;Loại\n1/1/2026;OFF\n10/1/2026;làm bù\n".as_bytes());
    assert!(
        csv.status == 200 && csv.body.contains("làm việc: Làm bù") || csv.body.contains("Làm bù"),
        "{}",
        csv.body
    );
}
