//! The roles of posts, what each may do, and whose tasks it sees (DOMAIN §1). The one permission table: pages, API,
//! exports and mails ask [`may`] and [`visible`], and nothing else decides.

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
        /// Read the figures of the whole tenant: dashboard and briefing.
        ReadFigures = "figures.read",
        /// Look after people, units and settings.
        ManageTenant = "tenant.manage",
    }
}

/// Whether the holder of a post with this role may do this.
pub fn may(role: Role, act: Act) -> bool {
    use Role::{Admin, Leader, Office, Staff, UnitHead};
    match act {
        Act::UseSession | Act::ReadUnits => true,
        Act::ReadTasks => matches!(role, Staff | UnitHead | Office | Leader),
        Act::ReadOwnUnit => matches!(role, Staff | UnitHead),
        Act::ReadFigures => matches!(role, Office | Leader),
        Act::ManageTenant => role == Admin,
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
    match (role, unit) {
        (Role::Office | Role::Leader, _) => Visible::Tenant,
        (Role::Staff | Role::UnitHead, Some(unit)) => Visible::Unit(unit),
        (Role::Staff | Role::UnitHead, None) | (Role::Admin, _) => Visible::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
