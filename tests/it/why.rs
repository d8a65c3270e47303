//! Why this date, why red: what the task's page and the API say of the deadline, the days counted and the standing.

use dondoc::domain::access::Role;
use uuid::Uuid;

use crate::support::build::{add_task, add_unit};
use crate::support::site::{As, Site, add_person};
use crate::support::{TestApp, run};

struct World {
    site: Site,
    page: As,
    program: As,
    id: Uuid,
    test: TestApp,
}

fn world() -> World {
    let test = TestApp::new();
    test.tenant("thu");
    add_unit(&test, "thu", "CVT");
    add_person(&test, "thu", "vp@thu.example", Role::Office, Some("CVT"));
    let id = add_task(&test, "thu", "CVT", "A1");
    let site = Site::new(&test);
    let (page, program) = (site.sign_in("thu", "vp@thu.example"), site.token("thu", "vp@thu.example"));
    World { site, page, program, id, test }
}

impl World {
    fn told(&self, at: &str) -> (String, serde_json::Value) {
        let address = format!("tasks/{}?as_of={at}", self.id);
        let page = self.site.get(&self.page, &format!("/{address}"));
        assert_eq!(page.status, 200, "{}", page.body);
        let json = self.site.get(&self.program, &format!("/api/v1/{address}")).json();
        (page.body, json["why"].clone())
    }
}

#[test]
fn the_panel_says_in_sentences_what_the_api_says_in_facts() {
    let world = world();
    run(
        &mut world.test.test_db.superuser(),
        "UPDATE tasks SET original_due_on = '2024-04-20', due_on = '2024-05-10', assigned_on = '2024-01-02',
                          due_words = '20/4/2024';
         INSERT INTO task_extensions (tenant_id, id, task_id, requested_on, request_number, wanted_due_on,
                                      wanted_precision, decision, decided_on, decision_reason, new_due_on)
         SELECT tenant_id, gen_random_uuid(), id, '2024-04-15', '12/CVT', '2024-05-31', 'month', 'changed',
                '2024-04-19', 'Cần sớm hơn', '2024-05-10' FROM tasks;
         UPDATE calendar_days SET provisional = true WHERE day = '2024-05-01'",
    );
    // Before the decision the old deadline holds: the request is open, and the holidays before it are named.
    let (page, why) = world.told("2024-04-17");
    for words in [
        "Ngày 15/04/2024 đơn vị đề nghị gia hạn đến 31/05/2024 (văn bản 12/CVT); chưa quyết định",
        "Từ 18/04/2024 đến hết 20/04/2024 còn 3 ngày, trong đó 1 ngày làm việc.",
        "Giỗ Tổ Hùng Vương 18/04/2024.",
        "Ngày hết hạn là ngày nghỉ",
        "Tình trạng này từ ngày 02/01/2024.",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert_eq!(why["counted"]["working_days"], 1);
    assert_eq!((why["since"].as_str(), why["due_on_day_off"].as_bool()), (Some("2024-01-02"), Some(true)));
    // After it the days until the new one are counted, with the exchanged day and the made-up Saturday.
    let (page, why) = world.told("2024-04-26");
    for words in [
        "ngày 19/04/2024 quyết định: đồng ý, đến ngày khác, thời hạn mới 10/05/2024; lý do: Cần sớm hơn",
        "Từ 27/04/2024 đến hết 10/05/2024 còn 14 ngày, trong đó 8 ngày làm việc.",
        "Làm bù 04/05/2024, đi làm",
        "Ngày Quốc tế Lao động 01/05/2024 (dự kiến)",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let special = why["counted"]["special_days"].as_array().unwrap();
    assert_eq!(special.len(), 4, "{special:?}");
    assert!(special.iter().any(|day| day["kind"] == "work" && day["from"] == "2024-05-04"));
    // Overdue since the day after; days late are counted to the day asked about.
    let (page, why) = world.told("2024-05-13");
    assert!(page.contains("Quá hạn kể từ ngày 11/05/2024."), "{page}");
    assert!(page.contains("đến hết 13/05/2024: 3 ngày, trong đó 1 ngày làm việc."), "{page}");
    assert_eq!(why["since"], "2024-05-11");
    // A report stops the count on its day.
    run(
        &mut world.test.test_db.superuser(),
        "INSERT INTO task_submissions (tenant_id, id, task_id, submitted_on)
         SELECT tenant_id, gen_random_uuid(), id, '2024-05-12' FROM tasks",
    );
    let (page, why) = world.told("2024-06-30");
    assert!(page.contains("đang chờ xác nhận: quá hạn 2 ngày"), "{page}");
    assert_eq!(
        (why["counted"]["through"].as_str(), why["counted"]["days"].as_u64()),
        (Some("2024-05-12"), Some(2))
    );
    // Nothing is told of a day on which it was not assigned yet.
    let (_, why) = world.told("2023-12-31");
    assert!(why.is_null());
}
