//! What is typed to add a person or a post, checked: every fault at once, by the name of its field.

use chrono::NaiveDate;
use uuid::Uuid;

use super::model::Post;
use crate::domain::access::Role;
use crate::domain::words::tidy;
use crate::error::{ParameterFault, ParameterProblem};
use crate::params::Params;
use crate::tenants::{is_email, is_name};

/// A post as typed: `role`, `unit` (its id), `from`, `until`; or `deputy_for` (a post's id), which gives role and unit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[allow(missing_docs)] // The fields are those of the form.
pub struct PostInput {
    pub role: String,
    pub unit: String,
    pub from: String,
    pub until: String,
    pub deputy_for: String,
}

/// A person as typed, with a first post.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[allow(missing_docs)] // The fields are those of the form.
pub struct PersonInput {
    pub name: String,
    pub email: String,
    pub post: PostInput,
}

/// A post that may be given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPost {
    pub(super) role: Role,
    pub(super) unit: Option<Uuid>,
    pub(super) from_on: NaiveDate,
    pub(super) until_on: Option<NaiveDate>,
    pub(super) deputy_for: Option<Uuid>,
}

impl PostInput {
    /// Takes a form's fields.
    pub fn take(params: &mut Params) -> Self {
        let mut text = |name| params.text(name).unwrap_or_default();
        Self {
            role: text("role"),
            unit: text("unit"),
            from: text("from"),
            until: text("until"),
            deputy_for: text("deputy_for"),
        }
    }

    /// Checks it against the tenant's present units and the posts one can be deputy for; without a first day it
    /// begins `today`.
    ///
    /// # Errors
    /// Every fault at once.
    pub fn check(
        &self,
        units: &[Uuid],
        principals: &[Post],
        today: NaiveDate,
    ) -> Result<NewPost, Vec<ParameterFault>> {
        let mut faults = Vec::new();
        let mut fault = |name: &str, problem| faults.push(ParameterFault { name: name.to_owned(), problem });
        let from_on = day("from", &self.from, &mut fault).unwrap_or(today);
        let until_on = day("until", &self.until, &mut fault);
        if until_on.is_some_and(|until| until <= from_on) {
            fault(
                "until",
                ParameterProblem::OutOfRange(from_on.succ_opt().unwrap_or(from_on), NaiveDate::MAX),
            );
        }
        let principal = principals.iter().find(|post| post.id.to_string() == self.deputy_for);
        let (role, unit) = match principal {
            Some(post) => (Some(post.role), post.unit.as_ref().map(|unit| unit.id)),
            None => {
                (Role::from_code(&self.role), units.iter().copied().find(|id| id.to_string() == self.unit))
            }
        };
        if principal.is_none() {
            if !self.deputy_for.is_empty() {
                fault("deputy_for", ParameterProblem::NoSuchPost);
            } else if role.is_none() {
                fault("role", ParameterProblem::Missing);
            }
            let needs_unit = role.is_some_and(|role| !matches!(role, Role::Leader | Role::Admin));
            match (unit, self.unit.is_empty()) {
                (None, false) => fault("unit", ParameterProblem::NoSuchUnit),
                (None, true) if needs_unit => fault("unit", ParameterProblem::Missing),
                _ => {}
            }
        }
        match (role, faults.is_empty()) {
            (Some(role), true) => {
                Ok(NewPost { role, unit, from_on, until_on, deputy_for: principal.map(|post| post.id) })
            }
            _ => Err(faults),
        }
    }
}

fn day(name: &str, typed: &str, fault: &mut impl FnMut(&str, ParameterProblem)) -> Option<NaiveDate> {
    if typed.is_empty() {
        return None;
    }
    crate::domain::deadline::parse_date(typed)
        .map_err(|wrong| fault(name, ParameterProblem::NotADate(wrong)))
        .ok()
}

impl PersonInput {
    /// Takes a form's fields.
    pub fn take(params: &mut Params) -> Self {
        Self {
            name: tidy(&params.text("name").unwrap_or_default()),
            email: params.text("email").unwrap_or_default().to_lowercase(),
            post: PostInput::take(params),
        }
    }

    /// What is wrong with name and address.
    pub fn faults(&self) -> Vec<ParameterFault> {
        let wrong = [
            ("name", !is_name(&self.name), ParameterProblem::TooLong(200)),
            ("email", !is_email(&self.email), ParameterProblem::NotAnAddress),
        ];
        let fault = |(name, problem): (&str, ParameterProblem), typed: &str| ParameterFault {
            name: name.to_owned(),
            problem: if typed.is_empty() { ParameterProblem::Missing } else { problem },
        };
        let typed = [&self.name, &self.email];
        wrong
            .into_iter()
            .zip(typed)
            .filter(|((_, wrong, _), _)| *wrong)
            .map(|((name, _, problem), typed)| fault((name, problem), typed))
            .collect()
    }
}
