//! An urging letter: plain text and HTML with the same rows and links.

use std::collections::{BTreeMap, HashMap};

use askama::Template;
use uuid::Uuid;

use super::URGE;
use crate::db::TenantConn;
use crate::domain::task::Status;
use crate::error::{Error, Result};
use crate::mail::{Composer, Composition, Letter, Words};
use crate::public_url::PublicUrl;
use crate::tasks::links::{self, TaskQuery};
use crate::tasks::{TaskRow, by_ids};
use crate::tenants;
use crate::text::date;
use crate::text::mail::UrgeWords;
use crate::units;

/// The most rows; the rest is behind a link.
const LONGEST: usize = 60;

/// The most characters of a title.
const TITLE: usize = 150;

#[derive(Template)]
#[template(path = "mail/urge.html")]
struct HtmlPart<'a> {
    v: &'a View,
}

#[derive(Template)]
#[template(path = "mail/urge.txt", escape = "none")]
struct TextPart<'a> {
    v: &'a View,
}

/// What both parts show.
struct View {
    w: UrgeWords,
    subject: String,
    tenant: String,
    unit: String,
    intro: String,
    rows: Vec<Row>,
    more: Option<String>,
    list: String,
}

struct Row {
    title: String,
    about: String,
    status: String,
    is_overdue: bool,
    href: String,
}

/// Who composes urging letters.
pub fn composers(public_url: &PublicUrl) -> BTreeMap<&'static str, Composer> {
    let url = public_url.clone();
    let composer: Composer = Box::new(move |conn, letters| compose(conn, letters, &url));
    BTreeMap::from([(URGE, composer)])
}

/// Composes from what is so now: a task that is done, reported or no longer the unit's is left out.
fn compose(conn: &mut TenantConn<'_>, letters: &[Letter], url: &PublicUrl) -> Result<Vec<Composition>> {
    let tenant = tenants::settings(conn)?.name;
    let url = tenants::address(conn, url)?;
    let ids: Vec<Uuid> = letters.iter().flat_map(tasks_of).collect();
    let tasks: HashMap<Uuid, TaskRow> = by_ids(conn, &ids)?.into_iter().map(|task| (task.id, task)).collect();
    let names: HashMap<Uuid, (String, String)> =
        units::all(conn)?.into_iter().map(|unit| (unit.id, (unit.short_name, unit.name))).collect();
    letters
        .iter()
        .map(|letter| {
            let unit = unit_of(letter);
            let open: Vec<&TaskRow> = tasks_of(letter)
                .filter_map(|id| tasks.get(&id))
                .filter(|task| Some(task.lead_unit_id) == unit && is_open(task))
                .collect();
            match unit.and_then(|unit| names.get(&unit)) {
                Some(unit) if !open.is_empty() => {
                    write(letter, &tenant, unit, &open, &url).map(Composition::Words)
                }
                _ => Ok(Composition::Skip("nothing_left")),
            }
        })
        .collect()
}

fn unit_of(letter: &Letter) -> Option<Uuid> {
    letter.payload.get("unit")?.as_str()?.parse().ok()
}

fn tasks_of(letter: &Letter) -> impl Iterator<Item = Uuid> {
    let ids = letter.payload.get("tasks").and_then(|tasks| tasks.as_array());
    ids.into_iter().flatten().filter_map(|id| id.as_str()?.parse().ok())
}

fn is_open(task: &TaskRow) -> bool {
    let status = Status::from_code(&task.status);
    task.deleted_at.is_none() && matches!(status, Some(Status::NotStarted | Status::InProgress))
}

fn write(
    letter: &Letter,
    tenant: &str,
    (short_name, name): &(String, String),
    tasks: &[&TaskRow],
    url: &PublicUrl,
) -> Result<Words> {
    let w = UrgeWords(letter.lang);
    let overdue = tasks.iter().filter(|task| task.due_on.is_some_and(|due| due < letter.day)).count();
    let list = TaskQuery::on(letter.day).with("unit", short_name).with("standing", "in_progress");
    let view = View {
        w,
        subject: w.subject(&one_line(short_name), tasks.len(), letter.day),
        tenant: one_line(tenant),
        unit: one_line(name),
        intro: w.intro(&one_line(name), tasks.len(), overdue),
        rows: tasks.iter().take(LONGEST).map(|task| row(w, letter, task, url)).collect(),
        more: (tasks.len() > LONGEST).then(|| w.more(tasks.len() - LONGEST)),
        list: url.link(&list.href()),
    };
    let fault = |error: askama::Error| Error::Internal(error.to_string());
    let text = TextPart { v: &view }.render().map_err(fault)?;
    let html = HtmlPart { v: &view }.render().map_err(fault)?;
    Ok(Words { subject: view.subject, text, html, unsubscribe: None })
}

fn row(w: UrgeWords, letter: &Letter, task: &TaskRow, url: &PublicUrl) -> Row {
    let days = task.due_on.map(|due| (letter.day - due).num_days());
    let source = task.source_number.as_deref().map(|number| format!(" · {number}")).unwrap_or_default();
    Row {
        title: one_line(&task.title).chars().take(TITLE).collect(),
        about: one_line(&format!("{}{source}", task.code)),
        status: w.status(task.due_on.map(date).as_deref(), days),
        is_overdue: days.is_some_and(|days| days > 0),
        href: url.link(&links::task(task.id, None)),
    }
}

/// A text without line ends or other control characters.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect::<String>().trim().to_owned()
}
