//! Work that comes again: the list, and the form for another.

use chrono::NaiveDate;
use uuid::Uuid;

use super::shell::around;
use super::{PageResult, go_to, page, people, refused};
use crate::auth::Member;
use crate::calendar::{self, CalendarDay};
use crate::db::TenantConn;
use crate::domain::access::{Act, Role, may};
use crate::domain::recurrence::{DayForm, Every};
use crate::domain::task::{Category, ProductKind};
use crate::error::{Error, ParameterFault, Refusal, Result};
use crate::http::{Body, Caller, Visit};
use crate::pages::{
    Choice, ComingLine, Link, NewRecurrencePage, RecurrenceForm, RecurringLine, RecurringPage, Words,
};
use crate::params::Params;
use crate::recurrences::{self, Coming, Recurrence, RecurrenceTyped};
use crate::tasks::{Holder, holders};
use crate::tenants::Settings;
use crate::text::{date, vocabulary};
use crate::units::{self, Unit};

/// The list.
pub const PLACE: &str = "/recurring";
const NEW: &str = "/recurring/new";

/// The page of one.
pub(super) fn place(id: Uuid) -> String {
    format!("{PLACE}/{id}")
}

pub(super) fn line(w: Words, of: &Recurrence, coming: &[Coming], all: &[Unit]) -> RecurringLine {
    let unit = all.iter().find(|unit| unit.id == of.work.unit);
    RecurringLine {
        task: Link { text: of.work.title.clone(), href: place(of.id) },
        unit: unit.map_or_else(String::new, |unit| unit.name.clone()),
        rule: w.rule(of.work.rule),
        next: coming.first().map(|one| date(one.turn.due_on)),
        state: match of.paused_on {
            Some(on) => w.recurring_paused(&date(on)),
            None if coming.is_empty() => w.recurring_ended().to_owned(),
            None => w.recurring_active().to_owned(),
        },
    }
}

/// A turn to come; `special` tells whether its day is sure.
pub(super) fn coming_line(w: Words, one: &Coming, special: &[CalendarDay]) -> ComingLine {
    let turn = &one.turn;
    let (first, last) = (turn.named_on.min(turn.due_on), turn.named_on.max(turn.due_on));
    let named = (turn.named_on != turn.due_on).then(|| date(turn.named_on));
    ComingLine {
        code: turn.turn.to_string(),
        turn: vocabulary::capitalised(&turn.turn.written()),
        due: w.recurring_due_on(&date(turn.due_on), named.as_deref()),
        is_provisional: special.iter().any(|day| day.provisional && first <= day.day && day.day <= last),
        appears: date(one.appears_on),
    }
}

/// The list.
pub async fn show(caller: Caller, visit: Visit) -> PageResult {
    let view = caller
        .run(move |conn, member, settings| {
            let w = Words(visit.lang_of(member.lang));
            let all = units::all(conn)?;
            let found = recurrences::list(conn, settings)?;
            Ok(RecurringPage {
                w,
                shell: around(&visit, w, member, settings),
                lines: found.iter().map(|(of, coming)| line(w, of, coming, &all)).collect(),
                add_href: may(member.role, Act::GiveTasks).then(|| NEW.to_owned()),
            })
        })
        .await?;
    page(view.w, &view)
}

/// The choices of a closed vocabulary.
pub(super) fn choices<T: Copy>(
    all: &[T],
    code: fn(T) -> &'static str,
    chosen: &str,
    text: impl Fn(T) -> String,
) -> Vec<Choice> {
    let choice = |value: &T| Choice {
        value: code(*value).to_owned(),
        text: text(*value),
        selected: code(*value) == chosen,
    };
    all.iter().map(choice).collect()
}

/// The form with what was typed.
pub(super) fn form(
    w: Words,
    typed: &RecurrenceTyped,
    faults: &[ParameterFault],
    all: &[Unit],
    holders: &[Holder],
    today: NaiveDate,
) -> RecurrenceForm {
    let field = |name: &str, typed: &str| people::field(w, faults, name, typed);
    let unit = |unit: &Unit| Choice {
        value: unit.id.to_string(),
        text: unit.name.clone(),
        selected: unit.id.to_string() == typed.unit,
    };
    let weekday = |(n, (_, name)): (usize, (&str, &str))| Choice {
        value: (n + 1).to_string(),
        text: vocabulary::capitalised(name),
        selected: (n + 1).to_string() == typed.weekday,
    };
    let product = |kind| vocabulary::capitalised(vocabulary::product(w.0, kind));
    let category = |kind| vocabulary::capitalised(vocabulary::category(w.0, kind));
    RecurrenceForm {
        title: field("title", &typed.title),
        source_number: field("source_number", &typed.source_number),
        source_date: field("source_date", &typed.source_date),
        categories: choices(Category::ALL, Category::code, &typed.category, category),
        category: field("category", ""),
        units: all.iter().filter(|unit| unit.exists_on(today)).map(unit).collect(),
        unit: field("unit", ""),
        coordinating: field("coordinating", &typed.coordinating),
        leaders: people_of(holders, Role::Leader, &typed.leader),
        leader: field("leader", ""),
        followers: people_of(holders, Role::Office, &typed.follower),
        follower: field("follower", ""),
        assignees: field("assignees", &typed.assignees),
        products: choices(ProductKind::ALL, ProductKind::code, &typed.product, product),
        product: field("product", ""),
        everies: choices(Every::ALL, Every::code, &typed.every, |every| w.every(every).to_owned()),
        every: field("every", ""),
        month: field("month", &typed.month),
        forms: choices(DayForm::ALL, DayForm::code, &typed.day_form, |form| w.day_form(form).to_owned()),
        day_form: field("day_form", ""),
        day: field("day", &typed.day),
        weekdays: w.weekdays().into_iter().enumerate().map(weekday).collect(),
        weekday: field("weekday", ""),
        notice_days: field("notice_days", &typed.notice_days),
        from: field("from", &typed.from),
        until: field("until", &typed.until),
    }
}

/// Who holds a post of a role, each once.
fn people_of(holders: &[Holder], role: Role, chosen: &str) -> Vec<Choice> {
    let mut found: Vec<&Holder> = holders.iter().filter(|held| held.role == role).collect();
    found.dedup_by_key(|held| held.id);
    let choice = |held: &&Holder| Choice {
        value: held.id.to_string(),
        text: held.name.clone(),
        selected: held.is_called(chosen),
    };
    found.iter().map(choice).collect()
}

/// The form for another, with the turns it would bring when it says any.
fn new_view(
    conn: &mut TenantConn<'_>,
    visit: &Visit,
    member: &Member,
    settings: &Settings,
    typed: &RecurrenceTyped,
    (faults, looks): (&[ParameterFault], bool),
) -> Result<NewRecurrencePage> {
    let w = Words(visit.lang_of(member.lang));
    let today = settings.today(&visit.service.app.clock);
    let all = units::all(conn)?;
    let holders = holders(conn, None, today)?;
    let checked = typed.check(&all, &holders, today).ok().filter(|_| looks);
    let coming = match &checked {
        Some(checked) => recurrences::preview(conn, settings, checked, today)?,
        None => Vec::new(),
    };
    let special = calendar::days(conn)?;
    Ok(NewRecurrencePage {
        w,
        shell: around(visit, w, member, settings),
        back: Link { text: w.recurring_title().to_owned(), href: PLACE.to_owned() },
        action: NEW.to_owned(),
        form: form(w, typed, faults, &all, &holders, today),
        rule: checked.map(|checked| w.rule(checked.rule)),
        coming: coming.iter().map(|one| coming_line(w, one, &special)).collect(),
    })
}

/// The form.
pub async fn new(caller: Caller, visit: Visit) -> PageResult {
    let view = caller
        .run(move |conn, member, settings| {
            let typed = RecurrenceTyped::blank(settings.today(&visit.service.app.clock));
            new_view(conn, &visit, member, settings, &typed, (&[], false))
        })
        .await?;
    page(view.w, &view)
}

/// Adds it; or shows the turns it would bring; or the form comes back.
pub async fn add(caller: Caller, mut visit: Visit, body: Body) -> PageResult {
    let mut params = Params::parse(&body.text());
    let typed = RecurrenceTyped::take(&mut params);
    let looks = params.text("look").is_some();
    visit.address = NEW.to_owned();
    let (sent, clock) = (typed.clone(), visit.service.app.clock);
    let added = caller
        .run(move |conn, member, settings| {
            let today = settings.today(&clock);
            let (all, holders) = (units::all(conn)?, holders(conn, None, today)?);
            let checked = sent.check(&all, &holders, today).map_err(Refusal::Parameters)?;
            match looks {
                true => Ok(None),
                false => recurrences::add(conn, member, settings, checked, today).map(Some),
            }
        })
        .await;
    let faults = match added {
        Ok(Some(id)) => return Ok(go_to(&format!("{}?done=saved", place(id))).finish()),
        Ok(None) => Vec::new(),
        Err(failure) => match failure.error() {
            Error::Refused(Refusal::Parameters(faults)) => faults.clone(),
            _ => return Err(failure),
        },
    };
    let is_right = faults.is_empty();
    let view = caller
        .run(move |conn, member, settings| new_view(conn, &visit, member, settings, &typed, (&faults, looks)))
        .await?;
    if is_right { page(view.w, &view) } else { refused(view.w, &view) }
}
