//! The calendar of days off and make-up days.

use super::{Words, sentences};
use crate::domain::calendar::DayKind;
use crate::text::number;

sentences! {
    nav_calendar: "Lịch làm việc", "Calendar";
    calendar_caption_days: "Ngày nghỉ và ngày làm bù", "Days off and make-up days";
    calendar_lead: "Ngày làm việc là thứ Hai đến thứ Sáu, trừ ngày nghỉ, thêm ngày làm bù. Hạn cố định không đổi theo lịch; hạn tính theo kỳ và dấu sắp đến hạn thì có.",
        "Monday to Friday are worked, but for days off, and so are make-up days. A fixed deadline never moves with the calendar; computed terms and due-soon marks do.";
    calendar_legend: "Chú giải", "Legend";
    calendar_off: "nghỉ", "off";
    calendar_work: "làm bù", "worked";
    calendar_provisional: "tạm, chưa công bố", "provisional, not announced";
    calendar_provisional_mark: "tạm", "provisional";
    calendar_day: "Ngày", "Day";
    calendar_kind: "Loại", "Kind";
    calendar_name: "Tên", "Name";
    calendar_source: "Văn bản", "Document";
    calendar_source_hint: "Có thể để trống.", "May be left out.";
    calendar_state: "Trạng thái", "State";
    calendar_none: "Năm này chưa có ngày nghỉ hay ngày làm bù nào được ghi.", "Nothing is said of this year yet.";
    calendar_previous: "Năm trước", "Year before";
    calendar_next: "Năm sau", "Year after";
    calendar_one: "Ghi hoặc sửa một ngày", "Say something of a day";
    calendar_look: "Xem trước thay đổi", "See what would change";
    calendar_remove: "Xóa", "Remove";
    calendar_paste: "Dán cả năm", "Paste a year";
    calendar_paste_hint: "Mỗi dòng một ngày: ngày/tháng/năm; OFF, WORK hoặc XÓA; tên; văn bản; tạm. Ngăn cách bằng dấu chấm phẩy hoặc dán từ bảng tính.",
        "A line a day: day/month/year; OFF, WORK or XÓA; name; document; tạm. Semicolons between, or pasted from a spreadsheet.";
    calendar_lines: "Các dòng", "Lines";
    calendar_replace: "Thay toàn bộ năm đang xem: ngày không có trong danh sách sẽ bị xóa",
        "Replace the whole year shown: what is not on the list is removed";
    calendar_import: "Nhập từ tệp", "From a file";
    calendar_import_hint: "Tệp .xlsx hoặc .csv (UTF-8), mỗi ngày một hàng, tối đa 400 hàng, 1 MB. Hàng tiêu đề có cột Ngày và Loại (OFF, WORK hoặc XÓA); có thể có Tên, Văn bản, Tạm.",
        "An .xlsx or .csv file (UTF-8), a row a day, at most 400 rows and 1 MB. Its heading has the columns Date and Kind (OFF, WORK or XÓA), perhaps Name, Source and Provisional.";
    calendar_touched: "Nhiệm vụ bị ảnh hưởng", "The tasks it touches";
    calendar_mark_only: "chỉ đổi dấu sắp đến hạn", "only the due-soon mark";
    calendar_saved: "Đã lưu thay đổi lịch.", "The calendar was changed.";
    calendar_preview: "Xem trước thay đổi lịch", "What would change";
    calendar_moved: "Lịch hoặc nhiệm vụ đã thay đổi từ lúc xem trước. Dưới đây là kết quả mới; xem lại rồi xác nhận.",
        "The calendar or tasks have changed since. This is what it would do now; look again, then confirm.";
    calendar_same: "Không có gì thay đổi so với lịch hiện tại.", "Nothing would be other than it is.";
    calendar_before: "Hiện tại", "Now";
    calendar_after: "Sau khi lưu", "Then";
    calendar_terms: "Thời hạn tính theo kỳ chuyển sang ngày khác", "Computed deadlines on another day";
    calendar_terms_none: "Không thời hạn nào chuyển ngày. Hạn ghi bằng ngày cố định giữ nguyên.",
        "No deadline moves. Deadlines given as dates stay.";
    calendar_from: "Từ", "From";
    calendar_to: "Sang", "To";
    calendar_marks: "Dấu sắp đến hạn bắt đầu vào ngày khác", "Due-soon marks from another day on";
    calendar_marks_none: "Dấu sắp đến hạn của các nhiệm vụ không đổi.", "No due-soon mark changes.";
    calendar_mark_from: "Đang báo từ", "Marked from";
    calendar_mark_to: "Sẽ báo từ", "Would be from";
    calendar_tasks: "Nhiệm vụ", "Tasks";
    calendar_units: "Đơn vị chủ trì", "Lead units";
    calendar_confirm: "Xác nhận và lưu", "Confirm and save";
    calendar_untouched: "không ghi", "nothing said";
}

impl Words {
    /// The page's title.
    pub fn calendar_title(self, year: &str) -> String {
        self.pick(format!("Lịch làm việc năm {year}"), format!("Calendar of {year}"))
    }

    /// The name of a month.
    pub fn calendar_month(self, month: u32) -> String {
        const ENGLISH: [&str; 12] = [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ];
        let place = usize::try_from(month).unwrap_or(1).saturating_sub(1);
        self.pick(format!("Tháng {month}"), ENGLISH.get(place).copied().unwrap_or_default().to_owned())
    }

    /// The weekdays from Monday on, short and whole.
    pub fn weekdays(self) -> [(&'static str, &'static str); 7] {
        self.pick(
            [
                ("T2", "thứ Hai"),
                ("T3", "thứ Ba"),
                ("T4", "thứ Tư"),
                ("T5", "thứ Năm"),
                ("T6", "thứ Sáu"),
                ("T7", "thứ Bảy"),
                ("CN", "Chủ nhật"),
            ],
            [
                ("Mo", "Monday"),
                ("Tu", "Tuesday"),
                ("We", "Wednesday"),
                ("Th", "Thursday"),
                ("Fr", "Friday"),
                ("Sa", "Saturday"),
                ("Su", "Sunday"),
            ],
        )
    }

    /// A kind of day.
    pub fn day_kind(self, kind: DayKind) -> &'static str {
        match kind {
            DayKind::Off => self.calendar_off(),
            DayKind::Work => self.calendar_work(),
        }
    }

    /// What a change would do, in one sentence.
    pub fn calendar_effect(self, deadlines: u64, marked: u64, units: u64) -> String {
        let [deadlines, marked, units] = [deadlines, marked, units].map(|n| number(self.0, n));
        self.pick(
            format!("Thay đổi {deadlines} thời hạn và dấu sắp đến hạn của {marked} nhiệm vụ, thuộc {units} đơn vị."),
            format!("Changes {deadlines} deadlines and the due-soon marks of {marked} tasks, in {units} units."),
        )
    }

    /// How many tasks more than those that are named.
    pub fn calendar_more(self, rest: &str) -> String {
        self.pick(format!("và {rest} nhiệm vụ khác."), format!("and {rest} tasks more."))
    }

    /// Where a fault of a file stands: the cell, and what it should say.
    pub fn calendar_cell(self, cell: &str, field: &str) -> String {
        match field {
            "formula" => self.pick(format!("Ô {cell}, công thức"), format!("Cell {cell}, a formula")),
            field => {
                let field = self.calendar_field(field).to_lowercase();
                self.pick(format!("Ô {cell}, {field}"), format!("Cell {cell}, {field}"))
            }
        }
    }

    fn calendar_field(self, field: &str) -> &'static str {
        match field {
            "day" => self.calendar_day(),
            "kind" => self.calendar_kind(),
            "name" => self.calendar_name(),
            "source" => self.calendar_source(),
            _ => self.calendar_provisional_mark(),
        }
    }

    /// Where a fault of the pasted lines stands: its number, and the cell's name.
    pub fn calendar_line(self, number: &str, cell: &str) -> String {
        let cell = self.calendar_field(cell);
        self.pick(
            format!("Dòng {number}, {}", cell.to_lowercase()),
            format!("Line {number}, {}", cell.to_lowercase()),
        )
    }
}
