//! The fields of a task's form, in their groups.

use crate::domain::access::Role;
use crate::domain::task::{Category, ProductKind};
use crate::error::ParameterFault;
use crate::pages::{Choice, Difference, Field, FieldGroup, FormField, Kind, Words};
use crate::tasks::Holder;
use crate::tasks::entering::{Naming, TaskTyped};
use crate::text::{parameter, vocabulary};
use crate::units::Unit;

/// What the form is drawn from.
#[derive(Clone, Copy)]
pub(super) struct Form<'a> {
    pub w: Words,
    pub naming: &'a Naming,
    pub typed: &'a TaskTyped,
    pub faults: &'a [ParameterFault],
    pub is_new: bool,
}

impl Form<'_> {
    /// Every field, in its group.
    pub fn groups(&self) -> Vec<FieldGroup> {
        let w = self.w;
        let group =
            |heading: &str, fields: Vec<FormField>| FieldGroup { heading: heading.to_owned(), fields };
        vec![
            group(w.group_task(), self.task()),
            group(w.group_product(), self.product()),
            group(w.group_who(), self.who()),
            group(w.group_source(), self.source()),
        ]
    }

    fn task(&self) -> Vec<FormField> {
        let (w, typed) = (self.w, self.typed);
        let title =
            FormField { most: 1_000, ..self.field("title", w.title_label(), Kind::Prose, &typed.title) };
        let category = self.field("category", w.category(), Kind::Choice, &typed.category);
        let categories = choices(Category::ALL, Category::code, |code| {
            vocabulary::capitalised(vocabulary::category(w.0, code))
        });
        let mut fields = vec![needed(title), needed(chosen(category, categories))];
        if self.is_new {
            fields.push(hinted(self.line("code", w.code(), &typed.code, 50), w.own_code_hint()));
        }
        fields.extend([
            self.line("field", w.field(), &typed.field, 200),
            self.line("parent", w.parent(), &typed.parent, 50),
            hinted(self.line("labels", w.labels(), &typed.labels, 1_000), w.labels_hint()),
            self.field("note", w.note(), Kind::Prose, &typed.note),
        ]);
        fields
    }

    fn product(&self) -> Vec<FormField> {
        let (w, typed) = (self.w, self.typed);
        let product = self.field("product", w.product(), Kind::Choice, &typed.product);
        let products = choices(ProductKind::ALL, ProductKind::code, |kind| {
            vocabulary::capitalised(vocabulary::product(w.0, kind))
        });
        let mut fields = vec![
            chosen(product, products),
            hinted(self.line("level", w.level(), &typed.level, 200), w.level_hint()),
            hinted(self.field("assigned_on", w.assigned_on(), Kind::Date, &typed.assigned_on), w.date_hint()),
            hinted(self.line("due", w.due_label(), &typed.due, 200), w.due_hint()),
        ];
        if !self.is_new {
            let correction = self.field("correction", w.correction(), Kind::Prose, &typed.correction);
            fields.push(hinted(correction, w.correction_hint()));
        }
        fields
    }

    fn who(&self) -> Vec<FormField> {
        let (w, typed) = (self.w, self.typed);
        let present: Vec<&Unit> =
            self.naming.units.iter().filter(|unit| unit.exists_on(self.naming.today)).collect();
        let unit = |unit: &&Unit| Choice {
            value: unit.short_name.clone(),
            text: unit.name.clone(),
            selected: false,
        };
        let units: Vec<Choice> = present.iter().map(unit).collect();
        let mut fields = Vec::new();
        if self.is_new {
            let lead = self.field("unit", w.lead_unit(), Kind::Choice, &typed.unit);
            fields.push(needed(chosen(lead, units.clone())));
        }
        let leader = self.field("leader", w.responsible_leader(), Kind::Choice, &typed.leader);
        let follower = self.field("follower", w.follower(), Kind::Choice, &typed.follower);
        fields.extend([
            chosen(leader, self.people(Role::Leader)),
            chosen(follower, self.people(Role::Office)),
            self.coordinating(units),
        ]);
        fields
    }

    /// The units as ticks; those that were typed and exist no more stand among them.
    fn coordinating(&self, mut units: Vec<Choice>) -> FormField {
        let typed = self.typed.coordinating.iter().flatten();
        for name in typed {
            match units.iter_mut().find(|unit| unit.value == *name) {
                Some(unit) => unit.selected = true,
                None => units.push(Choice { value: name.clone(), text: name.clone(), selected: true }),
            }
        }
        let field = self.field("coordinating", self.w.coordinating(), Kind::Ticks, &None);
        FormField { choices: units, ..field }
    }

    fn source(&self) -> Vec<FormField> {
        let (w, typed) = (self.w, self.typed);
        let issued = self.field("source_date", w.source_date(), Kind::Date, &typed.source_date);
        vec![
            self.line("source_number", w.source_number(), &typed.source_number, 200),
            hinted(issued, w.date_hint()),
            self.line("source_kind", w.source_kind(), &typed.source_kind, 200),
            self.line("source_issuer", w.source_issuer(), &typed.source_issuer, 200),
            hinted(self.line("urgency", w.source_urgency(), &typed.urgency, 200), w.urgency_hint()),
            self.field("source_abstract", w.source_abstract(), Kind::Prose, &typed.source_abstract),
        ]
    }

    /// Who holds a post of a role today, each once.
    fn people(&self, role: Role) -> Vec<Choice> {
        let mut found: Vec<Choice> = Vec::new();
        let of_role = |holder: &&Holder| holder.role == role;
        for holder in self.naming.holders.iter().filter(of_role) {
            let value = holder.id.to_string();
            if !found.iter().any(|choice| choice.value == value) {
                found.push(Choice { value, text: holder.name.clone(), selected: false });
            }
        }
        found
    }

    fn line(&self, name: &'static str, label: &str, typed: &Option<String>, most: usize) -> FormField {
        FormField { most, ..self.field(name, label, Kind::Line, typed) }
    }

    fn field(&self, name: &'static str, label: &str, kind: Kind, typed: &Option<String>) -> FormField {
        let fault = self.faults.iter().find(|fault| fault.name == name);
        let error = fault.map(|fault| parameter::at_field(self.w.0, &fault.problem));
        FormField {
            id: name.to_owned(),
            name,
            label: label.to_owned(),
            kind,
            field: Field { value: typed.clone().unwrap_or_default(), error },
            most: 2_000,
            ..FormField::default()
        }
    }
}

fn needed(field: FormField) -> FormField {
    FormField { is_needed: true, ..field }
}

fn hinted(field: FormField, hint: &str) -> FormField {
    FormField { hint: hint.to_owned(), ..field }
}

/// A field with its choices; what stands there and is none of them is one more.
fn chosen(field: FormField, mut choices: Vec<Choice>) -> FormField {
    let value = &field.field.value;
    match choices.iter_mut().find(|choice| choice.value == *value) {
        Some(choice) => choice.selected = true,
        None if value.is_empty() => {}
        None => choices.push(Choice { value: value.clone(), text: value.clone(), selected: true }),
    }
    FormField { choices, ..field }
}

fn choices<T: Copy>(all: &[T], code: fn(T) -> &'static str, text: impl Fn(T) -> String) -> Vec<Choice> {
    let choice = |value: &T| Choice { value: code(*value).to_owned(), text: text(*value), selected: false };
    all.iter().map(choice).collect()
}

/// The fields in which two forms differ.
pub(super) fn differences(now: &[FieldGroup], typed: &[FieldGroup]) -> Vec<Difference> {
    let both = now.iter().zip(typed).flat_map(|(now, typed)| now.fields.iter().zip(&typed.fields));
    both.filter(|(now, typed)| now.name != "correction" && shown(now) != shown(typed))
        .map(|(now, typed)| Difference { label: now.label.clone(), now: shown(now), typed: shown(typed) })
        .collect()
}

/// What stands in a field, in words.
fn shown(field: &FormField) -> String {
    let selected = field.choices.iter().filter(|choice| choice.selected);
    match field.kind {
        Kind::Choice | Kind::Ticks => {
            selected.map(|choice| choice.text.as_str()).collect::<Vec<_>>().join("; ")
        }
        _ => field.field.value.replace("\r\n", "\n").trim().to_owned(),
    }
}
