//! A campaign's board, and what the Office does with it.

use actix_web::web;
use chrono::NaiveDate;
use uuid::Uuid;

use super::campaigns::{PLACE, place, place_of, state, unit_choices};
use super::sending::{self, Told};
use super::shell::around;
use super::{PageResult, page, parse, people};
use crate::auth::Member;
use crate::campaigns::{self, Board, BoardRow, Campaign};
use crate::db::TenantConn;
use crate::domain::access::{Act, may};
use crate::domain::campaign::Reported;
use crate::domain::deadline::{Precision, written};
use crate::error::{ParameterFault, ParameterProblem, Refusal, Result};
use crate::http::{Body, Caller, Visit};
use crate::pages::{BoardCount, BoardLine, CampaignPage, Link, Words};
use crate::params::Params;
use crate::site::links;
use crate::tenants::Settings;
use crate::text::{date, number, vocabulary};
use crate::units;

/// What was sent and refused, if anything was.
#[derive(Clone, Default)]
struct Sent {
    units: Vec<String>,
    reason: String,
    told: Told,
}

/// The style's class, which is also the name of the shape.
fn class(reported: Reported) -> &'static str {
    match reported {
        Reported::Done => "done",
        Reported::Waiting => "waiting",
        Reported::Overdue => "overdue",
        Reported::Pending => "within",
        Reported::Outside | Reported::Removed => "outside",
    }
}

fn counts(w: Words, board: &Board, shown: Option<Reported>) -> Vec<BoardCount> {
    let count = |text: String, n: u64, href: String, of: Option<Reported>| BoardCount {
        text: vocabulary::capitalised(&text),
        n: number(w.0, n),
        href,
        is_current: of == shown,
        class: of.map_or("", class),
    };
    let id = board.campaign.id;
    let all = count(w.campaign_all().to_owned(), board.rows.len() as u64, place(id), None);
    let each =
        Reported::ALL.iter().filter(|reported| board.count(**reported) > 0 || Some(**reported) == shown);
    let each = each.map(|reported| {
        let text = w.reported(*reported).to_owned();
        count(text, board.count(*reported), place_of(id, *reported), Some(*reported))
    });
    std::iter::once(all).chain(each).collect()
}

fn row(w: Words, row: &BoardRow) -> BoardLine {
    let late = row.task.as_ref().map(|task| task.days_late).filter(|days| *days > 0);
    let due = row.task.as_ref().and_then(|task| task.due_on).map(|due| match late {
        Some(days) => format!("{}, {}", date(due), w.campaign_late(&number(w.0, days.into()))),
        None => date(due),
    });
    let urged = row.urges.first().map(|last| {
        let told = w.campaign_urges(&date(last.on), row.urges.len());
        if last.letters == 0 { format!("{told}, {}", w.campaign_unreached()) } else { told }
    });
    BoardLine {
        unit: row.unit.name.clone(),
        task: row
            .task
            .as_ref()
            .map(|task| Link { text: task.code.clone(), href: links::task(task.id, None) }),
        reported: vocabulary::capitalised(w.reported(row.reported)),
        class: class(row.reported),
        due,
        urged,
    }
}

/// The deadline, with its words where they say more than the date.
fn due(campaign: &Campaign) -> String {
    let on = date(campaign.due_on);
    let says_more = campaign.precision != Precision::Day || campaign.due_words != written(campaign.due_on);
    if says_more { format!("{on} ({})", campaign.due_words) } else { on }
}

fn notice(w: Words, mut params: Params) -> Option<String> {
    let count = |typed: Option<String>| {
        let n: u64 = typed.and_then(|n| n.parse().ok()).unwrap_or_default();
        number(w.0, n)
    };
    let told = match params.text("done")?.as_str() {
        "given" => w.campaign_given().to_owned(),
        "added" => w.campaign_added().to_owned(),
        "closed" => w.campaign_closed().to_owned(),
        "urged" => {
            let (units, letters) = (count(params.text("units")), count(params.text("letters")));
            w.campaign_urged_now(&units, &letters)
        }
        _ => return None,
    };
    Some(told)
}

/// Which rows are asked for.
fn shown(visit: &Visit) -> Result<Option<Reported>> {
    let Some(typed) = visit.params().text("reported") else { return Ok(None) };
    let known = Reported::from_code(&typed).ok_or_else(|| {
        let codes = Reported::ALL.iter().map(|reported| reported.code()).collect::<Vec<_>>().join(" | ");
        let problem = ParameterProblem::NotOneOf(codes);
        Refusal::Parameters(vec![ParameterFault { name: "reported".to_owned(), problem }])
    })?;
    Ok(Some(known))
}

fn view(
    conn: &mut TenantConn<'_>,
    visit: &Visit,
    member: &Member,
    settings: &Settings,
    id: Uuid,
    sent: &Sent,
) -> Result<CampaignPage> {
    let w = Words(visit.lang_of(member.lang));
    let today = settings.today(&visit.service.app.clock);
    let board = campaigns::board(conn, id, today, settings.due_soon_days)?;
    let (shown, campaign) = (shown(visit)?, &board.campaign);
    let is_open = may(member.role, Act::GiveTasks) && campaign.closed.is_none();
    let to_urge = board.to_urge(today).count() as u64;
    let all = units::all(conn)?;
    let is_free =
        |unit: &&units::Unit| unit.exists_on(today) && board.rows.iter().all(|row| row.unit.id != unit.id);
    let takes = is_open && campaign.takes_units(today);
    Ok(CampaignPage {
        w,
        shell: around(visit, w, member, settings),
        back: Link { text: w.campaigns_title().to_owned(), href: PLACE.to_owned() },
        notice: notice(w, visit.params()),
        place: place(id),
        version: campaign.version.to_string(),
        title: campaign.title.clone(),
        source: campaign.source_number.clone(),
        due: due(campaign),
        state: state(w, campaign),
        progress: w.campaign_progress(board.count(Reported::Done), board.rows.len() as u64),
        counts: counts(w, &board, shown),
        rows: board
            .rows
            .iter()
            .filter(|row| shown.is_none_or(|shown| row.reported == shown))
            .map(|one| row(w, one))
            .collect(),
        to_urge: (is_open && to_urge > 0).then(|| w.campaign_to_urge(to_urge)),
        is_open,
        more: if takes { unit_choices(all.iter().filter(is_free), &sent.units) } else { Vec::new() },
        chosen: people::field(w, &sent.told.faults, "units", ""),
        reason: people::field(w, &sent.told.faults, "reason", &sent.reason),
    })
}

/// The board.
pub async fn show(caller: Caller, visit: Visit, id: web::Path<String>) -> PageResult {
    let view = caller
        .run(move |conn, member, settings| {
            view(conn, &visit, member, settings, parse(&id)?, &Sent::default())
        })
        .await?;
    page(view.w, &view)
}

/// Does something to one and leads to its board, which tells what was done; or the board comes back with what is wrong.
async fn act(
    caller: Caller,
    mut visit: Visit,
    id: web::Path<String>,
    sent: Sent,
    work: impl FnOnce(&mut TenantConn<'_>, &Member, &Settings, Uuid, NaiveDate) -> Result<String> + Send + 'static,
) -> PageResult {
    visit.address = format!("{PLACE}/{id}");
    let (path, clock) = (id.clone(), visit.service.app.clock);
    let work = move |conn: &mut TenantConn<'_>, member: &Member, settings: &Settings| {
        let id = parse(&path)?;
        let done = work(conn, member, settings, id, settings.today(&clock))?;
        Ok(format!("{}?done={done}", place(id)))
    };
    sending::act(&caller, visit, sending::FIELDS, work, move |conn, visit, member, settings, told| {
        view(conn, &visit, member, settings, parse(&id)?, &Sent { told, ..sent })
    })
    .await
}

/// Urges the units that have not reported.
pub async fn urge(caller: Caller, visit: Visit, id: web::Path<String>) -> PageResult {
    act(caller, visit, id, Sent::default(), |conn, member, settings, id, today| {
        let urged = campaigns::urge(conn, member, id, today, settings.due_soon_days)?;
        Ok(format!("urged&units={}&letters={}", urged.units, urged.letters))
    })
    .await
}

/// Gives it to more units.
pub async fn add_units(caller: Caller, visit: Visit, id: web::Path<String>, body: Body) -> PageResult {
    let units = Params::parse(&body.text()).many("units");
    let sent = Sent { units: units.clone(), ..Sent::default() };
    act(caller, visit, id, sent, move |conn, member, _, id, today| {
        campaigns::add_units(conn, member, id, &units, today)?;
        Ok("added".to_owned())
    })
    .await
}

/// Closes it.
pub async fn close(caller: Caller, visit: Visit, id: web::Path<String>, body: Body) -> PageResult {
    let mut params = Params::parse(&body.text());
    let version = params.text("version").and_then(|version| version.parse().ok()).unwrap_or_default();
    let reason = params.text("reason").unwrap_or_default();
    let sent = Sent { reason: reason.clone(), ..Sent::default() };
    act(caller, visit, id, sent, move |conn, member, _, id, today| {
        campaigns::close(conn, member, (id, version), &reason, today)?;
        Ok("closed".to_owned())
    })
    .await
}
