//! SQL of the figures, one file a concern.

pub mod cells;
pub mod reasons;
pub mod trend;
