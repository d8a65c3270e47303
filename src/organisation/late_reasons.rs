//! The list of reasons for lateness, as an administrator writes it.

use serde_json::{Value, json};

use crate::auth::Member;
use crate::db::TenantConn;
use crate::domain::late_reason::{LateReason, MOST_REASONS};
use crate::domain::task::LateReasonKind;
use crate::domain::words::{key, tidy};
use crate::error::{ParameterFault, ParameterProblem, Refusal, Result};
use crate::journal::{self, Entry};
use crate::late_reasons;
use crate::params::Params;

/// The most characters of a reason.
const LONGEST: usize = 200;

/// A line of the form as typed; one without words is no reason.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[allow(missing_docs)] // The fields are those of the form: `kind_0`, `category_0`, `active_0` …
pub struct ReasonLine {
    pub kind: String,
    pub category: String,
    pub is_active: bool,
}

/// The whole form, its lines in their order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReasonsInput {
    /// As many lines as a list may have.
    pub lines: Vec<ReasonLine>,
}

impl ReasonsInput {
    /// Takes a form's fields.
    pub fn take(params: &mut Params) -> Self {
        let mut line = |n: usize| ReasonLine {
            kind: params.text(&format!("kind_{n}")).unwrap_or_default(),
            category: tidy(&params.text(&format!("category_{n}")).unwrap_or_default()),
            is_active: params.text(&format!("active_{n}")).is_some(),
        };
        Self { lines: (0..MOST_REASONS).map(&mut line).collect() }
    }

    /// The form of a list.
    pub fn of(list: &[LateReason]) -> Self {
        let line = |reason: &LateReason| ReasonLine {
            kind: reason.kind.code().to_owned(),
            category: reason.category.clone(),
            is_active: reason.is_active,
        };
        let mut lines: Vec<ReasonLine> = list.iter().map(line).collect();
        lines.resize(MOST_REASONS.max(lines.len()), ReasonLine { is_active: true, ..ReasonLine::default() });
        Self { lines }
    }

    fn check(&self) -> Result<Vec<LateReason>> {
        let (mut reasons, mut faults) = (Vec::<LateReason>::new(), Vec::new());
        let mut fault = |name: String, problem| faults.push(ParameterFault { name, problem });
        for (n, line) in self.lines.iter().enumerate().filter(|(_, line)| !line.category.is_empty()) {
            let category = &line.category;
            if category.chars().count() > LONGEST || category.chars().any(char::is_control) {
                fault(format!("category_{n}"), ParameterProblem::TooLong(LONGEST));
            } else if reasons.iter().any(|other| key(&other.category) == key(category)) {
                fault(format!("category_{n}"), ParameterProblem::Repeated);
            }
            match LateReasonKind::from_code(&line.kind) {
                Some(kind) => {
                    reasons.push(LateReason { kind, category: category.clone(), is_active: line.is_active });
                }
                None => fault(format!("kind_{n}"), ParameterProblem::Missing),
            }
        }
        if !reasons.iter().any(|reason| reason.is_active) && faults.is_empty() {
            let problem = ParameterProblem::Missing;
            faults.push(ParameterFault { name: "category_0".to_owned(), problem });
        }
        if faults.is_empty() { Ok(reasons) } else { Err(Refusal::Parameters(faults).into()) }
    }
}

/// Gives the tenant the list of a form.
///
/// # Errors
/// A line is wrong, or nothing is left to choose; nothing is changed then.
pub fn change_late_reasons(conn: &mut TenantConn<'_>, member: &Member, typed: &ReasonsInput) -> Result<()> {
    let after = typed.check()?;
    let before = late_reasons::list(conn)?;
    if after == before {
        return Ok(());
    }
    late_reasons::replace(conn, &after)?;
    journal::append(
        conn,
        &[Entry::settings(
            member.actor(),
            json!({ "late_reasons": shown(&before) }),
            json!({ "late_reasons": shown(&after) }),
        )],
    )
}

/// Each reason as `objective: …`; one that can't be chosen in brackets.
fn shown(reasons: &[LateReason]) -> Value {
    let reason = |reason: &LateReason| {
        let words = format!("{}: {}", reason.kind.code(), reason.category);
        if reason.is_active { words } else { format!("({words})") }
    };
    reasons.iter().map(reason).collect::<Vec<_>>().join("; ").into()
}
