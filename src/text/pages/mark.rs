//! The marks that rows and counts carry: a word, a shape and a fill.

use super::Words;

/// How a task is marked. A standing, or the part of one that a reader looks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Not completed and past its deadline.
    Overdue,
    /// Due on the day itself.
    DueToday,
    /// Within term, due in a few working days.
    DueSoon,
    /// Within term.
    WithinTerm,
    /// Submitted, waiting for confirmation.
    Waiting,
    /// Completed on or before its deadline.
    CompletedOnTime,
    /// Completed after its deadline.
    CompletedLate,
    /// Without a deadline.
    NoDeadline,
    /// Cancelled, paused, returned or transferred.
    Outside,
    /// Assigned after the day: not counted at all.
    NotAssigned,
}

impl Words {
    /// The word beside the mark.
    pub fn mark(self, mark: &Mark) -> &'static str {
        let (vi, en) = match mark {
            Mark::Overdue => ("Quá hạn", "Overdue"),
            Mark::DueToday => ("Đến hạn hôm nay", "Due today"),
            Mark::DueSoon => ("Sắp đến hạn", "Due soon"),
            Mark::WithinTerm => ("Trong hạn", "Within term"),
            Mark::Waiting => ("Chờ xác nhận", "Waiting for confirmation"),
            Mark::CompletedOnTime => ("Hoàn thành đúng hạn", "Completed on time"),
            Mark::CompletedLate => ("Hoàn thành quá hạn", "Completed late"),
            Mark::NoDeadline => ("Không có thời hạn", "No deadline"),
            Mark::Outside => ("Ngoài thống kê", "Outside the count"),
            Mark::NotAssigned => ("Chưa giao", "Not assigned yet"),
        };
        self.pick(vi, en)
    }

    /// `Quá hạn 198 ngày`: the word with the days late.
    pub fn mark_days(self, mark: &Mark, days: &str) -> String {
        let word = self.mark(mark);
        self.pick(format!("{word} {days} ngày"), format!("{word} by {days} d"))
    }
}
