//! Deadlines as people write them (DOMAIN §2), read into a date and how precise it was.
//!
//! The words are cut into tokens and the whole of them must match one known form; whatever does not is a
//! fault, never a silent empty date. The day always stands before the month.

use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate};

use super::period::Month;
use super::vocabulary::vocabulary;
use super::words::key;

use Token::{Comma, Separator, Small, Word, Year};

vocabulary! {
    /// How precisely a deadline was written.
    Precision {
        /// A date.
        Day = "day",
        /// A month: due on its last day.
        Month = "month",
        /// A quarter: due on its last day.
        Quarter = "quarter",
        /// A half-year: due on 30/6 or 31/12.
        HalfYear = "half_year",
        /// A year: due on 31/12.
        Year = "year",
        /// No deadline.
        None = "none",
    }
}

/// What the words of a deadline mean; `due_on` is `None` exactly when the precision is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Deadline {
    /// The day on which the task is due; a task due today is not overdue.
    pub due_on: Option<NaiveDate>,
    /// How precisely it was written.
    pub precision: Precision,
}

impl Deadline {
    /// No deadline at all.
    pub const NONE: Self = Self { due_on: None, precision: Precision::None };
}

/// Why words are no deadline or date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DateFault {
    /// A known form, but there is no such day, month, quarter, or the year is outside 1990–2100.
    NotInCalendar,
    /// A known form without its year.
    NoYear,
    /// No known form; a year of two digits too.
    NotUnderstood,
}

/// The years that deadlines and dates may lie in: anything else is a slip of the keyboard.
pub const YEARS: std::ops::RangeInclusive<i32> = 1990..=2100;

/// Reads a deadline as typed: a date, a period or words that mean "no deadline"; blank is no deadline.
pub fn parse(words: &str) -> Result<Deadline, DateFault> {
    let tokens = tokens_of(words)?;
    if tokens.is_empty() {
        return Ok(Deadline::NONE);
    }
    let tokens = without_full_stop(&tokens);
    if is_no_deadline(tokens) {
        return Ok(Deadline::NONE);
    }
    match lead(tokens) {
        (Lead::Date, rest) => a_day(rest),
        (Lead::Period, rest) => period(rest),
        (Lead::Either, rest) => match a_day(rest) {
            Err(DateFault::NotUnderstood) => period(rest),
            read => read,
        },
    }
}

/// Reads a plain date, as a completion, an assignment or a document has one.
pub fn parse_date(words: &str) -> Result<NaiveDate, DateFault> {
    date(without_full_stop(&tokens_of(words)?))
}

/// A piece of the typed words.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Token {
    /// One of [`KNOWN_WORDS`], as spelled there.
    Word(&'static str),
    /// A number of one or two digits.
    Small(u32),
    /// A number of four digits.
    Year(i32),
    /// `/`, `-` or `.`
    Separator(char),
    /// `,`
    Comma,
}

/// Every word a deadline may contain; another word makes the whole not understood.
const KNOWN_WORDS: [&str; 39] = [
    "ngày",
    "tháng",
    "quý",
    "năm",
    "tuần",
    "trước",
    "chậm",
    "muộn",
    "nhất",
    "là",
    "đến",
    "hết",
    "trong",
    "cuối",
    "đầu",
    "sáu",
    "xong",
    "hoàn",
    "thành",
    "thường",
    "xuyên",
    "liên",
    "tục",
    "hằng",
    "hàng",
    "không",
    "có",
    "thời",
    "hạn",
    "i",
    "ii",
    "iii",
    "iv",
    "v",
    "vi",
    "vii",
    "viii",
    "ix",
    "x",
];

/// The known words beside the keys under which typed words are equal to them.
static KEYS: LazyLock<Vec<(String, &str)>> =
    LazyLock::new(|| KNOWN_WORDS.iter().map(|word| (key(word), *word)).collect());

fn tokens_of(words: &str) -> Result<Vec<Token>, DateFault> {
    let keyed = key(words);
    let mut rest = keyed.trim_start();
    let mut tokens = Vec::new();
    while let Some(first) = rest.chars().next() {
        let (token, length) = match first {
            '/' | '-' | '.' => (Separator(first), 1),
            ',' => (Comma, 1),
            '0'..='9' => number(rest)?,
            _ => word(rest)?,
        };
        tokens.push(token);
        rest = rest.get(length..).unwrap_or_default().trim_start();
    }
    Ok(tokens)
}

/// The number that the text begins with, and its length.
fn number(text: &str) -> Result<(Token, usize), DateFault> {
    let length = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let digits = text.get(..length).unwrap_or_default();
    let token = match length {
        1 | 2 => digits.parse().map(Small),
        4 => digits.parse().map(Year),
        _ => return Err(DateFault::NotUnderstood),
    };
    token.map(|token| (token, length)).map_err(|_| DateFault::NotUnderstood)
}

/// The known word that the text begins with, and its length as typed.
fn word(text: &str) -> Result<(Token, usize), DateFault> {
    let ends = |c: char| c.is_whitespace() || c.is_ascii_digit() || matches!(c, '/' | '-' | '.' | ',');
    let length = text.find(ends).unwrap_or(text.len());
    let typed = text.get(..length).unwrap_or_default();
    let known = KEYS.iter().find(|(key, _)| key == typed).ok_or(DateFault::NotUnderstood)?;
    Ok((Word(known.1), length))
}

fn without_full_stop(tokens: &[Token]) -> &[Token] {
    match tokens {
        [rest @ .., Separator('.')] => rest,
        _ => tokens,
    }
}

fn is_no_deadline(tokens: &[Token]) -> bool {
    matches!(
        tokens,
        [Word("thường"), Word("xuyên")]
            | [Word("thường"), Word("xuyên"), Word("liên"), Word("tục")]
            | [Word("thường"), Word("xuyên"), Comma, Word("liên"), Word("tục")]
            | [Word("hằng" | "hàng"), Word("ngày" | "tuần" | "tháng" | "quý" | "năm")]
            | [Word("không"), Word("thời"), Word("hạn")]
            | [Word("không"), Word("có"), Word("thời"), Word("hạn")]
    )
}

/// What may follow the words before a deadline.
enum Lead {
    /// Only a date: "trước" or "đến" a period does not say which end of it is meant.
    Date,
    /// Only a period.
    Period,
    /// Either.
    Either,
}

/// What the leading words allow, and the tokens behind them.
fn lead(tokens: &[Token]) -> (Lead, &[Token]) {
    match tokens {
        [Word("hoàn"), Word("thành"), Word("trước"), rest @ ..]
        | [Word("xong"), Word("trước"), rest @ ..]
        | [Word("trước"), rest @ ..]
        | [Word("chậm" | "muộn"), Word("nhất"), Word("là" | "đến"), rest @ ..]
        | [Word("chậm" | "muộn"), Word("nhất"), rest @ ..]
        | [Word("trong"), Word("ngày"), rest @ ..] => (Lead::Date, rest),
        [Word("đến"), Word("hết"), rest @ ..] | [Word("hết"), rest @ ..] => (Lead::Either, rest),
        [Word("đến"), rest @ ..] => (Lead::Date, rest),
        [Word("trong" | "cuối"), rest @ ..] => (Lead::Period, rest),
        _ => (Lead::Either, tokens),
    }
}

fn a_day(tokens: &[Token]) -> Result<Deadline, DateFault> {
    date(tokens).map(|day| Deadline { due_on: Some(day), precision: Precision::Day })
}

fn date(tokens: &[Token]) -> Result<NaiveDate, DateFault> {
    let rest = match tokens {
        [Word("ngày"), rest @ ..] => rest,
        _ => tokens,
    };
    match rest {
        [Small(day), Separator(a), Small(month), Separator(b), Year(year)] if a == b => {
            in_calendar(*year, *month, *day)
        }
        [Small(day), Word("tháng"), Small(month), Word("năm"), Year(year)]
        | [Year(year), Separator('-'), Small(month), Separator('-'), Small(day)] => {
            in_calendar(*year, *month, *day)
        }
        [Small(_), Separator(_) | Word("tháng"), Small(_)] => Err(DateFault::NoYear),
        _ => Err(DateFault::NotUnderstood),
    }
}

fn in_calendar(year: i32, month: u32, day: u32) -> Result<NaiveDate, DateFault> {
    NaiveDate::from_ymd_opt(year, month, day)
        .filter(|date| YEARS.contains(&date.year()))
        .ok_or(DateFault::NotInCalendar)
}

fn period(tokens: &[Token]) -> Result<Deadline, DateFault> {
    match tokens {
        [Word("tháng"), Small(month), Separator(_) | Word("năm"), Year(year)] => {
            last_day(*year, *month, Precision::Month)
        }
        [Word("quý"), quarter, Separator(_) | Word("năm"), Year(year)] => {
            last_day(*year, quarter_of(quarter)? * 3, Precision::Quarter)
        }
        [Small(6) | Word("sáu"), Word("tháng"), Word("đầu"), Word("năm"), Year(year)] => {
            last_day(*year, 6, Precision::HalfYear)
        }
        [Small(6) | Word("sáu"), Word("tháng"), Word("cuối"), Word("năm"), Year(year)] => {
            last_day(*year, 12, Precision::HalfYear)
        }
        [Word("năm"), Year(year)] => last_day(*year, 12, Precision::Year),
        [Word("quý"), quarter] => Err(quarter_of(quarter).err().unwrap_or(DateFault::NoYear)),
        [Word("năm")]
        | [Word("tháng"), Small(_)]
        | [Small(6) | Word("sáu"), Word("tháng"), Word("đầu" | "cuối"), Word("năm")] => {
            Err(DateFault::NoYear)
        }
        _ => Err(DateFault::NotUnderstood),
    }
}

/// The quarter that a numeral names, Roman or not.
fn quarter_of(token: &Token) -> Result<u32, DateFault> {
    match token {
        Small(number @ 1..=4) => Ok(*number),
        Word("i") => Ok(1),
        Word("ii") => Ok(2),
        Word("iii") => Ok(3),
        Word("iv") => Ok(4),
        Small(_) => Err(DateFault::NotInCalendar),
        Word(numeral) if numeral.chars().all(|c| "ivx".contains(c)) => Err(DateFault::NotInCalendar),
        _ => Err(DateFault::NotUnderstood),
    }
}

fn last_day(year: i32, month: u32, precision: Precision) -> Result<Deadline, DateFault> {
    let month = Month::new(year, month).filter(|_| YEARS.contains(&year)).ok_or(DateFault::NotInCalendar)?;
    Ok(Deadline { due_on: Some(month.last()), precision })
}

/// A date as an official writes it, `dd/MM/yyyy`; [`parse`] reads it back.
pub fn written(day: NaiveDate) -> String {
    format!("{:02}/{:02}/{}", day.day(), day.month(), day.year())
}

#[cfg(test)]
mod tests;
