//! The evaluation of units for a quarter or a year, and what products weigh in it.
//!
//! What must stay true: tallies counted in SQL are those that `domain::evaluation` makes of single tasks; the page, the
//! documents and the API show one [`Evaluation`], and its figures are computed there alone.
//!
//! [`Evaluation`]: crate::domain::evaluation::Evaluation

mod actions;
pub mod report;
mod request;
mod settings;
mod store;

pub use actions::{TaskEvaluated, UnitEvaluated, evaluate, of_unit};
pub use request::{Asked, Typed};
pub use settings::{WeightsInput, change_weights, weights};
pub use store::{MOST_TASKS, tallies};
