//! Campaigns: the list, and the form for another.

use chrono::NaiveDate;
use uuid::Uuid;

use super::shell::around;
use super::{PageResult, page, people, recurring, sending};
use crate::auth::Member;
use crate::campaigns::{self, Campaign, CampaignListed, CampaignTyped};
use crate::db::TenantConn;
use crate::domain::access::{Act, may};
use crate::domain::campaign::Reported;
use crate::domain::task::{Category, ProductKind};
use crate::error::{ParameterFault, Refusal, Result};
use crate::http::{Body, Caller, Visit};
use crate::pages::{CampaignLine, CampaignsPage, Choice, Link, NewCampaignPage, Num, Words};
use crate::params::Params;
use crate::tenants::Settings;
use crate::text::{date, number, vocabulary};
use crate::units::{self, Unit};

/// The list.
pub const PLACE: &str = "/campaigns";
const NEW: &str = "/campaigns/new";

/// The board of one.
pub(super) fn place(id: Uuid) -> String {
    format!("{PLACE}/{id}")
}

/// The board's rows that have reported so.
pub(super) fn place_of(id: Uuid, reported: Reported) -> String {
    format!("{PLACE}/{id}?reported={}", reported.code())
}

/// Open, or closed and why.
pub(super) fn state(w: Words, campaign: &Campaign) -> String {
    match &campaign.closed {
        Some((on, reason)) => w.campaign_closed_on(&date(*on), reason),
        None => w.campaign_open().to_owned(),
    }
}

fn line(w: Words, listed: &CampaignListed) -> CampaignLine {
    let campaign = &listed.campaign;
    let of = |count: fn(&crate::tasks::CampaignCounts) -> i64| {
        listed.counts.as_ref().map_or(0, count).unsigned_abs()
    };
    let overdue = number(w.0, of(|counts| counts.overdue));
    CampaignLine {
        campaign: Link { text: campaign.title.clone(), href: place(campaign.id) },
        source: campaign.source_number.clone(),
        due: date(campaign.due_on),
        progress: w.campaign_progress(of(|counts| counts.reported), of(|counts| counts.total)),
        overdue: Num::link(overdue, place_of(campaign.id, Reported::Overdue)),
        state: state(w, campaign),
    }
}

/// The list.
pub async fn show(caller: Caller, visit: Visit) -> PageResult {
    let view = caller
        .run(move |conn, member, settings| {
            let w = Words(visit.lang_of(member.lang));
            let today = settings.today(&visit.service.app.clock);
            let found = campaigns::list(conn, today, settings.due_soon_days)?;
            Ok(CampaignsPage {
                w,
                shell: around(&visit, w, member, settings),
                lines: found.iter().map(|listed| line(w, listed)).collect(),
                add_href: may(member.role, Act::GiveTasks).then(|| NEW.to_owned()),
            })
        })
        .await?;
    page(view.w, &view)
}

/// Units to choose from.
pub(super) fn unit_choices<'a>(units: impl Iterator<Item = &'a Unit>, chosen: &[String]) -> Vec<Choice> {
    let choice = |unit: &Unit| Choice {
        value: unit.id.to_string(),
        text: unit.name.clone(),
        selected: chosen.contains(&unit.id.to_string()),
    };
    units.map(choice).collect()
}

fn view(
    conn: &mut TenantConn<'_>,
    visit: &Visit,
    member: &Member,
    settings: &Settings,
    typed: &CampaignTyped,
    faults: &[ParameterFault],
    today: NaiveDate,
) -> Result<NewCampaignPage> {
    let w = Words(visit.lang_of(member.lang));
    let all = units::all(conn)?;
    let field = |name: &str, typed: &str| people::field(w, faults, name, typed);
    let product = |kind| vocabulary::capitalised(vocabulary::product(w.0, kind));
    let category = |kind| vocabulary::capitalised(vocabulary::category(w.0, kind));
    Ok(NewCampaignPage {
        w,
        shell: around(visit, w, member, settings),
        back: Link { text: w.campaigns_title().to_owned(), href: PLACE.to_owned() },
        action: NEW.to_owned(),
        title: field("title", &typed.title),
        source_number: field("source_number", &typed.source_number),
        source_date: field("source_date", &typed.source_date),
        source_issuer: field("source_issuer", &typed.source_issuer),
        categories: recurring::choices(Category::ALL, Category::code, &typed.category, category),
        category: field("category", ""),
        products: recurring::choices(ProductKind::ALL, ProductKind::code, &typed.product, product),
        product: field("product", ""),
        assigned_on: field("assigned_on", &typed.assigned_on),
        due: field("due", &typed.due),
        everyone: typed.everyone,
        units: unit_choices(all.iter().filter(|unit| unit.exists_on(today)), &typed.units),
        chosen: field("units", ""),
    })
}

/// The form.
pub async fn new(caller: Caller, visit: Visit) -> PageResult {
    let view = caller
        .run(move |conn, member, settings| {
            let today = settings.today(&visit.service.app.clock);
            view(conn, &visit, member, settings, &CampaignTyped::blank(today), &[], today)
        })
        .await?;
    page(view.w, &view)
}

/// Gives one; or the form comes back.
pub async fn add(caller: Caller, mut visit: Visit, body: Body) -> PageResult {
    let typed = CampaignTyped::take(&mut Params::parse(&body.text()));
    let (sent, clock) = (typed.clone(), visit.service.app.clock);
    visit.address = NEW.to_owned();
    let give = move |conn: &mut TenantConn<'_>, member: &Member, settings: &Settings| {
        let (all, today) = (units::all(conn)?, settings.today(&clock));
        let checked = sent.check(&all, today).map_err(Refusal::Parameters)?;
        let id = campaigns::give(conn, member, checked, today)?;
        Ok(format!("{}?done=given", place(id)))
    };
    sending::act(&caller, visit, sending::FIELDS, give, move |conn, visit, member, settings, told| {
        let today = settings.today(&visit.service.app.clock);
        view(conn, &visit, member, settings, &typed, &told.faults, today)
    })
    .await
}
