//! What lists of tasks are ordered by.

use super::vocabulary::vocabulary;

vocabulary! {
    /// The order of a list; what is equal in it stands in the order of making, unless it says otherwise.
    Order {
        /// Most days overdue first, then by deadline and code.
        Late = "late",
        /// The earliest deadline first, what has none last.
        Due = "due",
        /// By code.
        Code = "code",
        /// What was assigned last first.
        Assigned = "assigned",
        /// By the tenant's order of the lead units, then by deadline.
        Unit = "unit",
        /// What was changed last first.
        Changed = "changed",
    }
}

impl Order {
    /// Whether the greatest comes first.
    pub fn is_descending(self) -> bool {
        matches!(self, Self::Assigned | Self::Changed)
    }
}
