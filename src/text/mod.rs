//! Every sentence shown to a person, in Vietnamese and English. `domain/` returns codes with values;
//! only this module words them. Vietnamese is complete and comes first; a sentence is one function
//! with a branch a language, so that a missing translation does not compile.

pub mod briefing;
pub mod import_report;
pub mod imports;
pub mod refusal;
pub mod tasks;
pub mod vocabulary;

pub use crate::domain::deadline::written as date;
pub use crate::domain::lang::Lang;

/// A count in running text: under ten with a leading zero (`08 đề án`), a dot between thousands.
pub fn count(n: u64) -> String {
    if n < 10 { format!("{n:02}") } else { number(n) }
}

/// A number with the language-neutral thousands dot of Vietnamese.
pub fn number(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push('.');
        }
        out.push(digit);
    }
    out
}

/// A rate in per cent from its tenths: `71,3 %`, and `–` when there is nothing to divide by.
pub fn percent(tenths: Option<u32>) -> String {
    tenths.map_or_else(|| "–".to_owned(), |t| format!("{},{} %", t / 10, t % 10))
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;

    #[test]
    fn numbers_are_written_as_an_official_writes_them() {
        assert_eq!([count(8), count(18), count(21_914)], ["08", "18", "21.914"]);
        assert_eq!([percent(Some(713)), percent(Some(1000)), percent(None)], ["71,3 %", "100,0 %", "–"]);
        assert_eq!(date(NaiveDate::from_ymd_opt(2024, 1, 5).unwrap_or_default()), "05/01/2024");
    }
}
