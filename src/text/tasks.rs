//! The list of a day, worded.

use chrono::NaiveDate;

use super::{Lang, date, number, vocabulary};
use crate::tasks::TaskListed;

/// The list: a line that counts, then two lines a task.
pub fn list(lang: Lang, as_of: NaiveDate, tasks: &[TaskListed]) -> String {
    let total = number(lang, u64::try_from(tasks.len()).unwrap_or(u64::MAX));
    let head = match lang {
        Lang::Vi => format!("Tính đến ngày {}: {total} nhiệm vụ", date(as_of)),
        Lang::En => format!("As of {}: {total} tasks", date(as_of)),
    };
    let lines = tasks.iter().map(|task| item(lang, task));
    std::iter::once(head).chain(lines).collect::<Vec<_>>().join("\n")
}

fn item(lang: Lang, task: &TaskListed) -> String {
    let standing = vocabulary::standing(lang, task.standing);
    let late = match (task.days_late, lang) {
        (0, _) => String::new(),
        (days, Lang::Vi) => format!(" {} ngày", number(lang, days.into())),
        (days, Lang::En) => format!(" by {} days", number(lang, days.into())),
    };
    let soon = match (task.due_soon, lang) {
        (false, _) => "",
        (true, Lang::Vi) => ", sắp đến hạn",
        (true, Lang::En) => ", due soon",
    };
    format!(
        "{} · {} · {}{late}{soon} · {}\n    {}",
        task.code,
        task.unit,
        standing,
        deadline(lang, task),
        task.title
    )
}

/// The deadline of the day, and the words it was first written in when they say more.
fn deadline(lang: Lang, task: &TaskListed) -> String {
    let due = match (task.due_on, lang) {
        (Some(day), Lang::Vi) => format!("hạn {}", date(day)),
        (Some(day), Lang::En) => format!("due {}", date(day)),
        (None, Lang::Vi) => "không có thời hạn".to_owned(),
        (None, Lang::En) => "no deadline".to_owned(),
    };
    match &task.due_words {
        Some(words) if task.due_on.is_none_or(|day| date(day) != *words) => format!("{due} (“{words}”)"),
        _ => due,
    }
}
