//! The sentences of an urging letter to the heads of a unit.

use chrono::NaiveDate;

use crate::text::{Lang, count, number};

/// The sentences of an urging letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UrgeWords(pub Lang);

impl UrgeWords {
    fn pick<T>(self, vi: T, en: T) -> T {
        match self.0 {
            Lang::Vi => vi,
            Lang::En => en,
        }
    }

    fn n(self, n: usize) -> String {
        let n = u64::try_from(n).unwrap_or(u64::MAX);
        self.pick(count(n), number(self.0, n))
    }

    /// The language's code.
    pub fn lang(self) -> &'static str {
        self.0.code()
    }

    /// `[CVT] Đôn đốc 03 nhiệm vụ – 29/11`.
    pub fn subject(self, unit: &str, tasks: usize, day: NaiveDate) -> String {
        let (n, day) = (self.n(tasks), day.format("%d/%m"));
        self.pick(
            format!("[{unit}] Đôn đốc {n} nhiệm vụ – {day}"),
            format!("[{unit}] {n} tasks urged – {day}"),
        )
    }

    /// What the letter is.
    pub fn heading(self) -> &'static str {
        self.pick("Văn phòng đôn đốc thực hiện nhiệm vụ", "The Office urges these tasks")
    }

    /// How many tasks of the unit it is about.
    pub fn intro(self, unit: &str, tasks: usize, overdue: usize) -> String {
        let (tasks, late) = (self.n(tasks), self.n(overdue));
        match overdue {
            0 => self.pick(
                format!("Văn phòng đề nghị {unit} tập trung hoàn thành {tasks} nhiệm vụ dưới đây."),
                format!("The Office asks {unit} to complete the {tasks} tasks below."),
            ),
            _ => self.pick(
                format!(
                    "Văn phòng đề nghị {unit} tập trung hoàn thành {tasks} nhiệm vụ dưới đây, trong đó {late} nhiệm vụ đã quá hạn; báo cáo rõ nguyên nhân chậm và thời hạn hoàn thành."
                ),
                format!(
                    "The Office asks {unit} to complete the {tasks} tasks below, {late} of them overdue, and to report the reason for the delay and when they will be done."
                ),
            ),
        }
    }

    /// When a task is due, and how many days late it is; `days` is below nought before that.
    pub fn status(self, due: Option<&str>, days: Option<i64>) -> String {
        match (due, days) {
            (Some(due), Some(days)) if days > 0 => self.pick(
                format!("Hạn {due}, quá hạn {days} ngày"),
                format!("Due {due}, overdue by {days} days"),
            ),
            (Some(due), Some(0)) => self.pick(format!("Hạn {due}, hôm nay"), format!("Due {due}, today")),
            (Some(due), _) => self.pick(format!("Hạn {due}"), format!("Due {due}")),
            (None, _) => self.pick("Không có thời hạn", "No deadline").to_owned(),
        }
    }

    /// How many more there are.
    pub fn more(self, n: usize) -> String {
        let n = self.n(n);
        self.pick(format!("và {n} nhiệm vụ khác"), format!("and {n} more tasks"))
    }

    /// The link to the unit's open tasks.
    pub fn list(self) -> &'static str {
        self.pick("Nhiệm vụ đang thực hiện của đơn vị", "The unit's open tasks")
    }

    /// Why the letter came.
    pub fn why(self, tenant: &str) -> String {
        self.pick(
            format!("Thư do Văn phòng – {tenant} gửi qua Đôn đốc."),
            format!("Sent by the Office of {tenant} through Đôn đốc."),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_counts_what_is_overdue() {
        let w = UrgeWords(Lang::Vi);
        assert_eq!(w.subject("CVT", 3, "2024-11-29".parse().unwrap()), "[CVT] Đôn đốc 03 nhiệm vụ – 29/11");
        assert!(w.intro("Cục Viễn thông", 3, 2).contains("trong đó 02 nhiệm vụ đã quá hạn"));
        assert_eq!(w.status(Some("28/11/2024"), Some(1)), "Hạn 28/11/2024, quá hạn 1 ngày");
        assert_eq!(w.status(Some("30/11/2024"), Some(-1)), "Hạn 30/11/2024");
    }
}
