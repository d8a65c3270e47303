//! Asking for later deadlines: tasks are chosen, then the letter is written.

use uuid::Uuid;

use super::super::people::field;
use super::super::sending::{self, Told};
use super::super::shell::around;
use super::super::{PageResult, page};
use super::{NEW, PLACE, TELLS, place};
use crate::auth::Member;
use crate::db::TenantConn;
use crate::error::Result;
use crate::extensions::{self, AskTyped, Askable, RequestTyped};
use crate::http::{Body, Caller, Visit};
use crate::pages::{AskLine, AskableLine, Link, NewExtensionPage, Words};
use crate::params::Params;
use crate::tenants::Settings;
use crate::text::date;

/// What was sent and refused, if anything was.
#[derive(Clone, Default)]
struct Sent {
    typed: RequestTyped,
    told: Told,
    dropped: usize,
}

fn view(
    conn: &mut TenantConn<'_>,
    visit: &Visit,
    member: &Member,
    settings: &Settings,
    sent: &Sent,
) -> Result<NewExtensionPage> {
    let w = Words(visit.lang_of(member.lang));
    let today = settings.today(&visit.service.app.clock);
    let askable = extensions::askable(conn, &member.acting())?;
    let shown = |task: &Askable| AskableLine {
        id: task.id.to_string(),
        code: task.code.clone(),
        title: task.title.clone(),
        due: date(task.due_on),
        is_overdue: task.due_on < today,
        extended: w.times_extended(task.extended.unsigned_abs()),
    };
    let ask = |(n, typed): (usize, &AskTyped)| {
        let (task_id, due_id, reason_id) = (format!("task_{n}"), format!("due_{n}"), format!("reason_{n}"));
        // One that can't be asked for any more still stands in the form that comes back, by its id.
        let task = askable.iter().find(|task| task.id.to_string() == typed.task).map_or_else(
            || AskableLine {
                id: typed.task.clone(),
                code: String::new(),
                title: typed.task.clone(),
                due: String::new(),
                is_overdue: false,
                extended: String::new(),
            },
            shown,
        );
        AskLine {
            task,
            error: field(w, &sent.told.faults, &task_id, "").error,
            due: field(w, &sent.told.faults, &due_id, &typed.due),
            reason: field(w, &sent.told.faults, &reason_id, &typed.reason),
            task_id,
            due_id,
            reason_id,
        }
    };
    let typed = &sent.typed;
    Ok(NewExtensionPage {
        w,
        shell: around(visit, w, member, settings),
        back: Link { text: w.extensions_title().to_owned(), href: PLACE.to_owned() },
        choose: NEW.to_owned(),
        choices: askable.iter().map(shown).collect(),
        dropped: (sent.dropped > 0).then(|| w.extension_dropped(sent.dropped)),
        errors: sent.told.errors(),
        action: PLACE.to_owned(),
        letter_number: field(w, &sent.told.faults, "letter_number", &typed.letter_number),
        letter_date: field(w, &sent.told.faults, "letter_date", &typed.letter_date),
        reason: field(w, &sent.told.faults, "reason", &typed.reason),
        effect: field(w, &sent.told.faults, "effect", &typed.effect),
        tasks_error: field(w, &sent.told.faults, "tasks", "").error,
        asks: typed.tasks.iter().enumerate().map(ask).collect(),
    })
}

/// The tasks to choose from; or, with `task` in the address once for each, the letter about those.
pub async fn show(caller: Caller, visit: Visit) -> PageResult {
    let view = caller
        .run(move |conn, member, settings| {
            let query = visit.address.split_once('?').map_or("", |(_, query)| query);
            let mut chosen: Vec<Uuid> =
                Params::parse(query).many("task").iter().filter_map(|id| Uuid::parse_str(id).ok()).collect();
            chosen.sort();
            chosen.dedup();
            let askable = extensions::askable(conn, &member.acting())?;
            let all = chosen.len();
            chosen.retain(|id| askable.iter().any(|task| task.id == *id));
            let ask = |id: &Uuid| AskTyped { task: id.to_string(), ..AskTyped::default() };
            let typed = RequestTyped { tasks: chosen.iter().map(ask).collect(), ..RequestTyped::default() };
            let sent = Sent { typed, dropped: all - chosen.len(), ..Sent::default() };
            view(conn, &visit, member, settings, &sent)
        })
        .await?;
    page(view.w, &view)
}

/// Sends a request; or the form comes back.
pub async fn ask(caller: Caller, mut visit: Visit, body: Body) -> PageResult {
    let typed = RequestTyped::take(&mut Params::parse(&body.text()));
    let (sent, clock) = (typed.clone(), visit.service.app.clock);
    visit.address = NEW.to_owned();
    let ask = move |conn: &mut TenantConn<'_>, member: &Member, settings: &Settings| {
        let id = extensions::ask(conn, &member.acting(), &sent, settings.today(&clock))?;
        Ok(format!("{}?done=asked", place(id)))
    };
    sending::act(&caller, visit, TELLS, ask, move |conn, visit, member, settings, told| {
        view(conn, &visit, member, settings, &Sent { typed, told, ..Sent::default() })
    })
    .await
}
