//! The tasks behind a unit's score.

use actix_web::web;
use uuid::Uuid;

use super::{address, strictly};
use crate::error::Denial;
use crate::evaluations::{self, Asked, MOST_TASKS, TaskEvaluated, UnitEvaluated};
use crate::http::{Caller, Visit};
use crate::pages::{EvaluatedRow, EvaluatedUnitPage, Link, Shell, Words};
use crate::site::shell::around;
use crate::site::{PageResult, links, page};
use crate::text::{date, evaluation as words, number, tenths, vocabulary};

/// The page of a unit.
pub(super) fn place(unit: Uuid, asked: &Asked) -> String {
    address(&format!("/{unit}"), asked)
}

/// The tasks of a unit that were reached in a period, each with what it counts for.
pub async fn show(caller: Caller, visit: Visit, id: web::Path<String>) -> PageResult {
    let view = caller
        .run(move |conn, member, settings| {
            let w = Words(visit.lang_of(member.lang));
            let asked = strictly(&visit, settings)?;
            let id = Uuid::parse_str(&id).map_err(|_| Denial::NotFound)?;
            let found = evaluations::of_unit(conn, &asked, id)?;
            Ok(view(w, around(&visit, w, member, settings), &asked, &found))
        })
        .await?;
    page(view.w, &view)
}

fn view(w: Words, shell: Shell, asked: &Asked, found: &UnitEvaluated) -> EvaluatedUnitPage {
    let UnitEvaluated { evaluation, unit, tasks } = found;
    let scored = evaluation.units.iter().filter(|other| other.rank.is_some()).count() as u64;
    let is_cut = unit.scored.tally.reached > tasks.len() as u64;
    EvaluatedUnitPage {
        w,
        shell,
        back: Link { text: w.nav_evaluation().to_owned(), href: address("", asked) },
        title: words::title(w.0, asked.review.span),
        unit: unit.unit.name.clone(),
        rank: unit.rank.map(|rank| {
            let points = words::points(w.0, unit.scored.score);
            format!("{} · {points}", w.evaluated_rank(&rank.to_string(), &number(w.0, scored)))
        }),
        sentence: words::sentence(w.0, asked.formula, &unit.scored),
        explained: words::explained(w.0, asked.formula),
        more: is_cut.then(|| w.evaluated_more(&number(w.0, MOST_TASKS as u64))),
        rows: tasks.iter().map(|task| row(w, asked, evaluation.weights.of(task.product), task)).collect(),
    }
}

fn row(w: Words, asked: &Asked, weight: u32, task: &TaskEvaluated) -> EvaluatedRow {
    let judged = &task.judged;
    let product = vocabulary::capitalised(vocabulary::product(w.0, task.product));
    let earned = judged.tally(asked.review.cutoff).earned(asked.formula, weight);
    EvaluatedRow {
        task: Link { text: task.title.clone(), href: links::task(task.id, Some(asked.review.cutoff)) },
        code: task.code.clone(),
        product: format!("{product}, {}", tenths(w.0, weight)),
        due: date(judged.due_on),
        original_due: judged.original_due_on.filter(|day| *day != judged.due_on).map(date),
        done: judged.completed_on.map(date),
        standing: vocabulary::standing(w.0, judged.standing).to_owned(),
        days: number(w.0, judged.days_late.into()),
        delays: number(w.0, judged.delays.into()),
        earned: words::thousandths(w.0, earned),
    }
}
