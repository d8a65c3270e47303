//! Headings of several lines, and columns that only their values tell apart.

use rust_xlsxwriter::Format;

use super::*;
use crate::imports::HeadingReport;
use crate::imports::fields::Field;

const UNGROUPED: [(&str, &str); 3] =
    [("TT", "1"), ("Nội dung nhiệm vụ", "Xây dựng đề án"), ("Đơn vị chủ trì", "CVT")];

/// A group heading with its sub-headings; every value below is the date given.
type Group = (&'static str, &'static [&'static str]);

/// A sheet whose ungrouped columns are merged downwards and whose groups are merged sideways.
fn grouped(due: bool, groups: &[Group]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let plain = Format::new();
    let own = UNGROUPED.into_iter().chain(due.then_some(("Thời hạn", "31/10/2024")));
    let mut column = 0;
    for (heading, value) in own {
        sheet.merge_range(0, column, 1, column, heading, &plain).unwrap();
        sheet.write_string(2, column, value).unwrap();
        column += 1;
    }
    for (group, words) in groups {
        let last = column + words.len() as u16 - 1;
        if last > column {
            sheet.merge_range(0, column, 0, last, group, &plain).unwrap();
        } else {
            sheet.write_string(0, column, *group).unwrap();
        }
        for words in *words {
            sheet.write_string(1, column, *words).unwrap();
            sheet.write_string(2, column, "03/09/2024").unwrap();
            column += 1;
        }
    }
    workbook.save_to_buffer().unwrap()
}

fn report(bytes: &[u8]) -> HeadingReport {
    opened(bytes).headings[0].clone()
}

fn meaning(report: &HeadingReport, heading: &str) -> Option<Field> {
    let found = report.recognised.iter().find(|(words, ..)| words == heading);
    let told = report.unrecognised.iter().any(|known| known.heading == heading);
    assert!(found.is_some() || told, "{heading} is neither recognised nor listed");
    found.map(|(_, _, field)| *field)
}

#[test]
fn a_group_is_read_with_every_line_below_it() {
    use Field::*;
    let cases: [(bool, Group, &[Option<Field>]); 20] = [
        (false, ("Thời gian thực hiện", &["Từ ngày", "Đến ngày"]), &[None, Some(Due)]),
        (false, ("Thời gian thực hiện", &["Bắt đầu", "Kết thúc"]), &[None, Some(Due)]),
        (false, ("Thời gian thực hiện", &["Ngày bắt đầu", "Ngày kết thúc"]), &[None, Some(Due)]),
        (false, ("Thời gian hoàn thành", &["Kế hoạch", "Thực tế"]), &[Some(Due), Some(CompletedOn)]),
        (
            false,
            ("Thời hạn hoàn thành", &["Theo văn bản giao", "Sau điều chỉnh"]),
            &[Some(Due), Some(ExtendedTo)],
        ),
        (false, ("Thời hạn hoàn thành", &["Lần đầu", "Sau gia hạn"]), &[Some(Due), Some(ExtendedTo)]),
        (false, ("Thời hạn", &["Ngày giao", "Ngày hoàn thành"]), &[Some(AssignedOn), Some(Due)]),
        (
            true,
            ("Kết quả thực hiện", &["Số, ký hiệu", "Ngày ban hành"]),
            &[Some(ProductNumber), Some(ProductDate)],
        ),
        (
            true,
            ("Sản phẩm hoàn thành", &["Số văn bản", "Ngày văn bản"]),
            &[Some(ProductNumber), Some(ProductDate)],
        ),
        (true, ("Gia hạn", &["Số văn bản", "Ngày văn bản", "Thời hạn mới"]), &[None, None, Some(ExtendedTo)]),
        (true, ("Văn bản trả lời", &["Số, ký hiệu", "Ngày, tháng"]), &[None, None]),
        (true, ("Đôn đốc", &["Số văn bản", "Ngày văn bản"]), &[None, None]),
        (true, ("Tờ trình", &["Số", "Ngày ban hành"]), &[None, None]),
        (true, ("Văn bản trình", &["Số", "Ngày"]), &[None, None]),
        (true, ("Báo cáo", &["Số, ký hiệu", "Ngày ban hành"]), &[None, None]),
        (true, ("Văn bản gia hạn", &["Số, ký hiệu", "Ngày ban hành"]), &[None, None]),
        (true, ("Kế hoạch", &["Ngày bắt đầu", "Ngày hoàn thành"]), &[None, None]),
        (false, ("Kế hoạch", &["Ngày hoàn thành"]), &[Some(Due)]),
        (true, ("Thực tế", &["Hoàn thành"]), &[Some(CompletedOn)]),
        (true, ("Văn bản giao", &["Số, ký hiệu", "Ngày"]), &[Some(SourceNumber), Some(SourceDate)]),
    ];
    for (due, (group, words), expected) in cases {
        let report = report(&grouped(due, &[(group, words)]));
        let found: Vec<_> = words.iter().map(|own| meaning(&report, &format!("{group} / {own}"))).collect();
        assert_eq!(found, expected, "{group}: {words:?}");
    }
}

#[test]
fn the_groups_of_leaders_and_of_reminders_take_nothing_from_their_neighbours() {
    let groups: [Group; 2] = [
        ("Văn bản giao", &["Số văn bản", "Ngày văn bản"]),
        ("Văn bản đôn đốc", &["Số văn bản", "Ngày văn bản"]),
    ];
    let read = report(&grouped(true, &groups));
    assert_eq!(meaning(&read, "Văn bản giao / Số văn bản"), Some(Field::SourceNumber));
    assert_eq!(meaning(&read, "Văn bản đôn đốc / Số văn bản"), None);
    let groups: [Group; 2] =
        [("Cơ quan thực hiện", &["Số lượng", "Đơn vị phối hợp"]), ("Lãnh đạo", &["Chủ trì", "Phối hợp"])];
    let read = report(&grouped(true, &groups));
    assert_eq!(meaning(&read, "Cơ quan thực hiện / Đơn vị phối hợp"), Some(Field::Coordinating));
    assert_eq!(meaning(&read, "Lãnh đạo / Phối hợp"), Some(Field::Leader));
}

#[test]
fn several_extensions_are_refused_until_a_map_chooses() {
    for group in [
        ("Gia hạn", &["Lần 1", "Lần 2"] as &[_]),
        ("Thời hạn", &["Ban đầu", "Gia hạn lần 1", "Gia hạn lần 2"]),
    ] {
        let bytes = grouped(group.0 == "Gia hạn", &[group]);
        assert!(matches!(refused(&bytes, &[]), Refusal::Ambiguous { field: Field::ExtendedTo, .. }));
    }
    let bytes = grouped(true, &[("Gia hạn", &["Lần 1", "Lần 2"])]);
    let map = HeadingMap::parse("Gia hạn / Lần 2=extended_to").unwrap();
    assert_eq!(
        meaning(&open(&bytes, &[map]).unwrap().headings[0], "Gia hạn / Lần 2"),
        Some(Field::ExtendedTo)
    );
}

#[test]
fn a_map_may_name_a_heading_with_or_without_its_group() {
    let bytes = grouped(false, &[("Thời gian", &["Ngày giao", "Ngày hoàn thành"])]);
    for words in ["Thời gian / Ngày hoàn thành=due", "Ngày hoàn thành=due", "E=due"] {
        let read = open(&bytes, &[HeadingMap::parse(words).unwrap()]).unwrap();
        assert_eq!(meaning(&read.headings[0], "Thời gian / Ngày hoàn thành"), Some(Field::Due), "{words}");
    }
}

#[test]
fn a_group_of_tasks_right_below_the_heading_is_no_second_line() {
    for below in [["", "Các nhiệm vụ trọng tâm", "", ""], ["I", "Các nhiệm vụ cụ thể", "", ""]]
    {
        let bytes = book(&[
            ["Mã", "Nội dung", "Đơn vị chủ trì", "Thời hạn"],
            below,
            ["1", "Làm A", "CVT", "31/10/2024"],
        ]);
        assert_eq!(report(&bytes).row, 1);
    }
}

#[test]
fn values_tell_what_a_vague_heading_means() {
    let base = ["STT", "Nội dung", "Đơn vị chủ trì", "Thời hạn"];
    for (heading, value, field) in [
        ("Nhiệm vụ trọng tâm", "x", None),
        ("TT", "Đang thực hiện", Some(Field::Status)),
        ("TT", "12", None),
        ("Mức độ hoàn thành", "Đã hoàn thành", Some(Field::Status)),
        ("Mức độ hoàn thành", "45%", Some(Field::Percent)),
        ("Mức độ hoàn thành", "Tốt", None),
        ("Hình thức văn bản", "Thông tư", Some(Field::Product)),
        ("Loại văn bản", "Giấy mời", Some(Field::SourceKind)),
        ("Kết quả thực hiện (ngày hoàn thành)", "01/10/2024", None),
    ] {
        let [a, b, c, d] = base;
        let bytes = book(&[[a, b, c, d, heading], ["1", "Xây dựng đề án", "CVT", "31/10/2024", value]]);
        let read = report(&bytes);
        assert_eq!(meaning(&read, "Nội dung"), Some(Field::Title));
        assert_eq!(meaning(&read, heading), field, "{heading}: {value}");
    }
}

#[test]
fn a_refusal_lists_what_was_understood() {
    let heading = ["Nội dung nhiệm vụ", "Đơn vị chủ trì", "Thời hạn (sau gia hạn)"];
    let bytes = book(&[heading, ["Làm A", "CVT", "31/10/2024"]]);
    let Refusal::NoTaskSheet { best: Some(problem) } = refused(&bytes, &[]) else { panic!("not refused so") };
    assert_eq!(problem.missing, [Field::Due]);
    assert!(problem.recognised.iter().any(|(_, cell, field)| cell == "C1" && *field == Field::ExtendedTo));
}

#[test]
fn a_groups_words_of_urging_do_not_hide_the_day_of_completion() {
    for group in ["Theo dõi, đôn đốc", "Cập nhật, đánh giá"] {
        let heading = crate::imports::headings::Heading {
            words: "Ngày hoàn thành".into(),
            group: Some(group.into()),
            column: 3,
            row: 2,
        };
        let evidence = |_: u32, _: crate::imports::fields::Field| true;
        let matched = crate::imports::headings::match_headings(
            &[heading],
            &crate::imports::synonyms::TASKS,
            &[],
            &evidence,
        );
        assert_eq!(matched.column(crate::imports::fields::Field::CompletedOn), Some(3), "{group}");
    }
}
