//! A reminder as a letter: plain text and HTML with the same rows and links.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use chrono::NaiveDate;
use uuid::Uuid;

use super::REMINDER;
use super::day::{RemindedDay, reminded_day};
use super::model::{Candidate, Item, Reminder, Skip};
use super::plan::{since, to};
use crate::db::TenantConn;
use crate::digests::Letter;
use crate::digests::report::{cut, one_line};
use crate::domain::digest::LONGEST;
use crate::domain::ladder::Told;
use crate::domain::preference::MailPreferences;
use crate::domain::task::Category;
use crate::error::{Error, Result};
use crate::mail::{self, Composer, Composition, Words};
use crate::preferences;
use crate::public_url::PublicUrl;
use crate::tasks::StandingFilter;
use crate::tasks::links::{self, TaskQuery};
use crate::tenants;
use crate::text::date;
use crate::text::mail::{ReminderWords, Urgency};

/// The most characters of a title.
const TITLE: usize = 100;

/// A letter with both parts encoded is smaller than this; some mail programs cut what is longer.
const LARGEST: usize = 60_000;

/// How many rows fewer each further try has.
const STEP: usize = 5;

/// The page of the reader's own settings.
const ACCOUNT: &str = "/account";

#[derive(Template)]
#[template(path = "mail/reminder.html")]
struct HtmlPart<'a> {
    v: &'a View,
}

#[derive(Template)]
#[template(path = "mail/reminder.txt", escape = "none")]
struct TextPart<'a> {
    v: &'a View,
}

/// What both parts show.
struct View {
    w: ReminderWords,
    subject: String,
    counts: String,
    tenant: String,
    name: String,
    day: String,
    rows: Vec<Row>,
    more: Option<Link>,
    urging: Vec<Link>,
    settings: String,
}

struct Row {
    title: String,
    about: String,
    status: String,
    is_overdue: bool,
    is_key: bool,
    href: String,
}

struct Link {
    text: String,
    href: String,
}

/// Who composes reminders.
pub fn composers(public_url: &PublicUrl) -> BTreeMap<&'static str, Composer> {
    let url = public_url.clone();
    let composer: Composer = Box::new(move |conn, letters| compose(conn, letters, &url));
    BTreeMap::from([(REMINDER, composer)])
}

/// Composes from what is true now: who has nothing left to be told of gets nothing.
fn compose(conn: &mut TenantConn<'_>, letters: &[mail::Letter], url: &PublicUrl) -> Result<Vec<Composition>> {
    let tenant = tenants::settings(conn)?.name;
    let mut earliest: BTreeMap<NaiveDate, NaiveDate> = BTreeMap::new();
    for letter in letters {
        let own = since(&letter.payload).unwrap_or(letter.day);
        let since = earliest.entry(letter.day).or_insert(own);
        *since = own.min(*since);
    }
    // Letters that wait together are of one day, but for the morning after a failure.
    let days: BTreeMap<NaiveDate, RemindedDay> = earliest
        .into_iter()
        .map(|(day, since)| Ok((day, reminded_day(conn, since, day)?)))
        .collect::<Result<_>>()?;
    let people: Vec<Uuid> = letters.iter().filter_map(|letter| letter.person).collect();
    let wishes = preferences::of(conn, &people)?;
    let wish =
        |letter: &mail::Letter| letter.person.and_then(|id| wishes.get(&id)).copied().unwrap_or_default();
    letters
        .iter()
        .map(|letter| {
            match days.get(&letter.day).and_then(|day| Some((day, own(day, letter, wish(letter))?))) {
                Some((_, reminder)) if reminder.items.is_empty() => {
                    Ok(Composition::Skip(Skip::NotWanted.code()))
                }
                Some((day, reminder)) => Ok(match write(day, &reminder, &tenant, url)? {
                    Ok(letter) => Composition::Words(words(letter)),
                    Err(skip) => Composition::Skip(skip.code()),
                }),
                None => Ok(Composition::Skip(Skip::NothingLeft.code())),
            }
        })
        .collect()
}

/// What a letter's recipient is to be told and wants to be, from the day on which they were told last.
fn own(day: &RemindedDay, letter: &mail::Letter, wish: MailPreferences) -> Option<Reminder> {
    let (recipient, since) = (to(letter.person, &letter.payload)?, since(&letter.payload)?);
    let mut reminder = day.reminders.iter().find(|reminder| reminder.recipient == recipient)?.clone();
    reminder.items.retain(|item| since < item.told_on);
    if reminder.items.is_empty() {
        return None;
    }
    reminder.items.retain(|item| wish.wants_reminder(day.task(item).is_some_and(|task| task.is_overdue)));
    Some(reminder)
}

fn words(letter: Letter) -> Words {
    Words { subject: letter.subject, text: letter.text, html: letter.html, unsubscribe: None }
}

/// The letter of a reminder, or why there is none.
///
/// # Errors
/// A fault of a template.
pub fn write(
    day: &RemindedDay,
    reminder: &Reminder,
    tenant: &str,
    url: &PublicUrl,
) -> Result<std::result::Result<Letter, Skip>> {
    let items = match reminder.worth_telling() {
        Ok(items) => items,
        Err(skip) => return Ok(Err(skip)),
    };
    let writer = Writer { day, w: ReminderWords(reminder.lang), url };
    let mut rows = LONGEST;
    let mut letter = writer.letter(reminder, &items, tenant, rows)?;
    while letter.encoded_len() >= LARGEST && rows > STEP {
        rows -= STEP;
        letter = writer.letter(reminder, &items, tenant, rows)?;
    }
    Ok(Ok(letter))
}

/// What is said of a task in one line: how it stands, and to whom it is reported.
pub fn status(day: &RemindedDay, item: &Item, w: ReminderWords) -> String {
    day.task(item).map(|task| w.status(urgency(day, task), item.told)).unwrap_or_default()
}

fn urgency(day: &RemindedDay, task: &Candidate) -> Urgency {
    match task {
        task if task.is_overdue => Urgency::Overdue(task.days_late),
        task if task.due_on == day.day => Urgency::Today,
        task => Urgency::Left(day.calendar.working_days_between(day.day, task.due_on)),
    }
}

/// Puts a reminder into words and addresses.
struct Writer<'a> {
    day: &'a RemindedDay,
    w: ReminderWords,
    url: &'a PublicUrl,
}

impl Writer<'_> {
    fn letter(&self, reminder: &Reminder, items: &[Item], tenant: &str, rows: usize) -> Result<Letter> {
        let view = self.view(reminder, items, tenant, rows);
        let fault = |error: askama::Error| Error::Internal(error.to_string());
        let text = TextPart { v: &view }.render().map_err(fault)?;
        let html = HtmlPart { v: &view }.render().map_err(fault)?;
        Ok(Letter { subject: view.subject, text, html })
    }

    fn view(&self, reminder: &Reminder, items: &[Item], tenant: &str, rows: usize) -> View {
        let urgencies: Vec<Urgency> =
            items.iter().filter_map(|item| self.day.task(item)).map(|task| urgency(self.day, task)).collect();
        let list = TaskQuery::on(self.day.day).with("standing", StandingFilter::InProgress.code());
        let left = items.len().saturating_sub(rows);
        View {
            w: self.w,
            subject: self.w.subject(&urgencies, self.day.day),
            counts: self.w.counts(&urgencies).join(", "),
            tenant: one_line(tenant),
            name: one_line(&reminder.name),
            day: date(self.day.day),
            rows: items.iter().take(rows).filter_map(|item| self.row(item)).collect(),
            more: (left > 0).then(|| Link { text: self.w.more(left), href: self.url.link(&list.href()) }),
            urging: self.urging(items),
            settings: self.url.link(ACCOUNT),
        }
    }

    fn row(&self, item: &Item) -> Option<Row> {
        let task = self.day.task(item)?;
        let unit = self.day.short_name(task.unit);
        let about = format!("{} · {unit} · {} {}", task.code, self.w.due(), date(task.due_on));
        Some(Row {
            title: cut(&one_line(&task.title), TITLE),
            about: cut(&one_line(&about), TITLE),
            status: status(self.day, item, self.w),
            is_overdue: task.is_overdue,
            is_key: task.category == Category::Key,
            href: self.url.link(&links::task(task.id, Some(self.day.day))),
        })
    }

    /// The drafts of urging letters to the units whose overdue tasks are reported to office or leader.
    fn urging(&self, items: &[Item]) -> Vec<Link> {
        let reported = items.iter().filter(|item| matches!(item.told, Told::Office | Told::Leader));
        let units: BTreeSet<Uuid> = reported
            .filter_map(|item| self.day.task(item))
            .filter(|task| task.is_overdue)
            .map(|task| task.unit)
            .collect();
        let link = |unit: Uuid| Link {
            text: self.w.urging(&one_line(self.day.short_name(unit))),
            href: self.url.link(&format!("/urging/{unit}?as_of={}", self.day.day)),
        };
        units.into_iter().map(link).collect()
    }
}
