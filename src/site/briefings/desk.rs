//! A month's draft: what it says, the author's part, publishing.

use actix_web::web;

use super::published::{DRAFT, documents_at};
use super::views::{self, Addresses};
use super::{BRIEFINGS, days, month_of, place, place_of, version_link};
use crate::auth::Member;
use crate::briefings::draft::{self, Draft, DraftTyped, REPORTED, field_of, typed_lines};
use crate::briefings::publish::{self, Publishing};
use crate::briefings::whole::Whole;
use crate::briefings::{self, Days, Listed};
use crate::db::TenantConn;
use crate::domain::access::{Act, may};
use crate::domain::flow::Source;
use crate::domain::period::Month;
use crate::error::{Error, ParameterFault, ParameterProblem, Refusal, Result};
use crate::http::{Body, Caller, Visit};
use crate::pages::{DraftForm, Field, Link, MonthPage, Words};
use crate::papers;
use crate::params::Params;
use crate::site::shell::around;
use crate::site::{PageResult, go_to, page, people, refused};
use crate::tenants::Settings;
use crate::text::{date, paper, refusal};

/// What was sent and refused, if anything was.
#[derive(Debug, Clone, Default)]
struct Sent {
    typed: Option<DraftTyped>,
    reason: String,
    faults: Vec<ParameterFault>,
    error: Option<Refusal>,
}

/// The draft as its form shows it.
fn typed(draft: &Draft) -> DraftTyped {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let opening = draft.opening.as_ref();
    let line = |line| opening.and_then(|opening| opening.lines.get(&line)).map(u64::to_string);
    DraftTyped {
        cutoff: draft.cutoff.map(date).unwrap_or_default(),
        results: text(&draft.blocks.results),
        causes: text(&draft.blocks.causes),
        proposals: text(&draft.blocks.proposals),
        opening_on: draft.opening_on.map(date).unwrap_or_default(),
        opening: opening.map(|opening| opening.overdue.to_string()).unwrap_or_default(),
        reported: opening.and_then(|opening| opening.all).map_or_else(Default::default, |all| {
            [all.tasks, all.completed, all.within_term, all.no_deadline, all.outside].map(|n| n.to_string())
        }),
        lines: typed_lines().map(|of| (of, line(of).unwrap_or_default())).collect(),
        version: draft.version.to_string(),
    }
}

fn form(w: Words, month: Month, kept: &Draft, whole: &Whole, is_published: bool, sent: &Sent) -> DraftForm {
    let shown = sent.typed.clone().unwrap_or_else(|| typed(kept));
    let field = |name: &str, value: &str| people::field(w, &sent.faults, name, value);
    let line = |line| {
        let name = field_of(line);
        let field: Field = field(&name, shown.lines.get(&line).map_or("", String::as_str));
        (name, paper::line(w.0, line).to_owned(), field)
    };
    let named = REPORTED.into_iter().zip(w.desk_reported()).zip(&shown.reported);
    let reported =
        named.map(|((name, label), value)| (name.to_owned(), label.to_owned(), field(name, value)));
    DraftForm {
        action: place(month),
        publish: format!("{}/publish", place(month)),
        version: kept.version.to_string(),
        cutoff: field("cutoff", &shown.cutoff),
        results: field("results", &shown.results),
        causes: field("causes", &shown.causes),
        proposals: field("proposals", &shown.proposals),
        opening_on: field("opening_on", &shown.opening_on),
        opening: field("opening", &shown.opening),
        lines: reported.chain(typed_lines().map(line)).collect(),
        takes_opening: whole.before.source != Source::Published,
        reason: is_published.then(|| field("reason", &sent.reason)),
    }
}

fn view(
    conn: &mut TenantConn<'_>,
    visit: &Visit,
    member: &Member,
    settings: &Settings,
    month: Month,
    sent: &Sent,
) -> Result<MonthPage> {
    let w = Words(visit.lang_of(member.lang));
    let days = days(visit, settings);
    let kept = draft::draft(conn, month)?;
    let request = publish::request(&kept, days);
    let whole = briefings::of_draft(conn, settings, request, &kept, Listed::First(views::MOST_ROWS))?;
    let versions = publish::versions(conn, month)?;
    let mut links: Vec<Link> = versions.iter().map(|one| version_link(w, one)).collect();
    links.extend(documents_at(w, &format!("{}/{DRAFT}", place(month))));
    let compare = format!("{}/compare", place(month));
    links.push(Link { text: w.desk_compare().to_owned(), href: compare });
    let unbalanced = publish::check(&whole).err().and_then(|error| match error {
        Error::Refused(why) => Some(refusal::refusal(w.0, &why)),
        Error::Unavailable(_) | Error::Internal(_) => None,
    });
    let error = sent.error.as_ref().map(|why| refusal::refusal(w.0, why)).or(unbalanced);
    let addresses = Addresses { whole: &whole, place: format!("{}/{DRAFT}", place(month)) };
    let writes = may(member.role, Act::PublishBriefings);
    Ok(MonthPage {
        w,
        shell: around(visit, w, member, settings),
        back: Link { text: w.desk_title().to_owned(), href: BRIEFINGS.to_owned() },
        title: paper::subject(month),
        state: format!("{} · {}: {}", w.desk_draft(), w.desk_cutoff(), date(whole.figures.cut.cutoff)),
        notice: visit.params().text("done").is_some().then(|| w.desk_saved().to_owned()),
        error,
        links,
        parts: views::parts(w.0, papers::parts(w.0, &whole), &addresses),
        form: writes.then(|| form(w, month, &kept, &whole, !versions.is_empty(), sent)),
        frame: Some(papers::frame(&whole).into()),
    })
}

/// A month's draft.
pub async fn show(caller: Caller, visit: Visit, month: web::Path<String>) -> PageResult {
    let view = caller
        .run(move |conn, member, settings| {
            view(conn, &visit, member, settings, month_of(&month)?, &Sent::default())
        })
        .await?;
    page(view.w, &view)
}

/// Does something, and leads to where it is seen; or the desk comes back with what is wrong.
async fn act(
    caller: Caller,
    visit: Visit,
    path: web::Path<String>,
    sent: Sent,
    work: impl FnOnce(&mut TenantConn<'_>, &Member, &Settings, Days, Month) -> Result<String> + Send + 'static,
) -> PageResult {
    let (month, shown) = (path.into_inner(), visit.clone());
    let asked = month.clone();
    let acted = caller
        .run(move |conn, member, settings| {
            let days = days(&shown, settings);
            work(conn, member, settings, days, month_of(&asked)?)
        })
        .await;
    let failure = match acted {
        Ok(to) => return Ok(go_to(&to).finish()),
        Err(failure) => failure,
    };
    let sent = match failure.error() {
        Error::Refused(Refusal::Parameters(faults)) => Sent { faults: faults.clone(), ..sent },
        Error::Refused(why @ (Refusal::Briefing(_) | Refusal::OutOfBalance(_) | Refusal::Stale(_))) => {
            Sent { error: Some(why.clone()), ..sent }
        }
        _ => return Err(failure),
    };
    let view = caller
        .run(move |conn, member, settings| view(conn, &visit, member, settings, month_of(&month)?, &sent))
        .await?;
    refused(view.w, &view)
}

/// The version that a form has read.
fn version(typed: &str) -> Result<i32> {
    let missing = || {
        let fault = ParameterFault { name: "version".to_owned(), problem: ParameterProblem::Missing };
        Refusal::Parameters(vec![fault])
    };
    Ok(typed.parse().map_err(|_| missing())?)
}

/// Keeps the author's part.
pub async fn save(caller: Caller, visit: Visit, month: web::Path<String>, body: Body) -> PageResult {
    let mut params = Params::parse(&body.text());
    let typed = DraftTyped::take(&mut params);
    let sent = Sent { typed: Some(typed.clone()), ..Sent::default() };
    act(caller, visit, month, sent, move |conn, member, _, days, month| {
        params.finish()?;
        version(&typed.version)?;
        let draft = typed.check(month, days).map_err(Refusal::Parameters)?;
        draft::save(conn, &member.actor(), &draft)?;
        Ok(format!("{}?done=saved", place(month)))
    })
    .await
}

/// Publishes the month as its draft stands.
pub async fn publish(caller: Caller, visit: Visit, month: web::Path<String>, body: Body) -> PageResult {
    let mut params = Params::parse(&body.text());
    let read = params.text("version").unwrap_or_default();
    let reason = params.text("reason").unwrap_or_default();
    let sent = Sent { reason: reason.clone(), ..Sent::default() };
    act(caller, visit, month, sent, move |conn, member, settings, days, month| {
        params.finish()?;
        let reason = publish::reason(&reason)?;
        let asked = Publishing { month, draft: Some(version(&read)?), reason };
        let actor = member.actor();
        let done = publish::publish(conn, settings, &actor, days, &asked, papers::rendered)?;
        Ok(format!("{}?done=published", place_of(&done)))
    })
    .await
}

/// Two months side by side: this one and the one before, or another (`with=2024-09`), each as it was published last, else as
/// its draft stands.
pub async fn compare(caller: Caller, visit: Visit, month: web::Path<String>) -> PageResult {
    let view = caller
        .run(move |conn, member, settings| {
            let w = Words(visit.lang_of(member.lang));
            let month = month_of(&month)?;
            let mut params = visit.params();
            let other = params.text("with").map(|typed| month_of(&typed)).transpose()?;
            params.finish()?;
            let other = other.unwrap_or_else(|| month.previous());
            let days = days(&visit, settings);
            let earlier = last(conn, settings, days, other.min(month))?;
            let later = last(conn, settings, days, other.max(month))?;
            let addresses = [&earlier, &later].map(|whole| Addresses { whole, place: place_in(whole) });
            let state = [&earlier, &later].map(|whole| state(w, whole)).join(" – ");
            Ok(MonthPage {
                w,
                shell: around(&visit, w, member, settings),
                back: Link { text: w.desk_title().to_owned(), href: BRIEFINGS.to_owned() },
                title: w.paper_compared().to_owned(),
                state,
                notice: None,
                error: None,
                links: others(conn, w, month)?,
                form: None,
                frame: None,
                parts: views::compared(w.0, papers::compared(w.0, &earlier, &later), addresses.each_ref()),
            })
        })
        .await?;
    page(view.w, &view)
}

/// The published months with which a month may be compared.
fn others(conn: &mut TenantConn<'_>, w: Words, month: Month) -> Result<Vec<Link>> {
    let mut months: Vec<Month> = publish::all(conn)?.iter().map(|one| one.month).collect();
    months.dedup();
    let others = months.into_iter().filter(|other| *other != month);
    let link = |other: Month| Link {
        text: w.desk_compare_with(&paper::month(other)),
        href: format!("{}/compare?with={other}", place(month)),
    };
    Ok(others.map(link).collect())
}

/// Where a whole's tasks are: below its version, or below the draft.
fn place_in(whole: &Whole) -> String {
    let month = place(whole.figures.cut.month);
    match &whole.named {
        Some(named) => format!("{month}/{}", named.version),
        None => format!("{month}/{DRAFT}"),
    }
}

fn state(w: Words, whole: &Whole) -> String {
    let month = paper::month(whole.figures.cut.month);
    match &whole.named {
        Some(named) => format!("{month} ({})", w.version_name(named.number, named.version)),
        None => format!("{month} ({})", w.desk_draft()),
    }
}

/// A month as it was published last, else as its draft stands.
fn last(conn: &mut TenantConn<'_>, settings: &Settings, days: Days, month: Month) -> Result<Whole> {
    match publish::versions(conn, month)?.first() {
        Some(published) => publish::read(conn, published.id),
        None => {
            let kept = draft::draft(conn, month)?;
            briefings::of_draft(conn, settings, publish::request(&kept, days), &kept, Listed::First(0))
        }
    }
}
