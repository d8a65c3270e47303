//! The evaluation of units, the tasks behind one unit's score, and the form of the weights.

use askama::Template;

use super::parts::faults;
use super::{Choice, Fault, Field, Issuer, Link, Num, Shell};
use crate::text::pages::Words;

/// The choice of a period, sent by GET as `period`, `cutoff`, `formula` and `tasks`.
#[derive(Debug, Clone, Default)]
pub struct EvaluationForm {
    /// Where it is sent.
    pub action: String,
    /// Quarters and years, the newest first.
    pub periods: Vec<Choice>,
    /// What is wrong with the period in the address.
    pub period_error: Option<String>,
    /// The cut-off as typed.
    pub cutoff: Field,
    /// The formulas.
    pub formulas: Vec<Choice>,
    /// What is wrong with the formula in the address.
    pub formula_error: Option<String>,
    /// Which tasks count.
    pub tasks: Vec<Choice>,
    /// What is wrong with that in the address.
    pub tasks_error: Option<String>,
}

impl EvaluationForm {
    /// What is wrong with it.
    pub fn faults(&self) -> Vec<Fault<'_>> {
        let chosen =
            [("period", &self.period_error), ("formula", &self.formula_error), ("tasks", &self.tasks_error)];
        let chosen = chosen
            .into_iter()
            .filter_map(|(field, error)| error.as_deref().map(|text| Fault { field, text }));
        chosen.chain(faults(&[("cutoff", &self.cutoff)])).collect()
    }
}

/// The units of a period with their places.
#[derive(Debug, Clone, Template)]
#[template(path = "evaluation.html")]
pub struct EvaluationPage {
    /// The sentences.
    pub w: Words,
    /// What stands around.
    pub shell: Shell,
    /// The period shown, to choose another.
    pub form: EvaluationForm,
    /// Who issues it, on paper.
    pub issuer: Issuer,
    /// What it is about.
    pub title: String,
    /// The cut-off, `30/09/2026`.
    pub cutoff: String,
    /// The same as documents.
    pub files: Vec<Link>,
    /// What counts, and how.
    pub basis: Vec<String>,
    /// What comes of it.
    pub results: Vec<String>,
    /// The headings behind the unit's name.
    pub columns: Vec<String>,
    /// The units, the best first.
    pub units: Vec<EvaluationRow>,
    /// All of them.
    pub total: Vec<Num>,
    /// The formula with the numbers of each unit put in.
    pub sentences: Vec<UnitSentence>,
}

/// A unit with its figures.
#[derive(Debug, Clone)]
pub struct EvaluationRow {
    /// The short name, and the unit's tasks.
    pub unit: Link,
    /// The full name.
    pub name: String,
    /// The figures, each with its tasks.
    pub cells: Vec<Num>,
}

/// How a unit's score came.
#[derive(Debug, Clone)]
pub struct UnitSentence {
    /// The short name, and the tasks behind the score.
    pub unit: Link,
    /// The sentence.
    pub text: String,
}

/// The tasks behind a unit's score.
#[derive(Debug, Clone, Template)]
#[template(path = "evaluation_unit.html")]
pub struct EvaluatedUnitPage {
    /// The sentences.
    pub w: Words,
    /// What stands around.
    pub shell: Shell,
    /// All units.
    pub back: Link,
    /// What it is about.
    pub title: String,
    /// The unit's full name.
    pub unit: String,
    /// Its place; none without a score.
    pub rank: Option<String>,
    /// The formula with its numbers put in.
    pub sentence: String,
    /// The formula.
    pub explained: String,
    /// That not all are listed.
    pub more: Option<String>,
    /// Its tasks, the most days late first.
    pub rows: Vec<EvaluatedRow>,
}

/// A task behind a score.
#[derive(Debug, Clone)]
pub struct EvaluatedRow {
    /// Its title and its page.
    pub task: Link,
    /// Its code.
    pub code: String,
    /// `Thông tư, 1,5`.
    pub product: String,
    /// The deadline in force.
    pub due: String,
    /// The original one when it is another.
    pub original_due: Option<String>,
    /// The day of completion.
    pub done: Option<String>,
    /// Its standing in words.
    pub standing: String,
    /// Days late.
    pub days: String,
    /// How many deadlines passed.
    pub delays: String,
    /// What it counts for: `1,125`.
    pub earned: String,
}

/// What products weigh.
#[derive(Debug, Clone, Template)]
#[template(path = "weights.html")]
pub struct WeightsPage {
    /// The sentences.
    pub w: Words,
    /// What stands around.
    pub shell: Shell,
    /// The settings.
    pub back: Link,
    /// What was done just now.
    pub notice: Option<String>,
    /// Where it is sent.
    pub action: String,
    /// A field a kind of product.
    pub fields: Vec<WeightField>,
}

/// The weight of a kind of product.
#[derive(Debug, Clone)]
pub struct WeightField {
    /// `weight_law` …
    pub id: String,
    /// `Luật`.
    pub label: String,
    /// The weight, `1,5`.
    pub field: Field,
}

impl WeightsPage {
    /// What is wrong with what was sent.
    pub fn faults(&self) -> Vec<Fault<'_>> {
        let fields = self.fields.iter();
        fields.filter_map(|of| of.field.error.as_deref().map(|text| Fault { field: &of.id, text })).collect()
    }
}
