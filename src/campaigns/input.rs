//! What is typed of a campaign, checked: every fault at once, by the name of its field.

use chrono::{Months, NaiveDate};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::domain::deadline::{self, Precision};
use crate::domain::task::{Category, ProductKind};
use crate::domain::words::tidy;
use crate::error::{ParameterFault, ParameterProblem};
use crate::params::{Faults, Params};
use crate::units::{self, Unit};

/// The most characters of a title, a document's number, an issuer and a deadline.
const LONGEST_TITLE: usize = 500;
const LONGEST_NUMBER: usize = 100;
const LONGEST_ISSUER: usize = 200;
const LONGEST_DUE: usize = 100;

/// A deadline farther away is a slip of the keyboard.
const LONGEST_TERM: Months = Months::new(120);

/// As typed. `due` is a deadline in words; `units` are ids or names, and mean nothing when `everyone` is set.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[schema(as = NewCampaign)]
#[serde(default, deny_unknown_fields)]
#[allow(missing_docs)] // The fields are those of the form.
pub struct CampaignTyped {
    pub title: String,
    pub category: String,
    pub source_number: String,
    pub source_date: String,
    pub source_issuer: String,
    pub product: String,
    pub assigned_on: String,
    pub due: String,
    pub everyone: bool,
    pub units: Vec<String>,
}

/// As it may be given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CampaignChecked {
    pub(super) title: String,
    pub(super) category: Category,
    pub(super) source_number: Option<String>,
    pub(super) source_date: Option<NaiveDate>,
    pub(super) source_issuer: Option<String>,
    pub(super) product: ProductKind,
    pub(super) assigned_on: NaiveDate,
    pub(super) due_words: String,
    pub(super) precision: Precision,
    pub(super) due_on: NaiveDate,
    pub(super) units: Vec<Uuid>,
}

impl CampaignTyped {
    /// Takes a form's fields.
    pub fn take(params: &mut Params) -> Self {
        let units = params.many("units");
        let mut text = |name| tidy(&params.text(name).unwrap_or_default());
        Self {
            title: text("title"),
            category: text("category"),
            source_number: text("source_number"),
            source_date: text("source_date"),
            source_issuer: text("source_issuer"),
            product: text("product"),
            assigned_on: text("assigned_on"),
            due: text("due"),
            everyone: text("whom") == "all",
            units,
        }
    }

    /// A blank form: a report of everybody, given today.
    pub fn blank(today: NaiveDate) -> Self {
        Self {
            category: Category::Routine.code().to_owned(),
            product: ProductKind::Report.code().to_owned(),
            assigned_on: deadline::written(today),
            everyone: true,
            ..Self::default()
        }
    }

    /// Checks it against the units of today.
    ///
    /// # Errors
    /// Every fault at once.
    pub fn check(&self, all: &[Unit], today: NaiveDate) -> Result<CampaignChecked, Vec<ParameterFault>> {
        let mut faults = Faults::default();
        let title = faults.needed("title", &self.title, LONGEST_TITLE);
        let category =
            faults.one_of("category", &self.category, Category::from_code, Category::ALL, Category::code);
        let source_number = faults.text("source_number", &self.source_number, LONGEST_NUMBER);
        let source_date = faults.date("source_date", &self.source_date);
        let source_issuer = faults.text("source_issuer", &self.source_issuer, LONGEST_ISSUER);
        let product = faults.one_of(
            "product",
            &self.product,
            ProductKind::from_code,
            ProductKind::ALL,
            ProductKind::code,
        );
        let assigned_on = faults.date("assigned_on", &self.assigned_on).unwrap_or(today);
        if assigned_on > today {
            let first = today.checked_sub_months(LONGEST_TERM).unwrap_or(today);
            faults.add("assigned_on", ParameterProblem::OutOfRange(first, today));
        }
        let due = self.due(&mut faults, assigned_on);
        let units = if self.everyone {
            all.iter().filter(|unit| unit.exists_on(today)).map(|unit| unit.id).collect()
        } else {
            chosen(&self.units, all, today)
                .map_err(|problem| faults.add("units", problem))
                .unwrap_or_default()
        };
        if units.is_empty() && faults.0.iter().all(|fault| fault.name != "units") {
            faults.add("units", ParameterProblem::Missing);
        }
        match (title, category, product, due, faults.0.is_empty()) {
            (Some(title), Some(category), Some(product), Some((precision, due_on)), true) => {
                Ok(CampaignChecked {
                    title,
                    category,
                    source_number,
                    source_date,
                    source_issuer,
                    product,
                    assigned_on,
                    due_words: self.due.clone(),
                    precision,
                    due_on,
                    units,
                })
            }
            _ => Err(faults.0),
        }
    }

    /// A day by which each reports: on or after the assignment, and not ten years away.
    fn due(&self, faults: &mut Faults, assigned_on: NaiveDate) -> Option<(Precision, NaiveDate)> {
        let words = faults.needed("due", &self.due, LONGEST_DUE)?;
        let last = assigned_on.checked_add_months(LONGEST_TERM).unwrap_or(NaiveDate::MAX);
        let problem = match deadline::parse(&words).map(|read| (read.precision, read.due_on)) {
            Err(fault) => ParameterProblem::NotADate(fault),
            Ok((_, None)) => ParameterProblem::Missing,
            Ok((_, Some(due))) if due < assigned_on || last < due => {
                ParameterProblem::OutOfRange(assigned_on, last)
            }
            Ok((precision, Some(due))) => return Some((precision, due)),
        };
        faults.add("due", problem);
        None
    }
}

/// The units that are meant, each once, in the tenant's order.
///
/// # Errors
/// None is, or one is no unit of today.
pub fn chosen(typed: &[String], all: &[Unit], today: NaiveDate) -> Result<Vec<Uuid>, ParameterProblem> {
    let meant: Option<Vec<Uuid>> =
        typed.iter().map(|typed| units::named(all, typed, today).map(|unit| unit.id)).collect();
    let meant = meant.ok_or(ParameterProblem::NoSuchUnit)?;
    if meant.is_empty() {
        return Err(ParameterProblem::Missing);
    }
    Ok(all.iter().map(|unit| unit.id).filter(|id| meant.contains(id)).collect())
}
