//! The form of a tenant's documents: who sets it, what is refused, what it makes.

use dondoc::documents::{self, DOCX, docx};
use dondoc::domain::access::Role;
use dondoc::papers::specimen;

use crate::support::build::add_unit;
use crate::support::site::{As, Site, add_person};
use crate::support::{TestApp, number, part};

const PLACE: &str = "/settings/template";

fn tenant() -> TestApp {
    let test = TestApp::new();
    test.tenant("mot");
    add_unit(&test, "mot", "VP");
    add_person(&test, "mot", "vp@mot.example", Role::Office, Some("VP"));
    add_person(&test, "mot", "qt@mot.example", Role::Admin, None);
    add_person(&test, "mot", "lanhdao@mot.example", Role::Leader, None);
    test
}

fn sample(site: &Site, who: &As) -> Vec<u8> {
    let sample = site.get(who, "/settings/template/sample.docx");
    assert_eq!((sample.status, sample.header("content-type")), (200, DOCX));
    sample.raw
}

#[test]
fn a_template_takes_the_place_of_our_form_until_it_is_withdrawn() {
    let test = tenant();
    let site = Site::new(&test);
    let office = site.sign_in("mot", "vp@mot.example");
    let ours = site.get(&office, "/settings/template/filled.docx").raw;
    let name = test.act("mot", |_, settings| Ok(settings.name.clone())).unwrap();
    assert_eq!(ours, docx(&specimen(&name)).unwrap());

    let sent = site.upload(&office, PLACE, &[], "Mẫu của Bộ.docx", &sample(&site, &office));
    assert_eq!(
        (sent.status, sent.header("location")),
        (303, "/settings/template?done=saved"),
        "{}",
        sent.body
    );
    assert!(site.get(&office, PLACE).body.contains("Mẫu của Bộ.docx"));
    let filled = site.get(&office, "/settings/template/filled.docx").raw;
    let words = part(&filled, "word/document.xml");
    assert!(words.contains("Nhiệm vụ quá hạn: ") && words.contains(">03<"));
    let kept = test.act("mot", |conn, _| documents::current_template(conn)).unwrap().unwrap();
    assert_eq!((kept.version, documents::word(&specimen(&name), Some(&kept)).unwrap()), (1, filled));

    let admin = site.sign_in("mot", "qt@mot.example");
    assert_eq!(site.send(&admin, "POST", "/settings/template/withdraw", "").status, 303);
    assert_eq!(site.get(&office, "/settings/template/filled.docx").raw, ours);
    assert_eq!(site.send(&admin, "POST", "/settings/template/withdraw", "").status, 404);
    let again = site.upload(&admin, PLACE, &[], "mau.docx", &sample(&site, &admin));
    assert_eq!(again.status, 303);
    let kept = test.act("mot", |conn, _| documents::current_template(conn)).unwrap().unwrap();
    assert_eq!(kept.version, 2);
    let told = "SELECT count(*) FROM journal WHERE act LIKE 'template.%'";
    assert_eq!(number(&mut test.test_db.superuser(), told), 3);
}

#[test]
fn what_is_no_template_is_refused_at_its_field() {
    let test = tenant();
    let site = Site::new(&test);
    let office = site.sign_in("mot", "vp@mot.example");
    let ours = docx(&specimen("Bộ")).unwrap();
    let own = sample(&site, &office);
    for (name, bytes, why) in [
        ("mau.docx", &ours[..], "thiếu ô nội dung (content control) bắt buộc có thẻ: subject, results"),
        ("mau.docx", &b"words"[..], "không phải tệp Word dạng docx"),
        ("a/b.docx", &own[..], "tên tệp không dùng được"),
        ("", &b""[..], "cần nhập mục này"),
    ] {
        let refused = site.upload(&office, PLACE, &[], name, bytes);
        assert_eq!(refused.status, 422, "{why}");
        let said = refused.body.to_lowercase();
        assert!(said.contains(why.to_lowercase().as_str()), "{why}: {}", refused.body);
        assert!(refused.body.contains("aria-invalid=\"true\""));
    }
    let none = "SELECT count(*) FROM document_templates";
    assert_eq!(number(&mut test.test_db.superuser(), none), 0);
}

#[test]
fn only_the_office_and_administrators_set_it() {
    let test = tenant();
    let site = Site::new(&test);
    let leader = site.sign_in("mot", "lanhdao@mot.example");
    assert_eq!(site.get(&leader, PLACE).status, 403);
    assert_eq!(site.upload(&leader, PLACE, &[], "mau.docx", b"words").status, 403);
    let office = site.sign_in("mot", "vp@mot.example");
    assert!(site.get(&office, "/dashboard").body.contains("href=\"/settings/template\""));
    assert!(!site.get(&leader, "/dashboard").body.contains("href=\"/settings/template\""));
}
