//! The public sector's days off and made-up Saturdays, 2024–2027 (DOMAIN §6), which a new tenant begins with.

use chrono::NaiveDate;

use super::calendar::DayKind;

/// A day as the government announced it, or is expected to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PublicDay {
    /// The day.
    pub day: NaiveDate,
    /// Off or worked.
    pub kind: DayKind,
    /// Why, as officials write it.
    pub name: &'static str,
    /// Whether it is not announced yet.
    pub provisional: bool,
}

const NEW_YEAR: &str = "Tết Dương lịch";
const TET: &str = "Tết Nguyên đán";
const HUNG_KINGS: &str = "Giỗ Tổ Hùng Vương";
const VICTORY: &str = "Ngày Chiến thắng";
const LABOUR: &str = "Ngày Quốc tế Lao động";
const NATIONAL: &str = "Quốc khánh";
const CULTURE: &str = "Ngày Văn hóa Việt Nam";
const EXCHANGED: &str = "Nghỉ bù/hoán đổi";
const MADE_UP: &str = "Làm bù";

/// Year, month, first and last day, name. The kind follows from the name: only [`MADE_UP`] is worked.
type Run = (i32, u32, u32, u32, &'static str);

const ANNOUNCED: [Run; 31] = [
    (2024, 1, 1, 1, NEW_YEAR),
    (2024, 2, 8, 14, TET),
    (2024, 4, 18, 18, HUNG_KINGS),
    (2024, 4, 29, 29, EXCHANGED),
    (2024, 4, 30, 30, VICTORY),
    (2024, 5, 1, 1, LABOUR),
    (2024, 5, 4, 4, MADE_UP),
    (2024, 9, 2, 3, NATIONAL),
    (2025, 1, 1, 1, NEW_YEAR),
    (2025, 1, 27, 31, TET),
    (2025, 4, 7, 7, HUNG_KINGS),
    (2025, 4, 26, 26, MADE_UP),
    (2025, 4, 30, 30, VICTORY),
    (2025, 5, 1, 1, LABOUR),
    (2025, 5, 2, 2, EXCHANGED),
    (2025, 9, 1, 2, NATIONAL),
    (2026, 1, 1, 1, NEW_YEAR),
    (2026, 1, 2, 2, EXCHANGED),
    (2026, 1, 10, 10, MADE_UP),
    (2026, 2, 16, 20, TET),
    (2026, 4, 27, 27, EXCHANGED),
    (2026, 4, 30, 30, VICTORY),
    (2026, 5, 1, 1, LABOUR),
    (2026, 8, 22, 22, MADE_UP),
    (2026, 8, 31, 31, EXCHANGED),
    (2026, 9, 1, 2, NATIONAL),
    (2027, 1, 1, 1, NEW_YEAR),
    (2027, 4, 16, 16, HUNG_KINGS),
    (2027, 4, 30, 30, VICTORY),
    (2027, 5, 3, 3, EXCHANGED),
    (2027, 9, 2, 2, NATIONAL),
];

const PROVISIONAL: [Run; 4] = [
    (2026, 11, 24, 24, CULTURE),
    (2027, 2, 4, 10, TET),
    (2027, 9, 3, 3, NATIONAL),
    (2027, 11, 24, 24, CULTURE),
];

/// Every day of the announcements, in order, weekends inside a holiday included: one row a date.
pub fn public_days() -> Vec<PublicDay> {
    let announced = ANNOUNCED.iter().flat_map(|run| days_of(*run, false));
    let mut days: Vec<_> = announced.chain(PROVISIONAL.iter().flat_map(|run| days_of(*run, true))).collect();
    days.sort_by_key(|row| row.day);
    days
}

fn days_of((year, month, first, last, name): Run, provisional: bool) -> impl Iterator<Item = PublicDay> {
    let kind = if name == MADE_UP { DayKind::Work } else { DayKind::Off };
    (first..=last)
        .filter_map(move |day| NaiveDate::from_ymd_opt(year, month, day))
        .map(move |day| PublicDay { day, kind, name, provisional })
}

#[cfg(test)]
mod tests {
    use chrono::{Datelike, Weekday};

    use super::*;

    #[test]
    fn every_announced_date_is_one_row() {
        let days = public_days();
        let in_year = |year| days.iter().filter(|row| row.day.year() == year).count();
        assert_eq!([2024, 2025, 2026, 2027].map(in_year), [15, 13, 16, 14]);
        assert!(days.is_sorted_by(|a, b| a.day < b.day));
        assert_eq!(days.iter().filter(|row| row.provisional).count(), 10);
    }

    #[test]
    fn made_up_days_are_saturdays_and_days_exchanged_are_weekdays() {
        for row in public_days() {
            let weekday = row.day.weekday();
            assert_eq!(row.kind == DayKind::Work, row.name == MADE_UP);
            assert!(row.name != MADE_UP || weekday == Weekday::Sat, "{}", row.day);
            assert!(row.name != EXCHANGED || weekday.num_days_from_monday() < 5, "{}", row.day);
        }
    }
}
