//! From the facts of a day to each reader's letter.

use super::facts::Facts;
use super::letter::Letter;
use super::model::{Reader, Skip};
use super::report;
use crate::domain::digest::{Digest, LONGEST};
use crate::error::Result;
use crate::public_url::PublicUrl;

/// A letter with both parts encoded is smaller than this; some mail programs cut what is longer.
const LARGEST: usize = 60_000;

/// How many rows fewer each further try has.
const STEP: usize = 5;

/// What a reader's digest shows, `rows` tasks at most.
pub fn digest_of<'a>(facts: &'a Facts, reader: &Reader, rows: usize) -> Digest<'a> {
    let scope = reader.scope();
    let tasks = facts.tasks_of(&scope);
    let digest = Digest::of(&tasks, &scope, facts.days(), facts.completed_of(&scope), rows);
    if reader.rest { digest } else { digest.overdue_only() }
}

/// The letter of each reader in their order, or why there is none.
///
/// # Errors
/// A fault of a template.
pub fn compose(
    facts: &Facts,
    readers: &[Reader],
    url: &PublicUrl,
) -> Result<Vec<std::result::Result<Letter, Skip>>> {
    readers.iter().map(|reader| one(facts, reader, url)).collect()
}

fn one(facts: &Facts, reader: &Reader, url: &PublicUrl) -> Result<std::result::Result<Letter, Skip>> {
    if let Some(skip) = reader.skip {
        return Ok(Err(skip));
    }
    let digest = digest_of(facts, reader, LONGEST);
    if !digest.is_due() {
        return Ok(Err(if reader.rest { Skip::NothingDue } else { Skip::NothingOverdue }));
    }
    let mut letter = report::letter(facts, reader, &digest, url)?;
    let mut rows = LONGEST;
    // Long titles in letters of many bytes: the rest is behind the links, with its true counts.
    while letter.encoded_len() >= LARGEST && rows > STEP {
        rows -= STEP;
        letter = report::letter(facts, reader, &digest_of(facts, reader, rows), url)?;
    }
    Ok(Ok(letter))
}
