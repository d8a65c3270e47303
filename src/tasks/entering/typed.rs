//! A task as typed in a form or sent as JSON.

use serde::Deserialize;
use utoipa::ToSchema;

use crate::params::Params;

/// The fields of a task as typed. Of a change an absent field stays as it is, and a blank one is cleared.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct TaskTyped {
    /// The code; the next of the tenant's own when blank. Only of a new task.
    pub code: Option<String>,
    /// What is to be done.
    pub title: Option<String>,
    /// `key`, `routine`, `ad_hoc`, or the words for it.
    pub category: Option<String>,
    /// The field of work.
    pub field: Option<String>,
    /// The code of the task that it is a part of.
    pub parent: Option<String>,
    /// Labels, several separated by `;`.
    pub labels: Option<String>,
    /// The source document's number and symbol.
    pub source_number: Option<String>,
    /// Its date.
    pub source_date: Option<String>,
    /// Its kind.
    pub source_kind: Option<String>,
    /// Its abstract.
    pub source_abstract: Option<String>,
    /// Who issued it.
    pub source_issuer: Option<String>,
    /// How urgent it is.
    pub urgency: Option<String>,
    /// The lead unit's short or full name. Only of a new task.
    pub unit: Option<String>,
    /// The coordinating units' short or full names.
    pub coordinating: Option<Vec<String>>,
    /// The responsible leader, by id or address.
    pub leader: Option<String>,
    /// Who follows it in the Office, by id or address.
    pub follower: Option<String>,
    /// The kind of product, as code or words.
    pub product: Option<String>,
    /// The level it is submitted to, as code or words.
    pub level: Option<String>,
    /// The day of assignment; today when blank.
    pub assigned_on: Option<String>,
    /// The deadline in its own words: a date, a period or a term.
    pub due: Option<String>,
    /// A remark.
    pub note: Option<String>,
    /// Why the original deadline is put right. Only of a change.
    pub correction: Option<String>,
    /// The codes of the warnings that were shown and heeded.
    pub heeded: Option<Vec<String>>,
}

impl TaskTyped {
    /// Takes the fields of the form for a new task, or for a change of one.
    pub fn take(params: &mut Params, is_new: bool) -> Self {
        let (code, unit) = if is_new { (params.exact("code"), params.exact("unit")) } else { (None, None) };
        let correction = if is_new { None } else { params.exact("correction") };
        Self {
            code,
            unit,
            correction,
            title: params.exact("title"),
            category: params.exact("category"),
            field: params.exact("field"),
            parent: params.exact("parent"),
            labels: params.exact("labels"),
            source_number: params.exact("source_number"),
            source_date: params.exact("source_date"),
            source_kind: params.exact("source_kind"),
            source_abstract: params.exact("source_abstract"),
            source_issuer: params.exact("source_issuer"),
            urgency: params.exact("urgency"),
            coordinating: Some(params.many("coordinating")),
            leader: params.exact("leader"),
            follower: params.exact("follower"),
            product: params.exact("product"),
            level: params.exact("level"),
            assigned_on: params.exact("assigned_on"),
            due: params.exact("due"),
            note: params.exact("note"),
            heeded: Some(params.many("heeded")),
        }
    }

    /// The same, with what is absent as it stands in another.
    pub(super) fn over(self, present: Self) -> Self {
        Self {
            code: self.code.or(present.code),
            title: self.title.or(present.title),
            category: self.category.or(present.category),
            field: self.field.or(present.field),
            parent: self.parent.or(present.parent),
            labels: self.labels.or(present.labels),
            source_number: self.source_number.or(present.source_number),
            source_date: self.source_date.or(present.source_date),
            source_kind: self.source_kind.or(present.source_kind),
            source_abstract: self.source_abstract.or(present.source_abstract),
            source_issuer: self.source_issuer.or(present.source_issuer),
            urgency: self.urgency.or(present.urgency),
            unit: self.unit.or(present.unit),
            coordinating: self.coordinating.or(present.coordinating),
            leader: self.leader.or(present.leader),
            follower: self.follower.or(present.follower),
            product: self.product.or(present.product),
            level: self.level.or(present.level),
            assigned_on: self.assigned_on.or(present.assigned_on),
            due: self.due.or(present.due),
            note: self.note.or(present.note),
            correction: self.correction,
            heeded: self.heeded,
        }
    }
}
