//! Tasks: their row as it is now, their dated facts, the list of a day, one task, and a unit's day.
//!
//! What must stay true: standing is computed for a day from the dated facts, by one piece of SQL
//! (`store::at`) that tests hold equal to `domain::standing`; `due_on`, `completed_on` and `status` of
//! a row are what its facts give for the present. Whose tasks a reader sees is part of the query.

pub mod acts;
pub mod bulk;
mod campaigns;
mod cursor;
mod detail;
pub mod entering;
mod export;
mod faults;
mod filter;
mod given;
pub mod input;
mod lateness;
pub mod links;
mod list;
mod model;
mod open;
mod people;
pub mod report;
mod several;
mod store;
mod unit_day;
mod urge;
mod urging;
mod views;

pub use campaigns::{campaign_counts, of_campaign};
pub use cursor::Cursor;
pub use detail::{
    Actor, ExclusionTold, ExtensionTold, History, JournalTold, SubmissionTold, TaskDetail, detail, history,
};
pub use export::{Export, ExportForm, MOST_IN_AN_HOUR, MOST_ROWS, export};
pub use filter::{Search, StandingFilter, TaskFilter, TaskFilterInput};
pub use given::put_off;
pub use lateness::{Lateness, LatenessTyped, explain_lateness, is_late, lateness, unexplained};
pub use list::{LONGEST_PAGE, Listing, TaskPage, counts, list, listing, page};
pub use model::{ExclusionRow, ExtensionRow, SubmissionRow, TaskListed, TaskRow};
pub use open::{open_for, relation_to, seen_by};
pub use people::{Holder, holders};
pub use several::{open_several, restate_due, touch};
pub use store::ahead::{DueAhead, due_ahead};
pub use store::at::{AsOf, TASK_AT, bind_as_of, over};
pub use store::campaigns::CampaignCounts;
pub use store::facts::{
    Coordination, agreed_extensions, coordinations, exclusions, replace_coordinations,
    replace_imported_exclusions, replace_imported_extensions, replace_imported_submissions,
};
pub use store::given::DueMove;
pub use store::hand_over::{Held, hand_over, open_of_person};
pub use store::lead::{OpenLed, open_by_unit, take_lead};
pub use store::people::names as person_names;
pub use store::revision::{Revision, hold as hold_revision, read as revision};
pub use store::rows::{RowKey, TaskKey, by_codes, by_ids, fresh_codes, keys_of_units, save};
pub use store::sight::{Chosen, GIVEN_BY_GOVERNMENT, Mark, Sight, marks, sights};
pub use unit_day::{TaskGroup, UnitDay, unit_day};
pub use urge::composers as urge_composers;
pub use urging::{Urging, urging};
pub use views::{
    SavedView, ViewInput, begin_with, change_view, may_share, query_faults, remove_view, save_view, view_of,
    views,
};
