//! The form of documents: the tenant's template, one to begin with, and what it makes of a specimen.

use actix_web::{HttpRequest, HttpResponse, web};

use super::people::field;
use super::shell::around;
use super::{PageResult, go_to, page, refused};
use crate::auth::Member;
use crate::db::TenantConn;
use crate::documents::{self, DOCX, template};
use crate::domain::template::{LARGEST_TEMPLATE, TemplateFault};
use crate::error::{Error, ParameterFault, ParameterProblem, Refusal, Result};
use crate::http::{Answered, Body, Caller, Upload, Visit, download};
use crate::pages::{KeptTemplate, TemplatePage, Words};
use crate::papers::specimen;
use crate::params::Params;
use crate::tenants::Settings;
use crate::text::date;

/// The page.
pub const PLACE: &str = "/settings/template";

fn view(
    conn: &mut TenantConn<'_>,
    visit: &Visit,
    member: &Member,
    settings: &Settings,
    faults: &[ParameterFault],
) -> Result<TemplatePage> {
    let w = Words(visit.lang_of(member.lang));
    let kept = documents::current_template(conn)?.map(|template| KeptTemplate {
        added_on: date(template.added_at.with_timezone(&settings.zone).date_naive()),
        name: template.name,
    });
    Ok(TemplatePage {
        w,
        shell: around(visit, w, member, settings),
        notice: visit.params().text("done").is_some().then(|| w.account_saved().to_owned()),
        kept,
        file: field(w, faults, "file", ""),
        needed: template::REQUIRED.map(str::to_owned).into(),
    })
}

/// The page.
pub async fn show(caller: Caller, visit: Visit) -> PageResult {
    let view = caller.run(move |conn, member, settings| view(conn, &visit, member, settings, &[])).await?;
    page(view.w, &view)
}

/// Takes a template; or the page comes back with what is wrong with it.
pub async fn put(
    caller: Caller,
    visit: Visit,
    req: HttpRequest,
    payload: web::Payload,
) -> Answered<HttpResponse> {
    // Whoever may not is told so before anything is taken.
    caller.run(|_, _, _| Ok(())).await?;
    let upload = Upload::take(&req, payload, caller.service()).await?;
    let put = caller.run(move |conn, member, settings| {
        let (name, content) = sent(upload)?;
        documents::put_template(conn, &member.acting(), &name, content, &specimen(&settings.name))
    });
    let Err(failure) = put.await else { return Ok(go_to(&format!("{PLACE}?done=saved")).finish()) };
    let Error::Refused(Refusal::Parameters(faults)) = failure.error() else { return Err(failure.into()) };
    let faults = faults.clone();
    let view =
        caller.run(move |conn, member, settings| view(conn, &visit, member, settings, &faults)).await?;
    Ok(refused(view.w, &view)?)
}

/// The file of a form, when one was chosen and may be one.
fn sent(upload: Upload) -> Result<(String, Vec<u8>)> {
    let params = upload.params;
    let wrong = |problem| Refusal::Parameters(vec![ParameterFault { name: "file".to_owned(), problem }]);
    params.finish()?;
    let (name, incoming) = upload.files.into_iter().next().ok_or_else(|| wrong(ParameterProblem::Missing))?;
    if incoming.bytes() > LARGEST_TEMPLATE {
        return Err(wrong(ParameterProblem::Template(TemplateFault::TooLarge)).into());
    }
    Ok((name, incoming.read()?))
}

/// Lets our own form hold again.
pub async fn withdraw(caller: Caller, body: Body) -> PageResult {
    let sent = body.text();
    caller
        .run(move |conn, member, _| {
            Params::parse(&sent).finish()?;
            documents::withdraw_template(conn, &member.acting())
        })
        .await?;
    Ok(go_to(&format!("{PLACE}?done=saved")).finish())
}

/// A template to begin with.
pub async fn sample(caller: Caller, visit: Visit) -> PageResult {
    let file = caller
        .run(move |_, _, settings| {
            visit.params().finish()?;
            template::sample(&specimen(&settings.name))
        })
        .await?;
    Ok(download::bytes("mau-bao-cao.docx", DOCX, file))
}

/// The specimen in the form that holds.
pub async fn filled(caller: Caller, visit: Visit) -> PageResult {
    let file = caller
        .run(move |conn, _, settings| {
            visit.params().finish()?;
            let template = documents::current_template(conn)?;
            documents::word(&specimen(&settings.name), template.as_ref())
        })
        .await?;
    Ok(download::bytes("vi-du-bao-cao.docx", DOCX, file))
}
