use std::collections::HashSet;

use super::*;
use crate::imports::fields::Field;
use crate::imports::headings::{Heading, Matched, heading_key, match_headings};
use crate::imports::maps::MapFault;
use crate::imports::synonyms::{TASKS, UNITS as UNIT_WORDS};

pub fn matched(words: &[&str]) -> Matched {
    let headings: Vec<Heading> = words
        .iter()
        .enumerate()
        .map(|(at, words)| Heading { column: at as u32, row: 1, group: None, words: (*words).to_string() })
        .collect();
    match_headings(&headings, &TASKS, &[], &|_, _| true)
}

fn fields(words: &[&str]) -> Vec<Option<Field>> {
    let matched = matched(words);
    let field = |at| matched.columns.iter().find(|column| column.column == at).map(|column| column.field);
    (0..words.len() as u32).map(field).collect()
}

#[test]
fn every_wording_is_in_its_plain_form_and_means_one_field() {
    for vocabulary in [&TASKS, &UNIT_WORDS] {
        let mut seen = HashSet::new();
        for wordings in vocabulary.wordings {
            for words in wordings.exact {
                assert_eq!(heading_key(words), *words);
                assert!(seen.insert(*words), "{words} means two fields");
            }
            assert!(wordings.weak.iter().all(|words| heading_key(words) == *words));
        }
        for rule in vocabulary.rules {
            let mut phrases = rule.all.iter().copied().flatten().chain(rule.none);
            assert!(phrases.all(|phrase| heading_key(phrase) == *phrase));
        }
        let mut phrases = vocabulary.vetoes.iter().flat_map(|veto| veto.phrases.iter().chain(veto.own));
        assert!(phrases.all(|phrase| heading_key(phrase) == *phrase));
    }
}

#[test]
fn longer_wordings_are_recognised_by_their_phrases() {
    for (words, field) in [
        ("Cơ quan, đơn vị được giao chủ trì thực hiện nhiệm vụ", Some(Field::Unit)),
        ("Các cơ quan, đơn vị phối hợp thực hiện nhiệm vụ", Some(Field::Coordinating)),
        ("Thời hạn hoàn thành nhiệm vụ theo chỉ đạo của Bộ trưởng", Some(Field::Due)),
        ("Thời hạn (ngày/tháng/năm)", Some(Field::Due)),
        ("HẠN XỬ LÝ\n(dd/mm/yyyy)", Some(Field::Due)),
        ("Thời hạn được gia hạn đến ngày", Some(Field::ExtendedTo)),
        ("Ngày gia hạn", Some(Field::ExtensionDecidedOn)),
        ("Ngày thực tế đã hoàn thành nhiệm vụ", Some(Field::CompletedOn)),
        ("Thời gian hoàn thành thực tế", Some(Field::CompletedOn)),
        ("Thời gian hoàn thành", Some(Field::Due)),
        ("Nội dung nhiệm vụ được giao tại văn bản", Some(Field::Title)),
        ("Số, ký hiệu của văn bản giao nhiệm vụ", Some(Field::SourceNumber)),
        ("Ngày, tháng, năm của văn bản giao", Some(Field::SourceDate)),
        ("Trích yếu nội dung văn bản giao nhiệm vụ", Some(Field::SourceAbstract)),
        ("Loại nhiệm vụ (trọng tâm, thường xuyên)", Some(Field::Category)),
        ("Kết quả/sản phẩm", Some(Field::Product)),
        ("Kết quả, sản phẩm hoàn thành", Some(Field::Product)),
        ("% hoàn thành", Some(Field::Percent)),
        ("Đơn vị (chủ trì)", Some(Field::Unit)),
        ("Mã NV", Some(Field::Code)),
        ("Số/ký hiệu VB giao NV", Some(Field::SourceNumber)),
        ("Ngày VB", Some(Field::SourceDate)),
        ("CQ/ĐV chủ trì", Some(Field::Unit)),
        ("Ngày HT", Some(Field::CompletedOn)),
        ("Tên công việc/nhiệm vụ", Some(Field::Title)),
        ("Nhiệm vụ, công việc", Some(Field::Title)),
        ("Sở, ngành được giao chủ trì", Some(Field::Unit)),
        ("Đơn vị chịu trách nhiệm chính", Some(Field::Unit)),
        ("Cấp trình ban hành", Some(Field::Level)),
        ("Hình thức sản phẩm", Some(Field::Product)),
        ("Hạn mới", Some(Field::ExtendedTo)),
        ("Hạn hoàn thành (mới)", Some(Field::ExtendedTo)),
        ("Due date", Some(Field::Due)),
        ("Lãnh đạo đơn vị chủ trì", Some(Field::Leader)),
        ("Đơn vị chủ trì, phối hợp", None),
        ("Số ngày quá hạn", None),
        ("Số lần gia hạn", None),
        ("Màu sắc", None),
    ] {
        assert_eq!(fields(&[words]), [field], "{words}");
    }
}

#[test]
fn neighbours_that_sound_alike_are_told_apart() {
    let words = ["Hạn hoàn thành", "Ngày hoàn thành", "Gia hạn đến", "Ngày gia hạn"];
    let expected = [Field::Due, Field::CompletedOn, Field::ExtendedTo, Field::ExtensionDecidedOn];
    assert_eq!(fields(&words), expected.map(Some));
    let words = ["Thời hạn", "Thời gian hoàn thành"];
    assert_eq!(fields(&words), [Some(Field::Due), Some(Field::CompletedOn)]);
    let words = ["Ngày hoàn thành", "Thời gian hoàn thành"];
    assert_eq!(fields(&words), [Some(Field::CompletedOn), Some(Field::Due)]);
    let words =
        ["Số văn bản", "Ngày văn bản", "Trích yếu văn bản", "Loại văn bản", "Loại nhiệm vụ", "Nhiệm vụ"];
    let expected = [
        Field::SourceNumber,
        Field::SourceDate,
        Field::SourceAbstract,
        Field::SourceKind,
        Field::Category,
        Field::Title,
    ];
    assert_eq!(fields(&words), expected.map(Some));
    let words = ["Đơn vị", "Đơn vị chủ trì", "Đơn vị phối hợp"];
    assert_eq!(fields(&words), [None, Some(Field::Unit), Some(Field::Coordinating)]);
}

#[test]
fn two_exact_headings_for_a_field_are_ambiguous_and_two_vague_ones_unused() {
    let exact = matched(&["Thời hạn", "Hạn hoàn thành"]);
    assert_eq!(exact.ambiguous.len(), 1);
    assert_eq!(exact.ambiguous[0].0, Field::Due);
    let vague = matched(&["Thời hạn theo chỉ đạo A", "Thời hạn theo chỉ đạo B"]);
    assert!(vague.columns.is_empty() && vague.ambiguous.is_empty());
    assert!(vague.unrecognised.iter().all(|heading| heading.guess == Some(Field::Due)));
}

#[test]
fn maps_are_read() {
    let map = HeadingMap::parse("Việc = gì = title").unwrap();
    assert_eq!((map.heading.as_str(), map.field), ("Việc = gì", Some(Field::Title)));
    assert_eq!(HeadingMap::parse("Việc=ignore").unwrap().field, None);
    assert_eq!(HeadingMap::parse("Việc"), Err(MapFault::NoHeading));
    assert_eq!(HeadingMap::parse("Việc=x"), Err(MapFault::UnknownField("x".to_string())));
}

#[test]
fn a_map_settles_what_words_do_not() {
    let heading = ["Việc", "Ai làm", "Thời hạn", "Hạn hoàn thành"];
    let bytes = book(&[heading, ["Làm A", "CVT", "31/10/2024", "x"]]);
    let Refusal::NoTaskSheet { best: Some(problem) } = refused(&bytes, &[]) else { panic!("not refused so") };
    assert!(problem.missing.contains(&Field::Unit));
    assert_eq!(problem.unrecognised[0].cell, "A1");
    let said = ["việc=title", "AI  LÀM=unit"];
    assert!(matches!(refused(&bytes, &said), Refusal::Ambiguous { field: Field::Due, .. }));
    let said = ["việc=title", "AI  LÀM=unit", "D=ignore"].map(|map| HeadingMap::parse(map).unwrap());
    let row = &open(&bytes, &said).unwrap().rows(&index(), day("01/01/2025")).rows[0];
    assert_eq!((row.title.as_str(), row.unit), ("Làm A", unit("CVT")));
    let said = ["việc=title", "AI  LÀM=unit", "D=ignore", "Tên=note"];
    assert_eq!(refused(&bytes, &said), Refusal::MapUnused { heading: "Tên".to_string() });
    let said = ["việc=title", "Ai làm=unit", "D=due", "C=due"];
    assert!(matches!(refused(&bytes, &said), Refusal::Ambiguous { field: Field::Due, .. }));
}
