//! SQL of tasks, one file a concern.

pub mod acts;
pub mod ahead;
pub mod at;
pub mod bulk;
pub mod campaigns;
pub mod counts;
pub mod detail;
pub mod entering;
pub mod export;
pub mod facts;
pub mod given;
pub mod hand_over;
pub mod lateness;
pub mod lead;
pub mod list;
pub mod log;
pub mod open;
pub mod people;
pub mod question;
pub mod revision;
pub mod rows;
pub mod several;
pub mod sight;
pub mod unit_day;
pub mod views;
