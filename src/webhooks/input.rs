//! An address as it is typed, checked: every fault at once, by the name of its field.

use std::net::IpAddr;

use reqwest::Url;
use serde::Deserialize;

use crate::domain::outside::is_public;
use crate::domain::task_event::TaskEvent;
use crate::domain::words::tidy;
use crate::error::{ParameterFault, ParameterProblem, Refusal, Result};
use crate::params::Params;

/// The longest name, in characters.
pub const LONGEST_NAME: usize = 100;

/// The longest address, in characters.
pub const LONGEST_URL: usize = 500;

/// How far messages may go.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Reach {
    /// To the open Internet, by https.
    #[default]
    Internet,
    /// To this machine as well, by http too: for trying things out.
    Loopback,
}

impl Reach {
    /// Whether messages may go to this address.
    pub fn covers(self, address: IpAddr) -> bool {
        is_public(address) || self == Self::Loopback && address.to_canonical().is_loopback()
    }

    /// The address of a text, when messages may go there; what its name means is looked up later.
    pub fn url(self, text: &str) -> Option<Url> {
        let url = Url::parse(text).ok()?;
        let literal = url.host_str()?.trim_matches(['[', ']']).parse::<IpAddr>().ok();
        let is_here = self == Self::Loopback && literal.is_some_and(|literal| literal.is_loopback());
        let is_plain = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
        let scheme_fits = url.scheme() == "https" || is_here && url.scheme() == "http";
        let is_near = matches!(url.host_str(), Some(name) if literal.is_none() && !name.contains('.'));
        let fits = is_plain && scheme_fits && !is_near && literal.is_none_or(|literal| self.covers(literal));
        fits.then_some(url)
    }
}

/// An address as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WebhookTyped {
    /// What people call it.
    pub name: String,
    /// Where messages go.
    pub url: String,
    /// The codes of what it is told.
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
        let (name, url) = (tidy(&self.name), self.url.trim());
        if name.is_empty() {
            fault("name", ParameterProblem::Missing);
        } else if is_long(&name, LONGEST_NAME) {
            fault("name", ParameterProblem::TooLong(LONGEST_NAME));
        }
        if is_long(url, LONGEST_URL) {
            fault("url", ParameterProblem::TooLong(LONGEST_URL));
        } else if reach.url(url).is_none() {
            fault("url", ParameterProblem::NotAnOutsideUrl);
        }
        let mut events: Vec<TaskEvent> = Vec::new();
        match self.events.iter().map(|code| TaskEvent::from_code(code)).collect::<Option<Vec<_>>>() {
            Some(known) if known.is_empty() => fault("events", ParameterProblem::Missing),
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

fn codes() -> String {
    TaskEvent::ALL.iter().map(|event| event.code()).collect::<Vec<_>>().join(" | ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_outside_are_told() {
        for good in ["https://a.example/x?y=1", "https://1.1.1.1/", "https://a.example:8443"] {
            assert!(Reach::Internet.url(good).is_some(), "{good}");
        }
        for bad in [
            "",
            "a.example",
            "http://a.example/",
            "ftp://a.example/",
            "https://",
            "https://localhost/",
            "https://intranet/",
            "https://u:p@a.example/",
            "https://u@a.example/",
            "https://a.example/#x",
            "https://127.0.0.1/",
            "https://2130706433/",
            "https://0x7f.1/",
            "https://0177.0.0.1/",
            "https://[::1]/",
            "https://[::ffff:10.0.0.1]/",
            "https://169.254.169.254/latest",
            "http://127.0.0.1:1/",
        ] {
            assert!(Reach::Internet.url(bad).is_none(), "{bad}");
        }
        assert!(Reach::Loopback.url("http://127.0.0.1:1/").is_some());
        assert!(Reach::Loopback.url("http://10.0.0.1:1/").is_none());
        assert!(Reach::Loopback.url("http://a.example/").is_none());
    }

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
            url: " https://a.example ".into(),
            events: vec!["task.submitted".into(), "task.created".into(), "task.submitted".into()],
            active: false,
        };
        let new = typed.check(Reach::Internet).unwrap();
        assert_eq!((new.name.as_str(), new.url.as_str()), ("Trục", "https://a.example"));
        assert_eq!(new.events, [TaskEvent::Created, TaskEvent::Submitted]);
    }
}
