//! The roles of posts, what each may do, and whose tasks it sees (DOMAIN §1). The one permission table, role × act ×
//! relation to the task: pages, API, exports and mails ask [`allows`], [`may`] and [`visible`], which all read
//! `rule`, and nothing else decides. `dondoc permissions` prints it.

use uuid::Uuid;

use super::vocabulary::vocabulary;

vocabulary! {
    /// What the holder of a post is; role and unit belong to the post, never to the person.
    Role {
        /// Chuyên viên.
        Staff = "staff",
        /// Thủ trưởng đơn vị and deputies.
        UnitHead = "unit_head",
        /// Văn phòng.
        Office = "office",
        /// Lãnh đạo Bộ.
        Leader = "leader",
        /// Quản trị của tổ chức.
        Admin = "admin",
    }
}

vocabulary! {
    /// What a signed-in person asks to do; every route names one.
    Act {
        /// Be signed in: one's own session, the start address, signing out.
        UseSession = "session.use",
        /// Read the names of the units.
        ReadUnits = "units.read",
        /// Read the tasks one may see: see [`visible`].
        ReadTasks = "tasks.read",
        /// Read the day's work of one's own unit.
        ReadOwnUnit = "unit.read",
        /// Give tasks and look after them: write, change, move, cancel, pause, resume, transfer, delete; campaigns and
        /// recurring work.
        GiveTasks = "tasks.give",
        /// Say who in the lead unit does a task.
        AssignTasks = "tasks.assign",
        /// Report progress and completion, and answer what was asked about a task.
        ReportTasks = "tasks.report",
        /// Give a task back to the Office as wrongly addressed.
        ReturnTasks = "tasks.return",
        /// Confirm a reported completion, or send it back.
        ConfirmTasks = "tasks.confirm",
        /// Give a directing opinion, or ask for an explanation.
        DirectTasks = "tasks.direct",
        /// Put a file to a task, and take one's own away.
        AttachFiles = "tasks.attach",
        /// Ask for a later deadline.
        AskExtensions = "extensions.ask",
        /// Decide about a later deadline; never about one's own request.
        DecideExtensions = "extensions.decide",
        /// Read the figures of the whole tenant: dashboard and briefing.
        ReadFigures = "figures.read",
        /// Write the monthly briefing, publish it, correct it.
        PublishBriefings = "briefings.publish",
        /// Look after the form of the documents that the Office sends out.
        ManageForms = "forms.manage",
        /// Look after people, units and settings.
        ManageTenant = "tenant.manage",
        /// Read who did what: the tenant's journal.
        ReadAudit = "audit.read",
    }
}

vocabulary! {
    /// How the acting post stands to a task.
    Relation {
        /// Its unit leads the task, and the task was given to its holder.
        Given = "given",
        /// Its unit leads the task.
        OwnUnit = "own_unit",
        /// It coordinates it.
        Coordinating = "coordinating",
        /// Neither.
        Other = "other",
    }
}

/// Who may do an act.
enum Rule {
    /// An act on the tenant, or on nothing: these roles.
    Roles(&'static [Role]),
    /// An act on a task: these roles, each on the tasks its unit stands so to.
    Tasks(&'static [(Role, &'static [Relation])]),
}

/// The table.
fn rule(act: Act) -> Rule {
    use Relation::{Coordinating, Given, OwnUnit};
    use Role::{Admin, Leader, Office, Staff, UnitHead};
    match act {
        Act::UseSession | Act::ReadUnits => Rule::Roles(Role::ALL),
        Act::ReadTasks => Rule::Tasks(&[
            (Staff, &[Given, OwnUnit, Coordinating]),
            (UnitHead, &[Given, OwnUnit, Coordinating]),
            (Office, Relation::ALL),
            (Leader, Relation::ALL),
        ]),
        Act::GiveTasks | Act::ConfirmTasks | Act::PublishBriefings => Rule::Roles(&[Office]),
        Act::AssignTasks => Rule::Tasks(&[(UnitHead, &[Given, OwnUnit]), (Office, Relation::ALL)]),
        Act::ReportTasks => Rule::Tasks(&[(Staff, &[Given]), (UnitHead, &[Given, OwnUnit])]),
        Act::ReturnTasks | Act::AskExtensions => Rule::Tasks(&[(UnitHead, &[Given, OwnUnit])]),
        Act::AttachFiles => {
            Rule::Tasks(&[(Staff, &[Given]), (UnitHead, &[Given, OwnUnit]), (Office, Relation::ALL)])
        }
        Act::DirectTasks | Act::DecideExtensions => Rule::Roles(&[Office, Leader]),
        Act::ReadOwnUnit => Rule::Roles(&[Staff, UnitHead]),
        Act::ReadFigures => Rule::Roles(&[Office, Leader]),
        Act::ManageForms => Rule::Roles(&[Office, Admin]),
        Act::ManageTenant | Act::ReadAudit => Rule::Roles(&[Admin]),
    }
}

impl Act {
    /// The relations to a task that decide about it; for an act on the tenant there is one line without any.
    pub fn relations(self) -> Vec<Option<Relation>> {
        match rule(self) {
            Rule::Roles(_) => vec![None],
            Rule::Tasks(_) => Relation::ALL.iter().copied().map(Some).collect(),
        }
    }
}

/// Whether the holder of a post with this role may do this to a task that their unit stands so to; `None` for an act
/// that is not done to a task. A task's act without a relation, or the reverse, is not allowed.
pub fn allows(role: Role, act: Act, relation: Option<Relation>) -> bool {
    match (rule(act), relation) {
        (Rule::Roles(roles), None) => roles.contains(&role),
        (Rule::Tasks(roles), Some(relation)) => {
            roles.iter().any(|(other, relations)| *other == role && relations.contains(&relation))
        }
        (Rule::Roles(_), Some(_)) | (Rule::Tasks(_), None) => false,
    }
}

/// Whether the holder of a post with this role may do this at all: for some relation. The question of a route.
pub fn may(role: Role, act: Act) -> bool {
    act.relations().into_iter().any(|relation| allows(role, act, relation))
}

/// Whether the holder of a post with this role may do this to a task, or, of an act that is not done to one task, at
/// all. The question of a use case that has the task in hand.
pub fn allows_on(role: Role, act: Act, relation: Relation) -> bool {
    allows(role, act, Some(relation)) || allows(role, act, None)
}

/// How a post of a unit stands to a task of this lead and these coordinating units; `is_given`: its holder is among the
/// assignees, or the contact. A task that moved to another unit is no longer given to whoever did it in the old one.
pub fn relation(unit: Option<Uuid>, lead: Uuid, coordinating: &[Uuid], is_given: bool) -> Relation {
    match unit {
        Some(unit) if unit == lead && is_given => Relation::Given,
        Some(unit) if unit == lead => Relation::OwnUnit,
        Some(unit) if coordinating.contains(&unit) => Relation::Coordinating,
        _ => Relation::Other,
    }
}

/// Who acts: the holder of a post, or an API key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acting {
    /// What the journal calls them.
    pub actor: String,
    /// The person; `None` for an API key.
    pub person: Option<Uuid>,
    /// The role of the post.
    pub role: Role,
    /// Its unit.
    pub unit: Option<Uuid>,
}

impl Acting {
    /// Whose tasks they see.
    pub fn visible(&self) -> Visible {
        visible(self.role, self.unit)
    }
}

/// Whose tasks a reader sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Visible {
    /// Every task of the tenant.
    Tenant,
    /// The tasks that this unit leads or coordinates.
    Unit(Uuid),
    /// None.
    Nothing,
}

/// Whose tasks the holder of a post sees; `unit` is the post's.
pub fn visible(role: Role, unit: Option<Uuid>) -> Visible {
    let reads = |relation| allows(role, Act::ReadTasks, Some(relation));
    match unit {
        _ if reads(Relation::Other) => Visible::Tenant,
        Some(unit) if reads(Relation::OwnUnit) => Visible::Unit(unit),
        _ => Visible::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_a_reader_sees_is_what_the_table_lets_them_read(
            role in proptest::sample::select(Role::ALL),
            unit in proptest::option::of(0u8..4),
            lead in 0u8..4,
            coordinating in proptest::collection::vec(0u8..4, 0..3),
            is_given: bool,
        ) {
            let id = |number: u8| Uuid::from_u128(number.into());
            let coordinating: Vec<Uuid> = coordinating.into_iter().map(id).collect();
            let sees = match visible(role, unit.map(id)) {
                Visible::Tenant => true,
                Visible::Unit(own) => own == id(lead) || coordinating.contains(&own),
                Visible::Nothing => false,
            };
            let relation = relation(unit.map(id), id(lead), &coordinating, is_given);
            prop_assert_eq!(sees, allows(role, Act::ReadTasks, Some(relation)));
        }
    }

    #[test]
    fn an_act_is_asked_with_the_relations_it_has() {
        for act in Act::ALL.iter().copied() {
            for role in Role::ALL.iter().copied() {
                let is_on_tasks = act.relations().len() > 1;
                assert!(!is_on_tasks || !allows(role, act, None), "{act:?}");
                assert!(is_on_tasks || !allows(role, act, Some(Relation::OwnUnit)), "{act:?}");
            }
            assert!(Role::ALL.iter().any(|role| may(*role, act)), "{act:?} is nobody's");
        }
    }

    #[test]
    fn who_may_not_read_tasks_sees_none() {
        for role in Role::ALL.iter().copied() {
            let sees = visible(role, Some(Uuid::nil())) != Visible::Nothing;
            assert_eq!(sees, may(role, Act::ReadTasks), "{role:?}");
        }
        assert_eq!(visible(Role::UnitHead, None), Visible::Nothing);
    }

    #[test]
    fn only_who_sees_the_whole_tenant_reads_its_figures() {
        for role in Role::ALL.iter().copied() {
            assert_eq!(may(role, Act::ReadFigures), visible(role, None) == Visible::Tenant, "{role:?}");
        }
    }
}
