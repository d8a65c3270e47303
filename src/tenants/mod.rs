//! Tenants: making one, finding one, how it counts (its settings), and its life: state, limits, hosts, archive, end.
//!
//! What must stay true: an operator's transaction is opened only by [`operate`], which writes the act
//! into the tenant's journal, and for what `life` does to a tenant as a whole.

mod actions;
mod archive;
mod hosts;
mod input;
mod life;
mod model;
mod store;

pub use actions::{
    active, create, create_demo, demo_exists, operate, set_counting, set_digest_hour, set_factor_rule,
    set_name, set_paper_head, settings,
};
pub use archive::Written;
pub use hosts::{add_host, address, at_host, remove_host};
pub use input::{NewTenant, TenantInput, host_name, is_email, is_name};
pub use life::{
    LimitChange, Restored, delete, export, import, is_active, key_of, limits, list, set_active, set_limits,
};
pub use model::{Counting, Limits, PaperHead, Settings, SettingsRow, TenantListed};
