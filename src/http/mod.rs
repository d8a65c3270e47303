//! What every request passes before and after its handler.
//!
//! What must stay true: [`edge`] is outermost and gives every answer its headers, its request id and, when it is an
//! error, its body in the reader's language; [`guard`] stands before each route of the table and lets nobody without a
//! credential reach a handler that needs one; [`Caller::run`] is the way of
//! every handler to a tenant's rows, but for signing in and one-time links, which `auth` lets no further.

mod body;
mod caller;
mod client;
pub mod cookie;
pub mod download;
mod edge;
mod guard;
pub mod health;
mod limits;
mod paper;
mod problem;
mod rate;
mod service;
mod table;
mod upload;
mod visit;

pub use body::Body;
pub use caller::Caller;
pub use edge::{PROOF, RequestId, Worded, edge};
pub use guard::{Need, guard};
pub use paper::{Paper, paper};
pub use problem::{Current, Failure, Problem};
pub use service::{Service, hash, work};
pub use table::{RouteTable, Routed};
pub use upload::{Answered, Upload};
pub use visit::{LANGUAGE_COOKIE, Visit, accepted_language, is_known_tag, is_local_path};
