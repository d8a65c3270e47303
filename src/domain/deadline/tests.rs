use chrono::Days;
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

use super::*;

fn due(text: &str, precision: Precision) -> Result<Deadline, DateFault> {
    Ok(Deadline { due_on: Some(text.parse().unwrap()), precision })
}

#[test]
fn a_date_is_read_in_every_form_offices_use() {
    for words in [
        "25/12/2024",
        "25-12-2024",
        "25.12.2024",
        " 25 / 12/2024 ",
        "ngày 25/12/2024",
        "2024-12-25",
        "25/12/2024.",
        "Ngày 25 tháng 12 năm 2024",
        "trước 25/12/2024",
        "TRƯỚC NGÀY 25/12/2024",
        "chậm nhất 25/12/2024",
        "Chậm nhất ngày 25/12/2024",
        "chậm nhất là ngày 25/12/2024",
        "chậm nhất đến ngày 25/12/2024",
        "muộn nhất 25/12/2024",
        "đến 25/12/2024",
        "đến ngày 25/12/2024",
        "đến hết ngày 25/12/2024",
        "hết ngày 25/12/2024",
        "xong trước ngày 25/12/2024",
        "hoàn thành trước ngày 25/12/2024",
        "Hoàn thành  trước\nngày 25 tháng 12 năm 2024.",
        "trong ngày 25/12/2024",
        "ngày25/12/2024",
    ] {
        assert_eq!(parse(words), due("2024-12-25", Precision::Day), "{words}");
    }
    assert_eq!(parse("1/6/2024"), due("2024-06-01", Precision::Day));
}

#[test]
fn a_period_is_due_on_its_last_day() {
    let months = [
        "Tháng 2/2024",
        "tháng 02-2024",
        "THÁNG 2 / 2024",
        "tháng 2 năm 2024",
        "hết tháng 2/2024",
        "trong tháng 2/2024",
        "đến hết tháng 2 năm 2024",
        "cuối tháng 2/2024",
    ];
    for words in months {
        assert_eq!(parse(words), due("2024-02-29", Precision::Month), "{words}");
    }
    for words in ["Quý III/2024", "quý 3/2024", "Quý iii năm 2024", "trong Quý III/2024", "Quý III - 2024."]
    {
        assert_eq!(parse(words), due("2024-09-30", Precision::Quarter), "{words}");
    }
    for words in ["6 tháng đầu năm 2024", "Sáu tháng đầu năm 2024", "trong 6 tháng đầu năm 2024"]
    {
        assert_eq!(parse(words), due("2024-06-30", Precision::HalfYear), "{words}");
    }
    assert_eq!(parse("6 tháng cuối năm 2024"), due("2024-12-31", Precision::HalfYear));
    for words in ["Năm 2024", "trong năm 2024", "hết năm 2024", "cuối năm 2024"] {
        assert_eq!(parse(words), due("2024-12-31", Precision::Year), "{words}");
    }
}

#[test]
fn some_words_say_that_there_is_no_deadline() {
    for words in [
        "",
        "  \n\u{a0}",
        "Thường xuyên",
        "THƯỜNG XUYÊN",
        "Thường xuyên, liên tục",
        "Hằng tháng",
        "hàng quý",
        "Hàng năm.",
        "hằng ngày",
        "Hàng tuần",
        "Không có thời hạn",
        "không thời hạn",
    ] {
        assert_eq!(parse(words), Ok(Deadline::NONE), "{words}");
    }
}

#[test]
fn a_date_without_its_year_says_so() {
    for words in [
        "31/12",
        "trước ngày 31/12",
        "tháng 12",
        "Quý IV",
        "hết quý 4",
        "cuối năm",
        "6 tháng đầu năm",
        "ngày 25 tháng 12",
        "Năm",
    ] {
        assert_eq!(parse(words), Err(DateFault::NoYear), "{words}");
    }
}

#[test]
fn a_day_that_does_not_exist_says_so() {
    for words in [
        "31/11/2024",
        "29/2/2023",
        "0/1/2024",
        "12/13/2024",
        "tháng 13/2024",
        "tháng 0/2024",
        "Quý V/2024",
        "Quý 5/2024",
        "quý VI",
        "31/12/1989",
        "1/1/2101",
        "Năm 2204",
        "2024-02-30",
    ] {
        assert_eq!(parse(words), Err(DateFault::NotInCalendar), "{words}");
    }
}

#[test]
fn everything_else_is_not_understood() {
    for words in [
        ".",
        "-",
        "?",
        "31/12/24",
        "12/2024",
        "2024",
        "Sớm",
        "càng sớm càng tốt",
        "trước tháng 12/2024",
        "đến quý IV/2024",
        "trước năm 2024",
        "trước tháng 12",
        "cuối 25/12/2024",
        "trong 25/12/2024",
        "tháng 12/24",
        "25/12-2024",
        "31/12/20245",
        "năm nay",
        "trước",
        "ngày",
        "25/12/2024 25/12/2024",
        "25/12/2024 (gia hạn)",
        "thang 12/2024",
        "9 tháng đầu năm 2024",
        "Quý bốn/2024",
        "2024/12/25",
        "45657",
        "thường xuyên 2024",
    ] {
        assert_eq!(parse(words), Err(DateFault::NotUnderstood), "{words}");
    }
}

#[test]
fn a_plain_date_is_neither_blank_nor_a_period_nor_led_by_words() {
    assert_eq!(parse_date("ngày 1.6.2024"), Ok("2024-06-01".parse().unwrap()));
    assert_eq!(parse_date("1/6"), Err(DateFault::NoYear));
    for words in ["", "Quý IV/2024", "trước ngày 1/6/2024", "Thường xuyên"] {
        assert_eq!(parse_date(words), Err(DateFault::NotUnderstood), "{words}");
    }
}

#[test]
fn every_known_word_is_found_again() {
    for word in KNOWN_WORDS {
        assert_eq!(tokens_of(word), Ok(vec![Word(word)]));
    }
}

/// Any date that deadlines may fall on.
fn dates() -> impl Strategy<Value = NaiveDate> {
    (0..40_542u64).prop_map(|days| NaiveDate::from_ymd_opt(1990, 1, 1).unwrap() + Days::new(days))
}

/// A date in one of the forms offices use.
fn written(date: NaiveDate, lead: &str, form: usize) -> String {
    let (y, m, d) = (date.year(), date.month(), date.day());
    let body = match form {
        0 => format!("{d}/{m}/{y}"),
        1 => format!("{d:02}-{m:02}-{y}"),
        2 => format!("{d}. {m}. {y}"),
        3 => format!("{y}-{m:02}-{d:02}"),
        _ => format!("{d} tháng {m} năm {y}"),
    };
    format!("{lead} {body}")
}

const DATE_LEADS: [&str; 14] = [
    "",
    "ngày",
    "trước",
    "trước ngày",
    "chậm nhất",
    "chậm nhất ngày",
    "chậm nhất là ngày",
    "muộn nhất",
    "đến",
    "đến ngày",
    "đến hết ngày",
    "hết ngày",
    "hoàn thành trước ngày",
    "trong ngày",
];

/// The same words as another keyboard would type them.
fn retyped(words: &str, way: usize) -> String {
    match way {
        0 => words.to_uppercase(),
        1 => words.nfd().collect(),
        2 => words.replace(' ', "\u{a0}\n "),
        _ => format!(" {words}."),
    }
}

proptest! {
    #[test]
    fn a_written_date_reads_back(date in dates(), lead in 0..14usize, form in 0..5usize, way in 0..4usize) {
        let words = retyped(&written(date, DATE_LEADS[lead], form), way);
        prop_assert_eq!(parse(&words), Ok(Deadline { due_on: Some(date), precision: Precision::Day }), "{}", words);
    }

    #[test]
    fn a_written_period_reads_back_as_its_last_day(
        date in dates(), form in 0..7usize, lead in 0..5usize, way in 0..4usize,
    ) {
        let (y, m) = (date.year(), date.month());
        let quarter = m.div_ceil(3);
        let roman = ["I", "II", "III", "IV"][quarter as usize - 1];
        let half = if m <= 6 { ("đầu", 6) } else { ("cuối", 12) };
        let (body, last_month, precision) = match form {
            0 => (format!("Tháng {m}/{y}"), m, Precision::Month),
            1 => (format!("tháng {m:02} năm {y}"), m, Precision::Month),
            2 => (format!("Quý {roman}/{y}"), quarter * 3, Precision::Quarter),
            3 => (format!("Quý {quarter} năm {y}"), quarter * 3, Precision::Quarter),
            4 => (format!("6 tháng {} năm {y}", half.0), half.1, Precision::HalfYear),
            5 => (format!("Sáu tháng {} năm {y}", half.0), half.1, Precision::HalfYear),
            _ => (format!("Năm {y}"), 12, Precision::Year),
        };
        let words = retyped(&format!("{} {body}", ["", "trong", "hết", "đến hết", "cuối"][lead]), way);
        let read = parse(&words).unwrap();
        prop_assert_eq!(read.precision, precision, "{}", words);
        let due = read.due_on.unwrap();
        prop_assert_eq!((due.year(), due.month()), (y, last_month), "{}", words);
        prop_assert_eq!((due + Days::new(1)).day(), 1);
        prop_assert!(due >= date || precision == Precision::Day);
        for ambiguous in ["trước", "đến", "chậm nhất"] {
            prop_assert_eq!(parse(&format!("{ambiguous} {body}")), Err(DateFault::NotUnderstood));
        }
    }

    #[test]
    fn any_text_at_all_is_read_or_refused(words in any::<String>()) {
        check_any(&words)?;
    }

    #[test]
    fn any_jumble_of_known_words_is_read_or_refused(
        parts in prop::collection::vec((0..60usize, 0..2200u32), 0..7),
    ) {
        let marks = ["/", "-", ".", ","];
        let piece = |(i, n): (usize, u32)| match KNOWN_WORDS.get(i) {
            Some(word) => (*word).to_owned(),
            None if i < 52 => marks[i % 4].to_owned(),
            None => (n % if i < 56 { 40 } else { 2200 }).to_string(),
        };
        let words: Vec<String> = parts.into_iter().map(piece).collect();
        check_any(&words.join(" "))?;
    }
}

/// What holds for whatever was typed: no panic, no silent empty date, no date out of range.
fn check_any(words: &str) -> Result<(), TestCaseError> {
    if let Ok(read) = parse(words) {
        prop_assert_eq!(read.due_on.is_none(), read.precision == Precision::None, "{}", words);
        if let Some(due) = read.due_on {
            prop_assert!(YEARS.contains(&due.year()), "{}", words);
        } else {
            prop_assert!(!words.chars().any(|c| c.is_ascii_digit()), "{}", words);
        }
    }
    if let Ok(date) = parse_date(words) {
        prop_assert_eq!(parse(words), Ok(Deadline { due_on: Some(date), precision: Precision::Day }));
    }
    Ok(())
}
