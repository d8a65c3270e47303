//! Where ids come from: UUIDv7, so that rows made later sort later.

use uuid::Uuid;

/// A new id, greater than every id this process made before.
#[allow(clippy::disallowed_methods)] // The one place that makes ids.
pub fn new_id() -> Uuid {
    Uuid::now_v7()
}

/// The id of a tenant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TenantId(Uuid);

impl TenantId {
    /// The id as the database has it.
    pub fn from_uuid(id: Uuid) -> Self {
        Self(id)
    }

    /// A new tenant's id.
    pub fn generate() -> Self {
        Self(new_id())
    }

    /// The bare id, for a query.
    pub fn uuid(self) -> Uuid {
        self.0
    }
}
