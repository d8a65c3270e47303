//! Opinions and requests for explanation: the lists of what waits, and the form that asks a whole unit.

pub mod task;

use chrono::NaiveDate;
use uuid::Uuid;

use super::people::field;
use super::sending::{self, Told};
use super::shell::around;
use super::{PageResult, page};
use crate::auth::Member;
use crate::calendar;
use crate::db::TenantConn;
use crate::domain::access::{Act, Role, may};
use crate::error::{ParameterFault, ParameterProblem, Refusal, Result};
use crate::http::{Body, Caller, Visit};
use crate::opinions::{self, Opinion, OpinionFilter, OpinionTyped};
use crate::pages::{Choice, Link, NavItem, OpinionForms, OpinionLine, OpinionsPage, UnitAsk, Words};
use crate::params::Params;
use crate::tenants::Settings;
use crate::text::{date, number};
use crate::units;

/// The lists.
pub const PLACE: &str = "/opinions";

/// How many working days a unit has for an explanation when nothing else is said.
const ANSWER_DAYS: u32 = 3;

/// What the pages tell beside the faults of fields.
const TELLS: fn(&Refusal) -> bool = |why| matches!(why, Refusal::Opinion(_));

/// What was sent and refused, if anything was.
#[derive(Clone, Default)]
struct Sent {
    unit: String,
    typed: OpinionTyped,
    told: Told,
}

/// An opinion as it stands on a day, without what can be done with it; with its task in a list of many.
pub(super) fn line(w: Words, opinion: &Opinion, today: NaiveDate, of_many: bool) -> OpinionLine {
    let days = opinion.dates().days_late(today);
    let whose = opinion.leader.as_deref().or(opinion.giver.as_deref());
    let task = || Link {
        text: format!("{} · {}", opinion.code, opinion.title),
        href: task::place(opinion.task_id),
    };
    OpinionLine {
        kind: w.opinion_kind_of(opinion.kind),
        state: w.opinion_state(opinion.state()),
        late: (days > 0).then(|| w.answer_late(days)),
        follows: opinion.follows_id.is_some(),
        task: of_many.then(task),
        unit: of_many.then(|| opinion.unit_name.clone()),
        from: w.by_on(whose, &date(opinion.given_on)),
        due: opinion.answer_due_on.map(date),
        words: opinion.words.clone(),
        answer: opinion.answer.clone(),
        answered: opinion.answered_on.map(|on| w.by_on(opinion.answerer.as_deref(), &date(on))),
        forms: OpinionForms::default(),
    }
}

/// The day of an answer when nobody says another, as typed.
pub(super) fn usual_day(conn: &mut TenantConn<'_>, today: NaiveDate) -> Result<String> {
    Ok(date(calendar::working_calendar(conn)?.add_working_days(today, ANSWER_DAYS)))
}

fn view(
    conn: &mut TenantConn<'_>,
    visit: &Visit,
    member: &Member,
    settings: &Settings,
    sent: &Sent,
) -> Result<OpinionsPage> {
    let w = Words(visit.lang_of(member.lang));
    let today = settings.today(&visit.service.app.clock);
    let mut params = visit.params();
    let asked = params.text("done").map(|n| w.opinion_unit_asked(&n));
    let code = params.text("list");
    // Who directs reads answers first, who answers what is asked.
    let first =
        if may(member.role, Act::DirectTasks) { OpinionFilter::Answered } else { OpinionFilter::Waiting };
    let filter = match code.as_deref() {
        None => first,
        Some(code) => OpinionFilter::from_code(code).unwrap_or_else(|| {
            let codes = OpinionFilter::ALL.map(OpinionFilter::code).join(" | ");
            params.fault("list", ParameterProblem::NotOneOf(codes));
            first
        }),
    };
    params.finish()?;
    let found = opinions::select(conn, &member.acting(), filter)?;
    let tab = |other: OpinionFilter| NavItem {
        href: format!("{PLACE}?list={}", other.code()),
        text: w.opinion_filter(other).to_owned(),
        current: other == filter,
    };
    let ask_unit = may(member.role, Act::DirectTasks);
    Ok(OpinionsPage {
        w,
        shell: around(visit, w, member, settings),
        notice: asked,
        error: sent.told.error.clone(),
        tabs: OpinionFilter::ALL.map(tab).to_vec(),
        opinions: found.iter().map(|opinion| line(w, opinion, today, true)).collect(),
        ask_unit: if ask_unit { Some(unit_form(conn, w, today, sent)?) } else { None },
    })
}

fn unit_form(conn: &mut TenantConn<'_>, w: Words, today: NaiveDate, sent: &Sent) -> Result<UnitAsk> {
    let all = units::all(conn)?;
    let unit = |unit: &units::Unit| Choice {
        value: unit.id.to_string(),
        text: unit.name.clone(),
        selected: unit.id.to_string() == sent.unit,
    };
    let usual = usual_day(conn, today)?;
    let is_sent = sent.typed != OpinionTyped::default();
    let due = if is_sent { &sent.typed.answer_due_on } else { &usual };
    Ok(UnitAsk {
        action: PLACE.to_owned(),
        units: all.iter().filter(|unit| unit.exists_on(today)).map(unit).collect(),
        unit: field(w, &sent.told.faults, "unit", ""),
        words: field(w, &sent.told.faults, "words", &sent.typed.words),
        due: field(w, &sent.told.faults, "answer_due_on", due),
    })
}

/// A list.
pub async fn show(caller: Caller, visit: Visit) -> PageResult {
    let view = caller
        .run(move |conn, member, settings| view(conn, &visit, member, settings, &Sent::default()))
        .await?;
    page(view.w, &view)
}

/// Asks a unit to explain all its overdue tasks; or the form comes back.
pub async fn ask_unit(caller: Caller, visit: Visit, body: Body) -> PageResult {
    let mut params = Params::parse(&body.text());
    let unit = params.text("unit").unwrap_or_default();
    let typed = OpinionTyped::take(&mut params);
    let (sent, chosen, clock) = (typed.clone(), Uuid::parse_str(&unit), visit.service.app.clock);
    let ask = move |conn: &mut TenantConn<'_>, member: &Member, settings: &Settings| {
        let no_unit = || {
            let problem = ParameterProblem::NoSuchUnit;
            Refusal::Parameters(vec![ParameterFault { name: "unit".to_owned(), problem }])
        };
        let (unit, today) = (chosen.map_err(|_| no_unit())?, settings.today(&clock));
        let soon = settings.due_soon_days;
        let asked = opinions::ask_of_unit(conn, &member.acting(), unit, &sent, today, soon)?;
        Ok(format!("{PLACE}?list=waiting&done={}", number(member.lang, asked as u64)))
    };
    sending::act(&caller, visit, TELLS, ask, move |conn, visit, member, settings, told| {
        view(conn, &visit, member, settings, &Sent { unit, typed, told })
    })
    .await
}

/// Whether somebody may choose a leader in whose name they speak.
pub(super) fn speaks_for_leaders(member: &Member) -> bool {
    member.role == Role::Office
}
