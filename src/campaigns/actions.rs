//! What the Office does with campaigns.

use std::collections::HashMap;

use chrono::NaiveDate;
use serde_json::{Value, json};
use uuid::Uuid;

use super::input::{CampaignChecked, chosen};
use super::model::{Board, BoardRow, Campaign, CampaignListed, Urge};
use super::store;
use crate::auth::Member;
use crate::db::TenantConn;
use crate::domain::campaign::Reported;
use crate::domain::deadline::Deadline;
use crate::domain::words::tidy;
use crate::error::{Denial, ParameterFault, ParameterProblem, Refusal, Result};
use crate::ids::new_id;
use crate::journal::{self, Entry};
use crate::tasks::acts::By;
use crate::tasks::entering::{NewTask, Source, write_new};
use crate::tasks::{self, CampaignCounts, TaskListed};
use crate::units::{self, Unit};

/// The most characters of a reason.
const LONGEST_REASON: usize = 500;

pub(super) fn entry(member: &Member, act: &'static str, id: Uuid, after: Value) -> Entry {
    let (actor, after) = (member.actor(), Some(after));
    Entry { actor, act, subject: "campaign", subject_id: Some(id), import_id: None, before: None, after }
}

/// Every campaign, the latest first, with how its tasks stand on a day.
///
/// # Errors
/// The database's.
pub fn list(conn: &mut TenantConn<'_>, day: NaiveDate, due_soon_days: u32) -> Result<Vec<CampaignListed>> {
    let counts = tasks::campaign_counts(conn, day, due_soon_days)?;
    let mut counts: HashMap<Uuid, CampaignCounts> =
        counts.into_iter().map(|counts| (counts.campaign, counts)).collect();
    let listed = |campaign: Campaign| CampaignListed { counts: counts.remove(&campaign.id), campaign };
    Ok(store::all(conn)?.into_iter().map(listed).collect())
}

/// A campaign's board on a day.
///
/// # Errors
/// There is none of this id.
pub fn board(conn: &mut TenantConn<'_>, id: Uuid, day: NaiveDate, due_soon_days: u32) -> Result<Board> {
    let campaign = store::find(conn, id)?.ok_or(Denial::NotFound)?;
    let given: HashMap<Uuid, Uuid> = store::given(conn, id)?.into_iter().collect();
    let listed = tasks::of_campaign(conn, id, day, due_soon_days)?;
    let mut listed: HashMap<Uuid, TaskListed> = listed.into_iter().map(|task| (task.id, task)).collect();
    let mut urges: HashMap<Uuid, Vec<Urge>> = HashMap::new();
    for urge in store::urges(conn, id)? {
        urges.entry(urge.task).or_default().push(urge);
    }
    let all = units::all(conn)?;
    let leading = |task: &TaskListed| {
        all.iter().find(|unit| unit.exists_on(day) && unit.short_name == task.unit).cloned()
    };
    let mut row = |unit: &Unit| {
        let task_id = given.get(&unit.id).copied()?;
        let task = listed.remove(&task_id);
        let lead = task.as_ref().and_then(leading);
        let is_waiting = task.as_ref().is_some_and(|task| task.waiting_since.is_some());
        let reported = Reported::of(task.as_ref().map(|task| task.standing), is_waiting);
        let urges = urges.remove(&task_id).unwrap_or_default();
        Some(BoardRow { unit: unit.clone(), lead, task_id, task, reported, urges })
    };
    let rows = all.iter().filter_map(&mut row).collect();
    Ok(Board { campaign, rows })
}

/// Gives a campaign: a task to each of its units, in one act; its id.
///
/// # Errors
/// The database's.
pub fn give(
    conn: &mut TenantConn<'_>,
    member: &Member,
    checked: CampaignChecked,
    today: NaiveDate,
) -> Result<Uuid> {
    let CampaignChecked {
        title,
        category,
        source_number,
        source_date,
        source_issuer,
        product,
        assigned_on,
        due_words,
        precision,
        due_on,
        units,
    } = checked;
    let campaign = Campaign {
        id: new_id(),
        title,
        category,
        source_number,
        source_date,
        source_issuer,
        product,
        due_words,
        precision,
        due_on,
        assigned_on,
        closed: None,
        version: 1,
    };
    store::insert(conn, &campaign)?;
    give_to(conn, member, &campaign, &units, (assigned_on, today))?;
    let told = json!({
        "title": campaign.title, "source_number": campaign.source_number, "source_date": campaign.source_date,
        "due": { "words": campaign.due_words, "on": due_on }, "units": units.len(),
    });
    journal::append(conn, &[entry(member, "campaign.create", campaign.id, told)])?;
    Ok(campaign.id)
}

fn give_to(
    conn: &mut TenantConn<'_>,
    member: &Member,
    campaign: &Campaign,
    units: &[Uuid],
    (assigned_on, today): (NaiveDate, NaiveDate),
) -> Result<()> {
    let task = |unit: &Uuid| NewTask {
        code: None,
        title: campaign.title.clone(),
        category: campaign.category,
        field: None,
        parent: None,
        labels: Vec::new(),
        source: Source {
            number: campaign.source_number.clone(),
            date: campaign.source_date,
            issuer: campaign.source_issuer.clone(),
            ..Source::default()
        },
        unit: *unit,
        coordinating: Vec::new(),
        leader: None,
        follower: None,
        product: campaign.product,
        level: None,
        assigned_on: Some(assigned_on),
        due: Deadline { due_on: Some(campaign.due_on), precision: campaign.precision },
        due_words: Some(campaign.due_words.clone()),
        note: None,
    };
    let acting = member.acting();
    let by = By { acting: &acting, today };
    let given = write_new(conn, &by, units.iter().map(task).collect())?;
    let links: Vec<(Uuid, Uuid)> = units.iter().copied().zip(given.iter().map(|task| task.id)).collect();
    store::insert_given(conn, campaign.id, &links)
}

/// The campaign, locked, while it is open and of the version that whoever acts has read.
pub(super) fn open(conn: &mut TenantConn<'_>, id: Uuid, version: Option<i32>) -> Result<Campaign> {
    let campaign = store::lock(conn, id)?.ok_or(Denial::NotFound)?;
    match version {
        Some(version) if version != campaign.version => Err(Refusal::Stale(campaign.version).into()),
        _ if campaign.closed.is_some() => Err(Refusal::CampaignOver.into()),
        _ => Ok(campaign),
    }
}

/// Gives the campaign to more units, as of today; those that have it already keep what they have. How many are new.
///
/// # Errors
/// There is none of this id; it is closed or its deadline is over; no unit, or none of today.
pub fn add_units(
    conn: &mut TenantConn<'_>,
    member: &Member,
    id: Uuid,
    typed: &[String],
    today: NaiveDate,
) -> Result<usize> {
    let campaign = open(conn, id, None)?;
    if !campaign.takes_units(today) {
        return Err(Refusal::CampaignOver.into());
    }
    let all = units::all(conn)?;
    let units = chosen(typed, &all, today)
        .map_err(|problem| Refusal::Parameters(vec![ParameterFault { name: "units".to_owned(), problem }]))?;
    let given: HashMap<Uuid, Uuid> = store::given(conn, id)?.into_iter().collect();
    let fresh: Vec<Uuid> = units.into_iter().filter(|unit| !given.contains_key(unit)).collect();
    if !fresh.is_empty() {
        give_to(conn, member, &campaign, &fresh, (today, today))?;
        store::raise(conn, id)?;
        let names: Vec<&str> =
            all.iter().filter(|unit| fresh.contains(&unit.id)).map(|unit| unit.short_name.as_str()).collect();
        journal::append(conn, &[entry(member, "campaign.add", id, json!({ "added": names }))])?;
    }
    Ok(fresh.len())
}

/// Closes a campaign: nobody is added or urged any more. Its tasks go on by themselves.
///
/// # Errors
/// There is none of this id; it is closed already; somebody has changed it meanwhile; no reason.
pub fn close(
    conn: &mut TenantConn<'_>,
    member: &Member,
    (id, version): (Uuid, i32),
    reason: &str,
    today: NaiveDate,
) -> Result<()> {
    open(conn, id, Some(version))?;
    let reason = tidy(reason);
    let problem = match reason.as_str() {
        "" => Some(ParameterProblem::Missing),
        text if text.chars().count() > LONGEST_REASON => Some(ParameterProblem::TooLong(LONGEST_REASON)),
        _ => None,
    };
    if let Some(problem) = problem {
        return Err(Refusal::Parameters(vec![ParameterFault { name: "reason".to_owned(), problem }]).into());
    }
    store::close(conn, id, today, &reason)?;
    journal::append(conn, &[entry(member, "campaign.close", id, json!({ "reason": reason }))])
}
