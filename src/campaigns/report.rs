//! Campaigns to be read: the letter that urges a unit, and the JSON of the API.

use std::collections::{BTreeMap, HashMap};

use askama::Template;
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::model::{Board, BoardRow, Campaign, CampaignListed};
use super::urge::URGED;
use crate::db::TenantConn;
use crate::digests::report::one_line;
use crate::domain::campaign::Reported;
use crate::domain::task::Status;
use crate::error::{Error, Result};
use crate::mail::{Composer, Composition, Letter, Words};
use crate::public_url::PublicUrl;
use crate::tasks::{self, TaskRow, links};
use crate::tenants;
use crate::text::mail::CampaignWords;
use crate::units::{self, Unit};

#[derive(Template)]
#[template(path = "mail/campaign.html")]
struct HtmlPart<'a> {
    v: &'a View,
}

#[derive(Template)]
#[template(path = "mail/campaign.txt", escape = "none")]
struct TextPart<'a> {
    v: &'a View,
}

/// What both parts show.
struct View {
    w: CampaignWords,
    subject: String,
    wanted: String,
    title: String,
    about: Vec<String>,
    href: String,
    tenant: String,
}

/// Who composes the letters that urge.
pub fn composers(public_url: &PublicUrl) -> BTreeMap<&'static str, Composer> {
    let url = public_url.clone();
    let composer: Composer = Box::new(move |conn, letters| compose(conn, letters, &url));
    BTreeMap::from([(URGED, composer)])
}

/// Composes from what is true now: who has reported meanwhile gets nothing.
fn compose(conn: &mut TenantConn<'_>, letters: &[Letter], url: &PublicUrl) -> Result<Vec<Composition>> {
    let tenant = tenants::settings(conn)?.name;
    let ids: Vec<Uuid> = letters.iter().filter_map(task_of).collect();
    let found: HashMap<Uuid, TaskRow> =
        tasks::by_ids(conn, &ids)?.into_iter().map(|task| (task.id, task)).collect();
    let all = units::all(conn)?;
    let composed = letters.iter().map(|letter| {
        let task = task_of(letter).and_then(|id| found.get(&id)).filter(|task| is_owing(task));
        match task.and_then(|task| Some((task, task.due_on?))) {
            Some((task, due_on)) => write(&view(letter, task, due_on, &all, &tenant, url)),
            None => Ok(Composition::Skip("reported")),
        }
    });
    composed.collect()
}

fn task_of(letter: &Letter) -> Option<Uuid> {
    letter.payload.get("task").and_then(|id| id.as_str()).and_then(|id| id.parse().ok())
}

fn is_owing(task: &TaskRow) -> bool {
    let status = Status::from_code(&task.status);
    task.deleted_at.is_none() && matches!(status, Some(Status::NotStarted | Status::InProgress))
}

fn view(
    letter: &Letter,
    task: &TaskRow,
    due_on: NaiveDate,
    all: &[Unit],
    tenant: &str,
    url: &PublicUrl,
) -> View {
    let w = CampaignWords(letter.lang);
    let unit = all.iter().find(|unit| unit.id == task.lead_unit_id).map_or("", |unit| unit.name.as_str());
    let source = task.source_number.as_deref().map(|number| w.source(&one_line(number), task.source_date));
    let title = one_line(&task.title);
    View {
        w,
        subject: w.subject(&title, due_on),
        wanted: w.wanted(&one_line(unit)),
        about: source.into_iter().chain([w.due(due_on, (letter.day - due_on).num_days())]).collect(),
        title,
        href: url.link(&links::task(task.id, None)),
        tenant: one_line(tenant),
    }
}

fn write(view: &View) -> Result<Composition> {
    let fault = |error: askama::Error| Error::Internal(error.to_string());
    Ok(Composition::Words(Words {
        subject: view.subject.clone(),
        text: TextPart { v: view }.render().map_err(fault)?,
        html: HtmlPart { v: view }.render().map_err(fault)?,
        unsubscribe: None,
    }))
}

/// A campaign as JSON.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Campaign)]
pub struct CampaignOut<'a> {
    id: Uuid,
    title: &'a str,
    category: &'static str,
    source_number: Option<&'a str>,
    source_date: Option<NaiveDate>,
    source_issuer: Option<&'a str>,
    product: &'static str,
    assigned_on: NaiveDate,
    due_words: &'a str,
    due_on: NaiveDate,
    closed_on: Option<NaiveDate>,
    closed_reason: Option<&'a str>,
    version: i32,
}

impl<'a> From<&'a Campaign> for CampaignOut<'a> {
    fn from(campaign: &'a Campaign) -> Self {
        let closed = campaign.closed.as_ref();
        Self {
            id: campaign.id,
            title: &campaign.title,
            category: campaign.category.code(),
            source_number: campaign.source_number.as_deref(),
            source_date: campaign.source_date,
            source_issuer: campaign.source_issuer.as_deref(),
            product: campaign.product.code(),
            assigned_on: campaign.assigned_on,
            due_words: &campaign.due_words,
            due_on: campaign.due_on,
            closed_on: closed.map(|(on, _)| *on),
            closed_reason: closed.map(|(_, reason)| reason.as_str()),
            version: campaign.version,
        }
    }
}

/// How many units of a campaign have reported so.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CampaignCounts)]
struct CountsOut {
    reported: u64,
    waiting: u64,
    overdue: u64,
    pending: u64,
    outside: u64,
}

/// A campaign of the list as JSON.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CampaignListed)]
pub struct CampaignListedOut<'a> {
    #[serde(flatten)]
    campaign: CampaignOut<'a>,
    units: CountsOut,
}

impl<'a> From<&'a CampaignListed> for CampaignListedOut<'a> {
    fn from(listed: &'a CampaignListed) -> Self {
        let of =
            |count: fn(&tasks::CampaignCounts) -> i64| listed.counts.as_ref().map_or(0, count).unsigned_abs();
        let units = CountsOut {
            reported: of(|counts| counts.reported),
            waiting: of(|counts| counts.waiting),
            overdue: of(|counts| counts.overdue),
            pending: of(|counts| counts.pending),
            outside: of(|counts| counts.outside),
        };
        Self { campaign: CampaignOut::from(&listed.campaign), units }
    }
}

/// A unit's line of the board as JSON.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CampaignRow)]
struct RowOut<'a> {
    unit: &'a str,
    unit_name: &'a str,
    task: Uuid,
    code: Option<&'a str>,
    reported: &'static str,
    due_on: Option<NaiveDate>,
    completed_on: Option<NaiveDate>,
    days_late: u32,
    urged_on: Vec<NaiveDate>,
}

/// A campaign's board as JSON.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CampaignBoard)]
pub struct BoardOut<'a> {
    #[serde(flatten)]
    campaign: CampaignOut<'a>,
    units: CountsOut,
    rows: Vec<RowOut<'a>>,
}

impl<'a> From<&'a Board> for BoardOut<'a> {
    fn from(board: &'a Board) -> Self {
        let row = |row: &'a BoardRow| RowOut {
            unit: &row.unit.short_name,
            unit_name: &row.unit.name,
            task: row.task_id,
            code: row.task.as_ref().map(|task| task.code.as_str()),
            reported: row.reported.code(),
            due_on: row.task.as_ref().and_then(|task| task.due_on),
            completed_on: row.task.as_ref().and_then(|task| task.completed_on),
            days_late: row.task.as_ref().map_or(0, |task| task.days_late),
            urged_on: row.urges.iter().map(|urge| urge.on).collect(),
        };
        let units = CountsOut {
            reported: board.count(Reported::Done),
            waiting: board.count(Reported::Waiting),
            overdue: board.count(Reported::Overdue),
            pending: board.count(Reported::Pending),
            outside: board.count(Reported::Outside),
        };
        Self {
            campaign: CampaignOut::from(&board.campaign),
            units,
            rows: board.rows.iter().map(row).collect(),
        }
    }
}
