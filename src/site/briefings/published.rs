//! What was published: its page, its documents as they are kept, the tasks behind its figures.

use actix_web::http::header::{ETAG, HeaderValue};
use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::views::{self, Addresses};
use super::{BRIEFINGS, days, month_of, place, place_of};
use crate::auth::Member;
use crate::briefings::publish::{self, Published, hexadecimal};
use crate::briefings::whole::{TaskTold, Whole};
use crate::briefings::{self, Listed, draft};
use crate::db::TenantConn;
use crate::domain::flow::Line;
use crate::domain::paper::DocumentKind;
use crate::error::{Denial, ParameterFault, ParameterProblem, Refusal, Result};
use crate::http::{self, Caller, Paper, Visit, download};
use crate::pages::{FigureRow, FigureRowsPage, Link, MonthPage, Words};
use crate::papers::{self, Rows, Which};
use crate::site::shell::around;
use crate::site::{PageResult, page};
use crate::tasks::links;
use crate::tenants::Settings;
use crate::text::{date, paper, vocabulary};

/// The name of a document that is the figures themselves.
const JSON: &str = "json";

/// The draft, where an address names a version.
pub(super) const DRAFT: &str = "draft";

/// The version of an address.
fn published(conn: &mut TenantConn<'_>, month: &str, version: &str) -> Result<Published> {
    let version = version.parse().map_err(|_| Denial::NotFound)?;
    publish::version(conn, month_of(month)?, Some(version))
}

/// The documents of a version or a draft below its address.
pub(super) fn documents_at(w: Words, at: &str) -> Vec<Link> {
    let link = |kind: &DocumentKind| Link {
        text: w.document_kind(*kind).to_owned(),
        href: format!("{at}/documents/{}", kind.code()),
    };
    DocumentKind::ALL.iter().map(link).collect()
}

fn links_of(w: Words, published: &Published) -> Vec<Link> {
    let at = place_of(published);
    let mut links = documents_at(w, &at);
    links.push(Link { text: w.desk_json().to_owned(), href: format!("{at}/documents/{JSON}") });
    links.push(Link { text: w.as_changed().to_owned(), href: format!("{at}/changed") });
    let compare = format!("{}/compare", place(published.month));
    links.push(Link { text: w.desk_compare().to_owned(), href: compare });
    links.push(Link { text: w.desk_draft().to_owned(), href: place(published.month) });
    links
}

/// A published briefing, from its own bytes alone.
pub async fn show(caller: Caller, visit: Visit, path: web::Path<(String, String)>) -> PageResult {
    let view = caller
        .run(move |conn, member, settings| {
            let w = Words(visit.lang_of(member.lang));
            let published = published(conn, &path.0, &path.1)?;
            let whole = publish::read(conn, published.id)?;
            let by = whole.named.as_ref().map_or("", |named| named.by.as_str());
            let number = format!("{:02}/{}", published.number, published.year);
            let line = w.published_line(&number, published.version, &date(published.published_on), by);
            let addresses = Addresses { whole: &whole, place: place_of(&published) };
            let done = visit.params().text("done").is_some();
            Ok(MonthPage {
                w,
                shell: around(&visit, w, member, settings),
                back: Link { text: w.desk_title().to_owned(), href: BRIEFINGS.to_owned() },
                title: paper::subject(published.month),
                state: format!("{line} · {}: {}", w.desk_cutoff(), date(published.cutoff)),
                notice: done.then(|| w.desk_published().to_owned()),
                error: None,
                links: links_of(w, &published),
                form: None,
                frame: Some(papers::frame(&whole).into()),
                parts: views::parts(w.0, papers::parts(w.0, &whole), &addresses),
            })
        })
        .await?;
    page(view.w, &view)
}

/// A document: of a published version as it is kept, of the draft as it says now.
pub async fn document(caller: Caller, path: web::Path<(String, String, String)>) -> PageResult {
    let (month, version, kind) = path.into_inner();
    if kind == JSON {
        return figures(caller, month, version).await;
    }
    let (file, bytes) = http::paper(&caller, move || {
        let version = match version.as_str() {
            DRAFT => None,
            version => Some(version.parse().map_err(|_| Denial::NotFound)?),
        };
        let kind = DocumentKind::from_code(&kind).ok_or(Denial::NotFound)?;
        Ok(Paper { month: month_of(&month)?, version, kind })
    })
    .await?;
    let which = file.version.map_or_else(|| "du-thao".to_owned(), |version| version.to_string());
    let name = format!("giao-ban-{}-{which}.{}", file.month, file.kind.extension());
    Ok(sent(&name, file.kind.media_type(), bytes))
}

/// The figures of a published version, to the byte.
async fn figures(caller: Caller, month: String, version: String) -> PageResult {
    let (name, content) = caller
        .run(move |conn, _, _| {
            let one = published(conn, &month, &version)?;
            let name = format!("giao-ban-{}-{}.{JSON}", one.month, one.version);
            Ok((name, publish::content(conn, one.id)?))
        })
        .await?;
    Ok(sent(&name, "application/json", content))
}

/// A file with the hash of its bytes.
fn sent(name: &str, media_type: &str, bytes: Vec<u8>) -> HttpResponse {
    let tag = format!("\"{}\"", hexadecimal(&publish::hash(&bytes)));
    let mut answer = download::bytes(name, media_type, bytes);
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        answer.headers_mut().insert(ETAG, tag);
    }
    answer
}

/// The most rows of a page.
const MOST_ROWS: usize = 500;

/// What an address asks for, and from which row on.
fn asked(visit: &Visit) -> Result<(Rows, usize)> {
    let mut params = visit.params();
    let (which, line, unit) = (params.text("which"), params.text("line"), params.text("unit"));
    let from = params.text("from");
    params.finish()?;
    let wrong = |name: &str| {
        let problem = ParameterProblem::NotOneOf(String::new());
        Refusal::Parameters(vec![ParameterFault { name: name.to_owned(), problem }])
    };
    let unit = unit.map(|unit| Uuid::parse_str(&unit).map_err(|_| wrong("unit"))).transpose()?;
    let rows = match (which, line.as_deref()) {
        (None, Some("all")) => Rows::Line { line: None, unit },
        (None, Some(line)) => {
            Rows::Line { line: Some(Line::from_code(line).ok_or_else(|| wrong("line"))?), unit }
        }
        (Some(which), None) => {
            Rows::Tasks { unit, which: Which::from_code(&which).ok_or_else(|| wrong("which"))? }
        }
        (None, None) => Rows::Tasks { unit, which: Which::All },
        (Some(_), Some(_)) => return Err(wrong("line").into()),
    };
    Ok((rows, place_in(from)?))
}

/// How many rows lie before a page.
fn place_in(typed: Option<String>) -> Result<usize> {
    let wrong = |_| {
        let problem = ParameterProblem::NotBetween(0, u32::MAX);
        Refusal::Parameters(vec![ParameterFault { name: "from".to_owned(), problem }])
    };
    Ok(typed.map_or(Ok(0), |typed| typed.parse().map_err(wrong))?)
}

/// The address of the rows behind a page's.
fn behind(visit: &Visit, from: usize) -> String {
    let (path, query) = visit.address.split_once('?').unwrap_or((&visit.address, ""));
    let kept = query.split('&').filter(|part| !part.is_empty() && !part.starts_with("from="));
    let all: Vec<String> = kept.map(str::to_owned).chain([format!("from={from}")]).collect();
    format!("{path}?{}", all.join("&"))
}

/// The tasks behind a figure of a published briefing, or of a draft.
pub async fn tasks(caller: Caller, visit: Visit, path: web::Path<(String, String)>) -> PageResult {
    let view = caller
        .run(move |conn, member, settings| {
            let (rows, from) = asked(&visit)?;
            let (whole, at) = if path.1 == DRAFT {
                let month = month_of(&path.0)?;
                let kept = draft::draft(conn, month)?;
                let request = publish::request(&kept, days(&visit, settings));
                let whole = briefings::of_draft(conn, settings, request, &kept, Listed::Everything)?;
                (whole, place(month))
            } else {
                let published = published(conn, &path.0, &path.1)?;
                (publish::read(conn, published.id)?, place_of(&published))
            };
            let w = Words(visit.lang_of(member.lang));
            let title = title(w, &whole, rows);
            Ok(listed(&visit, member, settings, &whole, (at, title), (rows.of(&whole), from)))
        })
        .await?;
    page(view.w, &view)
}

fn title(w: Words, whole: &Whole, rows: Rows) -> String {
    let (what, unit) = match rows {
        Rows::Line { line: Some(line), unit } => (paper::line(w.0, line).to_owned(), unit),
        Rows::Line { line: None, unit } => (w.paper_flow().to_owned(), unit),
        Rows::Tasks { unit, which } => (named(w, which), unit),
        Rows::Task(_) => (w.task().to_owned(), None),
    };
    let named = whole.figures.units.iter().find(|other| Some(other.unit.id) == unit);
    match named {
        Some(named) => format!("{what} · {}", named.unit.short_name),
        None => what,
    }
}

/// What some tasks have in common.
fn named(w: Words, which: Which) -> String {
    match which {
        Which::All => paper::figure(w.0, "tasks"),
        Which::Late(from, to) => w.late_by(from, to),
        Which::Next(product) => {
            let next = paper::figure(w.0, "due_next");
            product.map_or(next.clone(), |kind| format!("{next}: {}", vocabulary::product(w.0, kind)))
        }
        other => paper::figure(w.0, &other.code()),
    }
}

fn listed(
    visit: &Visit,
    member: &Member,
    settings: &Settings,
    whole: &Whole,
    (at, title): (String, String),
    (tasks, from): (Vec<&TaskTold>, usize),
) -> FigureRowsPage {
    let w = Words(visit.lang_of(member.lang));
    let cutoff = whole.figures.cut.cutoff;
    let shown = w.rows_shown(from, MOST_ROWS, tasks.len());
    let row = |task: &TaskTold| FigureRow {
        task: Link { text: task.title.clone(), href: links::task(task.id, Some(cutoff)) },
        code: task.code.clone(),
        unit: task.unit.clone(),
        source: task.source.clone(),
        due: task.due_on.map(date),
        standing: task.standing.map(|standing| paper::standing(w.0, standing)),
        differs: Vec::new(),
    };
    FigureRowsPage {
        w,
        shell: around(visit, w, member, settings),
        back: Link { text: paper::subject(whole.figures.cut.month), href: at },
        title,
        state: format!("{}: {} · {shown}", w.desk_cutoff(), date(cutoff)),
        lead: None,
        next: (tasks.len() > from.saturating_add(MOST_ROWS))
            .then(|| Link { text: w.next_page().to_owned(), href: behind(visit, from + MOST_ROWS) }),
        rows: tasks.into_iter().skip(from).take(MOST_ROWS).map(row).collect(),
    }
}

/// The tasks of a published briefing that stand otherwise by what is known now: how they were published, and in what they
/// differ.
pub async fn changed(caller: Caller, visit: Visit, path: web::Path<(String, String)>) -> PageResult {
    let view = caller
        .run(move |conn, member, settings| {
            let mut params = visit.params();
            let from = place_in(params.text("from"))?;
            params.finish()?;
            let published = published(conn, &path.0, &path.1)?;
            let whole = publish::read(conn, published.id)?;
            let changed = briefings::changed_since(conn, settings, &whole)?;
            let w = Words(visit.lang_of(member.lang));
            let told = changed.iter().filter_map(|one| one.then.as_ref().or(one.now.as_ref())).collect();
            let title = w.as_changed().to_owned();
            let mut page =
                listed(&visit, member, settings, &whole, (place_of(&published), title), (told, from));
            page.lead = Some(w.as_changed_lead().to_owned());
            for (row, one) in page.rows.iter_mut().zip(changed.iter().skip(from)) {
                row.differs = paper::differs(w.0, one);
            }
            Ok(page)
        })
        .await?;
    page(view.w, &view)
}
