//! An address as it is typed, checked: every fault at once, by the name of its field.

use serde::Deserialize;
use utoipa::ToSchema;
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, Type};
use utoipa::openapi::{RefOr, Schema};

use super::post;
use crate::domain::outside::Reach;
use crate::domain::task_event::TaskEvent;
use crate::domain::words::tidy;
use crate::error::{ParameterFault, ParameterProblem, Refusal, Result};
use crate::params::Params;

/// The longest name, in characters.
pub const LONGEST_NAME: usize = 100;

/// So many codes are read, more than there are.
const LONGEST_LIST: usize = 50;

/// The longest address, in characters.
pub const LONGEST_URL: usize = 500;

/// An address as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WebhookTyped {
    /// What people call it.
    #[schema(
        max_length = 100,
        pattern = r"^[^\u0000-\u001f\u007f-\u009f]*[^\s\u0000-\u001f\u007f-\u009f\u200b\ufeff][^\u0000-\u001f\u007f-\u009f]*$",
        example = "Trục liên thông"
    )]
    pub name: String,
    /// Where messages go: an https address of the Internet, without a user name or a fragment.
    #[schema(
        max_length = 500,
        pattern = r"^https://([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}(:[1-9][0-9]{0,3})?(/[!$-?A-\[\]-~]*)?$",
        example = "https://truc.coquan.gov.vn/su-kien"
    )]
    pub url: String,
    /// The codes of what it is told.
    #[schema(schema_with = events)]
    pub events: Vec<String>,
    /// Whether it is told anything now.
    #[serde(default = "yes")]
    pub active: bool,
}

fn yes() -> bool {
    true
}

/// An address that may be told.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)] // The fields are those of `Webhook`.
pub struct NewWebhook {
    pub name: String,
    pub url: String,
    pub events: Vec<TaskEvent>,
    pub is_active: bool,
}

impl WebhookTyped {
    /// Takes a form's fields: one box for each event, named by its code.
    pub fn take(params: &mut Params) -> Self {
        let events = TaskEvent::ALL.iter().map(|event| event.code());
        let chosen = events.filter(|code| params.text(code).is_some()).map(str::to_owned).collect();
        let mut text = |name| params.text(name).unwrap_or_default();
        let (name, url) = (text("name"), text("url"));
        Self { name, url, events: chosen, active: !text("active").is_empty() }
    }

    /// Checks it.
    ///
    /// # Errors
    /// Every fault at once.
    pub fn check(&self, reach: Reach) -> Result<NewWebhook> {
        let mut faults = Vec::new();
        let mut fault = |name: &str, problem| faults.push(ParameterFault { name: name.to_owned(), problem });
        let is_long = |text: &str, most| text.chars().count() > most || text.chars().any(char::is_control);
        let (name, url) = (tidy(&self.name), self.url.as_str());
        if name.is_empty() {
            fault("name", ParameterProblem::Missing);
        } else if is_long(&self.name, LONGEST_NAME) {
            fault("name", ParameterProblem::TooLong(LONGEST_NAME));
        }
        if is_long(url, LONGEST_URL) {
            fault("url", ParameterProblem::TooLong(LONGEST_URL));
        } else if post::url(reach, url).is_none() {
            fault("url", ParameterProblem::NotAnOutsideUrl);
        }
        let mut events: Vec<TaskEvent> = Vec::new();
        match self.events.iter().map(|code| TaskEvent::from_code(code)).collect::<Option<Vec<_>>>() {
            Some(known) if known.is_empty() || known.len() > LONGEST_LIST => {
                fault("events", ParameterProblem::Missing)
            }
            Some(known) => events = known,
            None => fault("events", ParameterProblem::NotOneOf(codes())),
        }
        events.sort_unstable();
        events.dedup();
        if !faults.is_empty() {
            return Err(Refusal::Parameters(faults).into());
        }
        Ok(NewWebhook { name, url: url.to_owned(), events, is_active: self.active })
    }
}

/// The shape of the codes.
fn events() -> RefOr<Schema> {
    let codes = TaskEvent::ALL.iter().map(|event| event.code());
    let code = ObjectBuilder::new().schema_type(Type::String).enum_values(Some(codes));
    RefOr::T(ArrayBuilder::new().items(code).min_items(Some(1)).max_items(Some(LONGEST_LIST)).into())
}

fn codes() -> String {
    TaskEvent::ALL.iter().map(|event| event.code()).collect::<Vec<_>>().join(" | ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_is_told_at_its_field() {
        let typed =
            WebhookTyped { name: " ".into(), url: "x".into(), events: vec!["y".into()], active: true };
        let Err(crate::error::Error::Refused(Refusal::Parameters(faults))) = typed.check(Reach::Internet)
        else {
            panic!("faults")
        };
        let names: Vec<_> = faults.into_iter().map(|fault| fault.name).collect();
        assert_eq!(names, ["name", "url", "events"]);
        let typed = WebhookTyped {
            name: " Trục  ".into(),
            url: "https://a.example".into(),
            events: vec!["task.submitted".into(), "task.created".into(), "task.submitted".into()],
            active: false,
        };
        let new = typed.check(Reach::Internet).unwrap();
        assert_eq!((new.name.as_str(), new.url.as_str()), ("Trục", "https://a.example"));
        assert_eq!(new.events, [TaskEvent::Created, TaskEvent::Submitted]);
    }
}
