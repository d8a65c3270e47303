//! The parts of the briefing and the desk where it is written.

use super::{Words, sentences};
use crate::domain::paper::DocumentKind;
use crate::text::number;

sentences! {
    paper_results: "I. Kết quả thực hiện", "I. Results";
    paper_overdue: "II. Nhiệm vụ quá hạn", "II. Overdue tasks";
    paper_causes: "III. Nguyên nhân", "III. Causes";
    paper_next: "IV. Nhiệm vụ tháng sau", "IV. Next month";
    paper_proposals: "V. Kiến nghị", "V. Proposals";
    paper_compared: "So sánh hai tháng", "Two months side by side";
    paper_all_units: "Toàn bộ", "All units";
    paper_figure: "Chỉ tiêu", "Figure";
    paper_headline: "Số liệu chính", "Main figures";
    paper_count: "Số lượng", "Count";
    paper_change: "Tăng, giảm", "Change";
    paper_rate_original: "Đúng hạn theo hạn ban đầu", "On time by original deadline";
    paper_line: "Biến động", "Line";
    paper_sign: "Dấu", "Sign";
    paper_flow: "Biến động nhiệm vụ quá hạn", "Flow of overdue tasks";
    paper_flow_by_unit: "Biến động theo đơn vị", "Flow by unit";
    paper_opening: "Đầu kỳ", "Opening";
    paper_added: "Tăng", "Added";
    paper_taken: "Giảm", "Taken off";
    paper_moved_in: "Chuyển đến", "Moved in";
    paper_moved_out: "Chuyển đi", "Moved out";
    paper_closing: "Cuối kỳ", "Closing";
    paper_twice: "Hai kỳ liền", "Twice running";
    paper_yes: "có", "yes";
    paper_next_table: "Nhiệm vụ tháng sau theo đơn vị và sản phẩm", "Next month by unit and product";
    paper_month: "Tháng", "Month";
    paper_cutoff: "Ngày chốt", "Cut-off";
    paper_trend: "Nhiệm vụ quá hạn trong 12 tháng", "Overdue tasks over 12 months";
    paper_government: "Nhiệm vụ Chính phủ, Thủ tướng giao, chưa hoàn thành", "Open tasks of the Government";
    paper_extensions: "Đề nghị gia hạn", "Extensions";
    paper_asked_on: "Ngày đề nghị", "Asked on";
    paper_due_before: "Hạn trước", "Deadline before";
    paper_wanted: "Hạn đề nghị", "Wanted";
    paper_decision: "Quyết định", "Decision";
    paper_new_due: "Hạn mới", "New deadline";
    paper_campaigns: "Giao việc theo đợt", "Campaigns";
    paper_campaign: "Đợt", "Campaign";
    paper_units: "Số đơn vị", "Units";
    paper_reported: "Đã báo cáo", "Reported";
    paper_differences: "Nội dung đính chính", "What was corrected";
    paper_before: "Bản trước", "Before";
    paper_after: "Bản này", "Now";
    desk_title: "Giao ban tháng", "Monthly briefing";
    desk_lead: "Mỗi tháng một dự thảo; khi phát hành, số liệu và danh mục được giữ nguyên.", "A draft each month; once published, figures and rows stay.";
    desk_none: "Chưa có tháng nào.", "No month yet.";
    desk_state: "Trạng thái", "State";
    desk_versions: "Bản đã phát hành", "Published";
    desk_draft: "Dự thảo", "Draft";
    desk_open: "Mở dự thảo tháng này", "Open this month's draft";
    desk_live: "Số liệu theo ngày chốt khác", "Figures at another cut-off";
    desk_form: "Nội dung của người lập", "The author's part";
    desk_cutoff: "Ngày chốt số liệu", "Cut-off";
    desk_results: "Đánh giá chung", "Assessment";
    desk_causes: "Nguyên nhân", "Causes";
    desk_proposals: "Kiến nghị", "Proposals";
    desk_opening: "Số đầu kỳ nhập tay (khi chưa có báo cáo kỳ trước)", "Typed opening (without an earlier briefing)";
    desk_opening_on: "Ngày chốt kỳ trước", "Cut-off before";
    desk_opening_count: "Số nhiệm vụ quá hạn đầu kỳ", "Overdue in the opening";
    desk_save: "Lưu dự thảo", "Save the draft";
    desk_publish: "Phát hành", "Publish";
    desk_reason: "Lý do đính chính", "Why it is corrected";
    desk_publish_hint: "Sau khi phát hành không sửa, không xóa được; đính chính là một bản mới.", "Once published it is neither changed nor deleted; a correction is a new version.";
    desk_correct: "Phát hành bản đính chính", "Publish a correction";
    desk_saved: "Đã lưu dự thảo.", "The draft was saved.";
    desk_published: "Đã phát hành.", "It was published.";
    desk_compare: "So với tháng trước", "Against the month before";
    desk_rows_none: "Không có nhiệm vụ nào.", "None.";
    desk_json: "Số liệu (JSON)", "Figures (JSON)";
    desk_unbalanced: "Số liệu không cân", "It does not add up";
    as_changed: "Nhiệm vụ nay đã khác", "Tasks that differ now";
    as_changed_lead: "Bảng ghi số liệu như khi phát hành; dưới mỗi nhiệm vụ là điểm khác theo dữ liệu hiện nay. Nhật ký của nhiệm vụ cho biết ai sửa, khi nào.", "Each task as it was published; below it in what it differs by what is known now. Its journal says who changed it and when.";
    as_known: "Số liệu của ngày này theo dữ liệu hiện nay.", "This day by what is known now.";
}

impl Words {
    /// `1.351 nhiệm vụ`; where they don't stand on one page: `nhiệm vụ 501–1.000 trong 1.351`. The first `from` stand on
    /// pages before.
    pub fn rows_shown(self, from: usize, most: usize, all: usize) -> String {
        let written = |n: usize| crate::text::number(self.0, n as u64);
        let (count, one) = (written(all), if all == 1 { "" } else { "s" });
        if from >= all || (from == 0 && all <= most) {
            return self.pick(format!("{count} nhiệm vụ"), format!("{count} task{one}"));
        }
        let (first, last, all) = (written(from + 1), written(all.min(from.saturating_add(most))), count);
        self.pick(format!("nhiệm vụ {first}–{last} trong {all}"), format!("tasks {first}–{last} of {all}"))
    }

    /// What is asked of a report made elsewhere, in the order of its fields.
    pub fn desk_reported(self) -> [&'static str; 5] {
        [
            self.pick("Tổng số nhiệm vụ trọng tâm của báo cáo trước", "All key tasks of the earlier report"),
            self.pick("Trong đó: đã hoàn thành (đúng hạn và quá hạn)", "Of them: completed, on time or late"),
            self.pick("Trong đó: đang thực hiện, trong hạn", "Of them: within term"),
            self.pick("Trong đó: không có thời hạn", "Of them: without a deadline"),
            self.pick("Trong đó: ngoài thống kê (rút, tạm dừng, chuyển)", "Of them: outside the count"),
        ]
    }

    /// Overdue by so many days.
    pub fn late_by(self, from: u32, to: Option<u32>) -> String {
        let days = match to {
            Some(to) if to == from => from.to_string(),
            Some(to) => format!("{from}–{to}"),
            None => format!("> {}", from.saturating_sub(1)),
        };
        self.pick(format!("Quá hạn {days} ngày"), format!("Overdue {days} days"))
    }

    /// Where the rows are that a page does not show.
    pub fn paper_first_of(self, shown: u64, all: u64) -> String {
        let (shown, all) = (number(self.0, shown), number(self.0, all));
        self.pick(
            format!("Đang hiện {shown} dòng đầu trong {all} dòng; xem đủ trong bảng tính"),
            format!("The first {shown} of {all} rows; all of them in the spreadsheet"),
        )
    }

    /// With which month another is compared.
    pub fn desk_compare_with(self, month: &str) -> String {
        self.pick(format!("So với tháng {month}"), format!("Against {month}"))
    }

    /// `05 · bản 1`.
    pub fn version_name(self, number: u32, version: u32) -> String {
        self.pick(format!("Số {number:02} · bản {version}"), format!("No. {number:02} · version {version}"))
    }

    /// What a document is called.
    pub fn document_kind(self, kind: DocumentKind) -> &'static str {
        match kind {
            DocumentKind::Docx => "Word (.docx)",
            DocumentKind::Xlsx => "Excel (.xlsx)",
            DocumentKind::Pdf => "PDF",
            DocumentKind::Text => self.pick("Văn bản thuần", "Plain text"),
        }
    }

    /// Which version a published page shows.
    pub fn published_line(self, number: &str, version: u32, on: &str, by: &str) -> String {
        self.pick(
            format!("Số {number} · bản {version} · phát hành {on} · {by}"),
            format!("No. {number} · version {version} · published {on} · {by}"),
        )
    }

    /// That a day is shown as known now, and what was published of it.
    pub fn as_published(self, month: &str, version: u32, overdue: u64) -> String {
        let overdue = crate::text::number(self.0, overdue);
        self.pick(
            format!("Trang này tính theo dữ liệu hiện nay. Với ngày chốt này, báo cáo giao ban tháng {month} (bản {version}) đã phát hành với {overdue} nhiệm vụ trọng tâm quá hạn; số khác nhau là do đính chính sau khi phát hành."),
            format!("This page goes by what is known now. With this cut-off the briefing for {month} (version {version}) was published with {overdue} overdue key tasks; where figures differ, facts were corrected since."),
        )
    }
}
