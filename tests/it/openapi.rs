//! The API's own description: it tells of every route and nothing else, in two languages, and can be browsed.

use std::collections::BTreeSet;

use actix_web::test::TestRequest;
use dondoc::api::document::{self, document};
use dondoc::http::Need;
use dondoc::public_url::PublicUrl;
use dondoc::routes::{self, ROUTES};
use dondoc::text::{self, Lang};
use serde_json::Value;

use crate::support::TestApp;
use crate::support::site::{As, Site};

fn told(lang: Lang) -> Value {
    document(lang, &routes::table(), &PublicUrl::parse("https://dondoc.example").unwrap())
}

#[test]
fn every_route_of_the_api_is_told_of_and_the_reverse() {
    let table = routes::table();
    let known: BTreeSet<_> = document::routes(&table).map(|route| (route.method, route.path)).collect();
    let operations = document::operations();
    let described: BTreeSet<_> = operations.iter().map(|one| (one.method, one.path)).collect();
    assert_eq!(described, known);
    assert_eq!(operations.len(), described.len(), "each once");
    let ids: BTreeSet<_> = operations.iter().map(|one| one.id).collect();
    assert_eq!(ids.len(), operations.len(), "each by a name of its own");
    let document = told(Lang::En);
    for entry in ROUTES.iter().filter(|entry| entry.path.starts_with("/api/")) {
        let one = &document["paths"][entry.path][entry.method.to_lowercase()];
        match entry.need {
            Need::Member(act) => {
                assert_eq!(one["x-permission"], act.code(), "{}", entry.path);
                assert_eq!(one["security"][0]["bearer"], serde_json::json!([]), "{}", entry.path);
                assert!(one["responses"]["401"].is_object() && one["responses"]["403"].is_object());
            }
            Need::Open | Need::Sealed => assert_eq!(one["security"], serde_json::json!([]), "{}", entry.path),
        }
    }
}

/// Every value of a document, with the way to it.
fn walk(at: &str, value: &Value, see: &mut impl FnMut(&str, &Value)) {
    see(at, value);
    match value {
        Value::Object(map) => map.iter().for_each(|(name, value)| walk(&format!("{at}/{name}"), value, see)),
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(n, value)| walk(&format!("{at}/{n}"), value, see))
        }
        _ => {}
    }
}

#[test]
fn what_it_refers_to_is_there_and_everything_has_its_words() {
    for lang in [Lang::Vi, Lang::En] {
        let document = told(lang);
        let schemas = document["components"]["schemas"].as_object().unwrap();
        let mut referred = BTreeSet::new();
        walk("", &document, &mut |at, value| {
            if let Some(name) = value.get("$ref").and_then(Value::as_str) {
                let name =
                    name.strip_prefix("#/components/schemas/").unwrap_or_else(|| panic!("{at}: {name}"));
                assert!(schemas.contains_key(name), "{at}: {name}");
                referred.insert(name.to_owned());
            }
        });
        assert_eq!(referred, schemas.keys().cloned().collect(), "nothing is there for nothing");
        for (path, methods) in document["paths"].as_object().unwrap() {
            for (method, one) in methods.as_object().unwrap() {
                let said = |value: &Value| value.as_str().is_some_and(|text| !text.is_empty());
                assert!(said(&one["summary"]), "{method} {path}");
                for parameter in one["parameters"].as_array().unwrap() {
                    assert!(said(&parameter["description"]), "{method} {path} {parameter}");
                }
                for (status, answer) in one["responses"].as_object().unwrap() {
                    assert!(said(&answer["description"]), "{method} {path} {status}");
                    let is_error = status.starts_with(['4', '5']);
                    assert_eq!(
                        answer["content"].get("application/problem+json").is_some(),
                        is_error,
                        "{path} {status}"
                    );
                }
            }
        }
    }
}

#[test]
fn it_is_served_to_programs_and_to_people() {
    let test = TestApp::new();
    let site = Site::new(&test);
    let english = TestRequest::get().uri(document::PLACE).insert_header(("accept-language", "en"));
    let answer = site.ask(&As::Nobody, english);
    assert_eq!((answer.status, answer.header("content-type")), (200, "application/json"));
    assert_eq!(answer.json(), told(Lang::En));
    assert_eq!(site.get(&As::Nobody, document::PLACE).json(), told(Lang::Vi));
    assert_eq!(site.get(&As::Nobody, &format!("{}?x=1", document::PLACE)).status, 400);
    let page = site.get(&As::Nobody, "/api");
    assert_eq!(page.status, 200);
    for one in document::operations() {
        assert!(page.body.contains(&format!("id=\"{}\"", one.id)), "{}", one.id);
        assert!(page.body.contains(text::api::operation(Lang::Vi, one.id)), "{}", one.id);
    }
    assert!(!page.body.contains("<script>") && page.body.contains("Idempotency-Key"));
}
