//! Opinions and requests for explanation: lists of them, and those of one task with what can be done.

use askama::Template;

use super::parts::faults;
use super::{Choice, Fault, Field, Link, NavItem, Shell};
use crate::text::pages::Words;

/// A list of opinions.
#[derive(Debug, Clone, Template)]
#[template(path = "opinions.html")]
pub struct OpinionsPage {
    /// The sentences.
    pub w: Words,
    /// What stands around.
    pub shell: Shell,
    /// What was done just now.
    pub notice: Option<String>,
    /// Why what was asked was not done.
    pub error: Option<String>,
    /// The lists.
    pub tabs: Vec<NavItem>,
    /// The opinions.
    pub opinions: Vec<OpinionLine>,
    /// The form that asks a whole unit, for who may.
    pub ask_unit: Option<UnitAsk>,
}

/// The form that asks a unit to explain all its overdue tasks.
#[derive(Debug, Clone)]
pub struct UnitAsk {
    /// Where it is sent.
    pub action: String,
    /// The units.
    pub units: Vec<Choice>,
    /// What is wrong with the one chosen.
    pub unit: Field,
    /// What is asked.
    pub words: Field,
    /// By when.
    pub due: Field,
}

impl OpinionsPage {
    /// What is wrong with what was sent.
    pub fn faults(&self) -> Vec<Fault<'_>> {
        let refused = self.error.as_deref().map(|text| Fault { field: "main", text });
        let form = self.ask_unit.iter().flat_map(|form| {
            faults(&[("unit", &form.unit), ("words", &form.words), ("answer_due_on", &form.due)])
        });
        refused.into_iter().chain(form).collect()
    }
}

/// An opinion with its answer.
#[derive(Debug, Clone)]
pub struct OpinionLine {
    /// What it is.
    pub kind: &'static str,
    /// How it stands.
    pub state: &'static str,
    /// Whether it waits or waited longer than it should.
    pub late: Option<String>,
    /// Whether it asks again.
    pub follows: bool,
    /// The task and where its opinions are, in a list of many tasks.
    pub task: Option<Link>,
    /// The lead unit, in such a list.
    pub unit: Option<String>,
    /// Whose it is and when it was said.
    pub from: String,
    /// By when it is to be answered.
    pub due: Option<String>,
    /// What was said.
    pub words: String,
    /// The answer.
    pub answer: Option<String>,
    /// Who answered and when.
    pub answered: Option<String>,
    /// What the reader may do.
    pub forms: OpinionForms,
}

/// What can be done with an opinion. The ids of fields end in the opinion's place on the page.
#[derive(Debug, Clone, Default)]
pub struct OpinionForms {
    /// The opinion's address; acts are sent below it.
    pub place: String,
    /// The id and the field of an answer.
    pub answer: Option<(String, Field)>,
    /// Whether it can be closed.
    pub close: bool,
    /// The ids and the fields of asking again: words and day.
    pub again: Option<((String, Field), (String, Field))>,
}

/// The opinions of one task.
#[derive(Debug, Clone, Template)]
#[template(path = "task_opinions.html")]
pub struct TaskOpinionsPage {
    /// The sentences.
    pub w: Words,
    /// What stands around.
    pub shell: Shell,
    /// The task.
    pub back: Link,
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: String,
    /// What was done just now.
    pub notice: Option<String>,
    /// Why what was asked was not done.
    pub error: Option<String>,
    /// The opinions, the latest first.
    pub opinions: Vec<OpinionLine>,
    /// The form for another, for who may give one.
    pub give: Option<GiveForm>,
}

/// The form for an opinion.
#[derive(Debug, Clone)]
pub struct GiveForm {
    /// Where it is sent.
    pub action: String,
    /// Opinion or explanation.
    pub kinds: Vec<Choice>,
    /// What is wrong with the one chosen.
    pub kind: Field,
    /// What is said.
    pub words: Field,
    /// By when it is to be answered.
    pub due: Field,
    /// The leaders, for the Office.
    pub leaders: Vec<Choice>,
    /// What is wrong with the one chosen.
    pub leader: Field,
}

impl TaskOpinionsPage {
    /// What is wrong with what was sent.
    pub fn faults(&self) -> Vec<Fault<'_>> {
        let refused = self.error.as_deref().map(|text| Fault { field: "main", text });
        let give = self.give.iter().flat_map(|form| {
            faults(&[
                ("kind", &form.kind),
                ("words", &form.words),
                ("answer_due_on", &form.due),
                ("leader", &form.leader),
            ])
        });
        let acts = self.opinions.iter().flat_map(|line| {
            let again = line.forms.again.iter().flat_map(|(words, due)| [words, due]);
            line.forms.answer.iter().chain(again)
        });
        let acts = acts
            .filter_map(|(id, field)| field.error.as_deref().map(|text| Fault { field: id.as_str(), text }));
        refused.into_iter().chain(give).chain(acts).collect()
    }
}
