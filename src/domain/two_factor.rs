//! The second factor: who must have one, who may be remembered on a device, how often a code may be tried.

use chrono::{DateTime, TimeDelta, Utc};

use super::access::Role;

/// So many codes may be tried in [`TRY_SECONDS`] (QUALITY T3).
pub const TRIES: usize = 5;

/// The time in which tries are counted, in seconds.
pub const TRY_SECONDS: i64 = 300;

/// How long a device is remembered (QUALITY J10).
pub const REMEMBERED_DAYS: i64 = 30;

/// Who of a tenant must have a second factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FactorRule {
    /// Administrators, office and leaders.
    pub required: bool,
    /// Heads of units as well.
    pub unit_heads: bool,
}

impl FactorRule {
    /// Nobody must: the demo's rule.
    pub const NOBODY: Self = Self { required: false, unit_heads: false };

    /// Whether somebody who holds posts of these roles must have one.
    pub fn demands(self, roles: &[Role]) -> bool {
        roles.iter().any(|role| match role {
            Role::Admin | Role::Office | Role::Leader => self.required,
            Role::UnitHead => self.required && self.unit_heads,
            Role::Staff => false,
        })
    }
}

/// Whether somebody who holds posts of these roles may have a device remembered.
pub fn may_remember(roles: &[Role]) -> bool {
    roles.iter().all(|role| matches!(role, Role::Staff | Role::UnitHead))
}

/// The tries to be kept when one more is made now; `None` when there were too many.
pub fn count_try(tries: &[DateTime<Utc>], now: DateTime<Utc>) -> Option<Vec<DateTime<Utc>>> {
    let counts = |at: &&DateTime<Utc>| **at + TimeDelta::seconds(TRY_SECONDS) > now;
    let mut recent: Vec<_> = tries.iter().filter(counts).copied().collect();
    (recent.len() < TRIES).then(|| {
        recent.push(now);
        recent
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_strictest_of_a_persons_posts_decides() {
        let all = FactorRule { required: true, unit_heads: true };
        let heads_need_none = FactorRule { required: true, unit_heads: false };
        for role in [Role::Admin, Role::Office, Role::Leader] {
            assert!(all.demands(&[role]) && heads_need_none.demands(&[Role::Staff, role]));
            assert!(!may_remember(&[role]) && !may_remember(&[Role::Staff, role]));
            assert!(!FactorRule::NOBODY.demands(&[role]));
        }
        assert!(all.demands(&[Role::UnitHead]) && !heads_need_none.demands(&[Role::UnitHead]));
        assert!(!FactorRule { required: false, unit_heads: true }.demands(&[Role::UnitHead]));
        assert!(!all.demands(&[Role::Staff]) && may_remember(&[Role::Staff, Role::UnitHead]));
    }

    #[test]
    fn five_tries_in_any_five_minutes() {
        let start: DateTime<Utc> = "2024-11-29T02:00:00Z".parse().unwrap();
        let at = |seconds: i64| start + TimeDelta::seconds(seconds);
        let mut tries = Vec::new();
        for seconds in [0, 100, 200, 250, 299] {
            tries = count_try(&tries, at(seconds)).unwrap();
        }
        assert_eq!(count_try(&tries, at(299)), None);
        tries = count_try(&tries, at(300)).unwrap();
        assert_eq!(tries.len(), TRIES);
        assert_eq!(count_try(&tries, at(399)), None);
        assert!(count_try(&tries, at(400)).is_some());
    }
}
