//! The ladder as an administrator sets it.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{ladder, store};
use crate::auth::Member;
use crate::db::TenantConn;
use crate::domain::ladder::{DayCount, Ladder, LadderFault, MOST_DAYS, MOST_STEPS, Step, Told};
use crate::error::{ParameterFault, ParameterProblem, Refusal, Result};
use crate::journal::{self, Entry};
use crate::params::Params;

/// A line of the form, as typed; blank days are no step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineInput {
    /// How many days.
    pub days: String,
    /// `before` or `after`.
    pub side: String,
    /// The code of a count.
    pub count: String,
    /// Who is told.
    pub told: BTreeSet<Told>,
}

/// The whole form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LadderInput {
    /// As many lines as a ladder may have.
    pub lines: Vec<LineInput>,
}

impl LadderInput {
    /// Takes a form's fields.
    pub fn take(params: &mut Params) -> Self {
        let mut line = |n: usize| LineInput {
            days: params.text(&format!("days_{n}")).unwrap_or_default(),
            side: params.text(&format!("side_{n}")).unwrap_or_default(),
            count: params.text(&format!("count_{n}")).unwrap_or_default(),
            told: Told::ALL
                .iter()
                .copied()
                .filter(|told| params.text(&format!("{}_{n}", told.code())).is_some())
                .collect(),
        };
        Self { lines: (0..MOST_STEPS).map(&mut line).collect() }
    }

    fn check(&self) -> Result<Ladder> {
        let (mut steps, mut places, mut faults) = (Vec::new(), Vec::new(), Vec::new());
        for (n, line) in self.lines.iter().enumerate().filter(|(_, line)| !line.days.is_empty()) {
            match line.step() {
                Ok(step) => {
                    steps.push(step);
                    places.push(n);
                }
                Err(problem) => faults.push(fault(n, problem)),
            }
        }
        let at = |place: usize| places.get(place).copied().unwrap_or_default();
        let wrong = |found: LadderFault| match found {
            LadderFault::Length => fault(0, ParameterProblem::Missing),
            LadderFault::TooFar(place) => fault(at(place), ParameterProblem::NotBetween(0, MOST_DAYS)),
            LadderFault::Nobody(place) => fault(at(place), ParameterProblem::NobodyTold),
            LadderFault::Repeated(place) => fault(at(place), ParameterProblem::Repeated),
        };
        let is_read = faults.is_empty();
        match Ladder::of(steps) {
            Ok(ladder) if is_read => Ok(ladder),
            // Without the lines that can't be read, what is left may look empty.
            Err(found) => {
                let found = found.into_iter().filter(|fault| is_read || *fault != LadderFault::Length);
                faults.extend(found.map(wrong));
                Err(Refusal::Parameters(faults).into())
            }
            Ok(_) => Err(Refusal::Parameters(faults).into()),
        }
    }
}

impl LineInput {
    fn step(&self) -> std::result::Result<Step, ParameterProblem> {
        let days = self.days.parse::<i32>().ok().filter(|days| (0..=MOST_DAYS.cast_signed()).contains(days));
        let days = days.ok_or(ParameterProblem::NotBetween(0, MOST_DAYS))?;
        let count = DayCount::from_code(&self.count).ok_or(ParameterProblem::Missing)?;
        let days = if self.side == "before" { -days } else { days };
        Ok(Step { days, count, told: self.told.clone() })
    }
}

fn fault(line: usize, problem: ParameterProblem) -> ParameterFault {
    ParameterFault { name: format!("days_{line}"), problem }
}

/// Sets the ladder as a whole.
///
/// # Errors
/// A line is wrong; nothing is changed then.
pub fn change_ladder(conn: &mut TenantConn<'_>, member: &Member, typed: &LadderInput) -> Result<()> {
    let after = typed.check()?;
    let before = ladder(conn)?;
    if after == before {
        return Ok(());
    }
    store::replace_steps(conn, after.steps())?;
    journal::append(
        conn,
        &[Entry::settings(
            member.person.to_string(),
            json!({ "ladder": shown(&before) }),
            json!({ "ladder": shown(&after) }),
        )],
    )
}

/// Each step as `-7 working contact`.
fn shown(ladder: &Ladder) -> Value {
    let step = |step: &Step| {
        let told: Vec<&str> = step.told.iter().map(|told| told.code()).collect();
        format!("{} {} {}", step.days, step.count.code(), told.join("+"))
    };
    ladder.steps().iter().map(step).collect::<Vec<_>>().join(", ").into()
}
