//! Who is asking: passwords, sessions, tokens, one-time links.
//!
//! What must stay true: an act of a signed-in person happens in the very transaction that read their session
//! ([`as_member`]), so that signing out, disabling a person or ending a post bites at once; a [`Member`] exists only
//! there. Between a password and a code there is no session but a [`Step`], which opens nothing else. Secrets are kept as hashes, whoever asks; nothing says whether a tenant or an address exists.

mod credential;
mod enter;
mod factor;
mod links;
mod member;
mod own;
mod password;
mod secret;
mod sign_in;
mod store;
mod tokens;

pub use credential::Credential;
pub use enter::{
    Answered, Confirmed, Entered, Step, answer_code, cancel, confirm_by_step, enter, enter_by_api,
    may_remember_at, offer_by_step,
};
pub use factor::{CodeAnswer, Offer, Seeds};
pub use links::{LINK_HOURS, OneTimeLink, issue_link, link_path, purge, set_password_by_link, spend_links};
pub use member::{HeldPost, Member, MemberUnit, as_member, end_sessions, sign_out, switch_post};
pub use own::{
    FactorState, OwnPassword, OwnSession, Proof, SteppedUp, change_language, change_password, confirm_factor,
    end_factor, end_other_sessions, end_session, factor_state, fit_password, offer_factor, own_password,
    renew_recovery, sessions, step_up,
};
pub use password::{MOST_BYTES, NewPassword};
pub use sign_in::{Known, SessionKind, has_password, known, note_refusal, set_password};
pub use tokens::{TOKEN_SECONDS, Tokens};
