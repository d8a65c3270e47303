//! Rows of the sample.

use serde_json::Value;

use super::{Sample, Twist};
use dondoc::pages::*;

/// `2024-11-28` as `28/11/2024`.
pub(super) fn day(value: &Value) -> Option<String> {
    let mut parts = value.as_str()?.split('-').rev();
    Some([parts.next()?, parts.next()?, parts.next()?].join("/"))
}

/// The words of a kind of product.
pub(super) fn product(code: &str) -> &'static str {
    match code {
        "law" => "Luật",
        "decree" => "Nghị định",
        "resolution" => "Nghị quyết",
        "decision" => "Quyết định",
        "scheme" => "Đề án",
        "circular" => "Thông tư",
        "directive" => "Chỉ thị",
        "plan" => "Kế hoạch",
        "report" => "Báo cáo",
        "document" => "Văn bản",
        "conference" => "Hội nghị",
        _ => "Khác",
    }
}

/// A text of a JSON object.
pub(super) fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// A number of a JSON object.
pub(super) fn count(value: &Value, key: &str) -> u64 {
    value.get(key).and_then(Value::as_u64).unwrap_or(0)
}

/// `1249` as `1.249`.
pub(super) fn dotted(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push('.');
        }
        out.push(digit);
    }
    out
}

fn mark(task: &Value) -> Mark {
    match text(task, "standing") {
        "overdue" => Mark::Overdue,
        "completed_on_time" => Mark::CompletedOnTime,
        "completed_late" => Mark::CompletedLate,
        "no_deadline" => Mark::NoDeadline,
        "outside" => Mark::Outside,
        _ if text(task, "due_on") == "2024-11-29" => Mark::DueToday,
        _ if task.get("due_soon") == Some(&Value::Bool(true)) => Mark::DueSoon,
        _ => Mark::WithinTerm,
    }
}

impl Sample {
    /// The unit's name in full.
    pub(super) fn unit_name(&self, short: &str) -> String {
        let units = self.briefing.get("units").and_then(Value::as_array);
        let found = units.into_iter().flatten().find(|unit| text(unit, "unit") == short);
        self.s(found.map_or(short, |unit| text(unit, "name")))
    }

    /// The tasks of the sample that a test lets through.
    pub(super) fn lines(&self, wanted: impl Fn(&Value) -> bool) -> Vec<TaskLine> {
        let tasks = self.tasks.as_array().into_iter().flatten();
        self.rows(tasks.filter(|task| wanted(task)).map(|task| self.line(task)).collect())
    }

    /// A row.
    pub(super) fn line(&self, task: &Value) -> TaskLine {
        let field = |key| task.get(key).unwrap_or(&Value::Null);
        let (due, original) = (day(field("due_on")), day(field("original_due_on")));
        let words = field("due_words").as_str().filter(|words| Some(*words) != original.as_deref());
        let days = count(task, "days_late");
        let category = match text(task, "category") {
            "routine" => Some("Thường xuyên"),
            "ad_hoc" => Some("Đột xuất"),
            _ => None,
        };
        let level = field("level_words").as_str();
        let kind = product(text(task, "product"));
        let short = text(task, "unit");
        TaskLine {
            id: text(task, "code").to_owned(),
            href: format!("/tasks/{}", text(task, "code")),
            code: self.s(text(task, "code")),
            title: self.s(text(task, "title")),
            unit: Num::link(self.s(short), format!("/tasks?unit={}", short.replace('&', "%26"))),
            unit_name: self.unit_name(short),
            category: category.map(|words| self.s(words)),
            source: field("source_number").as_str().map(|number| self.s(number)),
            product: self.s(&level.map_or_else(|| kind.to_owned(), |level| format!("{kind} trình {level}"))),
            original_due: original.filter(|original| Some(original) != due.as_ref()),
            due,
            due_words: words.map(|words| self.s(words)),
            badge: Badge { mark: mark(task), days: (days > 0).then(|| self.n(&days.to_string())) },
            waiting: self.twist == Twist::Long,
        }
    }
}
