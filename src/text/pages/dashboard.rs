//! The Office's dashboard.

use super::{Piece, Words, fill, sentences};
use crate::briefings::RequestFault;
use crate::error::ParameterProblem;
use crate::text::{date, parameter};

sentences! {
    dashboard_title: "Tổng quan", "Overview";
    nothing_overdue: "Không có nhiệm vụ trọng tâm quá hạn", "No key task is overdue";
    period_form: "Chọn kỳ số liệu", "Choose the period";
    on_time_heading: "Tỷ lệ đúng hạn trong tháng", "On time this month";
    on_time_current: "theo thời hạn đang áp dụng", "against current deadlines";
    on_time_original: "theo thời hạn ban đầu", "against original deadlines";
    on_time_basis: "Mẫu số: nhiệm vụ đến hạn trong tháng đã hoàn thành hoặc đã qua hạn.",
        "Out of the tasks due in the month that were completed or fell due.";
    standings_heading: "Nhiệm vụ trọng tâm theo tình trạng", "Key tasks by standing";
    standings_total: "Tổng số đã giao", "Assigned in all";
    overdue_by_unit: "Quá hạn theo đơn vị", "Overdue by unit";
    overdue_count: "Số nhiệm vụ quá hạn", "Overdue tasks";
    no_unit_overdue: "Không đơn vị nào có nhiệm vụ trọng tâm quá hạn.", "No unit has an overdue key task.";
    help_heading: "Đơn vị cần đôn đốc trực tiếp", "Units needing direct help";
    help_none: "Chưa có đơn vị nào cần đôn đốc trực tiếp.", "No unit needs direct help.";
    longest: "Lâu nhất", "Longest delay";
    next_product: "Sản phẩm", "Product";
    next_count: "Số nhiệm vụ", "Tasks";
    next_none: "Không có nhiệm vụ trọng tâm đến hạn trong tháng sau.", "No key task is due next month.";
    trend_heading: "Quá hạn qua 12 tháng", "Overdue over 12 months";
    trend_caption: "Số nhiệm vụ trọng tâm quá hạn tại ngày cuối mỗi tháng; tháng đang xem tính tại ngày chốt.",
        "Overdue key tasks at the end of each month; of the month shown, at its cut-off.";
    trend_none: "Chưa có số liệu các tháng trước.", "No earlier months yet.";
    soon_heading: "Sắp đến hạn", "Due soon";
    soon_none: "Không có nhiệm vụ trọng tâm sắp đến hạn.", "No key task is due soon.";
}

impl Words {
    /// `13 đơn vị có 32 nhiệm vụ trọng tâm quá hạn`.
    pub fn headline<'a, T>(self, units: &'a T, overdue: &'a T) -> Vec<Piece<'a, T>> {
        fill(
            self.pick("{0} đơn vị có {1} nhiệm vụ trọng tâm quá hạn", "{0} units have {1} overdue key tasks"),
            &[units, overdue],
        )
    }

    /// `Nhiệm vụ quá hạn lâu nhất là 198 ngày.`
    pub fn headline_worst<'a, T>(self, days: &'a T) -> Vec<Piece<'a, T>> {
        fill(self.pick("Nhiệm vụ quá hạn lâu nhất: {0} ngày.", "The longest delay is {0} days."), &[days])
    }

    /// What the next month asks for; `month` is `12/2024`.
    pub fn headline_next<'a, T>(
        self,
        month: &'a T,
        due: &'a T,
        schemes: &'a T,
        circulars: &'a T,
    ) -> Vec<Piece<'a, T>> {
        fill(
            self.pick(
                "Tháng {0} phải hoàn thành {1} nhiệm vụ trọng tâm, trong đó có {2} đề án trình Chính phủ, \
                 Thủ tướng Chính phủ và {3} thông tư.",
                "{1} key tasks are due in {0}, among them {2} schemes to the Government or the Prime Minister \
                 and {3} circulars.",
            ),
            &[month, due, schemes, circulars],
        )
    }

    /// A column of the trend, read aloud.
    pub fn trend_point(self, month: &str, overdue: &str) -> String {
        self.pick(
            format!("Tháng {month}: {overdue} nhiệm vụ quá hạn"),
            format!("{month}: {overdue} overdue tasks"),
        )
    }

    /// `Đến hạn trong tháng 12/2024`.
    pub fn next_heading(self, month: &str) -> String {
        self.pick(format!("Đến hạn trong tháng {month}"), format!("Due in {month}"))
    }

    /// `07 nhiệm vụ quá hạn, lâu nhất 198 ngày`.
    pub fn help_line<'a, T>(self, overdue: &'a T, days: &'a T) -> Vec<Piece<'a, T>> {
        fill(
            self.pick(
                "{0} nhiệm vụ quá hạn, lâu nhất {1} ngày",
                "{0} overdue tasks, the longest by {1} days",
            ),
            &[overdue, days],
        )
    }

    /// `Đúng hạn trong tháng: 50,0 % (3/6)`.
    pub fn help_rate(self, percent: &str, part: &str, of: &str) -> String {
        self.pick(
            format!("Đúng hạn trong tháng: {percent} ({part}/{of})"),
            format!("On time this month: {percent} ({part}/{of})"),
        )
    }

    /// `trong đó 21 sắp đến hạn`.
    pub fn of_which_soon<'a, T>(self, n: &'a T) -> Vec<Piece<'a, T>> {
        fill(self.pick("trong đó {0} sắp đến hạn", "of which {0} due soon"), &[n])
    }

    /// `trong đó 02 chờ xác nhận`.
    pub fn of_which_waiting<'a, T>(self, n: &'a T) -> Vec<Piece<'a, T>> {
        fill(self.pick("trong đó {0} chờ xác nhận", "of which {0} waiting"), &[n])
    }

    /// What is wrong with a month or a cut-off, and how to mend it.
    pub fn request_fault(self, fault: RequestFault) -> String {
        match fault {
            RequestFault::MonthUnreadable => self
                .pick("Tháng ghi theo dạng năm-tháng, ví dụ 2024-11.", "Write the month as 2024-11.")
                .into(),
            RequestFault::MonthAhead => {
                self.pick("Tháng này chưa bắt đầu.", "This month has not begun yet.").into()
            }
            RequestFault::CutoffUnreadable(fault) => {
                parameter::at_field(self.0, &ParameterProblem::NotADate(fault))
            }
            RequestFault::CutoffOutside { first, last } => self.pick(
                format!("Ngày chốt của tháng này phải từ {} đến {}.", date(first), date(last)),
                format!("This month's cut-off lies between {} and {}.", date(first), date(last)),
            ),
            RequestFault::CutoffAhead { today } => self.pick(
                format!("Ngày chốt không được sau hôm nay, {}.", date(today)),
                format!("The cut-off can't be after today, {}.", date(today)),
            ),
        }
    }
}
