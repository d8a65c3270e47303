//! The pages as they are served: handlers that ask a use case and fill a view of [`crate::pages`].
//!
//! What must stay true: a handler decides nothing and counts nothing; every number on a page is a link to exactly its
//! rows, made by [`links`].

pub mod links;
