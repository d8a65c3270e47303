//! Finding tasks: what a search looks through, the filters of a list beside its standing, its orders.

use diesel::RunQueryDsl;
use diesel::sql_types::{Text, Uuid as SqlUuid};
use dondoc::domain::access::{Acting, Role};
use dondoc::domain::order::Order;
use dondoc::domain::words::{fold, tidy};
use dondoc::params::Params;
use dondoc::tasks::{self, Search, TaskFilterInput, TaskListed, input};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use uuid::Uuid;

use crate::support::build::{add_task, add_unit, person_of};
use crate::support::site::{Site, add_person};
use crate::support::{TestApp, TestDb, day, run};

#[derive(diesel::QueryableByName)]
struct Folded {
    #[diesel(sql_type = Text)]
    folded: String,
}

#[test]
fn the_database_folds_as_the_product_does() {
    let db = TestDb::new();
    let mut conn = db.superuser();
    let mut folded = |text: &str| {
        let asked = diesel::sql_query("SELECT folded($1) AS folded").bind::<Text, _>(text);
        asked.get_result::<Folded>(&mut conn).unwrap().folded
    };
    let alphabet = "aăâbcdđeêghiklmnoôơpqrstuưvxyAĂÂĐÊÔƠƯàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ\
                    ẮẶẾỘỞỮỴ 0123456789/-–.,;%_\\'\"éüñçÅŠ";
    for text in [alphabet, "Đắk Lắk", "QUÁ HẠN", "hoà bình, hòa bình", "Thu\u{309}y"] {
        assert_eq!(folded(text), fold(text), "{text}");
    }
    let letters: Vec<char> = alphabet.chars().collect();
    let words = proptest::collection::vec(proptest::sample::select(letters), 0..60);
    let mut runner = TestRunner::deterministic();
    for _ in 0..200 {
        let text = tidy(&words.new_tree(&mut runner).unwrap().current().into_iter().collect::<String>());
        assert_eq!(folded(&text), fold(&text), "{text}");
    }
}

/// Three tasks of two units: what each is called, says and is given to is told in SQL, as no page writes all of it.
fn world() -> (TestApp, [Uuid; 3]) {
    let test = TestApp::new();
    test.tenant("thu");
    for unit in ["CVT", "CBC"] {
        add_unit(&test, "thu", unit);
    }
    add_person(&test, "thu", "vp@thu.example", Role::Office, Some("CBC"));
    add_person(&test, "thu", "cv@thu.example", Role::Staff, Some("CVT"));
    add_person(&test, "thu", "ld@thu.example", Role::Leader, None);
    let ids =
        ["A1", "A2", "B1"].map(|code| add_task(&test, "thu", if code == "B1" { "CBC" } else { "CVT" }, code));
    let [staff, leader] = ["cv@thu.example", "ld@thu.example"].map(|email| person_of(&test, "thu", email));
    let mut conn = test.test_db.superuser();
    let mut sql = |text: &str, task: Uuid, person: Uuid| {
        let sql = diesel::sql_query(text).bind::<SqlUuid, _>(task).bind::<SqlUuid, _>(person);
        assert_eq!(sql.execute(&mut conn).unwrap(), 1, "{text}");
    };
    sql(
        "UPDATE tasks SET title = 'Báo cáo quá hạn ở Đắk Lắk', source_number = '142/TB-BTTTT', field = 'Viễn thông',
                labels = '{Chuyển đổi số,Gấp}', source_abstract = 'Kết luận hội nghị', leader_id = $2,
                assigned_on = '2024-03-01', updated_at = '2024-11-01' WHERE id = $1",
        ids[0],
        leader,
    );
    sql(
        "UPDATE tasks SET contact_id = $2, status = 'paused', late_reason = 'Chờ ý kiến', due_on = '2024-10-01',
                original_due_on = '2024-10-01', updated_at = '2024-11-03' WHERE id = $1",
        ids[1],
        staff,
    );
    sql(
        "INSERT INTO task_assignees (tenant_id, task_id, person_id) SELECT tenant_id, id, $2 FROM tasks WHERE id = $1",
        ids[2],
        staff,
    );
    sql(
        "INSERT INTO task_extensions (tenant_id, id, task_id, requested_on, wanted_due_on, wanted_precision)
         SELECT tenant_id, $2, id, '2024-11-20', '2024-12-31', 'day' FROM tasks WHERE id = $1",
        ids[2],
        staff,
    );
    run(&mut conn, "UPDATE tasks SET updated_at = '2024-11-02' WHERE code = 'B1'");
    (test, ids)
}

/// The codes of a list's address, in its order, one page a task.
fn codes(test: &TestApp, acting: &Acting, address: &str) -> String {
    let today = day("2024-11-29");
    let listed: Vec<TaskListed> = test
        .act("thu", |conn, settings| {
            let (asked, faults) = input::read(conn, Params::parse(address), acting, today)?;
            assert_eq!(faults, [], "{address}");
            let mut all = Vec::new();
            let mut after = None;
            loop {
                let page = tasks::page(
                    conn,
                    today,
                    settings.due_soon_days,
                    asked.filter.clone(),
                    1,
                    after.as_ref(),
                )?;
                all.extend(page.items);
                match page.next {
                    Some(next) => after = tasks::Cursor::decode(&next, today, &asked.filter),
                    None => break,
                }
                assert!(after.is_some());
            }
            let whole = tasks::listing(conn, today, settings.due_soon_days, asked.filter, 25, None)?;
            assert_eq!(whole.page.items, all, "{address}");
            assert_eq!(whole.total, u64::try_from(all.len()).unwrap(), "{address}");
            Ok(all)
        })
        .unwrap();
    listed.into_iter().map(|task| task.code).collect::<Vec<_>>().join(" ")
}

#[test]
fn every_filter_and_order_of_the_address_is_kept_to() {
    let (test, _) = world();
    let staff = Acting {
        actor: String::new(),
        person: Some(person_of(&test, "thu", "cv@thu.example")),
        role: Role::Office,
        unit: None,
    };
    let leader = person_of(&test, "thu", "ld@thu.example");
    for (address, expected) in [
        ("q=qua+han+dak", "A1"),
        ("q=hoi+nghi", "A1"),
        ("q=chuyen+doi", "A1"),
        ("q=142%2Ftb", "A1"),
        ("q=qua+khong", ""),
        ("source=142/tb", "A1"),
        ("label=chuyen+doi+so", "A1"),
        ("label=chuyen", ""),
        ("field=vien+thong", "A1"),
        (&format!("leader={leader}"), "A1"),
        ("assignee=me", "A2 B1"),
        ("assignee=me&unit=CBC", "B1"),
        ("assigned_from=2024-02-01", "A1"),
        ("assigned_to=2024-02-01", "A2 B1"),
        ("status=paused", "A2"),
        ("extension=open", "B1"),
        ("reason=none", "A1 B1"),
        ("sort=due", "A2 A1 B1"),
        ("sort=code", "A1 A2 B1"),
        ("sort=assigned", "A1 B1 A2"),
        ("sort=unit", "A2 A1 B1"),
        ("sort=changed", "A2 B1 A1"),
        ("sort=changed&unit=CVT", "A2 A1"),
        ("", "A2 A1 B1"),
    ] {
        assert_eq!(codes(&test, &staff, address), expected, "{address}");
    }
    let faults = |address: &str| {
        let today = day("2024-11-29");
        let read = test.act("thu", |conn, _| input::read(conn, Params::parse(address), &staff, today));
        let (_, faults) = read.unwrap();
        faults.into_iter().map(|fault| fault.name).collect::<Vec<_>>()
    };
    assert_eq!(faults(&format!("assignee={}&leader=x", Uuid::nil())), ["assignee", "leader"]);
}

#[test]
fn the_page_keeps_its_filters_and_says_them_in_words() {
    let (test, _) = world();
    let site = Site::new(&test);
    let who = site.sign_in("thu", "cv@thu.example");
    let page = site.get(&who, "/tasks?assignee=me&status=paused&sort=code&q=nhiem");
    assert_eq!(page.status, 200, "{}", page.body);
    for words in
        ["Người thực hiện: Tôi", "Trạng thái: Tạm dừng", "Nhiệm vụ theo mã", "1 nhiệm vụ", "<details open"]
    {
        assert!(page.body.contains(words), "{words}: {}", page.body);
    }
    assert!(page.body.contains("sort=code"), "the order stays in the links");
    assert!(page.body.contains("value=\"nhiem\""), "the quick search keeps its words");
    let wrong = site.get(&who, "/tasks?assigned_from=mai");
    assert_eq!(wrong.status, 400);
    assert!(wrong.body.contains("id=\"assigned_from-error\"") && wrong.body.contains("<details open"));
    // A unit's reader sees no other unit's task, whatever the words.
    assert!(site.get(&who, "/tasks?q=B1&assignee=").body.contains("<b>0 nhiệm vụ</b>"));
}

/// As many tasks as a large tenant has, each with words of its own.
const MANY: &str = "
INSERT INTO tasks (tenant_id, id, code, title, title_key, category, lead_unit_id, product, assigned_on, due_precision,
                   original_due_on, due_on, status, source_number, imported, created_at, updated_at)
SELECT u.tenant_id, gen_random_uuid(), 'NV-' || n, 'Xây dựng quy định số ' || n, 'x', 'key', u.id, 'report',
       date '2024-01-01', 'day', date '2024-01-01' + n % 700, date '2024-01-01' + n % 700, 'in_progress',
       n % 900 || '/TB-BTTTT', 
       (SELECT jsonb_build_object('title', string_agg(md5(n || ' ' || i), '')) FROM generate_series(1, 36) i), now(), now()
  FROM generate_series(1, 20000) n JOIN units u ON u.short_name = 'CVT'";

#[test]
fn a_search_over_many_tasks_finds_all_that_match() {
    let test = TestApp::with_pool(1);
    test.tenant("thu");
    add_unit(&test, "thu", "CVT");
    run(&mut test.test_db.superuser(), MANY);
    let (found, all) = test
        .act("thu", |conn, settings| {
            let mut total = |q: &str, order| {
                let asked = TaskFilterInput { q: Search::of(q), order, ..TaskFilterInput::default() };
                tasks::listing(conn, day("2024-11-29"), settings.due_soon_days, asked, 25, None)
                    .unwrap()
                    .total
            };
            // Words of few tasks, and words of more than are named one by one.
            Ok((total("số 777", Order::Late), total("quy dinh", Order::Changed)))
        })
        .unwrap();
    assert_eq!((found, all), (57, 20_000));
}
