//! What stands in a person's calendar.

use super::{Lang, vocabulary};
use crate::domain::task::Status;
use crate::feeds::Deadline;

/// The calendar's name.
pub fn name(lang: Lang, tenant: &str) -> String {
    match lang {
        Lang::Vi => format!("Thời hạn nhiệm vụ · {tenant}"),
        Lang::En => format!("Deadlines · {tenant}"),
    }
}

/// What stands on the day.
pub fn summary(lang: Lang, deadline: &Deadline) -> String {
    let Deadline { code, title, status, .. } = deadline;
    let done = match (status, lang) {
        (Status::Completed, Lang::Vi) => "Đã xong: ",
        (Status::Completed, Lang::En) => "Done: ",
        _ => "",
    };
    match lang {
        Lang::Vi => format!("{done}Hạn {code}: {title}"),
        Lang::En => format!("{done}Due {code}: {title}"),
    }
}

/// What is said beneath.
pub fn description(lang: Lang, deadline: &Deadline) -> String {
    let status = vocabulary::status(lang, deadline.status);
    let unit = &deadline.unit;
    match lang {
        Lang::Vi => format!("Chủ trì: {unit}\nTình trạng: {status}"),
        Lang::En => format!("Lead unit: {unit}\nStatus: {status}"),
    }
}
