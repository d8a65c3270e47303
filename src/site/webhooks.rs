//! Webhooks: the addresses that are told what happens to tasks, and one of them with its messages.

use actix_web::http::StatusCode;
use actix_web::web;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use uuid::Uuid;

use super::shell::around;
use super::{PageResult, faulty, go_to, page, parse, people, refused};
use crate::auth::Member;
use crate::db::TenantConn;
use crate::domain::delivery::MessageState;
use crate::domain::task_event::TaskEvent;
use crate::error::{Denial, Error, ParameterFault, Refusal, Result};
use crate::http::{Body, Caller, Visit};
use crate::pages::{HookForm, HookLine, Link, MessageLine, Switch, WebhookPage, WebhooksPage, Words};
use crate::params::Params;
use crate::tenants::Settings;
use crate::text::date;
use crate::webhooks::{self, Attempt, Message, Webhook, WebhookTyped};

/// The list.
pub const PLACE: &str = "/webhooks";

fn place(id: Uuid) -> String {
    format!("{PLACE}/{id}")
}

fn at(instant: DateTime<Utc>, zone: Tz) -> String {
    let local = instant.with_timezone(&zone);
    format!("{} {}", local.format("%H:%M:%S"), date(local.date_naive()))
}

/// What was sent and did not come through.
#[derive(Clone, Default)]
struct Sent {
    /// As it was typed; `None`: nothing was.
    typed: Option<WebhookTyped>,
    faults: Vec<ParameterFault>,
    /// Whether somebody has changed it meanwhile.
    is_stale: bool,
}

fn typed_of(webhook: &Webhook) -> WebhookTyped {
    WebhookTyped {
        name: webhook.name.clone(),
        url: webhook.url.clone(),
        events: webhook.events.iter().map(|event| event.code().to_owned()).collect(),
        active: webhook.is_active,
    }
}

fn form(w: Words, typed: &WebhookTyped, faults: &[ParameterFault]) -> HookForm {
    let switch = |event: &TaskEvent| Switch {
        name: event.code().to_owned(),
        text: w.task_event(*event).to_owned(),
        is_on: typed.events.iter().any(|code| code == event.code()),
    };
    HookForm {
        name: people::field(w, faults, "name", &typed.name),
        url: people::field(w, faults, "url", &typed.url),
        events: TaskEvent::ALL.iter().map(switch).collect(),
        event: people::field(w, faults, "events", ""),
        active: typed.active,
    }
}

fn line(w: Words, webhook: &Webhook, zone: Tz) -> HookLine {
    let events: Vec<&str> = webhook.events.iter().map(|event| w.task_event(*event)).collect();
    let on = if webhook.is_active { w.hook_on() } else { w.hook_off() };
    let failing = webhook.failing_since.map(|since| format!(" · {}", w.hook_failing(&at(since, zone))));
    HookLine {
        link: Link { text: webhook.name.clone(), href: place(webhook.id) },
        url: webhook.url.clone(),
        events: events.join(", "),
        state: format!("{on}{}", failing.unwrap_or_default()),
    }
}

fn attempt(w: Words, attempt: &Attempt, zone: Tz) -> String {
    let status = attempt.status.map(|status| format!(" · {status}")).unwrap_or_default();
    let fault = attempt.fault.map(|fault| format!(" · {}", w.delivery_fault(fault))).unwrap_or_default();
    format!("{}{status}{fault} · {} ms", at(attempt.at, zone), attempt.millis)
}

fn message(w: Words, webhook: Uuid, message: &Message, zone: Tz) -> MessageLine {
    let is_over = message.state != MessageState::Waiting;
    MessageLine {
        event: w.task_event(message.event).to_owned(),
        task: message.task.clone(),
        at: at(message.happened_at, zone),
        state: w.message_state(message.state).to_owned(),
        attempts: message.attempts.iter().map(|one| attempt(w, one, zone)).collect(),
        again: is_over.then(|| format!("{}/messages/{}/again", place(webhook), message.id)),
    }
}

fn list(
    conn: &mut TenantConn<'_>,
    visit: &Visit,
    member: &Member,
    settings: &Settings,
    sent: &Sent,
) -> Result<WebhooksPage> {
    let w = Words(visit.lang_of(member.lang));
    let fresh = WebhookTyped { active: true, ..WebhookTyped::default() };
    let removed = visit.params().text("done").is_some();
    Ok(WebhooksPage {
        w,
        shell: around(visit, w, member, settings),
        notice: removed.then(|| w.hook_removed().to_owned()),
        hooks: webhooks::all(conn)?.iter().map(|webhook| line(w, webhook, settings.zone)).collect(),
        action: PLACE.to_owned(),
        form: form(w, sent.typed.as_ref().unwrap_or(&fresh), &sent.faults),
    })
}

fn one(
    conn: &mut TenantConn<'_>,
    visit: &Visit,
    member: &Member,
    settings: &Settings,
    id: Uuid,
    sent: &Sent,
) -> Result<WebhookPage> {
    let w = Words(visit.lang_of(member.lang));
    let own = webhooks::find(conn, id)?.ok_or(Denial::NotFound)?;
    let messages = webhooks::messages(conn, id)?;
    let kept = typed_of(&own);
    let notice = match visit.params().text("done").as_deref() {
        Some("again") => Some(w.hook_queued().to_owned()),
        Some("saved") => Some(w.account_saved().to_owned()),
        _ => None,
    };
    let warning = own.switched_off_at.map(|off| w.hook_switched_off(&at(off, settings.zone)));
    Ok(WebhookPage {
        w,
        shell: around(visit, w, member, settings),
        back: Link { text: w.hooks_title().to_owned(), href: PLACE.to_owned() },
        notice,
        secret: None,
        heading: own.name.clone(),
        warning: warning.or_else(|| own.failing_since.map(|since| w.hook_failing(&at(since, settings.zone)))),
        now: sent.is_stale.then(|| line(w, &own, settings.zone)),
        place: place(id),
        version: own.version.to_string(),
        form: form(w, sent.typed.as_ref().unwrap_or(&kept), &sent.faults),
        messages: messages.iter().map(|told| message(w, id, told, settings.zone)).collect(),
    })
}

/// The list.
pub async fn show(caller: Caller, visit: Visit) -> PageResult {
    let view = caller
        .run(move |conn, member, settings| list(conn, &visit, member, settings, &Sent::default()))
        .await?;
    page(view.w, &view)
}

/// Adds an address and shows its secret this once; or the form comes back.
pub async fn add(caller: Caller, visit: Visit, body: Body) -> PageResult {
    let typed = WebhookTyped::take(&mut Params::parse(&body.text()));
    let (asked, sent) = (visit.clone(), typed.clone());
    let added = caller
        .run(move |conn, member, settings| {
            let (service, new) = (&asked.service, sent.check(asked.service.reach)?);
            let made = webhooks::add(conn, &service.seeds, member.actor(), &new)?;
            let view = one(conn, &asked, member, settings, made.webhook.id, &Sent::default())?;
            Ok(WebhookPage { secret: Some(made.secret), ..view })
        })
        .await;
    let failure = match added {
        Ok(view) => return page(view.w, &view),
        Err(failure) => failure,
    };
    let Error::Refused(Refusal::Parameters(faults)) = failure.error() else { return Err(failure) };
    let sent = Sent { typed: Some(typed), faults: faults.clone(), is_stale: false };
    let view = caller.run(move |conn, member, settings| list(conn, &visit, member, settings, &sent)).await?;
    refused(view.w, &view)
}

/// One address.
pub async fn read(caller: Caller, visit: Visit, id: web::Path<String>) -> PageResult {
    let view = caller
        .run(move |conn, member, settings| one(conn, &visit, member, settings, parse(&id)?, &Sent::default()))
        .await?;
    page(view.w, &view)
}

/// Changes an address; or the form comes back, beside what somebody else has made of it meanwhile.
pub async fn change(caller: Caller, visit: Visit, body: Body, id: web::Path<String>) -> PageResult {
    let mut params = Params::parse(&body.text());
    let version = params.text("version").and_then(|version| version.parse().ok()).unwrap_or(0);
    let typed = WebhookTyped::take(&mut params);
    // What is no id is that of no webhook, which only who is signed in hears.
    let id = parse(&id).unwrap_or_default();
    let (sent, reach) = (typed.clone(), visit.service.reach);
    let changed = caller
        .run(move |conn, member, _| {
            // Whether there is such a thing comes before what is wrong with the form.
            webhooks::find(conn, id)?.ok_or(Denial::NotFound)?;
            webhooks::change(conn, member.actor(), id, version, &sent.check(reach)?)
        })
        .await;
    let Err(failure) = changed else { return Ok(go_to(&format!("{}?done=saved", place(id))).finish()) };
    let (faults, is_stale) = match failure.error() {
        Error::Refused(Refusal::Parameters(faults)) => (faults.clone(), false),
        Error::Refused(Refusal::Stale(_)) => (Vec::new(), true),
        _ => return Err(failure),
    };
    let sent = Sent { typed: Some(typed), faults, is_stale };
    let view =
        caller.run(move |conn, member, settings| one(conn, &visit, member, settings, id, &sent)).await?;
    if is_stale { faulty(StatusCode::PRECONDITION_FAILED, view.w, &view) } else { refused(view.w, &view) }
}

/// Takes an address away; or its page comes back, as somebody has changed it meanwhile.
pub async fn remove(caller: Caller, visit: Visit, body: Body, id: web::Path<String>) -> PageResult {
    let version = Params::parse(&body.text()).text("version").and_then(|version| version.parse().ok());
    // What is no id is that of no webhook, which only who is signed in hears.
    let id = parse(&id).unwrap_or_default();
    let removed = caller
        .run(move |conn, member, _| webhooks::remove(conn, member.actor(), id, version.unwrap_or(0)))
        .await;
    let Err(failure) = removed else { return Ok(go_to(&format!("{PLACE}?done=removed")).finish()) };
    if !matches!(failure.error(), Error::Refused(Refusal::Stale(_))) {
        return Err(failure);
    }
    let sent = Sent { is_stale: true, ..Sent::default() };
    let view =
        caller.run(move |conn, member, settings| one(conn, &visit, member, settings, id, &sent)).await?;
    faulty(StatusCode::PRECONDITION_FAILED, view.w, &view)
}

/// Has a message tried again.
pub async fn again(caller: Caller, ids: web::Path<(String, String)>) -> PageResult {
    let (webhook, message) = ids.into_inner();
    let webhook = parse(&webhook).unwrap_or_default();
    caller
        .run(move |conn, member, _| webhooks::again(conn, member.actor(), webhook, parse(&message)?))
        .await?;
    Ok(go_to(&format!("{}?done=again", place(webhook))).finish())
}
