//! Deadlines as an iCalendar document.

use chrono::Duration;
use icalendar::{Calendar, Component, Event, EventStatus, Parameter, Property};

use super::Deadline;
use crate::domain::lang::Lang;
use crate::domain::task::Status;
use crate::public_url::PublicUrl;
use crate::tasks::links;
use crate::text;

/// How often a calendar should look again.
const REFRESH: Duration = Duration::hours(1);

/// The document: a whole day each, which keeps nobody busy.
pub fn ics(lang: Lang, tenant: &str, deadlines: &[Deadline], public_url: &PublicUrl) -> String {
    let mut calendar = Calendar::empty();
    calendar
        .append_property(Property::new("VERSION", "2.0"))
        .append_property(Property::new("PRODID", "-//Don doc//Deadlines//VI"))
        .append_property(Property::new("CALSCALE", "GREGORIAN"))
        .name(&text::feeds::name(lang, tenant))
        .ttl(&REFRESH);
    for deadline in deadlines {
        calendar.push(event(lang, deadline, public_url));
    }
    calendar.to_string()
}

fn event(lang: Lang, deadline: &Deadline, public_url: &PublicUrl) -> Event {
    let Deadline { task, due_on, status, version, updated_at, .. } = deadline;
    // The last day is not said: a day without one is that day alone (RFC 5545 §3.6.1).
    let day = Property::new("DTSTART", due_on.format("%Y%m%d").to_string())
        .append_parameter(Parameter::new("VALUE", "DATE"))
        .done();
    let is_off =
        matches!(status, Status::Cancelled | Status::Paused | Status::Returned | Status::Transferred);
    let mut event = Event::new();
    event
        .uid(&format!("{task}@dondoc"))
        .timestamp(*updated_at)
        .last_modified(*updated_at)
        .sequence(u32::try_from(version - 1).unwrap_or_default())
        .append_property(day)
        .summary(&text::feeds::summary(lang, deadline))
        .description(&text::feeds::description(lang, deadline))
        .url(&public_url.link(&links::task(*task, None)))
        .status(if is_off { EventStatus::Cancelled } else { EventStatus::Confirmed })
        .append_property(Property::new("TRANSP", "TRANSPARENT"))
        .done()
}
