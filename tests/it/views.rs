//! Saved views: whose they are, who sees them, what a list begins with, and what no longer holds.

use dondoc::domain::access::Role;

use crate::support::build::{add_task, add_unit};
use crate::support::site::{As, Site, add_person};
use crate::support::{TestApp, number, run};

struct World {
    test: TestApp,
    site: Site,
    office: As,
    other: As,
    staff: As,
}

fn world() -> World {
    let test = TestApp::new();
    test.tenant("thu");
    add_unit(&test, "thu", "CVT");
    add_task(&test, "thu", "CVT", "A1");
    add_person(&test, "thu", "vp@thu.example", Role::Office, Some("CVT"));
    add_person(&test, "thu", "vp2@thu.example", Role::Office, Some("CVT"));
    add_person(&test, "thu", "cv@thu.example", Role::Staff, Some("CVT"));
    let site = Site::new(&test);
    let [office, other, staff] =
        ["vp@thu.example", "vp2@thu.example", "cv@thu.example"].map(|email| site.sign_in("thu", email));
    World { test, site, office, other, staff }
}

impl World {
    /// Saves a view; where it opens.
    fn save(&self, who: &As, form: &str) -> String {
        let answer = self.site.send(who, "POST", "/views", form);
        assert_eq!(answer.status, 303, "{}", answer.body);
        answer.header("location").to_owned()
    }

    fn opened(&self, who: &As, place: &str) -> (u16, String) {
        let answer = self.site.get(who, place);
        (answer.status, answer.header("location").to_owned())
    }
}

#[test]
fn a_view_is_saved_opened_shared_and_begun_with() {
    let world = world();
    let place = world.save(&world.office, "name=Qu%C3%A1+h%E1%BA%A1n&query=standing%3Doverdue%26sort%3Dcode");
    let list = "/tasks?standing=overdue&sort=code".to_owned();
    assert_eq!(world.opened(&world.office, &place), (303, list.clone()));
    let page = world.site.get(&world.office, &list).body;
    assert!(page.contains(&format!("<a href=\"{place}\" aria-current=\"true\">Quá hạn")), "{page}");
    // It is nobody else's before it is shared.
    assert_eq!(world.opened(&world.staff, &place).0, 404);
    assert!(!world.site.get(&world.staff, "/unit").body.contains("Quá hạn</a>"));
    let shared = world.site.send(&world.office, "POST", &place, "name=Tr%E1%BB%85&shared=yes");
    assert_eq!(shared.header("location"), "/views?done=changed");
    assert_eq!(world.opened(&world.staff, &place), (303, list.clone()));
    assert!(world.site.get(&world.staff, "/unit").body.contains(&format!("<a href=\"{place}\">Trễ")));
    // Whoever wants begins with it, until it is shared no more.
    assert_eq!(world.site.send(&world.staff, "POST", &format!("{place}/default"), "begin=yes").status, 303);
    assert_eq!(world.opened(&world.staff, "/tasks"), (303, place.clone()));
    assert_eq!(world.opened(&world.staff, "/tasks?as_of=2024-11-29").0, 200);
    assert_eq!(world.opened(&world.office, "/tasks").0, 200);
    // Another of the Office looks after what is shared; staff do not.
    assert_eq!(world.site.send(&world.staff, "POST", &place, "name=X").status, 403);
    assert_eq!(world.site.send(&world.other, "POST", &place, "name=Tr%E1%BB%85").status, 303);
    assert_eq!(world.opened(&world.staff, "/tasks").0, 200);
    assert_eq!(world.opened(&world.other, &place).0, 404);
    assert_eq!(world.site.send(&world.office, "POST", &format!("{place}/remove"), "").status, 303);
    assert_eq!(world.opened(&world.office, &place).0, 404);
    let acts = number(
        &mut world.test.test_db.superuser(),
        "SELECT count(*) FROM journal WHERE subject = 'view' AND act IN ('view.save', 'view.change', 'view.remove')",
    );
    assert_eq!(acts, 4);
}

#[test]
fn what_can_not_be_saved_comes_back_and_what_is_gone_says_so() {
    let world = world();
    world.save(&world.staff, "name=M%E1%BB%99t&query=unit%3DCVT%26assignee%3Dme");
    let taken = world.site.send(&world.staff, "POST", "/views", "name=M%E1%BB%99t&query=standing%3Doverdue");
    assert_eq!(taken.status, 422);
    for kept in ["value=\"Một\"", "value=\"standing=overdue\"", "id=\"name-error\""] {
        assert!(taken.body.contains(kept), "{kept}: {}", taken.body);
    }
    let unread =
        world.site.send(&world.staff, "POST", "/views", "name=Hai&query=standing%3Dnever%26moon%3D1");
    assert_eq!(unread.status, 422);
    assert!(unread.body.contains("standing:") && unread.body.contains("moon:"), "{}", unread.body);
    assert_eq!(world.site.send(&world.staff, "POST", "/views", "name=Ba&query=&shared=yes").status, 403);
    // The unit is called otherwise now: the view says so, and opens without it.
    run(&mut world.test.test_db.superuser(), "UPDATE units SET short_name = 'CVTH', name = 'CVTH'");
    let page = world.site.get(&world.staff, "/views");
    let place = page.body.split("<a href=\"/views/").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    let broken = world.site.get(&world.staff, &format!("/views/{place}"));
    assert_eq!(broken.status, 200);
    assert!(broken.body.contains("unit: không có đơn vị này"), "{}", broken.body);
    assert!(broken.body.contains("href=\"/tasks?assignee=me\""), "{}", broken.body);
}
