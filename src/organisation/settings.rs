//! The tenant's name, the head of its documents, how it counts, who must have a second factor.

use serde_json::{Value, json};

use crate::auth::Member;
use crate::db::TenantConn;
use crate::domain::calendar::RollRule;
use crate::domain::period::PeriodKind;
use crate::domain::preference::SendTime;
use crate::domain::two_factor::FactorRule;
use crate::domain::words::tidy;
use crate::error::{ParameterFault, ParameterProblem, Refusal, Result};
use crate::journal::{self, Entry};
use crate::params::Params;
use crate::tenants::{self, Counting, PaperHead, Settings, is_name};

/// The most working days before a deadline from which a task may be due soon.
const MOST_DAYS: u32 = 30;

fn told(conn: &mut TenantConn<'_>, member: &Member, before: Value, after: Value) -> Result<()> {
    journal::append(conn, &[Entry::settings(member.actor(), before, after)])
}

/// Gives the tenant another name.
///
/// # Errors
/// It is blank or too long.
pub fn change_name(
    conn: &mut TenantConn<'_>,
    member: &Member,
    settings: &Settings,
    typed: &str,
) -> Result<()> {
    let name = tidy(typed);
    if !is_name(&name) {
        let problem =
            if name.is_empty() { ParameterProblem::Missing } else { ParameterProblem::TooLong(200) };
        return Err(Refusal::Parameters(vec![ParameterFault { name: "name".to_owned(), problem }]).into());
    }
    if name == settings.name {
        return Ok(());
    }
    tenants::set_name(conn, &name)?;
    told(conn, member, json!({ "name": settings.name }), json!({ "name": name }))
}

/// Says what stands at the head of documents: the body above the office, the place; what is blank is not said.
///
/// # Errors
/// A field is too long.
pub fn change_paper_head(
    conn: &mut TenantConn<'_>,
    member: &Member,
    settings: &Settings,
    params: &mut Params,
) -> Result<()> {
    let mut text = |name| params.text(name).map(|typed| tidy(&typed)).filter(|typed| !typed.is_empty());
    let after = PaperHead { superior: text("superior"), place: text("letter_place") };
    let typed = [("superior", &after.superior), ("letter_place", &after.place)];
    let faults: Vec<ParameterFault> = typed
        .into_iter()
        .filter(|(_, typed)| typed.as_deref().is_some_and(|typed| !is_name(typed)))
        .map(|(name, _)| ParameterFault { name: name.to_owned(), problem: ParameterProblem::TooLong(200) })
        .collect();
    if !faults.is_empty() {
        return Err(Refusal::Parameters(faults).into());
    }
    let before = &settings.paper_head;
    if after == *before {
        return Ok(());
    }
    tenants::set_paper_head(conn, &after)?;
    let shown = |head: &PaperHead| json!({ "superior": head.superior, "letter_place": head.place });
    told(conn, member, shown(before), shown(&after))
}

/// The largest number of a day of a month.
const LAST_DAY: u32 = 31;

/// How the tenant shall count, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[allow(missing_docs)] // The fields are those of the form.
pub struct CountingInput {
    pub due_soon_days: String,
    pub period_kind: String,
    pub roll_rule: String,
    /// Blank: the last working day of the period.
    pub briefing_day: String,
}

impl CountingInput {
    /// Takes a form's fields.
    pub fn take(params: &mut Params) -> Self {
        let mut text = |name| params.text(name).unwrap_or_default();
        Self {
            due_soon_days: text("due_soon_days"),
            period_kind: text("period_kind"),
            roll_rule: text("roll_rule"),
            briefing_day: text("briefing_day"),
        }
    }

    fn check(&self) -> Result<Counting> {
        let days = self.due_soon_days.parse().ok().filter(|days| *days <= MOST_DAYS);
        let (period, roll) = (PeriodKind::from_code(&self.period_kind), RollRule::from_code(&self.roll_rule));
        let briefing_day = match self.briefing_day.as_str() {
            "" => Some(None),
            typed => typed.parse().ok().filter(|day| (1..=LAST_DAY).contains(day)).map(Some),
        };
        if let (Some(due_soon_days), Some(period_kind), Some(roll_rule), Some(briefing_day)) =
            (days, period, roll, briefing_day)
        {
            return Ok(Counting { due_soon_days, period_kind, roll_rule, briefing_day });
        }
        let wrong = [
            (days.is_none(), "due_soon_days", ParameterProblem::NotBetween(0, MOST_DAYS)),
            (period.is_none(), "period_kind", ParameterProblem::Missing),
            (roll.is_none(), "roll_rule", ParameterProblem::Missing),
            (briefing_day.is_none(), "briefing_day", ParameterProblem::NotBetween(1, LAST_DAY)),
        ];
        let faults = wrong.into_iter().filter(|(is_wrong, _, _)| *is_wrong);
        let faults = faults.map(|(_, name, problem)| ParameterFault { name: name.to_owned(), problem });
        Err(Refusal::Parameters(faults.collect()).into())
    }
}

/// Says how the tenant counts.
///
/// # Errors
/// A field is wrong.
pub fn change_counting(
    conn: &mut TenantConn<'_>,
    member: &Member,
    settings: &Settings,
    typed: &CountingInput,
) -> Result<()> {
    let after = typed.check()?;
    let before = Counting {
        due_soon_days: settings.due_soon_days,
        period_kind: settings.period_kind,
        roll_rule: settings.roll_rule,
        briefing_day: settings.briefing_day,
    };
    if after == before {
        return Ok(());
    }
    tenants::set_counting(conn, after)?;
    let shown = |counting: Counting| {
        json!({
            "due_soon_days": counting.due_soon_days, "period_kind": counting.period_kind.code(),
            "roll_rule": counting.roll_rule.code(), "briefing_day": counting.briefing_day,
        })
    };
    told(conn, member, shown(before), shown(after))
}

/// Says when the daily digest is sent, `07:00` as typed.
///
/// # Errors
/// It is no quarter of an hour from 05:00 to 08:00.
pub fn change_digest_hour(
    conn: &mut TenantConn<'_>,
    member: &Member,
    settings: &Settings,
    typed: &str,
) -> Result<()> {
    let Some(time) = SendTime::parse(typed).filter(|time| time.may_be_tenants()) else {
        let may = SendTime::all().filter(|time| time.may_be_tenants()).map(|time| time.to_string());
        let problem = ParameterProblem::NotOneOf(may.collect::<Vec<_>>().join(", "));
        let fault = ParameterFault { name: "digest_hour".to_owned(), problem };
        return Err(Refusal::Parameters(vec![fault]).into());
    };
    if time == settings.digest_hour {
        return Ok(());
    }
    tenants::set_digest_hour(conn, time)?;
    let shown = |time: SendTime| json!({ "digest_hour": time.to_string() });
    told(conn, member, shown(settings.digest_hour), shown(time))
}

/// Says who must have a second factor.
///
/// # Errors
/// Who asks has not proved who they are lately.
pub fn change_factor_rule(
    conn: &mut TenantConn<'_>,
    member: &Member,
    settings: &Settings,
    rule: FactorRule,
) -> Result<()> {
    member.must_be_proved()?;
    if rule == settings.factor_rule {
        return Ok(());
    }
    tenants::set_factor_rule(conn, rule)?;
    let shown =
        |rule: FactorRule| json!({ "two_factor": rule.required, "two_factor_heads": rule.unit_heads });
    told(conn, member, shown(settings.factor_rule), shown(rule))
}
