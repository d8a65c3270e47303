//! Files that are made when they are asked for: lists of tasks, letters.

use actix_web::web;
use uuid::Uuid;

use super::PageResult;
use crate::documents::{self, DOCX, XLSX};
use crate::error::{Denial, Refusal};
use crate::http::{Caller, Failure, Visit, download};
use crate::tasks::{self, Export, ExportForm, input};
use crate::text::urging;

/// A list for Excel.
pub async fn tasks_xlsx(caller: Caller, visit: Visit) -> PageResult {
    tasks_file(&caller, visit, ExportForm::Xlsx, XLSX).await
}

/// A list for everything else.
pub async fn tasks_csv(caller: Caller, visit: Visit) -> PageResult {
    tasks_file(&caller, visit, ExportForm::Csv, "text/csv; charset=utf-8").await
}

/// The list of an address, all of it whatever page the address names.
async fn tasks_file(caller: &Caller, visit: Visit, form: ExportForm, media: &str) -> PageResult {
    let (day, file) = caller
        .run(move |conn, member, settings| {
            let app = &visit.service.app;
            let today = settings.today(&app.clock);
            let acting = member.acting();
            let (asked, faults) = input::read(conn, visit.params(), &acting, today)?;
            if !faults.is_empty() {
                return Err(Refusal::Parameters(faults).into());
            }
            let lang = visit.lang_of(member.lang);
            let export = Export { form, lang, day: asked.day, asked: asked.filter };
            let made = tasks::export(conn, &acting, &app.depot, settings.due_soon_days, export);
            Ok((asked.day, made.map_err(input::named_unit)?))
        })
        .await?;
    download::file(&format!("nhiem-vu-{day}.{}", form.code()), media, file)
}

/// The urging letter to a unit, for Word; the page that says so when there is nothing to urge.
pub async fn urging_docx(caller: Caller, visit: Visit, unit: web::Path<String>) -> PageResult {
    match letter(&caller, &visit, unit.to_string()).await? {
        Some((name, docx)) => Ok(download::bytes(&format!("{name}.docx"), DOCX, docx)),
        None => super::urging::show(caller, visit, unit).await,
    }
}

/// The same as PDF.
pub async fn urging_pdf(caller: Caller, visit: Visit, unit: web::Path<String>) -> PageResult {
    match letter(&caller, &visit, unit.to_string()).await? {
        Some((name, docx)) => download::pdf(caller.service(), &format!("{name}.pdf"), docx).await,
        None => super::urging::show(caller, visit, unit).await,
    }
}

/// The letter's name and its file; `None` when there is nothing to urge.
async fn letter(caller: &Caller, visit: &Visit, unit: String) -> Result<Option<(String, Vec<u8>)>, Failure> {
    let visit = visit.clone();
    let made = caller.run(move |conn, _, settings| {
        let mut params = visit.params();
        let as_of = params.date("as_of");
        params.finish()?;
        let unit = Uuid::parse_str(&unit).map_err(|_| Denial::NotFound)?;
        let day = as_of.unwrap_or_else(|| settings.today(&visit.service.app.clock));
        let found = tasks::urging(conn, unit, day, settings.due_soon_days)?;
        let Some(letter) = urging::document(settings, &found) else { return Ok(None) };
        let name = file_name(&format!("don-doc-{}-{day}", found.unit.short_name));
        Ok(Some((name, documents::docx(&letter)?)))
    });
    made.await
}

/// A name that every system takes for a file, whatever a unit is called.
fn file_name(name: &str) -> String {
    name.chars().map(|c| if c.is_control() || "/\\:*?\"<>|".contains(c) { '-' } else { c }).collect()
}
