//! People and their posts as an administrator looks after them: who there is, adding, disabling, posts, hand-over.
//!
//! What must stay true: a tenant never loses its last administrator; disabling a person and ending a post bite at once;
//! every act stands in the journal, in its own transaction.

mod actions;
mod hand_over;
mod input;
mod model;
mod report;
mod store;
mod ways_in;

pub use actions::{add, add_post, end_post, everybody, find, list, present, set_active};
pub use hand_over::{hand_over, open_tasks};
pub use input::{NewPost, PersonInput, PostInput};
pub use model::{PeopleFilter, PeopleListed, Person, Post, PostUnit, Present};
pub use report::composers;
pub use ways_in::{WayIn, let_in};
