//! The evaluation of units as a page: figures with their tasks, and how each score came.

pub mod files;
pub mod unit;

use uuid::Uuid;

use super::briefings::views::shown;
use super::people::field;
use super::shell::around;
use super::{PageResult, misread, page};
use crate::db::TenantConn;
use crate::domain::evaluation::{Evaluation, Formula, Scope, Scored, Span};
use crate::domain::standing::Standing;
use crate::domain::task::Category;
use crate::error::{ParameterFault, Result};
use crate::evaluations::{self, Asked, Typed, report};
use crate::http::{Caller, Visit};
use crate::pages::{
    Choice, EvaluationForm, EvaluationPage, EvaluationRow, Field, Issuer, Link, Num, UnitSentence, Words,
};
use crate::tasks::links::TaskQuery;
use crate::tenants::Settings;
use crate::text::{Lang, date, evaluation as words, vocabulary};

/// The page.
pub const PLACE: &str = "/evaluation";

/// How many quarters and years before the present ones the form offers.
const QUARTERS_BACK: usize = 8;
const YEARS_BACK: usize = 3;

/// The address of a page or file of what is asked.
fn address(path: &str, asked: &Asked) -> String {
    format!("{PLACE}{path}?{}", asked.query())
}

/// What the address asks for.
fn typed(visit: &Visit) -> Result<Typed> {
    let mut params = visit.params();
    let typed = Typed::take(&mut params);
    params.finish()?;
    Ok(typed)
}

/// What the address asks for on this day.
fn strictly(visit: &Visit, settings: &Settings) -> Result<Asked> {
    typed(visit)?.strictly(settings.period_kind, settings.today(&visit.service.app.clock))
}

/// The units of a period, of the present quarter when nothing is asked.
pub async fn show(caller: Caller, visit: Visit) -> PageResult {
    let view = caller
        .run(move |conn, member, settings| {
            let w = Words(visit.lang_of(member.lang));
            let typed = typed(&visit)?;
            let (kind, today) = (settings.period_kind, settings.today(&visit.service.app.clock));
            let (asked, faults) = typed.read(kind, today);
            let present = Span::present(today, kind);
            let form = form(w, &typed, &asked, present, &faults);
            view(w, conn, around(&visit, w, member, settings), settings, &asked, form)
        })
        .await?;
    if view.form.faults().is_empty() { page(view.w, &view) } else { misread(view.w, &view) }
}

fn view(
    w: Words,
    conn: &mut TenantConn<'_>,
    shell: crate::pages::Shell,
    settings: &Settings,
    asked: &Asked,
    form: EvaluationForm,
) -> Result<EvaluationPage> {
    let all = evaluations::evaluate(conn, asked)?;
    let columns = report::columns(w.0, all.formula);
    let [basis, results] = report::paragraphs(w.0, &all);
    let keys: Vec<&'static str> = columns.iter().map(|column| column.key).collect();
    let figures = |unit: Option<(Uuid, &str)>, rank, scored: &Scored| -> Vec<Num> {
        let cells = report::row(w.0, all.formula, rank, scored);
        let behind = Behind { asked, unit };
        keys.iter().zip(&cells).map(|(key, cell)| behind.num(key, shown(w.0, cell))).collect()
    };
    let row = |unit: &crate::domain::evaluation::UnitScored| EvaluationRow {
        unit: Link { text: unit.unit.short_name.clone(), href: unit::place(unit.unit.id, asked) },
        name: unit.unit.name.clone(),
        cells: figures(Some((unit.unit.id, &unit.unit.short_name)), unit.rank, &unit.scored),
    };
    Ok(EvaluationPage {
        w,
        shell,
        form,
        issuer: Issuer { superior: settings.superior().to_owned(), body: w.issuing_office().to_owned() },
        title: words::title(w.0, all.review.span),
        cutoff: date(all.review.cutoff),
        files: files::links(asked),
        basis,
        results,
        units: all.units.iter().map(row).collect(),
        total: figures(None, None, &all.total),
        sentences: sentences(w.0, &all, asked),
        columns: columns.into_iter().map(|column| column.heading).collect(),
    })
}

/// The formula with each unit's numbers put in; of those with a score.
fn sentences(lang: Lang, all: &Evaluation, asked: &Asked) -> Vec<UnitSentence> {
    let scored = all.units.iter().filter(|unit| unit.rank.is_some());
    let sentence = |unit: &crate::domain::evaluation::UnitScored| UnitSentence {
        unit: Link { text: unit.unit.short_name.clone(), href: unit::place(unit.unit.id, asked) },
        text: words::sentence(lang, all.formula, &unit.scored),
    };
    scored.map(sentence).collect()
}

/// The tasks behind the figures of a unit, or of all.
struct Behind<'a> {
    asked: &'a Asked,
    unit: Option<(Uuid, &'a str)>,
}

impl Behind<'_> {
    /// A figure with the address of its tasks; what counts nothing leads nowhere.
    fn num(&self, key: &str, text: String) -> Num {
        let num = Num::plain(text);
        match self.href(key) {
            Some(href) if !num.is_nought() => Num { href: Some(href), ..num },
            _ => num,
        }
    }

    fn href(&self, key: &str) -> Option<String> {
        let query = match key {
            "reached" => self.tasks().with("standing", "reached"),
            // What is completed by the day of the list is completed by the cut-off.
            "completed" => self.tasks().with("completed_to", self.asked.review.cutoff),
            "on_time" => self.standing(Standing::CompletedOnTime),
            "on_time_original" => self.tasks().with("standing", "on_time_original"),
            "completed_late" => self.standing(Standing::CompletedLate),
            "overdue" => self.standing(Standing::Overdue),
            "waiting" => self.waiting(),
            "score" | "late_days" | "delays" => return self.unit.map(|(id, _)| unit::place(id, self.asked)),
            _ => return None,
        };
        Some(query.href())
    }

    /// Those due in the period.
    fn tasks(&self) -> TaskQuery {
        let review = &self.asked.review;
        let mut query = TaskQuery::on(review.cutoff);
        if self.asked.scope == Scope::Key {
            query = query.with("category", Category::Key.code());
        }
        if let Some((_, short_name)) = self.unit {
            query = query.with("unit", short_name);
        }
        query.with("due_from", review.period.first).with("due_to", review.period.last)
    }

    fn standing(&self, standing: Standing) -> TaskQuery {
        self.tasks().with("standing", standing.code())
    }

    /// Reported in time and due before the cut-off: a task that is not overdue is 0 days late.
    fn waiting(&self) -> TaskQuery {
        let review = &self.asked.review;
        let before = review.cutoff.pred_opt().unwrap_or(review.cutoff);
        let query = self.tasks().with("standing", "waiting").with("late_to", 0);
        query.with("due_to", review.period.last.min(before))
    }
}

fn form(w: Words, typed: &Typed, asked: &Asked, present: Span, faults: &[ParameterFault]) -> EvaluationForm {
    let fault = |name: &str| field(w, faults, name, "").error;
    let choice = |code: &str, text: &str, selected: bool| Choice {
        value: code.to_owned(),
        text: text.to_owned(),
        selected,
    };
    let cutoff = typed.cutoff.clone().filter(|_| !faults.is_empty());
    EvaluationForm {
        action: PLACE.to_owned(),
        periods: periods(w.0, present, asked.review.span),
        period_error: fault("period"),
        cutoff: match cutoff {
            Some(typed) => field(w, faults, "cutoff", &typed),
            None => Field::of(date(asked.review.cutoff)),
        },
        formulas: Formula::ALL
            .iter()
            .map(|one| choice(one.code(), words::formula(w.0, *one), *one == asked.formula))
            .collect(),
        formula_error: fault("formula"),
        tasks: Scope::ALL
            .iter()
            .map(|one| choice(one.code(), words::scope(w.0, *one), *one == asked.scope))
            .collect(),
        tasks_error: fault("tasks"),
    }
}

/// The quarters to choose from, the newest first, and the years below them; an older one that is shown stands last.
fn periods(lang: Lang, present: Span, shown: Span) -> Vec<Choice> {
    let back = |from: Span, count: usize| {
        std::iter::successors(Some(from), |span| Some(span.previous())).take(count + 1)
    };
    let offered: Vec<Span> =
        back(present, QUARTERS_BACK).chain(back(Span::of_year(present.year()), YEARS_BACK)).collect();
    let older = (!offered.contains(&shown)).then_some(shown);
    let choice = |span: Span| Choice {
        value: span.to_string(),
        text: vocabulary::capitalised(&words::span(lang, span)),
        selected: span == shown,
    };
    offered.into_iter().chain(older).map(choice).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::period::PeriodKind;

    #[test]
    fn quarters_and_years_are_offered_and_what_is_shown_is_among_them() {
        let span = |text: &str| Span::parse(text).unwrap();
        let of = |shown| -> Vec<String> {
            periods(Lang::Vi, span("2026-Q4"), span(shown)).into_iter().map(|choice| choice.value).collect()
        };
        let usual = of("2026-Q3");
        assert_eq!((usual.len(), usual[0].as_str(), usual[8].as_str()), (13, "2026-Q4", "2024-Q4"));
        assert_eq!(usual[9..], ["2026", "2025", "2024", "2023"]);
        assert_eq!(of("2019").last().map(String::as_str), Some("2019"));
        let all = Typed::default().read(PeriodKind::CalendarMonth, "2026-11-22".parse().unwrap()).0;
        let behind = Behind { asked: &all, unit: Some((Uuid::nil(), "CVT")) };
        assert_eq!(
            behind.num("reached", "7".to_owned()).href.as_deref(),
            Some(
                "/tasks?as_of=2026-11-22&category=key&unit=CVT&due_from=2026-10-01&due_to=2026-12-31&standing=reached"
            )
        );
        assert_eq!(behind.num("reached", "0".to_owned()).href, None);
        assert_eq!(Behind { asked: &all, unit: None }.num("delays", "7".to_owned()).href, None);
    }
}
