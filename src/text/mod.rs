//! Every sentence shown to a person, in Vietnamese and English. `domain/` returns codes with values;
//! only this module words them. Vietnamese is complete and comes first; a sentence is one function
//! with a branch a language, so that a missing translation does not compile.

pub mod api;
pub mod api_keys;
pub mod attachment;
pub mod audit;
pub mod briefing;
pub mod denial;
pub mod evaluation;
pub mod extensions;
pub mod feeds;
pub mod import_report;
pub mod imports;
pub mod letters;
pub mod life;
pub mod mail;
pub mod opinions;
pub mod pages;
pub mod paper;
pub mod parameter;
pub mod permissions;
pub mod problem;
pub mod refusal;
pub mod serve;
pub mod tasks;
pub mod template;
pub mod tenancy;
pub mod urging;
pub mod vocabulary;

use chrono::{Datelike, NaiveDate};

pub use crate::domain::deadline::written as date;
pub use crate::domain::lang::Lang;

/// A count in Vietnamese running text: under ten with a leading zero (`08 đề án`).
pub fn count(n: u64) -> String {
    if n < 10 { format!("{n:02}") } else { number(Lang::Vi, n) }
}

/// A whole number: `21.914` in Vietnamese, `21,914` in English.
pub fn number(lang: Lang, n: u64) -> String {
    let separator = match lang {
        Lang::Vi => '.',
        Lang::En => ',',
    };
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(separator);
        }
        out.push(digit);
    }
    out
}

/// A rate in per cent from its tenths: `71,3 %`, `71.3%`, and `–` when there is nothing to divide by.
pub fn percent(lang: Lang, tenths: Option<u32>) -> String {
    match (tenths, lang) {
        (None, _) => "–".to_owned(),
        (Some(t), Lang::Vi) => format!("{},{} %", t / 10, t % 10),
        (Some(t), Lang::En) => format!("{}.{}%", t / 10, t % 10),
    }
}

/// Tenths as a decimal with one place: `83,3`, `83.3`.
pub fn tenths(lang: Lang, n: u32) -> String {
    let comma = match lang {
        Lang::Vi => ',',
        Lang::En => '.',
    };
    format!("{}{comma}{}", n / 10, n % 10)
}

/// `ngày 05 tháng 01 năm 2024`, as letters of the state are dated: a leading zero for days under 10 and for months 1 and
/// 2 only.
pub fn dated(day: NaiveDate) -> String {
    let month = if day.month() <= 2 { format!("{:02}", day.month()) } else { day.month().to_string() };
    format!("ngày {:02} tháng {month} năm {}", day.day(), day.year())
}

/// Where the data are, when it is not where they were asked for.
pub fn data_elsewhere(lang: Lang, asked: &std::path::Path, place: &std::path::Path) -> String {
    let (asked, place) = (asked.display(), place.display());
    match lang {
        Lang::Vi => format!("Dữ liệu nằm ở {place}, vì người dùng chạy PostgreSQL không vào được {asked}."),
        Lang::En => format!("The data are in {place}, as the user who runs PostgreSQL can't enter {asked}."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_has_the_zeros_of_the_decree() {
        let on = |text: &str| dated(text.parse().unwrap());
        assert_eq!(on("2024-01-05"), "ngày 05 tháng 01 năm 2024");
        assert_eq!(on("2024-03-05"), "ngày 05 tháng 3 năm 2024");
        assert_eq!(on("2024-11-29"), "ngày 29 tháng 11 năm 2024");
    }

    #[test]
    fn numbers_are_written_as_an_official_writes_them() {
        assert_eq!([count(8), count(18), count(21_914)], ["08", "18", "21.914"]);
        assert_eq!([713, 1000].map(|t| percent(Lang::Vi, Some(t))), ["71,3 %", "100,0 %"]);
        assert_eq!(
            [number(Lang::En, 21_914), percent(Lang::En, Some(713)), percent(Lang::En, None)],
            ["21,914", "71.3%", "–"]
        );
        assert_eq!(date(NaiveDate::from_ymd_opt(2024, 1, 5).unwrap_or_default()), "05/01/2024");
    }
}
