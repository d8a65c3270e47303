//! The start page of a unit's head and of its staff.

use super::{Words, sentences};

sentences! {
    start_title: "Việc của đơn vị", "My unit's work";
    start_counts: "Tóm tắt", "Summary";
    group_overdue: "Quá hạn", "Overdue";
    group_today: "Đến hạn hôm nay", "Due today";
    group_soon: "Sắp đến hạn", "Due soon";
    group_waiting: "Chờ Văn phòng xác nhận", "Waiting for the Office";
    group_coordinating: "Phối hợp thực hiện", "Coordinating";
    none_overdue: "Không có nhiệm vụ quá hạn.", "Nothing is overdue.";
    none_today: "Không có nhiệm vụ đến hạn hôm nay.", "Nothing is due today.";
    none_soon: "Không có nhiệm vụ đến hạn trong những ngày làm việc tới.",
        "Nothing is due in the next working days.";
    none_waiting: "Không có nhiệm vụ đang chờ xác nhận.", "Nothing is waiting for confirmation.";
    none_coordinating: "Không có nhiệm vụ phối hợp đang thực hiện.", "No coordinating task is under way.";
    start_clear: "Không có nhiệm vụ quá hạn.", "Nothing is overdue.";
}

impl Words {
    /// `08 nhiệm vụ quá hạn (07 trọng tâm), lâu nhất 198 ngày.`
    pub fn start_lead(self, overdue: &str, key: &str, days: &str) -> String {
        self.pick(
            format!("{overdue} nhiệm vụ quá hạn ({key} trọng tâm), lâu nhất {days} ngày."),
            format!("{overdue} overdue tasks ({key} key), the longest by {days} days."),
        )
    }

    /// The link to a group's whole list.
    pub fn all_of_group(self, n: &str) -> String {
        self.pick(format!("Xem tất cả {n} nhiệm vụ"), format!("See all {n} tasks"))
    }
}
