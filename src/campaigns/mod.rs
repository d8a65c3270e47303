//! Campaigns: one directive given to many units, each with a task of its own, and who has reported.
//!
//! What must stay true: a campaign and its tasks are given in one act; a unit has one task of it; a unit is urged once a
//! day at most, and only while it owes its report. A task of a campaign is a task like any other: reported, confirmed,
//! extended by itself.

mod actions;
mod input;
mod model;
pub mod report;
mod store;
mod urge;

pub use actions::{add_units, board, close, give, list};
pub use input::{CampaignChecked, CampaignTyped, chosen};
pub use model::{Board, BoardRow, Campaign, CampaignListed, Urge};
pub use report::composers;
pub use urge::{URGED, Urged, urge};
