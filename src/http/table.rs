//! The table of routes as those read it who stand below it: the document of the API tells of each.

use super::guard::Need;

/// A route.
#[derive(Debug, Clone, Copy)]
pub struct Routed {
    /// The method; GET answers HEAD as well.
    pub method: &'static str,
    /// The path, with its parameters in braces.
    pub path: &'static str,
    /// What it asks of whoever comes.
    pub need: Need,
}

/// Every route, for the handlers that tell of them.
pub struct RouteTable(pub Vec<Routed>);
