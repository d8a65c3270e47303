//! Where a page of a list ends and the next begins.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{Datelike, NaiveDate};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::filter::TaskFilterInput;
use super::model::TaskListed;
use crate::domain::order::Order;

/// How much of the list's hash stands in a cursor: enough that no two lists are taken for each other by chance.
const MARK: usize = 8;

/// The last task of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cursor {
    /// In the order of what is worst.
    Worst(Worst),
    /// In another order.
    Ordered(Ordered),
}

/// A task's place by most days overdue, then deadline, then code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Worst {
    /// Days overdue; 0 for a task that is not.
    pub days_overdue: i32,
    /// The deadline; tasks without one come last.
    pub due_on: Option<NaiveDate>,
    /// The code.
    pub code: String,
}

/// A task's place by a text that sorts as the list does, then by its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ordered {
    /// The text.
    pub key: String,
    /// The task.
    pub id: Uuid,
}

impl Worst {
    /// The place of a task.
    pub(super) fn of(task: &TaskListed) -> Self {
        let days_overdue = i32::try_from(task.days_overdue()).unwrap_or(i32::MAX);
        Self { days_overdue, due_on: task.due_on, code: task.code.clone() }
    }

    fn read(place: &str) -> Option<Self> {
        let mut parts = place.splitn(3, ' ');
        let days_overdue = parts.next()?.parse().ok()?;
        let due_on = match parts.next()? {
            "" => None,
            due => Some(date(due)?),
        };
        Some(Self { days_overdue, due_on, code: parts.next()?.to_owned() })
    }
}

impl Ordered {
    fn read(place: &str) -> Option<Self> {
        let (id, key) = place.split_once(' ')?;
        Some(Self { key: key.to_owned(), id: Uuid::parse_str(id).ok()? })
    }
}

impl Cursor {
    /// The cursor as a text for an address, good for this list of this day alone.
    pub fn encode(&self, day: NaiveDate, asked: &TaskFilterInput) -> String {
        let place = match self {
            Self::Worst(Worst { days_overdue, due_on, code }) => {
                let due = due_on.map(|due| due.to_string()).unwrap_or_default();
                format!("{day} {days_overdue} {due} {code}")
            }
            Self::Ordered(Ordered { key, id }) => format!("{day} {id} {key}"),
        };
        let mut bytes = mark(day, asked);
        bytes.extend(place.as_bytes());
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// The cursor of a text; `None` when it is none, or one of another list.
    pub fn decode(text: &str, day: NaiveDate, asked: &TaskFilterInput) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let (found, place) = bytes.split_at_checked(MARK)?;
        let (for_day, place) = std::str::from_utf8(place).ok()?.split_once(' ')?;
        if place.chars().any(char::is_control) || date(for_day)? != day || found != mark(day, asked) {
            return None;
        }
        match asked.order {
            Order::Late => Worst::read(place).map(Self::Worst),
            _ => Ordered::read(place).map(Self::Ordered),
        }
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
            let cursor = Cursor::Worst(Worst { days_overdue: 59, due_on, code: "NV 1 – Đ".into() });
            let text = cursor.encode(today, &asked);
            assert!(text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_'), "{text}");
            assert_eq!(Cursor::decode(&text, today, &asked), Some(cursor));
            assert_eq!(Cursor::day_of(&text), Some(today));
            assert_eq!(Cursor::decode(&text, day("2024-11-30"), &asked), None);
            assert_eq!(Cursor::decode(&text, today, &TaskFilterInput::default()), None);
        }
    }

    #[test]
    fn a_cursor_of_another_order_is_of_another_list() {
        let asked = TaskFilterInput { order: Order::Code, ..TaskFilterInput::default() };
        let today = day("2024-11-29");
        let cursor = Cursor::Ordered(Ordered { key: "NV 1 – Đ".into(), id: Uuid::from_u128(7) });
        let text = cursor.encode(today, &asked);
        assert_eq!(Cursor::decode(&text, today, &asked), Some(cursor));
        assert_eq!(Cursor::decode(&text, today, &TaskFilterInput::default()), None);
    }

    #[test]
    fn what_is_no_cursor_is_refused() {
        for text in ["", "a", "eyJ2IjoxfQ", "////", "AAAAAAAAAAAAAAAA"] {
            assert_eq!(Cursor::decode(text, day("2024-11-29"), &TaskFilterInput::default()), None);
            assert_eq!(Cursor::day_of(text), None);
        }
    }
}
