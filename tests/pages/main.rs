//! Every page with every twist of the sample holds the house's rules for markup.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // A test may stop where it finds a fault.

mod sample;

use dondoc::text::Lang;
use sample::{HOSTILE, Sample, Twist};

const TWISTS: [Twist; 4] = [Twist::Plain, Twist::Empty, Twist::Hostile, Twist::Long];

fn every_page(check: impl Fn(&str, &str)) {
    for lang in [Lang::Vi, Lang::En] {
        for twist in TWISTS {
            for (name, html) in Sample::new(lang, twist).all().unwrap() {
                check(&format!("{name} {lang:?} {twist:?}"), &html);
            }
        }
    }
}

/// What stands between `<` and `>`, quotes respected: every tag of a page.
fn tags(html: &str) -> Vec<&str> {
    let (mut found, mut from, mut quoted) = (Vec::new(), None, false);
    for (i, c) in html.char_indices() {
        match (c, from) {
            ('<', None) => from = Some(i),
            ('"', Some(_)) => quoted = !quoted,
            ('>', Some(start)) if !quoted => {
                found.push(&html[start..=i]);
                from = None;
            }
            _ => {}
        }
    }
    found
}

#[test]
fn a_strict_policy_holds_without_exceptions() {
    every_page(|page, html| {
        for tag in tags(html) {
            let name = tag.trim_start_matches(['<', '/']).split([' ', '>', '\n']).next().unwrap();
            assert!(!tag.contains(" style=") && name != "style", "{page}: {tag}");
            assert!(
                name != "script" || tag.starts_with("</") || tag.contains(" src=\"/static/"),
                "{page}: {tag}"
            );
            let outside_quotes: String = tag.split('"').step_by(2).collect();
            assert!(!outside_quotes.contains(" on"), "{page}: a handler in {tag}");
            assert!(!tag.contains("javascript:"), "{page}: {tag}");
        }
    });
}

#[test]
fn stored_markup_comes_out_as_text() {
    for lang in [Lang::Vi, Lang::En] {
        for (page, html) in Sample::new(lang, Twist::Hostile).all().unwrap() {
            assert!(
                !html.contains(HOSTILE) && !html.contains("<script>") && !html.contains("<img src=x"),
                "{page}"
            );
            assert!(!html.contains("\"><img"), "{page}");
            assert!(
                page.starts_with("error") || html.contains("&#60;script&#62;"),
                "{page} shows no hostile text"
            );
        }
    }
}

#[test]
fn a_page_has_one_heading_its_landmarks_and_its_language() {
    every_page(|page, html| {
        for once in
            ["<h1", "<main id=\"main\"", "<header", "<footer", "class=\"skip\" href=\"#main\"", "<title>"]
        {
            assert_eq!(html.matches(once).count(), 1, "{page}: {once}");
        }
        let lang = if page.contains(" Vi ") { "<html lang=\"vi\">" } else { "<html lang=\"en\">" };
        assert!(html.starts_with("<!doctype html>") && html.contains(lang), "{page}");
    });
}

#[test]
fn tables_have_captions_and_scopes_and_ids_are_unique() {
    every_page(|page, html| {
        assert_eq!(html.matches("<table").count(), html.matches("<caption").count(), "{page}");
        for tag in tags(html).iter().filter(|tag| tag.starts_with("<th ") || **tag == "<th>") {
            assert!(tag.contains("scope="), "{page}: {tag}");
        }
        let mut ids: Vec<&str> =
            html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all, "{page}: an id stands twice");
        for opened in html.split(" popovertarget=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(html.contains(&format!(" id=\"{opened}\" popover>")), "{page}: {opened} opens nothing");
        }
    });
}

#[test]
fn faults_stand_in_the_title_in_the_summary_and_at_the_field() {
    for (page, html) in Sample::new(Lang::Vi, Twist::Plain).all().unwrap() {
        let faulty = page.ends_with("-error");
        assert_eq!(html.contains("<title>Lỗi: "), faulty || page.starts_with("error-"), "{page}");
        assert_eq!(html.contains("class=\"faults\""), faulty, "{page}");
        assert_eq!(html.contains("aria-invalid=\"true\""), faulty, "{page}");
        for link in html.split("<li><a href=\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(html.contains(&format!(" id=\"{link}\"")), "{page}: #{link} leads nowhere");
        }
    }
}

#[test]
fn an_english_page_has_no_vietnamese_sentence() {
    let vietnamese = ["Tính đến", "Văn phòng nhập", "Đăng", "Quá hạn", "Thời hạn", "Bộ lọc", "Xem"];
    let pages = Sample::new(Lang::En, Twist::Empty).all().unwrap();
    for (page, html) in pages.iter().filter(|(page, _)| !page.starts_with("task")) {
        for words in vietnamese {
            assert!(!html.contains(words), "{page}: {words}");
        }
    }
}

#[test]
fn the_files_every_page_loads_are_small() {
    let css = include_str!("../../static/app.css");
    assert!(css.len() < 40_000 && include_str!("../../static/app.js").len() < 4_000);
    assert!(!css.contains("@import") && !css.contains("url("), "nothing else is loaded");
}
