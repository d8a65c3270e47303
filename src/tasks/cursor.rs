//! Where a page of a list ends and the next begins.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{Datelike, NaiveDate};
use sha2::{Digest, Sha256};

use super::filter::TaskFilterInput;
use super::model::TaskListed;

/// How much of the list's hash stands in a cursor: enough that no two lists are taken for each other by chance.
const MARK: usize = 8;

/// The last task of a page, by what lists are ordered by: most days overdue, then deadline, then code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    /// Days overdue; 0 for a task that is not.
    pub days_overdue: i32,
    /// The deadline; tasks without one come last.
    pub due_on: Option<NaiveDate>,
    /// The code.
    pub code: String,
}

impl Cursor {
    /// The place behind a task.
    pub(super) fn behind(task: &TaskListed) -> Self {
        let days_overdue = i32::try_from(task.days_overdue()).unwrap_or(i32::MAX);
        Self { days_overdue, due_on: task.due_on, code: task.code.clone() }
    }

    /// The cursor as a text for an address, good for this list of this day alone.
    pub fn encode(&self, day: NaiveDate, asked: &TaskFilterInput) -> String {
        let due = self.due_on.map(|due| due.to_string()).unwrap_or_default();
        let place = format!("{day} {} {due} {}", self.days_overdue, self.code);
        let mut bytes = mark(day, asked);
        bytes.extend(place.as_bytes());
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// The cursor of a text; `None` when it is none, or one of another list.
    pub fn decode(text: &str, day: NaiveDate, asked: &TaskFilterInput) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let (found, place) = bytes.split_at_checked(MARK)?;
        let mut parts = std::str::from_utf8(place).ok()?.splitn(4, ' ');
        let for_day = date(parts.next()?)?;
        let days_overdue = parts.next()?.parse().ok()?;
        let due_on = match parts.next()? {
            "" => None,
            due => Some(date(due)?),
        };
        let code = parts.next().filter(|code| !code.chars().any(char::is_control))?.to_owned();
        (for_day == day && found == mark(day, asked)).then_some(Self { days_overdue, due_on, code })
    }

    /// The day of the list that a text is a cursor of, for who asks without naming the day again.
    pub fn day_of(text: &str) -> Option<NaiveDate> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let (_, place) = bytes.split_at_checked(MARK)?;
        date(std::str::from_utf8(place).ok()?.split(' ').next()?)
    }
}

/// A date of a year that the database knows too.
fn date(text: &str) -> Option<NaiveDate> {
    text.parse().ok().filter(|day: &NaiveDate| (1..=9999).contains(&day.year()))
}

/// What tells one list from another: the day and every filter, so that a page is never of two lists.
fn mark(day: NaiveDate, asked: &TaskFilterInput) -> Vec<u8> {
    let mut hash = Sha256::digest(format!("{day} {asked:?}")).to_vec();
    hash.truncate(MARK);
    hash
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::task::Category;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_cursor_reads_back_in_its_own_list_only() {
        let asked = TaskFilterInput { category: Some(Category::Key), ..TaskFilterInput::default() };
        let today = day("2024-11-29");
        for due_on in [None, Some(day("2024-10-01"))] {
            let cursor = Cursor { days_overdue: 59, due_on, code: "NV 1 – Đ".into() };
            let text = cursor.encode(today, &asked);
            assert!(text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_'), "{text}");
            assert_eq!(Cursor::decode(&text, today, &asked), Some(cursor));
            assert_eq!(Cursor::day_of(&text), Some(today));
            assert_eq!(Cursor::decode(&text, day("2024-11-30"), &asked), None);
            assert_eq!(Cursor::decode(&text, today, &TaskFilterInput::default()), None);
        }
    }

    #[test]
    fn what_is_no_cursor_is_refused() {
        for text in ["", "a", "eyJ2IjoxfQ", "////", "AAAAAAAAAAAAAAAA"] {
            assert_eq!(Cursor::decode(text, day("2024-11-29"), &TaskFilterInput::default()), None);
            assert_eq!(Cursor::day_of(text), None);
        }
    }
}
