//! The keys that sign access tokens: a directory of small files, each named by its `kid`, which begins with the instant
//! it was made. `dondoc keys rotate` adds one; running processes see it without being told.
//!
//! What must stay true: a new key signs only when every process has had the time to read it ([`RIPE_SECONDS`] against
//! [`READ_SECONDS`]), and an old one is refused only when its last token has expired, so that a rotation refuses nobody.
//! A `kid` from outside is looked up in memory and never reaches a path.

use std::collections::BTreeMap;
use std::fs::{self, DirBuilder, File};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};

use super::tokens::TOKEN_SECONDS;
use crate::error::{Error, Result};
use crate::keys::{make_secret, read_secret};

/// So old a key is when it begins to sign, in seconds.
pub const RIPE_SECONDS: i64 = 60;

/// So long a process works with what it has read of the directory, in seconds.
const READ_SECONDS: i64 = 10;

/// How the instant stands in a `kid`.
const INSTANT: &str = "%Y%m%dT%H%M%SZ";

/// The keys by `kid`, and so in the order in which they were made.
type Held = BTreeMap<String, [u8; 32]>;

/// The keys of a directory.
pub struct Ring {
    dir: PathBuf,
    read: Mutex<(DateTime<Utc>, Held)>,
}

/// What a key is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyState {
    /// Signs soon.
    Coming,
    /// Signs the tokens of now.
    Signing,
    /// Opens what it has signed.
    Reading,
    /// Its last token has expired.
    Spent,
}

/// A key as an operator sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyListed {
    /// Its name.
    pub kid: String,
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// What it is good for.
    pub state: KeyState,
}

impl Ring {
    /// Reads a directory. The first process makes it, with a key; spent keys are removed.
    ///
    /// # Errors
    /// It can't be read or written, or a key is readable by others or not 32 bytes long.
    pub fn open(dir: &Path, now: DateTime<Utc>) -> Result<Self> {
        let _lock = lock(dir)?;
        remove_spent(dir, now)?;
        if read(dir)?.is_empty() {
            add(dir, now)?;
        }
        Ok(Self { dir: dir.to_owned(), read: Mutex::new((now, read(dir)?)) })
    }

    /// The key that signs now.
    ///
    /// # Errors
    /// There is none.
    pub(super) fn signing(&self, now: DateTime<Utc>) -> Result<(String, [u8; 32])> {
        let found = self.look(now, |held| {
            let listed = states(held.keys(), now);
            let signing = listed.into_iter().find(|key| key.state == KeyState::Signing)?;
            held.get(&signing.kid).map(|secret| (signing.kid, *secret))
        });
        found.ok_or_else(|| Error::Internal(format!("{} has no key to sign with", self.dir.display())))
    }

    /// The key of a name, if it opens anything now.
    pub(super) fn secret(&self, kid: &str, now: DateTime<Utc>) -> Option<[u8; 32]> {
        self.look(now, |held| {
            let listed = states(held.keys(), now);
            let is_good = listed.iter().any(|key| key.kid == kid && key.state != KeyState::Spent);
            held.get(kid).copied().filter(|_| is_good)
        })
    }

    /// Looks at the keys, which are read again when it is time: a few small files, so that nobody waits for it.
    fn look<T>(&self, now: DateTime<Utc>, at: impl FnOnce(&Held) -> T) -> T {
        let mut guard = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        let (read_at, held) = &mut *guard;
        if !(*read_at..*read_at + TimeDelta::seconds(READ_SECONDS)).contains(&now) {
            *read_at = now;
            match read(&self.dir) {
                Ok(keys) => *held = keys,
                // Those that were read before still open what they have signed.
                Err(error) => tracing::error!(%error, "the signing keys can't be read again"),
            }
        }
        at(held)
    }

    /// A ring of one key.
    #[cfg(test)]
    pub(super) fn of(kid: &str, secret: [u8; 32], now: DateTime<Utc>) -> Self {
        let held = BTreeMap::from([(kid.to_owned(), secret)]);
        Self { dir: PathBuf::from("nowhere"), read: Mutex::new((now, held)) }
    }
}

/// Makes a key, which signs from [`RIPE_SECONDS`] on, and removes those that are spent; its name. With `at_once` it is
/// the only one from now on: tokens of the others are refused wherever the directory is read next.
///
/// # Errors
/// The directory can't be read or written.
pub fn rotate_keys(dir: &Path, now: DateTime<Utc>, at_once: bool) -> Result<String> {
    let _lock = lock(dir)?;
    if at_once {
        let old = read(dir)?;
        let kid = add(dir, now)?;
        old.keys().try_for_each(|kid| remove(dir, kid))?;
        return Ok(kid);
    }
    remove_spent(dir, now)?;
    add(dir, now)
}

/// The keys of a directory, in the order in which they were made; none where there is no directory yet.
///
/// # Errors
/// It can't be read.
pub fn list_keys(dir: &Path, now: DateTime<Utc>) -> Result<Vec<KeyListed>> {
    let is_there = dir.try_exists().map_err(|e| fault(dir, &e))?;
    let held = if is_there { read(dir)? } else { Held::new() };
    Ok(states(held.keys(), now))
}

/// What each key is good for. The newest that is ripe signs, or the first of all: nobody knows another one.
fn states<'a>(kids: impl Iterator<Item = &'a String>, now: DateTime<Utc>) -> Vec<KeyListed> {
    let ripe = TimeDelta::seconds(RIPE_SECONDS);
    let mut listed: Vec<KeyListed> = kids
        .filter_map(|kid| Some((kid, made_at(kid)?)))
        .map(|(kid, made_at)| KeyListed { kid: kid.clone(), made_at, state: KeyState::Coming })
        .collect();
    let signing = listed.iter().rposition(|key| key.made_at + ripe <= now).unwrap_or(0);
    let mut follower: Option<DateTime<Utc>> = None;
    for (place, key) in listed.iter_mut().enumerate().rev() {
        let spent = |signs_at: DateTime<Utc>| signs_at + TimeDelta::seconds(TOKEN_SECONDS) <= now;
        key.state = match place {
            _ if place > signing => KeyState::Coming,
            _ if place == signing => KeyState::Signing,
            _ if follower.is_some_and(|made_at| spent(made_at + ripe)) => KeyState::Spent,
            _ => KeyState::Reading,
        };
        follower = Some(key.made_at);
    }
    listed
}

/// When a key was made; `None` for what is no name of a key, such as a file that is being written.
fn made_at(kid: &str) -> Option<DateTime<Utc>> {
    let (instant, random) = kid.split_once('-')?;
    let is_ours = random.len() == 8 && random.bytes().all(|byte| byte.is_ascii_hexdigit());
    let instant = NaiveDateTime::parse_from_str(instant, INSTANT).ok()?;
    is_ours.then(|| instant.and_utc())
}

fn fault(dir: &Path, error: &std::io::Error) -> Error {
    Error::Internal(format!("the directory of signing keys {}: {error}", dir.display()))
}

/// Keeps other processes from changing the directory, which is made when it is not there, until the file is dropped.
fn lock(dir: &Path) -> Result<File> {
    let locked = DirBuilder::new().recursive(true).mode(0o700).create(dir).and_then(|()| {
        let file = File::open(dir)?;
        file.lock()?;
        Ok(file)
    });
    locked.map_err(|e| fault(dir, &e))
}

fn read(dir: &Path) -> Result<Held> {
    let mut held = Held::new();
    for entry in fs::read_dir(dir).map_err(|e| fault(dir, &e))? {
        let name = entry.map_err(|e| fault(dir, &e))?.file_name();
        if let Some(kid) = name.to_str().filter(|kid| made_at(kid).is_some()) {
            held.insert(kid.to_owned(), read_secret(&dir.join(kid))?);
        }
    }
    Ok(held)
}

fn add(dir: &Path, now: DateTime<Utc>) -> Result<String> {
    let random = getrandom::u32().map_err(|e| Error::Internal(format!("no randomness: {e}")))?;
    let kid = format!("{}-{random:08x}", now.format(INSTANT));
    make_secret(&dir.join(&kid))?;
    Ok(kid)
}

fn remove(dir: &Path, kid: &str) -> Result<()> {
    fs::remove_file(dir.join(kid)).map_err(|e| fault(dir, &e))
}

fn remove_spent(dir: &Path, now: DateTime<Utc>) -> Result<()> {
    let listed = list_keys(dir, now)?;
    listed.iter().filter(|key| key.state == KeyState::Spent).try_for_each(|key| remove(dir, &key.kid))
}

#[cfg(test)]
mod tests {
    use std::thread;

    use uuid::Uuid;

    use super::super::secret::{Key, Secret};
    use super::super::tokens::Tokens;
    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        "2024-11-29T02:00:00Z".parse::<DateTime<Utc>>().unwrap() + TimeDelta::seconds(seconds)
    }

    fn token(tokens: &Tokens, now: DateTime<Utc>) -> String {
        let secret = Secret::generate().unwrap();
        let key = Key { tenant: Uuid::from_u128(1), row: Uuid::from_u128(2), secret };
        tokens.make(&key, Uuid::from_u128(3), now).unwrap()
    }

    fn process(dir: &Path, now: DateTime<Utc>) -> Tokens {
        Tokens::new(&[7; 32], Ring::open(dir, now).unwrap())
    }

    fn kids(dir: &Path, now: DateTime<Utc>) -> Vec<(String, KeyState)> {
        list_keys(dir, now).unwrap().into_iter().map(|key| (key.kid, key.state)).collect()
    }

    #[test]
    fn those_who_come_first_at_once_make_one_key() {
        let dir = tempfile::tempdir().unwrap();
        let dir = dir.path().join("secret.key.d");
        assert_eq!(list_keys(&dir, at(0)).unwrap(), []);
        thread::scope(|scope| {
            (0..8).for_each(|_| drop(scope.spawn(|| Ring::open(&dir, at(0)).unwrap())));
        });
        assert_eq!(fs::read_dir(&dir).unwrap().count(), 1);
        assert_eq!(list_keys(&dir, at(0)).unwrap()[0].state, KeyState::Signing);
    }

    /// Two processes, one that signs and one that reads, a second at a time through two rotations.
    #[test]
    fn a_rotation_refuses_nobody() {
        let dir = tempfile::tempdir().unwrap();
        let (one, two) = (process(dir.path(), at(0)), process(dir.path(), at(3)));
        let (mut out, mut signed_by) = (Vec::new(), Vec::new());
        for second in 0..2400 {
            if matches!(second, 305 | 1499) {
                rotate_keys(dir.path(), at(second), false).unwrap();
            }
            let made = token(if second % 2 == 0 { &one } else { &two }, at(second));
            let kid = jsonwebtoken::decode_header(&made).unwrap().kid.unwrap();
            signed_by.push(kid);
            out.push(made);
            // The token of this second, and one in its last.
            for age in [0, 1, 300, 599].into_iter().filter(|age| *age <= second) {
                let older = &out[usize::try_from(second - age).unwrap()];
                assert!(one.read(older, at(second)).is_some(), "{second} {age}");
                assert!(two.read(older, at(second)).is_some(), "{second} {age}");
            }
        }
        signed_by.dedup();
        assert!(signed_by.len() >= 3, "{signed_by:?}");
        assert_eq!(signed_by.iter().collect::<std::collections::BTreeSet<_>>().len(), 3);
        assert_eq!(kids(dir.path(), at(2400)).len(), 2, "the second rotation removed the first key");
    }

    #[test]
    fn a_new_key_signs_when_everybody_knows_it_and_an_old_one_ends_with_its_last_token() {
        let dir = tempfile::tempdir().unwrap();
        process(dir.path(), at(-3600));
        rotate_keys(dir.path(), at(0), false).unwrap();
        let states = |seconds| kids(dir.path(), at(seconds)).into_iter().map(|(_, state)| state).collect();
        let both: [(i64, Vec<KeyState>); 4] =
            [(59, states(59)), (60, states(60)), (659, states(659)), (660, states(660))];
        use KeyState::{Coming, Reading, Signing, Spent};
        let expected = [[Signing, Coming], [Reading, Signing], [Reading, Signing], [Spent, Signing]];
        for ((seconds, found), expected) in both.into_iter().zip(expected) {
            assert_eq!(found, expected, "after {seconds} s");
        }
        process(dir.path(), at(660));
        assert_eq!(states(660), [Signing], "removed at the start");
    }

    #[test]
    fn tokens_of_a_key_that_was_removed_are_refused_everywhere_soon() {
        let dir = tempfile::tempdir().unwrap();
        let (one, two) = (process(dir.path(), at(0)), process(dir.path(), at(0)));
        let old = token(&one, at(1));
        let kid = rotate_keys(dir.path(), at(2), true).unwrap();
        assert_eq!(kids(dir.path(), at(2)), [(kid, KeyState::Signing)]);
        for process in [&one, &two] {
            assert!(process.read(&old, at(9)).is_some(), "not read again yet");
            assert!(process.read(&old, at(10)).is_none());
        }
        let new = token(&one, at(10));
        assert!(two.read(&new, at(10)).is_some());
    }

    #[test]
    fn what_can_t_be_read_again_shuts_nobody_out() {
        use std::os::unix::fs::PermissionsExt;

        let dir = tempfile::tempdir().unwrap();
        let tokens = process(dir.path(), at(0));
        let made = token(&tokens, at(0));
        let kid = rotate_keys(dir.path(), at(1), false).unwrap();
        fs::set_permissions(dir.path().join(kid), fs::Permissions::from_mode(0o644)).unwrap();
        assert!(Ring::open(dir.path(), at(20)).is_err());
        assert!(tokens.read(&made, at(20)).is_some());
        fs::write(dir.path().join("notes.txt"), "x").unwrap();
        assert!(list_keys(&dir.path().join("none"), at(0)).unwrap().is_empty());
    }
}
