//! A query over the tasks of a day, written from what is asked: only the conditions that are set stand in it, and
//! when a unit is asked only its tasks are looked at.

use uuid::Uuid;

use super::at;
use crate::db::{Prepared, Value};
use crate::domain::access::Visible;
use crate::domain::standing::Standing;
use crate::domain::task::{Category, Level, ProductKind};
use crate::ids::TenantId;
use crate::tasks::cursor::Worst;
use crate::tasks::filter::{StandingFilter, TaskFilter, TaskFilterInput};

/// How lists are ordered by first: overdue tasks by their days, all others alike.
pub(super) const OVERDUE_DAYS: &str = "CASE d.standing WHEN 'overdue' THEN d.days_late ELSE 0 END";

/// Which of the tasks that a unit leads are looked at: never fewer than a condition lets through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Led {
    /// Every one.
    All,
    /// Those not completed by the day.
    Unfinished,
    /// Those of them that had a deadline before the day, the original one or another.
    Overdue,
}

impl Led {
    /// What a list of this standing needs.
    fn of(standing: Option<StandingFilter>) -> Self {
        match standing {
            Some(StandingFilter::Is(Standing::Overdue)) => Self::Overdue,
            Some(standing) if standing.is_unfinished() => Self::Unfinished,
            _ => Self::All,
        }
    }
}

/// Places and their values, and the conditions that hold, all of them on `d`, which is `task_at`.
pub(super) struct Question {
    values: Vec<Value>,
    conditions: Vec<String>,
    chosen: Option<String>,
    /// One of the many texts that filters can make: the server need not keep it.
    is_rare: bool,
}

impl Question {
    /// The question of a day, without a condition.
    pub fn of_day(tenant: TenantId, as_of: at::AsOf) -> Self {
        let values = vec![tenant.uuid().into(), as_of.day.into(), as_of.soon_until.into()];
        Self { values, conditions: Vec::new(), chosen: None, is_rare: false }
    }

    /// The question of a filter.
    pub fn of(tenant: TenantId, filter: &TaskFilter) -> Self {
        let mut question = Self::of_day(tenant, filter.as_of);
        question.choose(filter);
        question.see(filter.asked.visible);
        if let Some(unit) = filter.unit {
            question.and("d.unit_id =", unit);
        }
        if let Some(unit) = filter.asked.coordinating {
            let coordinated = question.coordinated_by(unit);
            question.conditions.push(format!("d.id IN ({coordinated})"));
        }
        if let Some(standing) = filter.asked.standing {
            question.conditions.push(condition(standing));
        }
        if let Some(category) = filter.asked.category {
            question.and("d.category =", Category::code(category).to_owned());
        }
        question.narrow(filter);
        question
    }

    /// The next place and its value.
    pub fn place(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        format!("${}", self.values.len())
    }

    /// Looks only at the tasks with these ids: a query that selects them.
    pub fn choose_among(&mut self, ids: String) {
        self.chosen = Some(ids);
    }

    /// The statement: `task_at` in front of `rest`, in which `{where}` stands for the conditions.
    pub fn ask(self, rest: &str) -> Prepared {
        let conditions = match self.conditions.as_slice() {
            [] => String::new(),
            all => format!("WHERE {}", all.join("\n   AND ")),
        };
        let sql = at::over(self.chosen.as_deref(), &rest.replace("{where}", &conditions));
        let statement = Prepared::new(sql, self.values);
        if self.is_rare { statement.once() } else { statement }
    }

    /// Only what has the cursor's place in the order of lists or a later one; of several tasks of one place the code
    /// decides, which is no column of `d`. Gives the condition of the cursor's own place and that of its code.
    pub fn begin_at(&mut self, worst: &Worst) -> (String, String) {
        let days = self.place(worst.days_overdue);
        let due = self.place(worst.due_on);
        let code = self.place(worst.code.clone());
        let (here, due) = ("coalesce(d.due_on, 'infinity')", format!("coalesce({due}, 'infinity')"));
        self.conditions
            .push(format!("({OVERDUE_DAYS} < {days} OR {OVERDUE_DAYS} = {days} AND {here} >= {due})"));
        let same = format!("({OVERDUE_DAYS} = {days} AND {here} = {due})");
        let behind = format!("(NOT {same} OR t.code COLLATE \"C\" > {code})");
        (same, behind)
    }

    /// The tasks that a unit leads on the day and perhaps more: those it leads now or led once.
    pub fn led_by(&mut self, unit: Uuid, which: Led) -> String {
        let unit = self.place(unit);
        let led = format!(
            "SELECT id FROM tasks WHERE tenant_id = $1 AND deleted_at IS NULL AND lead_unit_id = {unit}
       AND (assigned_on <= $2 OR assigned_on IS NULL)"
        );
        // A minimum is looked up task by task, where EXISTS might gather the extensions of the whole tenant.
        let led = match which {
            Led::Overdue => format!(
                "{led}
       AND (original_due_on < $2
            OR (SELECT min(new_due_on) FROM task_extensions WHERE tenant_id = $1 AND task_id = tasks.id) < $2)"
            ),
            Led::All | Led::Unfinished => led,
        };
        let led = match which {
            Led::All => led,
            // Two ranges of one index; an OR would be none.
            Led::Unfinished | Led::Overdue => {
                format!("{led} AND confirmed_on IS NULL\n UNION ALL {led} AND confirmed_on > $2")
            }
        };
        format!(
            "{led}\n UNION ALL SELECT task_id FROM task_lead_changes
     WHERE tenant_id = $1 AND from_unit_id = {unit} AND changed_on > $2"
        )
    }

    /// The tasks that a unit coordinates.
    pub fn coordinated_by(&mut self, unit: Uuid) -> String {
        let unit = self.place(unit);
        format!("SELECT task_id FROM task_coordinators WHERE tenant_id = $1 AND unit_id = {unit}")
    }

    /// The tasks that a person does, or is the contact of.
    fn given_to(&mut self, person: Uuid) -> String {
        let person = self.place(person);
        format!(
            "SELECT task_id AS id FROM task_assignees WHERE tenant_id = $1 AND person_id = {person}
     UNION SELECT id FROM tasks WHERE tenant_id = $1 AND contact_id = {person}"
        )
    }

    /// What the words were found in; or the tasks that a person does, or of the unit that is asked about, or whose reader
    /// asks; else all.
    fn choose(&mut self, filter: &TaskFilter) {
        if let Some(found) = &filter.found {
            let found = self.place(found.clone());
            self.chosen = Some(format!("SELECT unnest({found}::uuid[])"));
            return;
        }
        if let Some(person) = filter.asked.given_to {
            self.chosen = Some(self.given_to(person));
            return;
        }
        let which = Led::of(filter.asked.standing);
        self.chosen = match (filter.unit, filter.asked.coordinating, filter.asked.visible) {
            (Some(unit), _, _) => Some(self.led_by(unit, which)),
            (None, Some(unit), _) => Some(self.coordinated_by(unit)),
            (None, None, Visible::Unit(unit)) => {
                let (led, coordinated) = (self.led_by(unit, which), self.coordinated_by(unit));
                Some(format!("{led} UNION ALL {coordinated}"))
            }
            (None, None, Visible::Tenant | Visible::Nothing) => None,
        };
    }

    /// Only what the reader may see: what the unit leads now, whatever the day, or coordinates. Each task is looked up by
    /// its key: as a set the unit's thousands would be compared with each candidate.
    pub fn see(&mut self, visible: Visible) {
        match visible {
            Visible::Tenant => {}
            Visible::Unit(unit) => {
                let unit = self.place(unit);
                self.conditions.push(format!(
                    "(EXISTS (SELECT FROM tasks own WHERE own.tenant_id = $1 AND own.id = d.id
                       AND own.lead_unit_id = {unit} AND own.deleted_at IS NULL)
     OR EXISTS (SELECT FROM task_coordinators c WHERE c.tenant_id = $1 AND c.task_id = d.id AND c.unit_id = {unit}))"
                ));
            }
            Visible::Nothing => self.conditions.push("false".to_owned()),
        }
    }

    /// The filters of which any number may be set.
    fn narrow(&mut self, filter: &TaskFilter) {
        let asked = &filter.asked;
        let common = self.conditions.len();
        if let Some(product) = asked.product {
            self.and("d.product =", ProductKind::code(product).to_owned());
        }
        if !asked.levels.is_empty() {
            let codes: Vec<String> =
                asked.levels.iter().map(|level| Level::code(*level).to_owned()).collect();
            let codes = self.place(codes);
            self.conditions.push(format!("d.level = ANY ({codes})"));
        }
        self.between("d.due_on", asked.due_from, asked.due_to);
        if asked.completed_from.or(asked.completed_to).is_some() {
            self.conditions.push(condition(StandingFilter::Counted));
            self.between("d.completed_on", asked.completed_from, asked.completed_to);
        }
        if asked.late_from.or(asked.late_to).is_some() {
            // A task that is not overdue is no days late.
            let days = |n: u32| i32::try_from(n).unwrap_or(i32::MAX);
            self.between(OVERDUE_DAYS, asked.late_from.map(days), asked.late_to.map(days));
        }
        if let Some(person) = asked.given_to {
            let given = self.given_to(person);
            self.conditions.push(format!("d.id IN ({given})"));
        }
        self.of_facts(asked);
        self.of_rows(filter);
        self.is_rare = self.conditions.len() > common;
    }

    /// What is asked of a task's dated facts beside its standing.
    fn of_facts(&mut self, asked: &TaskFilterInput) {
        if asked.extension_asked {
            self.conditions.push(
                "d.id IN (SELECT task_id FROM task_extensions WHERE tenant_id = $1
           AND (requested_on <= $2 OR requested_on IS NULL) AND (decision IS NULL OR decided_on > $2))"
                    .to_owned(),
            );
        }
        if asked.reason_missing {
            self.conditions.push(condition(StandingFilter::Is(Standing::Overdue)));
        }
    }

    /// What is asked of the columns of a task that `task_at` has not: one look at their rows, whatever is asked.
    fn of_rows(&mut self, filter: &TaskFilter) {
        let asked = &filter.asked;
        let mut rows: Vec<String> = Vec::new();
        // What was found beforehand need not be looked for again.
        if let Some(q) = asked.q.as_ref().filter(|_| filter.found.is_none()) {
            let words = self.place(q.word_patterns());
            rows.push(format!("search_key LIKE ALL ({words})"));
        }
        if let Some(leader) = asked.leader {
            rows.push(format!("leader_id = {}", self.place(leader)));
        }
        if let Some(status) = asked.status {
            rows.push(format!("status = {}", self.place(status.code().to_owned())));
        }
        if let Some(source) = &asked.source {
            rows.push(format!("folded(source_number) LIKE {}", self.place(source.whole_pattern())));
        }
        if let Some(field) = &asked.field {
            rows.push(format!("folded(field) = {}", self.place(field.folded().to_owned())));
        }
        if let Some(label) = &asked.label {
            let label = self.place(label.folded().to_owned());
            rows.push(format!("EXISTS (SELECT FROM unnest(labels) AS label WHERE folded(label) = {label})"));
        }
        for (comparison, day) in [(">=", asked.assigned_from), ("<=", asked.assigned_to)] {
            rows.extend(day.map(|day| format!("assigned_on {comparison} {}", self.place(day))));
        }
        if asked.reason_missing {
            rows.push("late_reason IS NULL AND late_reason_kind IS NULL".to_owned());
            rows.push("late_reason_category IS NULL".to_owned());
        }
        if !rows.is_empty() {
            let rows = rows.join(" AND ");
            self.conditions.push(format!("d.id IN (SELECT id FROM tasks WHERE tenant_id = $1 AND {rows})"));
        }
    }

    fn between<T: Into<Value>>(&mut self, what: &str, from: Option<T>, to: Option<T>) {
        if let Some(from) = from {
            self.and(&format!("{what} >="), from);
        }
        if let Some(to) = to {
            self.and(&format!("{what} <="), to);
        }
    }

    fn and(&mut self, comparison: &str, value: impl Into<Value>) {
        let place = self.place(value);
        self.conditions.push(format!("{comparison} {place}"));
    }
}

/// The condition of a standing; the definitions of the parts are those by which briefings count.
pub(super) fn condition(standing: StandingFilter) -> String {
    let reached = "d.standing <> 'outside' AND (d.completed_on IS NOT NULL OR d.due_on < $2)";
    match standing {
        StandingFilter::Is(standing) => format!("d.standing = '{}'", standing.code()),
        StandingFilter::DueSoon => "d.due_soon".to_owned(),
        StandingFilter::DueToday => {
            "d.standing = 'within_term' AND d.waiting_since IS NULL AND d.due_on = $2".to_owned()
        }
        StandingFilter::Pending => "d.standing = 'within_term' AND d.waiting_since IS NULL".to_owned(),
        StandingFilter::Waiting => {
            "d.standing IN ('within_term', 'overdue') AND d.waiting_since IS NOT NULL".to_owned()
        }
        StandingFilter::InProgress => "d.standing IN ('within_term', 'overdue')".to_owned(),
        StandingFilter::Counted => "d.standing <> 'outside'".to_owned(),
        StandingFilter::Reached => reached.to_owned(),
        StandingFilter::OnTimeOriginal => {
            format!("{reached} AND d.completed_on <= coalesce(d.original_due_on, d.due_on)")
        }
    }
}
