//! Who is asking: passwords, sessions, tokens, one-time links.
//!
//! What must stay true: an act of a signed-in person happens in the very transaction that read their session
//! ([`as_member`]), so that signing out, disabling a person or ending a post bites at once; a [`Member`] exists only
//! there. Secrets are kept as hashes, whoever asks; nothing says whether a tenant or an address exists.

mod credential;
mod links;
mod member;
mod password;
mod secret;
mod sign_in;
mod store;
mod tokens;

pub use credential::Credential;
pub use links::{LINK_HOURS, OneTimeLink, issue_link, set_password_by_link, spend_links};
pub use member::{HeldPost, Member, MemberUnit, as_member, end_sessions, sign_out, switch_post};
pub use password::{MOST_BYTES, NewPassword};
pub use sign_in::{Known, SessionKind, begin_session, has_password, known, note_refusal, set_password};
pub use tokens::{TOKEN_SECONDS, Tokens};
