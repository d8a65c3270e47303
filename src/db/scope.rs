//! Who may open a tenant's transaction. The trait is sealed: a scope is made only here, from a session,
//! a claimed job, a letter's sealed address or the command line, so that a tenant can't be chosen by a request's text.

use crate::ids::TenantId;

mod sealed {
    pub trait Sealed {}
}

/// The right to open one tenant's transaction.
pub trait TenantScope: sealed::Sealed {
    /// The tenant it is a right to.
    fn tenant(&self) -> TenantId;
}

/// The operator at the command line. Every act goes into the tenant's journal: see `app::App::operate`.
#[derive(Debug)]
pub struct Operator {
    tenant: TenantId,
}

impl Operator {
    /// Only `app` makes one, where the journal entry is written too.
    pub(crate) fn of(tenant: TenantId) -> Self {
        Self { tenant }
    }
}

impl sealed::Sealed for Operator {}

impl TenantScope for Operator {
    fn tenant(&self) -> TenantId {
        self.tenant
    }
}

/// A tenant named by somebody who is not known yet: by a slug at sign-in, by a cookie or a token later. Only `auth`
/// makes one, and lets nothing but persons, posts, passwords and sessions be read before it knows who asks.
#[derive(Debug, Clone, Copy)]
pub struct Claim {
    tenant: TenantId,
}

impl Claim {
    /// Only `auth` makes one.
    pub(crate) fn of(tenant: TenantId) -> Self {
        Self { tenant }
    }
}

impl sealed::Sealed for Claim {}

impl TenantScope for Claim {
    fn tenant(&self) -> TenantId {
        self.tenant
    }
}

/// A tenant named by a sealed address in one of our letters. Only `preferences` makes one, and does nothing with it but end
/// the letters that the address names.
#[derive(Debug, Clone, Copy)]
pub struct LetterScope {
    tenant: TenantId,
}

impl LetterScope {
    /// Only `preferences` makes one.
    pub(crate) fn of(tenant: TenantId) -> Self {
        Self { tenant }
    }
}

impl sealed::Sealed for LetterScope {}

impl TenantScope for LetterScope {
    fn tenant(&self) -> TenantId {
        self.tenant
    }
}

/// A job that this process has claimed. Only `jobs` makes one, from the row it claimed.
#[derive(Debug, Clone, Copy)]
pub struct JobScope {
    tenant: TenantId,
}

impl JobScope {
    /// Only `jobs` makes one.
    pub(crate) fn of(tenant: TenantId) -> Self {
        Self { tenant }
    }
}

impl sealed::Sealed for JobScope {}

impl TenantScope for JobScope {
    fn tenant(&self) -> TenantId {
        self.tenant
    }
}
