//! Campaigns: one directive given to many units.

use super::{Words, sentences};
use crate::domain::campaign::Reported;
use crate::text::number;

sentences! {
    nav_campaigns: "Giao theo đợt", "Campaigns";
    campaigns_title: "Giao việc theo đợt", "Campaigns";
    campaigns_lead: "Một văn bản giao cho nhiều đơn vị: mỗi đơn vị một nhiệm vụ, theo dõi trên một bảng.",
        "One directive given to many units: a task for each, followed on one board.";
    campaigns_caption: "Các đợt giao việc, mới nhất trước", "Campaigns, the latest first";
    campaigns_none: "Chưa có đợt giao việc nào.", "There is none yet.";
    campaign_add: "Giao việc theo đợt", "Give a campaign";
    campaign_name: "Nội dung", "Task";
    campaign_units: "Đơn vị", "Units";
    campaign_state: "Trạng thái", "State";
    campaign_open: "đang mở", "open";
    campaign_source_date: "Ngày văn bản", "Date of the document";
    campaign_issuer: "Cơ quan ban hành", "Issued by";
    campaign_assigned: "Ngày giao", "Assigned on";
    campaign_due_hint: "Ngày, tháng, quý hoặc năm: 15/12/2024, Tháng 12/2024, Quý IV/2024.",
        "A day, month, quarter or year: 15/12/2024, Tháng 12/2024, Quý IV/2024.";
    campaign_whom: "Giao cho", "Given to";
    campaign_everyone: "Tất cả đơn vị", "All units";
    campaign_some: "Các đơn vị được chọn dưới đây", "The units chosen below";
    campaign_give: "Giao", "Give";
    campaign_given: "Đã giao nhiệm vụ cho các đơn vị.", "The tasks were given.";
    campaign_all: "Tất cả", "All";
    campaign_board: "Báo cáo của các đơn vị", "Who has reported";
    campaign_task: "Nhiệm vụ", "Task";
    campaign_reported: "Báo cáo", "Report";
    campaign_overdue: "Quá hạn", "Overdue";
    campaign_urged: "Đã đôn đốc", "Urged";
    campaign_no_rows: "Không có đơn vị nào.", "No unit.";
    campaign_urge: "Đôn đốc các đơn vị còn lại", "Urge the rest";
    campaign_urge_none: "Hôm nay không còn đơn vị nào cần đôn đốc.", "Nobody is left to urge today.";
    campaign_more: "Giao thêm đơn vị", "Add units";
    campaign_more_help: "Đơn vị được giao từ hôm nay, cùng thời hạn.", "They are given it as of today, with the same deadline.";
    campaign_close: "Đóng đợt", "Close the campaign";
    campaign_close_help: "Không giao thêm, không đôn đốc nữa. Nhiệm vụ của các đơn vị vẫn theo dõi như thường.",
        "Nobody is added or urged any more. The units' tasks go on as they are.";
    campaign_added: "Đã giao thêm đơn vị.", "Units were added.";
    campaign_closed: "Đã đóng đợt.", "The campaign was closed.";
    campaign_unreached: "không có người nhận thư", "nobody to write to";
}

impl Words {
    /// How a unit has reported.
    pub fn reported(self, reported: Reported) -> &'static str {
        match reported {
            Reported::Done => self.pick("đã báo cáo", "reported"),
            Reported::Waiting => self.pick("chờ xác nhận", "waiting for confirmation"),
            Reported::Overdue => self.pick("quá hạn chưa báo cáo", "overdue, not reported"),
            Reported::Pending => self.pick("chưa báo cáo", "not reported"),
            Reported::Outside => self.pick("ngoài thống kê", "outside the count"),
            Reported::Removed => self.pick("nhiệm vụ đã xóa", "task deleted"),
        }
    }

    /// How many of how many have reported.
    pub fn campaign_progress(self, reported: u64, of: u64) -> String {
        let (reported, of) = (number(self.0, reported), number(self.0, of));
        self.pick(
            format!("{reported}/{of} đơn vị đã báo cáo"),
            format!("{reported} of {of} units have reported"),
        )
    }

    /// How many would be urged.
    pub fn campaign_to_urge(self, units: u64) -> String {
        let n = number(self.0, units);
        self.pick(
            format!("{n} đơn vị chưa báo cáo sẽ nhận thư đôn đốc; mỗi đơn vị nhiều nhất một lần một ngày."),
            format!("{n} units that have not reported get a letter; each once a day at most."),
        )
    }

    /// What came of urging.
    pub fn campaign_urged_now(self, units: &str, letters: &str) -> String {
        self.pick(
            format!("Đã đôn đốc {units} đơn vị, {letters} thư được gửi."),
            format!("{units} units were urged by {letters} letters."),
        )
    }

    /// Since when, and why, it is closed.
    pub fn campaign_closed_on(self, on: &str, reason: &str) -> String {
        self.pick(format!("đã đóng {on}: {reason}"), format!("closed on {on}: {reason}"))
    }

    /// So many days late.
    pub fn campaign_late(self, days: &str) -> String {
        self.pick(format!("chậm {days} ngày"), format!("{days} days late"))
    }

    /// The days on which a unit was urged: the last one, and how often.
    pub fn campaign_urges(self, last: &str, times: usize) -> String {
        match times {
            1 => last.to_owned(),
            n => self.pick(format!("{last} (lần thứ {n})"), format!("{last} (time {n})")),
        }
    }
}
