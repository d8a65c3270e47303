//! The choice of a month and a cut-off: what was typed, read; and the form, with its faults beside the fields.

use std::iter::successors;

use chrono::NaiveDate;

use super::figures;
use crate::briefings::{Days, Request};
use crate::domain::period::{Month, PeriodKind};
use crate::http::Visit;
use crate::pages::{Choice, Field, PeriodForm};
use crate::tenants::Settings;
use crate::text;
use crate::text::pages::Words;

/// How many months before the present one the form offers.
const MONTHS_BACK: usize = 24;

/// What an address asks for, as typed.
#[derive(Debug, Clone, Copy, Default)]
pub struct Typed<'a> {
    /// `2024-11`; the present month when absent or blank.
    pub month: Option<&'a str>,
    /// `29/11/2024` or `2024-11-29`; today, or the end of an earlier month, when absent or blank.
    pub cutoff: Option<&'a str>,
}

/// What is shown: as asked, and where that can't be read or is no cut-off of the month, what an empty address asks.
#[derive(Debug, Clone)]
pub struct Chosen {
    /// The month and cut-off.
    pub request: Request,
    /// The form, with what is wrong in it (`PeriodForm::faults`).
    pub form: PeriodForm,
}

/// What a page's address asks for.
pub(super) fn asked(visit: &Visit, w: Words, action: &str, settings: &Settings) -> Chosen {
    let mut params = visit.params();
    let (month, cutoff) = (params.text("month"), params.text("cutoff"));
    let typed = Typed { month: month.as_deref(), cutoff: cutoff.as_deref() };
    choose(w, action, settings.period_kind, settings.today(&visit.service.app.clock), typed)
}

/// Reads a month and a cut-off on a day, for a tenant that counts months in its way, and makes the form.
pub fn choose(w: Words, action: &str, kind: PeriodKind, today: NaiveDate, typed: Typed<'_>) -> Chosen {
    let days = Days { kind, today };
    let present = days.present_month();
    let (month, month_fault) = match given(typed.month).map(|words| days.read_month(words)) {
        None => (present, None),
        Some(Ok(month)) => (month, None),
        Some(Err(fault)) => (present, Some(fault)),
    };
    let usual = days.usual_cutoff(month);
    let (cutoff, field) = match given(typed.cutoff).map(|words| (words, days.read_cutoff(words, month))) {
        None => (usual, Field::of(text::date(usual))),
        Some((_, Ok(cutoff))) => (cutoff, Field::of(text::date(cutoff))),
        // Which days are right depends on the month: while that is wrong, the date is only shown again.
        Some((words, Err(_))) if month_fault.is_some() => (usual, Field::of(words)),
        Some((words, Err(fault))) => (usual, Field::faulty(words, w.request_fault(fault))),
    };
    let form = PeriodForm {
        action: action.to_owned(),
        months: months(w, present, month),
        month_error: month_fault.map(|fault| w.request_fault(fault)),
        cutoff: field,
    };
    Chosen { request: Request { month, cutoff }, form }
}

/// What was typed, if anything was.
fn given(typed: Option<&str>) -> Option<&str> {
    typed.map(str::trim).filter(|words| !words.is_empty())
}

/// The months to choose from, the newest first; an older one that is shown stands below them.
fn months(w: Words, present: Month, shown: Month) -> Vec<Choice> {
    let offered: Vec<Month> =
        successors(Some(present), |month| Some(month.previous())).take(MONTHS_BACK + 1).collect();
    let older = (!offered.contains(&shown)).then_some(shown);
    let choice = |month: Month| Choice {
        value: month.to_string(),
        text: w.month(&figures::month(month)),
        selected: month == shown,
    };
    offered.into_iter().chain(older).map(choice).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;

    fn chosen(month: &str, cutoff: &str) -> Chosen {
        let typed = Typed { month: Some(month), cutoff: Some(cutoff) };
        let today = "2024-11-29".parse().unwrap();
        choose(Words(Lang::Vi), "/", PeriodKind::CalendarMonth, today, typed)
    }

    fn asked(chosen: &Chosen) -> (String, String) {
        (chosen.request.month.to_string(), chosen.request.cutoff.to_string())
    }

    #[test]
    fn an_empty_address_asks_for_the_present_month_until_today() {
        let now = chosen("", " ");
        assert_eq!(asked(&now), ("2024-11".into(), "2024-11-29".into()));
        assert_eq!((now.form.cutoff.value.as_str(), now.form.faults().len()), ("29/11/2024", 0));
        assert_eq!(now.form.months.len(), 25);
        assert_eq!(now.form.months.iter().filter(|month| month.selected).count(), 1);
        assert_eq!(
            (now.form.months[0].text.as_str(), now.form.months[24].value.as_str()),
            ("Tháng 11/2024", "2022-11")
        );
        assert_eq!(asked(&chosen("2024-10", "")), ("2024-10".into(), "2024-10-31".into()));
    }

    #[test]
    fn what_was_typed_comes_back_with_its_fault_and_the_usual_figures() {
        let wrong = chosen("2024-11", "31/11/2024");
        assert_eq!(asked(&wrong), ("2024-11".into(), "2024-11-29".into()));
        assert_eq!(wrong.form.cutoff.value, "31/11/2024");
        assert_eq!(wrong.form.faults().len(), 1);
        let ahead = chosen("2024-12", "28/11/2024");
        assert_eq!(asked(&ahead), ("2024-11".into(), "2024-11-28".into()));
        assert_eq!(ahead.form.faults().iter().map(|fault| fault.field).collect::<Vec<_>>(), ["month"]);
    }

    #[test]
    fn an_old_month_is_offered_when_it_is_shown() {
        let old = chosen("2019-03", "1/4/2019");
        assert_eq!(asked(&old), ("2019-03".into(), "2019-04-01".into()));
        assert!(old.form.months.last().is_some_and(|month| month.selected && month.value == "2019-03"));
    }
}
