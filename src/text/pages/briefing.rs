//! The briefing as a page and as an annex on paper.

use super::{Words, sentences};

sentences! {
    annex: "Phụ lục I", "Annex I";
    paragraphs_heading: "Kết quả chung", "Results";
    by_unit_heading: "Tình hình theo đơn vị", "By unit";
    by_unit_caption: "Nhiệm vụ trọng tâm của từng đơn vị theo tình trạng tại ngày chốt",
        "Key tasks of each unit by standing at the cut-off";
    col_total: "Tổng số", "Total";
    col_completed: "Đã hoàn thành", "Completed";
    col_running: "Đang thực hiện", "In progress";
    col_on_time: "Đúng hạn", "On time";
    col_late: "Quá hạn", "Late";
    col_within: "Trong hạn", "Within term";
    col_soon: "Sắp đến hạn", "Due soon";
    col_overdue: "Quá hạn", "Overdue";
    col_no_deadline: "Không thời hạn", "No deadline";
    col_outside: "Ngoài thống kê", "Outside";
    col_rate: "Đúng hạn trong tháng", "On time this month";
    col_longest: "Chậm nhất (ngày)", "Longest (days)";
    col_next: "Tháng sau", "Next month";
    row_total: "Toàn bộ", "All units";
    soon_is_part: "Cột “Sắp đến hạn” là một phần của cột “Trong hạn”. Tổng số = hoàn thành đúng hạn + hoàn thành quá hạn + trong hạn + quá hạn + không thời hạn + ngoài thống kê. Mẫu số của tỷ lệ là nhiệm vụ đến hạn trong tháng đã hoàn thành hoặc đã qua hạn.",
        "“Due soon” is part of “within term”. Total = on time + late + within term + overdue + no deadline + outside. The rate's denominator is the tasks due in the month that were completed or fell due.";
    ages_heading: "Quá hạn theo số ngày", "Overdue by days";
    ages_days: "Số ngày quá hạn", "Days overdue";
    overdue_heading: "Danh mục nhiệm vụ quá hạn", "Overdue tasks";
    overdue_caption: "Nhiệm vụ trọng tâm quá hạn, lâu nhất trước", "Overdue key tasks, the longest first";
    overdue_none: "Không có nhiệm vụ trọng tâm quá hạn.", "No key task is overdue.";
    ordinal: "TT", "No.";
    days_late: "Số ngày quá hạn", "Days late";
    cause: "Nguyên nhân", "Reason";
    leader: "Lãnh đạo phụ trách", "Responsible leader";
    next_month_caption: "Nhiệm vụ trọng tâm đến hạn trong tháng sau theo loại sản phẩm",
        "Key tasks due next month by kind of product";
    share: "Tỷ trọng", "Share";
    total: "Cộng", "Total";
    issuing_office: "Văn phòng", "Office";
}

impl Words {
    /// `Số liệu giao ban tháng 11/2024`.
    pub fn briefing_title(self, month: &str) -> String {
        self.pick(format!("Số liệu giao ban tháng {month}"), format!("Briefing figures for {month}"))
    }

    /// Under the annex's title.
    pub fn figures_as_of(self, day: &str) -> String {
        self.pick(format!("(Số liệu tính đến ngày {day})"), format!("(Figures as of {day})"))
    }

    /// Which computation these figures are, for a reader of the paper.
    pub fn computed(self, at: &str, id: &str) -> String {
        self.pick(
            format!("Số liệu lập lúc {at}. Mã số liệu: {id}."),
            format!("Computed at {at}. Reference: {id}."),
        )
    }
}
