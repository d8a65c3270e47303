//! Who is asking: passwords, sessions, tokens, API keys, one-time links.
//!
//! What must stay true: an act of a signed-in person happens in the very transaction that read their session
//! ([`as_member`]), so that signing out, disabling a person or ending a post bites at once; a [`Member`] exists only
//! there. Between a password and a code there is no session but a [`Step`], which opens nothing else. Secrets are kept as hashes, whoever asks; nothing says whether a tenant or an address exists.

mod api_key;
mod credential;
mod enter;
mod factor;
mod feed;
mod letters;
mod links;
mod member;
mod own;
mod password;
mod refresh;
mod ring;
mod secret;
mod sign_in;
mod sso;
mod store;
mod tokens;
mod tries;

pub use api_key::{ApiKeyInput, ApiKeyListed, ApiKeyMade, api_keys, create_api_key, revoke_api_key};
pub use credential::Credential;
pub use enter::{
    Answered, Browser, Confirmed, Entered, Step, answer_code, cancel, confirm_by_step, enter, enter_by_api,
    may_remember_at, offer_by_step,
};
pub use factor::{CodeAnswer, Offer, Seeds};
pub use feed::{FeedReader, FeedState, as_feed_reader, feed_state, make_feed, revoke_feed};
pub use letters::{FORGOTTEN, NOTICE, Notice, forgotten};
pub use links::{
    FORGOTTEN_MINUTES, LINK_HOURS, LINK_PLACE, OneTimeLink, issue_link, issue_links, link_path, purge,
    set_password_by_link, spend_links,
};
pub use member::{Ask, HeldPost, Member, MemberUnit, as_member, end_sessions, sign_out, switch_post};
pub use own::{
    FactorState, OwnPassword, OwnSession, Proof, SteppedUp, change_language, change_password, confirm_factor,
    end_factor, end_other_sessions, end_session, factor_state, fit_password, offer_factor, own_password,
    prove, renew_recovery, sessions, step_up,
};
pub use password::{MOST_BYTES, NewPassword};
pub use refresh::{ApiTokens, refresh};
pub use ring::{KeyListed, KeyState, RIPE_SECONDS, Ring, list_keys, rotate_keys};
pub use sign_in::{HostTenant, Known, SessionKind, at_host, has_password, known, note_refusal, set_password};
pub use sso::{
    Flow, Identity, Provider, ProviderInput, Providers, SsoFault, SsoState, allow_local_sign_in,
    enter_by_sso, provider_again, provider_of, remove_provider, save_provider, set_local_sign_in, sso_state,
};
pub use tokens::{TOKEN_SECONDS, Tokens};
pub use tries::{Lane, Tries};
