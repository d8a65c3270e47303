//! Acts on several tasks: chosen in a list, previewed, done.

use chrono::NaiveDate;
use uuid::Uuid;

use super::links::{self, TASKS};
use super::shell::around;
use super::tasks::TaskList;
use super::{PageResult, go_to, misread, page, people, refused, stale};
use crate::auth::Member;
use crate::db::TenantConn;
use crate::domain::access::{Acting, may};
use crate::domain::bulk::BulkAct;
use crate::error::{Error, ParameterFault, ParameterProblem, Refusal, Result};
use crate::extensions::{self, AskTyped, RequestTyped};
use crate::http::{Body, Caller, Visit};
use crate::pages::{BulkBar, BulkDonePage, BulkForm, BulkLine, BulkNeeds, BulkPage, Choice, Link, Words};
use crate::params::Params;
use crate::tasks::bulk::{self, AssignTyped, MOST, MoveTyped, Preview, Previewed, Seen};
use crate::tasks::{PostHolder, input};
use crate::tenants::Settings;
use crate::text::number;

/// Where a choice is previewed, and what came of an act is told.
const PLACE: &str = "/tasks/bulk";

/// Where an act is done.
const DO: &str = "/tasks/bulk/do";

/// The bar below a list; `None` for who can do nothing to several tasks at once.
pub(super) fn bar(w: Words, acting: &Acting, list: &TaskList<'_>, query: String) -> Option<BulkBar> {
    let acts: Vec<Choice> = BulkAct::ALL
        .iter()
        .filter(|act| acting.person.is_some() && may(acting.role, act.act()))
        .map(|act| choice(act.code(), w.bulk_act_name(*act), false))
        .collect();
    let total = list.listing.map_or(0, |listing| listing.total);
    let is_longer = list.listing.is_some_and(|listing| listing.page.next.is_some());
    let is_all = is_longer && usize::try_from(total).is_ok_and(|total| total <= MOST);
    (!acts.is_empty() && total > 0).then(|| BulkBar {
        action: PLACE.to_owned(),
        query,
        all: is_all.then(|| number(w.0, total)),
        acts,
    })
}

fn choice(value: &str, text: &str, selected: bool) -> Choice {
    Choice { value: value.to_owned(), text: text.to_owned(), selected }
}

/// What is sent: the act, the tasks, the list they come from, and what the act needs.
#[derive(Debug, Clone, Default)]
struct Sent {
    act: Option<BulkAct>,
    is_all: bool,
    tasks: Vec<String>,
    query: String,
    assign: AssignTyped,
    moved: MoveTyped,
    due: String,
    letter_number: String,
}

impl Sent {
    fn take(body: &str) -> Self {
        let mut params = Params::parse(body);
        let (tasks, assignees) = (params.many("task"), params.many("assignee"));
        Self {
            act: params.text("act").as_deref().and_then(BulkAct::from_code),
            is_all: params.text("which").as_deref() == Some("all"),
            tasks,
            query: params.text("query").unwrap_or_default(),
            assign: AssignTyped { contact: params.text("contact"), assignees },
            moved: MoveTyped { unit: params.text("unit"), reason: params.text("reason") },
            due: params.text("due").unwrap_or_default(),
            letter_number: params.text("letter_number").unwrap_or_default(),
        }
    }

    /// The tasks with the versions in which they were previewed.
    fn seen(&self) -> Option<Vec<Seen>> {
        let read = |text: &String| {
            let (id, version) = text.split_once(':')?;
            Some((Uuid::parse_str(id).ok()?, version.parse().ok()?))
        };
        self.tasks.iter().take(MOST).map(read).collect()
    }

    /// The request for a later deadline of these tasks.
    fn request(&self, seen: &[Seen]) -> RequestTyped {
        let ask =
            |(id, _): &Seen| AskTyped { task: id.to_string(), due: self.due.clone(), reason: String::new() };
        RequestTyped {
            letter_number: self.letter_number.clone(),
            reason: self.moved.reason.clone().unwrap_or_default(),
            tasks: seen.iter().map(ask).collect(),
            ..RequestTyped::default()
        }
    }

    fn back(&self, w: Words) -> Link {
        let href = match self.query.as_str() {
            "" => TASKS.to_owned(),
            query => format!("{TASKS}?{query}"),
        };
        Link { text: w.nav_tasks().to_owned(), href }
    }
}

fn nothing_chosen() -> Error {
    let fault = ParameterFault { name: "task".to_owned(), problem: ParameterProblem::Missing };
    Refusal::Parameters(vec![fault]).into()
}

/// The tasks that were chosen: those ticked, or all of the list.
fn chosen(
    conn: &mut TenantConn<'_>,
    member: &Member,
    settings: &Settings,
    sent: &Sent,
    today: NaiveDate,
) -> Result<Vec<Uuid>> {
    if !sent.is_all {
        let ids =
            sent.tasks.iter().take(MOST).map(|id| Uuid::parse_str(id.split(':').next().unwrap_or_default()));
        return ids.collect::<std::result::Result<_, _>>().map_err(|_| nothing_chosen());
    }
    let (asked, faults) = input::read(conn, Params::parse(&sent.query), &member.acting(), today)?;
    if !faults.is_empty() {
        return Err(Refusal::Parameters(faults).into());
    }
    let all =
        bulk::all_of_list(conn, today, settings.due_soon_days, asked.filter).map_err(input::named_unit)?;
    let most = ParameterProblem::NotBetween(1, u32::try_from(MOST).unwrap_or(u32::MAX));
    let too_many = || Refusal::Parameters(vec![ParameterFault { name: "which".to_owned(), problem: most }]);
    Ok(all.ok_or_else(too_many)?)
}

/// Shows what an act would do to the tasks chosen.
pub async fn preview(caller: Caller, visit: Visit, body: Body) -> PageResult {
    let sent = Sent::take(&body.text());
    let (view, is_empty) = caller
        .run(move |conn, member, settings| {
            let today = settings.today(&visit.service.app.clock);
            let ids = chosen(conn, member, settings, &sent, today)?;
            let Some(act) = sent.act.filter(|_| !ids.is_empty()) else {
                return Ok((nothing(&visit, member, settings, &sent), true));
            };
            let preview = bulk::preview(conn, &member.acting(), act, &ids, today)?;
            Ok((view(&visit, member, settings, &sent, &preview, &[]), false))
        })
        .await?;
    if is_empty { misread(view.w, &view) } else { page(view.w, &view) }
}

/// The page that asks to choose something.
fn nothing(visit: &Visit, member: &Member, settings: &Settings, sent: &Sent) -> BulkPage {
    let w = Words(visit.lang_of(member.lang));
    BulkPage {
        w,
        shell: around(visit, w, member, settings),
        back: sent.back(w),
        heading: w.bulk_heading().to_owned(),
        lead: String::new(),
        error: Some(w.bulk_nothing_chosen().to_owned()),
        form: None,
        fit: Vec::new(),
        left_out: Vec::new(),
    }
}

fn view(
    visit: &Visit,
    member: &Member,
    settings: &Settings,
    sent: &Sent,
    preview: &Preview,
    faults: &[ParameterFault],
) -> BulkPage {
    let w = Words(visit.lang_of(member.lang));
    let line = |row: &Previewed| line(w, preview, row);
    let (left_out, fit): (Vec<&Previewed>, Vec<&Previewed>) =
        preview.rows.iter().partition(|row| row.left_out.is_some());
    let n = number(w.0, fit.len().try_into().unwrap_or(u64::MAX));
    let others = number(w.0, left_out.len().try_into().unwrap_or(u64::MAX));
    let today = settings.today(&visit.service.app.clock);
    let form = (!fit.is_empty()).then(|| BulkForm {
        action: DO.to_owned(),
        act: preview.act.code().to_owned(),
        query: sent.query.clone(),
        seen: preview.fit().map(|task| format!("{}:{}", task.id, task.version)).collect(),
        needs: needs(w, sent, preview, faults, today),
        button: w.bulk_do(preview.act, &n),
    });
    BulkPage {
        w,
        shell: around(visit, w, member, settings),
        back: sent.back(w),
        heading: w.bulk_act_name(preview.act).to_owned(),
        lead: w.bulk_lead(&n, &others),
        error: None,
        form,
        fit: fit.into_iter().map(line).collect(),
        left_out: left_out.into_iter().map(line).collect(),
    }
}

fn line(w: Words, preview: &Preview, row: &Previewed) -> BulkLine {
    let lead = row.task.as_ref().map(|task| task.lead_unit_id);
    let unit = preview.units.iter().find(|unit| Some(unit.id) == lead);
    let unit = unit.map(|unit| unit.short_name.clone()).unwrap_or_default();
    BulkLine {
        code: row.task.as_ref().map(|task| task.code.clone()).unwrap_or_default(),
        task: row
            .task
            .as_ref()
            .map(|task| Link { text: task.title.clone(), href: links::task(task.id, None) }),
        verdict: match row.left_out {
            Some(why) => w.bulk_left_out(why).to_owned(),
            None => w.bulk_will(preview.act, &unit),
        },
        unit,
    }
}

fn needs(w: Words, sent: &Sent, preview: &Preview, faults: &[ParameterFault], today: NaiveDate) -> BulkNeeds {
    let wrong = |name: &str| people::field(w, faults, name, "");
    match preview.act {
        BulkAct::Urge | BulkAct::Confirm => BulkNeeds::Nothing,
        BulkAct::Extend => BulkNeeds::Extension {
            due: people::field(w, faults, "due", &sent.due),
            reason: people::field(w, faults, "reason", sent.moved.reason.as_deref().unwrap_or_default()),
            letter_number: people::field(w, faults, "letter_number", &sent.letter_number),
        },
        BulkAct::Assign => {
            let mut holders: Vec<&PostHolder> = preview.holders.iter().collect();
            holders.dedup_by_key(|holder| holder.id);
            let person =
                |holder: &&PostHolder, chosen: bool| choice(&holder.id.to_string(), &holder.name, chosen);
            let contact = sent.assign.contact.as_deref();
            BulkNeeds::People {
                contacts: holders
                    .iter()
                    .map(|holder| person(holder, contact == Some(holder.id.to_string().as_str())))
                    .collect(),
                contact: wrong("contact"),
                assignees: holders
                    .iter()
                    .map(|holder| person(holder, sent.assign.assignees.contains(&holder.id.to_string())))
                    .collect(),
                assignee: wrong("assignee"),
            }
        }
        BulkAct::Move => {
            let chosen = sent.moved.unit.as_deref();
            let present = preview.units.iter().filter(|unit| unit.exists_on(today));
            BulkNeeds::Unit {
                units: present
                    .map(|unit| {
                        let id = unit.id.to_string();
                        choice(&id, &unit.name, chosen == Some(id.as_str()))
                    })
                    .collect(),
                unit: wrong("unit"),
                reason: people::field(w, faults, "reason", sent.moved.reason.as_deref().unwrap_or_default()),
            }
        }
    }
}

/// Does an act to the tasks of a preview; or it comes back: with what is wrong, or as the tasks are now.
pub async fn perform(caller: Caller, visit: Visit, body: Body) -> PageResult {
    let sent = Sent::take(&body.text());
    let (Some(act), Some(seen)) = (sent.act, sent.seen().filter(|seen| !seen.is_empty())) else {
        return preview_anew(caller, visit, sent, None).await;
    };
    let (typed, asked) = (sent.clone(), visit.clone());
    let done = caller
        .run(move |conn, member, settings| {
            let (acting, today) = (member.acting(), settings.today(&asked.service.app.clock));
            match act {
                BulkAct::Assign => bulk::assign(conn, &acting, &seen, &typed.assign, today),
                BulkAct::Move => bulk::move_to(conn, &acting, &seen, &typed.moved, today),
                BulkAct::Urge => bulk::urge_heads(conn, &acting, &seen, today),
                BulkAct::Confirm => bulk::confirm(conn, &acting, &seen, today),
                BulkAct::Extend => {
                    bulk::agreed(conn, &acting, act, &seen, today)?;
                    extensions::ask(conn, &acting, &typed.request(&seen), today).map(|_| seen.len())
                }
            }
        })
        .await;
    let failure = match done {
        Ok(n) => return Ok(go_to(&told_at(act, n, &sent.query)).finish()),
        Err(failure) => failure,
    };
    match failure.error() {
        Error::Refused(Refusal::Parameters(faults)) => {
            let faults = faults.iter().cloned().map(at_one_field).collect();
            preview_anew(caller, visit, sent, Some(faults)).await
        }
        Error::Refused(Refusal::Stale(_)) => preview_anew(caller, visit, sent, None).await,
        _ => Err(failure),
    }
}

/// The preview of the tasks as they are now: with the faults of what the act needs, else because they are others than
/// those that were agreed to.
async fn preview_anew(
    caller: Caller,
    visit: Visit,
    sent: Sent,
    faults: Option<Vec<ParameterFault>>,
) -> PageResult {
    let is_stale = faults.is_none();
    let (view, is_empty) = caller
        .run(move |conn, member, settings| {
            let today = settings.today(&visit.service.app.clock);
            let ids = chosen(conn, member, settings, &Sent { is_all: false, ..sent.clone() }, today)?;
            let Some(act) = sent.act.filter(|_| !ids.is_empty()) else {
                return Ok((nothing(&visit, member, settings, &sent), true));
            };
            let preview = bulk::preview(conn, &member.acting(), act, &ids, today)?;
            let found =
                view(&visit, member, settings, &sent, &preview, faults.as_deref().unwrap_or_default());
            let error = is_stale.then(|| found.w.bulk_stale().to_owned());
            Ok((BulkPage { error, ..found }, false))
        })
        .await?;
    match (is_empty, is_stale) {
        (true, _) => misread(view.w, &view),
        (false, true) => stale(view.w, &view),
        (false, false) => refused(view.w, &view),
    }
}

/// Every task of a request has the same deadline here, and the form one field for it.
fn at_one_field(fault: ParameterFault) -> ParameterFault {
    let name = if fault.name.starts_with("due_") { "due".to_owned() } else { fault.name };
    ParameterFault { name, ..fault }
}

fn told_at(act: BulkAct, n: usize, query: &str) -> String {
    let pairs = [("act", act.code().to_owned()), ("n", n.to_string()), ("query", query.to_owned())];
    format!("{PLACE}?{}", serde_urlencoded::to_string(pairs).unwrap_or_default())
}

/// Tells what came of an act.
pub async fn done(caller: Caller, visit: Visit) -> PageResult {
    let view = caller
        .run(move |_, member, settings| {
            let w = Words(visit.lang_of(member.lang));
            let mut params = visit.params();
            let act = params.text("act").as_deref().and_then(BulkAct::from_code);
            let n: Option<u64> = params.text("n").and_then(|n| n.parse().ok());
            let sent = Sent { query: params.text("query").unwrap_or_default(), ..Sent::default() };
            params.finish()?;
            let (Some(act), Some(n)) = (act, n) else { return Err(nothing_chosen()) };
            Ok(BulkDonePage {
                w,
                shell: around(&visit, w, member, settings),
                back: sent.back(w),
                heading: w.bulk_act_name(act).to_owned(),
                told: w.bulk_told(act, &number(w.0, n)),
            })
        })
        .await?;
    page(view.w, &view)
}
