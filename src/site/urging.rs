//! The draft of an urging letter to a unit.

use actix_web::web;
use chrono::NaiveDate;
use uuid::Uuid;

use super::links::TaskQuery;
use super::shell::around;
use super::{PageResult, page, task_line};
use crate::domain::standing::Standing;
use crate::error::Denial;
use crate::http::{Caller, Visit};
use crate::pages::{Link, TaskLine, UrgingPage, Words};
use crate::tasks::{self, TaskListed};
use crate::text::{Lang, date, number, urging, vocabulary};

/// Where the draft for a unit is.
pub fn place(unit: Uuid, day: NaiveDate) -> String {
    format!("/urging/{unit}?as_of={day}")
}

/// Where it is for Word.
fn file(unit: Uuid, day: NaiveDate) -> String {
    format!("/urging/{unit}.docx?as_of={day}")
}

/// The letter about what the unit has overdue today or on a day.
pub async fn show(caller: Caller, visit: Visit, unit: web::Path<String>) -> PageResult {
    let view = caller
        .run(move |conn, member, settings| {
            let w = Words(visit.lang_of(member.lang));
            let mut params = visit.params();
            let as_of = params.date("as_of");
            params.finish()?;
            let unit = Uuid::parse_str(&unit).map_err(|_| Denial::NotFound)?;
            let day = as_of.unwrap_or_else(|| settings.today(&visit.service.app.clock));
            let found = tasks::urging(conn, unit, day, settings.due_soon_days)?;
            let overdue = TaskQuery::on(day)
                .with("unit", &found.unit.short_name)
                .with("standing", Standing::Overdue.code());
            // A letter is Vietnamese, whatever its reader chose.
            let vi = Words(Lang::Vi);
            let row = |task: &TaskListed| {
                let category = vocabulary::capitalised(vocabulary::category(vi.0, task.category));
                (
                    TaskLine { category: Some(category), ..task_line::line(vi, task, day) },
                    number(vi.0, task.days_late.into()),
                )
            };
            Ok(UrgingPage {
                w,
                vi,
                shell: around(&visit, w, member, settings),
                back: Link { text: found.unit.name.clone(), href: overdue.href() },
                as_of: date(day),
                letter: urging::letter(settings, &found),
                file: file(found.unit.id, day),
                annex: found.tasks.iter().map(row).collect(),
                waiting: (found.waiting > 0).then(|| number(w.0, found.waiting)),
            })
        })
        .await?;
    page(view.w, &view)
}
