//! SQL of the figures, one file a concern.

pub mod cells;
pub mod drafts;
pub mod flow;
pub mod lateness;
pub mod published;
pub mod reasons;
pub mod surroundings;
