//! Tenants: making one, finding one, and how it counts (its settings).
//!
//! What must stay true: an operator's transaction is opened only by [`operate`], which writes the act
//! into the tenant's journal.

mod actions;
mod input;
mod model;
mod store;

pub use actions::{
    active, create, create_demo, demo_exists, operate, set_counting, set_factor_rule, set_name, settings,
};
pub use input::{NewTenant, TenantInput, is_email, is_name};
pub use model::{Counting, Settings, SettingsRow};
