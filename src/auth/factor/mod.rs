//! The second factor of a person: offered, confirmed, asked for, ended.
//!
//! What must stay true: every code that is tried is counted before it is looked at, and the count is kept though the
//! code is wrong: whoever calls [`check`] must let its transaction be committed. A code works once, the one that
//! confirms an enrolment too. A seed can be confirmed only in the session in which it was shown.

mod seeds;
mod store;

use chrono::TimeDelta;
use serde_json::json;
use uuid::Uuid;

pub use seeds::Seeds;
use seeds::{Code, Seed, recovery_codes};
pub(super) use store::exists;

use super::letters::{self, Notice};
use crate::db::TenantConn;
use crate::domain::two_factor::count_try;
use crate::error::Result;
use crate::journal::{self, Entry};

/// How long a seed that was shown can be confirmed.
const OFFER_MINUTES: i64 = 30;

/// What came of a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeAnswer {
    /// It is right, and used up now.
    Right,
    /// It is wrong, too old, or was used before.
    Wrong,
    /// Too many were tried; this one was not looked at.
    TooMany,
}

/// A seed that is shown to be enrolled.
#[derive(Debug, Clone)]
pub struct Offer {
    /// What the picture says.
    pub address: String,
    /// The seed, to be typed by hand.
    pub secret: String,
}

/// Tries a code of a person: an authenticator's or a recovery code. Without a factor every code is wrong.
pub(super) fn check(
    conn: &mut TenantConn<'_>,
    seeds: &Seeds,
    person: Uuid,
    typed: &str,
) -> Result<CodeAnswer> {
    let Some(factor) = store::locked(conn, person)? else { return Ok(CodeAnswer::Wrong) };
    let tries: Vec<_> = factor.tries.iter().flatten().copied().collect();
    let Some(tries) = count_try(&tries, conn.now()) else {
        return Ok(CodeAnswer::TooMany);
    };
    store::save_tries(conn, person, &tries)?;
    let owner = store::owner(conn, person);
    let is_right = match Code::parse(typed) {
        None => false,
        Some(Code::Totp(digits)) => {
            let step = seeds.open(owner, &factor.sealed_seed)?.step_of(&digits, conn.now())?;
            step.map_or(Ok(false), |step| store::spend_step(conn, person, step))?
        }
        Some(Code::Recovery(code)) => {
            let is_right = store::spend_recovery(conn, person, &seeds.recovery_hmac(owner, &code))?;
            if is_right {
                told(conn, person, "recovery_code.use")?;
            }
            is_right
        }
    };
    if !is_right {
        told(conn, person, "code.refuse")?;
        return Ok(CodeAnswer::Wrong);
    }
    Ok(CodeAnswer::Right)
}

/// The seed to be shown in a session or step: the same until it is confirmed or too old.
pub(super) fn offer(
    conn: &mut TenantConn<'_>,
    seeds: &Seeds,
    person: Uuid,
    shown_in: Uuid,
    account: &str,
) -> Result<Offer> {
    let owner = store::owner(conn, person);
    let since = conn.now() - TimeDelta::minutes(OFFER_MINUTES);
    let seed = match store::offer(conn, person, shown_in, since)? {
        Some(sealed) => seeds.open(owner, &sealed)?,
        None => {
            store::sweep_offers(conn, person, since)?;
            let seed = Seed::generate()?;
            store::save_offer(conn, person, shown_in, &seeds.seal(owner, &seed)?)?;
            seed
        }
    };
    Ok(Offer { address: seed.address(account)?, secret: seed.text() })
}

/// Puts the seed that was shown in force, if the code is its; the recovery codes that now hold, `None` when it is not.
pub(super) fn confirm(
    conn: &mut TenantConn<'_>,
    seeds: &Seeds,
    person: Uuid,
    shown_in: Uuid,
    typed: &str,
) -> Result<Option<Vec<String>>> {
    let since = conn.now() - TimeDelta::minutes(OFFER_MINUTES);
    let Some(sealed) = store::offer(conn, person, shown_in, since)? else { return Ok(None) };
    let Some(Code::Totp(digits)) = Code::parse(typed) else { return Ok(None) };
    let seed = seeds.open(store::owner(conn, person), &sealed)?;
    let Some(step) = seed.step_of(&digits, conn.now())? else { return Ok(None) };
    store::save_factor(conn, person, &sealed, step)?;
    store::forget_offers(conn, person)?;
    letters::tell(conn, person, Notice::FactorSet)?;
    told(conn, person, "factor.enrol")?;
    renew_recovery(conn, seeds, person).map(Some)
}

/// Gives a person fresh recovery codes; those before open nothing any more.
pub(super) fn renew_recovery(conn: &mut TenantConn<'_>, seeds: &Seeds, person: Uuid) -> Result<Vec<String>> {
    let codes = recovery_codes()?;
    let owner = store::owner(conn, person);
    let hmacs = codes.iter().map(|code| seeds.recovery_hmac(owner, &code.replace('-', ""))).collect();
    store::replace_recovery(conn, person, hmacs)?;
    told(conn, person, "recovery_codes.renew")?;
    Ok(codes)
}

/// How many recovery codes a person has left.
pub(super) fn recovery_left(conn: &mut TenantConn<'_>, person: Uuid) -> Result<u64> {
    Ok(u64::try_from(store::unused_recovery(conn, person)?).unwrap_or(0))
}

/// Takes a person's factor and recovery codes away.
pub(super) fn end(conn: &mut TenantConn<'_>, person: Uuid) -> Result<()> {
    store::forget_factor(conn, person)?;
    letters::tell(conn, person, Notice::FactorEnded)?;
    told(conn, person, "factor.end")
}

/// Writes an act of a person on themselves into the journal.
pub(super) fn told(conn: &mut TenantConn<'_>, person: Uuid, act: &'static str) -> Result<()> {
    let entry = Entry {
        actor: person.to_string(),
        act,
        subject: "person",
        subject_id: Some(person),
        import_id: None,
        before: None,
        after: Some(json!({})),
    };
    journal::append(conn, &[entry])
}
