//! A task's history: acts, fields and values of the journal in the reader's words.

use chrono::NaiveDate;
use serde_json::Value;
use uuid::Uuid;

use super::{ACTS, Words};
use crate::domain::briefing::UnitRef;
use crate::domain::task::{Category, ExtensionDecision, LateReasonKind, Level, ProductKind, Status};
use crate::imports::fields::Field;
use crate::tasks::Actor;
use crate::text::{date, imports, vocabulary};

impl Words {
    /// What was done; an act of a code without words is said plainly, with its code.
    pub fn journal_act(self, act: &str) -> String {
        match ACTS.iter().find(|(code, _, _)| *code == act) {
            Some((_, vi, en)) => self.pick(*vi, *en).to_owned(),
            None => self.pick(format!("Việc khác ({act})"), format!("Another act ({act})")),
        }
    }

    /// Who did it.
    pub fn journal_actor(self, actor: &Actor) -> String {
        match actor {
            Actor::Operator => self.pick("Đơn vị vận hành", "The service's operator").to_owned(),
            Actor::Import { file_name } => {
                self.pick(format!("Nhập từ tệp {file_name}"), format!("Imported from {file_name}"))
            }
            Actor::Key { name } => self.audit_key(name),
            Actor::Person { name } => name.clone(),
        }
    }

    /// A field's name.
    pub fn journal_field(self, field: &str) -> String {
        if matches!(field, "leader" | "contact" | "follower" | "assignee" | "assignees" | "file" | "reason") {
            return self.audit_field("task", field);
        }
        if let Some(name) = self.decision_field(field) {
            return name.to_owned();
        }
        if let Some(known) = self.life_field(field) {
            return known.to_owned();
        }
        let known = Field::from_code(field).map(|field| imports::field(self.0, field));
        vocabulary::capitalised(known.unwrap_or(field))
    }

    /// The name of a field of the desk, of opinions and of reasons for lateness.
    fn decision_field(self, field: &str) -> Option<&'static str> {
        Some(match field {
            "due_on" => self.pick("Thời hạn", "Deadline"),
            "wanted_due_on" => self.pick("Đề nghị gia hạn đến", "Extension asked until"),
            "decision" => self.pick("Quyết định", "Decision"),
            "decided_on" => self.pick("Ngày quyết định", "Decided on"),
            "reason" => self.pick("Lý do", "Reason"),
            "words" => self.pick("Nội dung", "Words"),
            "answer_due_on" => self.pick("Hạn trả lời", "Answer due"),
            "answer" => self.pick("Trả lời", "Answer"),
            "closed_on" => self.pick("Ngày kết thúc", "Closed on"),
            "late_reason_kind" => self.pick("Loại nguyên nhân", "Kind of reason"),
            "late_reason_category" => self.pick("Nhóm nguyên nhân", "Reason"),
            _ => return None,
        })
    }

    /// A field's value; `None` when it is blank.
    pub fn journal_value(self, field: &str, value: &Value, units: &[UnitRef]) -> Option<String> {
        match value {
            Value::Null => None,
            Value::String(text) if text.is_empty() => None,
            Value::String(text) => Some(self.text_value(field, text, units)),
            Value::Array(items) => {
                let words: Vec<String> =
                    items.iter().filter_map(|item| self.journal_value(field, item, units)).collect();
                (!words.is_empty()).then(|| words.join("; "))
            }
            Value::Object(_) => Some(self.composed_value(field, value)),
            Value::Number(number) if field == "percent" => Some(format!("{number} %")),
            Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        }
    }

    fn text_value(self, field: &str, text: &str, units: &[UnitRef]) -> String {
        let lang = self.0;
        let words = match field {
            "category" => Category::from_code(text).map(|category| vocabulary::category(lang, category)),
            "decision" => ExtensionDecision::from_code(text)
                .map(|decision| vocabulary::extension_decision(lang, Some(decision))),
            "late_reason_kind" => {
                LateReasonKind::from_code(text).map(|kind| vocabulary::late_reason_kind(lang, kind))
            }
            "product" => ProductKind::from_code(text).map(|product| vocabulary::product(lang, product)),
            "unit" | "coordinating" => unit_name(text, units),
            _ => None,
        };
        words.map_or_else(|| dated(text).unwrap_or_else(|| text.to_owned()), str::to_owned)
    }

    /// A value of several parts: level, deadline, extension, status.
    fn composed_value(self, field: &str, value: &Value) -> String {
        let part = |name: &str| value.get(name).and_then(Value::as_str);
        let day = |name: &str| part(name).and_then(dated);
        match field {
            "level" => {
                let level = part("level").and_then(Level::from_code);
                let known = level.map(|level| vocabulary::level(self.0, level).to_owned());
                part("words").map(str::to_owned).or(known).unwrap_or_default()
            }
            "due" | "extended_to" => match (part("words"), day("on")) {
                (Some(words), Some(on)) if words != on => format!("{words} ({on})"),
                (_, Some(on)) => on,
                (words, None) => words.unwrap_or_default().to_owned(),
            },
            "status" => {
                let status = part("status").and_then(Status::from_code);
                let words = status.map(|status| vocabulary::status(self.0, status)).unwrap_or_default();
                match day("completed_on").or_else(|| day("cancelled_on")) {
                    Some(on) => format!("{words}, {on}"),
                    None => words.to_owned(),
                }
            }
            _ => value.to_string(),
        }
    }
}

/// A stored date as people write it.
fn dated(text: &str) -> Option<String> {
    text.parse::<NaiveDate>().ok().map(date)
}

/// The full name of a unit that the journal names by its id.
fn unit_name<'a>(id: &str, units: &'a [UnitRef]) -> Option<&'a str> {
    let id: Uuid = id.parse().ok()?;
    units.iter().find(|unit| unit.id == id).map(|unit| unit.name.as_str())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::text::Lang;

    #[test]
    fn values_are_worded_by_their_field() {
        let w = Words(Lang::Vi);
        let unit = UnitRef { id: Uuid::nil(), short_name: "CVT".into(), name: "Cục Viễn thông".into() };
        let worded = |field: &str, value: Value| w.journal_value(field, &value, std::slice::from_ref(&unit));
        assert_eq!(worded("note", json!(null)), None);
        assert_eq!(worded("coordinating", json!([])), None);
        assert_eq!(worded("category", json!("key")).as_deref(), Some("trọng tâm"));
        assert_eq!(worded("unit", json!(Uuid::nil())).as_deref(), Some("Cục Viễn thông"));
        assert_eq!(worded("coordinating", json!([Uuid::nil()])).as_deref(), Some("Cục Viễn thông"));
        assert_eq!(worded("assigned_on", json!("2024-05-29")).as_deref(), Some("29/05/2024"));
        assert_eq!(worded("percent", json!(60)).as_deref(), Some("60 %"));
        let due = json!({ "words": "Quý IV/2024", "on": "2024-12-31", "precision": "quarter" });
        assert_eq!(worded("due", due).as_deref(), Some("Quý IV/2024 (31/12/2024)"));
        let status = json!({ "status": "completed", "completed_on": "2024-10-15", "cancelled_on": null });
        assert_eq!(worded("status", status).as_deref(), Some("đã hoàn thành, 15/10/2024"));
        assert_eq!(worded("level", json!({ "level": "government", "words": "CP" })).as_deref(), Some("CP"));
    }

    #[test]
    fn fields_and_acts_have_names_and_unknown_ones_show_their_code() {
        let w = Words(Lang::Vi);
        assert_eq!(w.journal_field("due"), "Thời hạn");
        assert_eq!(Words(Lang::En).journal_field("late_reason"), "Reason for lateness");
        assert_eq!(w.journal_field("moon"), "Moon");
        assert_eq!(w.journal_act("task.fly"), "Việc khác (task.fly)");
    }
}
