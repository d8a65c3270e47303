//! What stands around every page.

use super::{Words, sentences};
use crate::domain::access::Role;

sentences! {
    product_name: "Đôn đốc", "Đôn đốc";
    skip: "Đến nội dung chính", "Skip to the content";
    navigation: "Điều hướng chính", "Main navigation";
    account: "Tài khoản", "Account";
    search_label: "Tìm nhiệm vụ theo nội dung, mã hoặc số văn bản", "Search tasks by words, code or document number";
    search_hint: "Tìm nhiệm vụ", "Search tasks";
    search: "Tìm", "Search";
    sign_out: "Đăng xuất", "Sign out";
    error_prefix: "Lỗi: ", "Error: ";
    errors_heading: "Có mục cần sửa", "There is something to correct";
    as_of_label: "Ngày chốt số liệu", "Cut-off date";
    date_hint: "ngày/tháng/năm", "day/month/year";
    month_label: "Tháng báo cáo", "Month";
    show: "Xem số liệu", "Show";
    all: "Tất cả", "All";
    print: "In", "Print";
    about_footer: "Theo dõi, đôn đốc nhiệm vụ được giao", "Following up on assigned tasks";
    original_due: "hạn gốc", "originally";
    lead_unit: "Đơn vị chủ trì", "Lead unit";
    unit: "Đơn vị", "Unit";
    task: "Nhiệm vụ", "Task";
    due: "Thời hạn", "Deadline";
    standing: "Tình trạng", "Standing";
    source: "Văn bản giao", "Source document";
    waiting_word: "Chờ xác nhận", "Waiting for confirmation";
    none_given: "Chưa có", "None";
    nav_overview: "Tổng quan", "Overview";
    nav_unit: "Việc của đơn vị", "My unit";
    nav_tasks: "Nhiệm vụ", "Tasks";
    nav_briefings: "Giao ban tháng", "Monthly briefing";
    nav_organisation: "Tổ chức", "Organisation";
    nav_administration: "Quản trị", "Administration";
    nav_figures: "Số liệu", "Figures";
    nav_work: "Công việc", "Work";
    nav_decisions: "Duyệt, chỉ đạo", "Decisions";
    nav_watched: "Giám sát", "Monitoring";
    organisation_lead: "Quản trị của tổ chức quản lý người dùng, đơn vị và thiết đặt; không xem nội dung nhiệm vụ.",
        "An administrator looks after people, units and settings, and does not read tasks.";
}

impl Words {
    /// The role of a post, as it stands under a name.
    pub fn role(self, role: Role) -> &'static str {
        let (vi, en) = match role {
            Role::Staff => ("Chuyên viên", "Staff"),
            Role::UnitHead => ("Thủ trưởng đơn vị", "Head of unit"),
            Role::Office => ("Văn phòng", "Office"),
            Role::Leader => ("Lãnh đạo", "Leader"),
            Role::Admin => ("Quản trị", "Administrator"),
        };
        self.pick(vi, en)
    }

    /// How many units there are.
    pub fn units_count(self, n: &str) -> String {
        self.pick(format!("{n} đơn vị"), format!("{n} units"))
    }

    /// The banner of the demo.
    pub fn demo_banner(self, today: &str) -> String {
        self.pick(
            format!("Bản trình diễn: hôm nay là {today}. Số liệu dựng lại, không phải số liệu chính thức; không đòi mã xác thực."),
            format!("Demo: today is {today}. The data are a reconstruction, not official figures; no codes are asked for."),
        )
    }

    /// The program's version in the footer.
    pub fn version(self, version: &str) -> String {
        self.pick(format!("Phiên bản {version}"), format!("Version {version}"))
    }

    /// `Tính đến ngày 29/11/2024`.
    pub fn as_of(self, day: &str) -> String {
        self.pick(format!("Tính đến ngày {day}"), format!("As of {day}"))
    }

    /// `Tháng 11/2024` from `11/2024`.
    pub fn month(self, month: &str) -> String {
        self.pick(format!("Tháng {month}"), month.to_owned())
    }

    /// A deadline's own words, quoted.
    pub fn in_words(self, words: &str) -> String {
        format!("“{words}”")
    }
}
