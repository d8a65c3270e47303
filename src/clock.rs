//! The two clocks. `now` is the instant (journal, leases, mail dates); `today` is the business date in
//! the tenant's zone, the one a demo or a test moves. Nothing else asks the system for the time.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

/// Where the instant comes from.
#[derive(Debug, Clone, Copy)]
enum Instant {
    System,
    Fixed(DateTime<Utc>),
}

/// Both clocks, passed to whatever needs the time.
#[derive(Debug, Clone, Copy)]
pub struct Clock {
    instant: Instant,
    today: Option<NaiveDate>,
}

impl Clock {
    /// The system's time.
    pub fn system() -> Self {
        Self { instant: Instant::System, today: None }
    }

    /// A clock that stands still, for tests.
    pub fn fixed(now: DateTime<Utc>) -> Self {
        Self { instant: Instant::Fixed(now), today: None }
    }

    /// The same instant with another business date (a demo's day).
    pub fn with_today(self, today: NaiveDate) -> Self {
        Self { today: Some(today), ..self }
    }

    /// The instant.
    #[allow(clippy::disallowed_methods)] // The one place that reads the system's time.
    pub fn now(&self) -> DateTime<Utc> {
        match self.instant {
            Instant::System => Utc::now(),
            Instant::Fixed(now) => now,
        }
    }

    /// The business date in a tenant's zone.
    pub fn today(&self, zone: Tz) -> NaiveDate {
        self.today.unwrap_or_else(|| self.now().with_timezone(&zone).date_naive())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_turns_at_midnight_of_the_tenants_zone() {
        let hanoi: Tz = "Asia/Ho_Chi_Minh".parse().unwrap();
        let clock = Clock::fixed("2024-11-29T17:00:00Z".parse().unwrap());
        assert_eq!(clock.today(hanoi).to_string(), "2024-11-30");
        assert_eq!(clock.today(Tz::UTC).to_string(), "2024-11-29");
    }
}
