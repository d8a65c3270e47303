//! SQL of tasks, one file a concern.

pub mod at;
pub mod facts;
pub mod list;
pub mod rows;
