//! Tasks: their row as it is now, their dated facts, and the list of a day.
//!
//! What must stay true: standing is computed for a day from the dated facts, by one piece of SQL
//! (`store::at`) that tests hold equal to `domain::standing`; `due_on`, `completed_on` and `status` of
//! a row are what its facts give for the present.

mod list;
mod model;
mod store;

pub use list::{StandingFilter, TaskFilter, TaskFilterInput, list};
pub use model::{ExclusionRow, ExtensionRow, SubmissionRow, TaskListed, TaskRow};
pub use store::at::{AsOf, TASK_AT, bind_as_of};
pub use store::facts::{
    Coordination, agreed_extensions, coordinations, exclusions, replace_coordinations,
    replace_imported_exclusions, replace_imported_extensions, replace_imported_submissions,
};
pub use store::rows::{RowKey, TaskKey, by_codes, by_ids, keys_of_units, next_numbers, save, taken_codes};
