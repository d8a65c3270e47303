//! What is asked for: a period, its cut-off, a formula, which tasks; read as an address has them.

use chrono::NaiveDate;

use crate::domain::deadline::parse_date;
use crate::domain::evaluation::{Formula, Review, Scope, Span};
use crate::domain::period::PeriodKind;
use crate::error::{ParameterFault, ParameterProblem, Refusal, Result};
use crate::params::Params;

/// What an address says, as typed; what is absent or blank has its usual value.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Typed {
    /// `2026-Q3` or `2026`; the present quarter.
    pub period: Option<String>,
    /// `29/11/2026` or `2026-11-29`; the last day of the period, or today when that comes first.
    pub cutoff: Option<String>,
    /// A code; the formula in force in the period's year.
    pub formula: Option<String>,
    /// A code; key tasks.
    pub tasks: Option<String>,
}

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// The period and its cut-off.
    pub review: Review,
    /// How the score comes.
    pub formula: Formula,
    /// Which tasks count.
    pub scope: Scope,
}

impl Asked {
    /// As the query of an address.
    pub fn query(&self) -> String {
        let Review { span, cutoff, .. } = self.review;
        format!("period={span}&cutoff={cutoff}&formula={}&tasks={}", self.formula.code(), self.scope.code())
    }
}

impl Typed {
    /// Takes the parameters of an address.
    pub fn take(params: &mut Params) -> Self {
        Self {
            period: params.text("period"),
            cutoff: params.text("cutoff"),
            formula: params.text("formula"),
            tasks: params.text("tasks"),
        }
    }

    /// What is asked on a day, for a tenant that counts months in its way; the usual in place of what is wrong, with
    /// the faults.
    pub fn read(&self, kind: PeriodKind, today: NaiveDate) -> (Asked, Vec<ParameterFault>) {
        let mut faults = Vec::new();
        let mut fault = |name: &str, problem| faults.push(ParameterFault { name: name.to_owned(), problem });
        let begun = |span: &Span| span.period(kind).first <= today;
        let span = match &self.period {
            None => None,
            Some(typed) => {
                let span = Span::parse(typed).filter(begun);
                if span.is_none() {
                    fault("period", ParameterProblem::NotASpan);
                }
                span
            }
        };
        let is_wrong = self.period.is_some() && span.is_none();
        let span = span.unwrap_or(Span::present(today, kind));
        let period = span.period(kind);
        let mut cutoff = period.last.min(today);
        match self.cutoff.as_deref().map(parse_date) {
            // Which days are right depends on the period: while that is wrong, the date is only shown again.
            None => {}
            Some(_) if is_wrong => {}
            Some(Ok(day)) if period.first <= day && day <= today => cutoff = day,
            Some(Ok(_)) => fault("cutoff", ParameterProblem::OutOfRange(period.first, today)),
            Some(Err(unreadable)) => fault("cutoff", ParameterProblem::NotADate(unreadable)),
        }
        let formula = coded(self.formula.as_deref(), Formula::from_code);
        let scope = coded(self.tasks.as_deref(), Scope::from_code);
        if formula.is_err() {
            fault("formula", not_one_of(Formula::ALL, Formula::code));
        }
        if scope.is_err() {
            fault("tasks", not_one_of(Scope::ALL, Scope::code));
        }
        let asked = Asked {
            review: Review { span, period, cutoff },
            formula: formula.ok().flatten().unwrap_or(Formula::of_year(span.year())),
            scope: scope.ok().flatten().unwrap_or(Scope::Key),
        };
        (asked, faults)
    }

    /// What is asked on a day.
    ///
    /// # Errors
    /// Every fault.
    pub fn strictly(&self, kind: PeriodKind, today: NaiveDate) -> Result<Asked> {
        let (asked, faults) = self.read(kind, today);
        if faults.is_empty() { Ok(asked) } else { Err(Refusal::Parameters(faults).into()) }
    }
}

/// The value of a code, none when nothing was typed.
fn coded<T>(
    typed: Option<&str>,
    from_code: impl Fn(&str) -> Option<T>,
) -> std::result::Result<Option<T>, ()> {
    typed.map(|code| from_code(code).ok_or(())).transpose()
}

fn not_one_of<T: Copy>(all: &[T], code: impl Fn(T) -> &'static str) -> ParameterProblem {
    ParameterProblem::NotOneOf(all.iter().map(|one| code(*one)).collect::<Vec<_>>().join(" | "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn typed(period: &str, cutoff: &str) -> Typed {
        let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Typed { period: text(period), cutoff: text(cutoff), ..Typed::default() }
    }

    fn read(typed: &Typed) -> (Asked, Vec<&'static str>) {
        let (asked, faults) = typed.read(PeriodKind::CalendarMonth, day("2026-11-22"));
        let name = |fault: &ParameterFault| {
            ["period", "cutoff", "formula", "tasks"].into_iter().find(|name| fault.name == *name).unwrap()
        };
        (asked, faults.iter().map(name).collect())
    }

    #[test]
    fn an_empty_address_asks_for_the_present_quarter_until_today() {
        let (asked, faults) = read(&Typed::default());
        assert_eq!(asked.query(), "period=2026-Q4&cutoff=2026-11-22&formula=decree_335&tasks=key");
        assert!(faults.is_empty());
        let (asked, _) = read(&typed("2025", ""));
        assert_eq!(asked.query(), "period=2025&cutoff=2025-12-31&formula=decree_90&tasks=key");
        let (asked, faults) = read(&typed("2026-Q3", "10/11/2026"));
        assert_eq!((asked.review.cutoff, faults.len()), (day("2026-11-10"), 0), "what was confirmed since");
    }

    #[test]
    fn what_is_wrong_is_named_and_the_usual_stands_in_its_place() {
        for (wrong, names) in [
            (typed("2026-Q5", ""), vec!["period"]),
            (typed("2027", "1/1/2026"), vec!["period"]),
            (typed("2026-Q3", "30/6/2026"), vec!["cutoff"]),
            (typed("2026-Q3", "23/11/2026"), vec!["cutoff"]),
            (typed("2026-Q3", "hôm qua"), vec!["cutoff"]),
            (
                Typed { formula: Some("x".into()), tasks: Some("x".into()), ..Typed::default() },
                vec!["formula", "tasks"],
            ),
        ] {
            let (asked, faults) = read(&wrong);
            assert_eq!(faults, names, "{wrong:?}");
            assert!(asked.review.period.first <= asked.review.cutoff, "{wrong:?}");
            assert!(wrong.strictly(PeriodKind::CalendarMonth, day("2026-11-22")).is_err());
        }
    }
}
