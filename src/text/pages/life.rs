//! Giving tasks, taking the steps of their life, and confirming.

use super::{Words, sentences};
use crate::domain::life::Step;
use crate::tasks::entering::Warning;
use crate::text::{date, life, vocabulary};

sentences! {
    nav_give: "Giao nhiệm vụ", "Give a task";
    nav_submissions: "Chờ xác nhận", "To confirm";
    acts_heading: "Việc cần làm", "What you can do";
    task_new: "Giao nhiệm vụ", "Give a task";
    task_edit: "Sửa nội dung nhiệm vụ", "Change what the task says";
    task_save: "Lưu", "Save";
    save_anyway: "Vẫn lưu", "Save all the same";
    warnings_heading: "Đề nghị kiểm tra lại trước khi lưu", "Please look again before saving";
    edit_stale: "Đã có người sửa nhiệm vụ này trong lúc bạn soạn. Chưa lưu gì; nội dung bạn nhập vẫn còn bên dưới.",
        "Somebody has changed this task while you were writing. Nothing was saved; what you typed stands below.";
    step_stale: "Đã có người thay đổi nhiệm vụ này. Xem lại tình trạng hiện nay rồi làm lại.",
        "Somebody has changed this task. Look at it as it is now, then do it again.";
    both_texts: "Nội dung hiện nay và nội dung bạn nhập", "What stands there now, and what you typed";
    both_texts_help: "Các mục khác nhau được liệt kê dưới đây. Sửa lại biểu mẫu cho đúng rồi lưu; lần lưu này sẽ thay nội dung hiện nay.",
        "These fields differ. Put the form right, then save: it replaces what stands there now.";
    text_field: "Mục", "Field";
    text_now: "Hiện nay", "Now";
    text_typed: "Bạn nhập", "You typed";
    group_task: "Nhiệm vụ", "The task";
    group_source: "Văn bản giao", "Source document";
    group_who: "Đơn vị và người chịu trách nhiệm", "Who";
    group_product: "Sản phẩm và thời hạn", "Product and deadline";
    title_label: "Nội dung nhiệm vụ", "What is to be done";
    own_code_hint: "Để trống thì hệ thống tự cấp mã.", "Blank: the next code of the organisation.";
    parent: "Thuộc nhiệm vụ (mã)", "Part of (code)";
    labels: "Nhãn", "Labels";
    labels_hint: "Nhiều nhãn cách nhau bằng dấu ;", "Several are separated by ;";
    responsible_leader: "Lãnh đạo phụ trách", "Responsible leader";
    follower: "Người theo dõi của Văn phòng", "Follower in the Office";
    due_label: "Thời hạn", "Deadline";
    due_hint: "Ví dụ: 31/12/2024, Quý IV/2024, Tháng 12/2024, 15 ngày làm việc, 2 tháng. Để trống: không có thời hạn.",
        "Such as 31/12/2024, Quý IV/2024, Tháng 12/2024, 15 ngày làm việc, 2 tháng. Blank: no deadline.";
    correction: "Lý do sửa thời hạn gốc", "Why the original deadline is put right";
    correction_hint: "Chỉ cần khi sửa thời hạn do nhập sai. Lùi thời hạn là gia hạn, không sửa ở đây.",
        "Only for a slip. A later deadline is an extension.";
    level_hint: "Ví dụ: Chính phủ, Thủ tướng Chính phủ, Bộ trưởng", "Such as Chính phủ, Thủ tướng Chính phủ, Bộ trưởng";
    urgency_hint: "Ví dụ: Khẩn, Thượng khẩn, Hỏa tốc", "Such as Khẩn, Thượng khẩn, Hỏa tốc";
    step_on: "Từ ngày", "From";
    submit_on: "Ngày hoàn thành", "Completed on";
    step_note: "Nội dung đã thực hiện", "What was done";
    step_percent: "Tỷ lệ hoàn thành (%)", "Per cent done";
    percent_at_once: "Báo cáo nhanh tỷ lệ hoàn thành", "Per cent done, by one tap";
    obstacles_hint: "Xóa nội dung khi không còn vướng mắc.", "Clear it when nothing stands in the way any more.";
    product_number: "Số, ký hiệu văn bản kết quả", "Number of the product document";
    product_date: "Ngày văn bản kết quả", "Date of the product document";
    evidence: "Minh chứng", "Evidence";
    new_lead: "Đơn vị chủ trì mới", "New lead unit";
    receiving_body: "Cơ quan nhận", "Receiving body";
    planned_until: "Dự kiến tạm dừng đến", "Meant to last until";
    assignees: "Người thực hiện", "Assignees";
    contact: "Đầu mối của đơn vị", "Contact in the unit";
    assignees_hint: "Cán bộ của đơn vị chủ trì.", "People of the lead unit.";
    progress_log: "Phân công và tiến độ", "Assignment and progress";
    noted_on: "Ngày", "Day";
    noted_by: "Người báo cáo", "By";
    noted_words: "Nội dung", "What was done";
    submissions_title: "Báo cáo hoàn thành chờ xác nhận", "Reported completions to confirm";
    choose: "Chọn", "Choose";
    own_submission: "Bạn là người báo cáo", "Your own report";
    confirm_ticked: "Xác nhận các mục đã chọn", "Confirm what is ticked";
    send_back_one: "Trả lại", "Send back";
    none_confirmed: "Chưa xác nhận mục nào, vì:", "Nothing was confirmed, because:";
    none_ticked: "Chọn ít nhất một báo cáo.", "Tick at least one.";
    more_waiting: "Còn báo cáo khác; xác nhận xong sẽ hiện tiếp.", "There are more; they are shown once these are done.";
    step_move_hint: "Đơn vị mới chủ trì từ hôm nay; những ngày trước giữ nguyên đơn vị cũ.",
        "The new unit leads from today on; the days before keep the old one.";
    step_delete_hint: "Chỉ dùng khi giao nhầm. Nhật ký vẫn giữ; muốn dừng nhiệm vụ thì rút khỏi chương trình.",
        "Only for a task made by mistake. The journal stays; to stop a task, cancel it.";
    step_reopen_hint: "Dùng khi xác nhận nhầm: từ hôm nay nhiệm vụ trở lại đang thực hiện, thời hạn giữ nguyên.",
        "For a confirmation that was a mistake: from today on the task is in progress again, with its deadline.";
    step_return_hint: "Khi nhiệm vụ không thuộc chức năng của đơn vị; tính từ hôm nay.",
        "When the task is not the unit's to do; from today on.";
}

impl Words {
    /// What a step is called, with a capital first letter.
    pub fn step(self, step: Step) -> String {
        vocabulary::capitalised(life::step(self.0, step))
    }

    /// The name of a field that only steps and forms have; `None` for one that sheets have too.
    pub fn life_field(self, field: &str) -> Option<&'static str> {
        Some(match field {
            "parent" => self.parent(),
            "labels" => self.labels(),
            "assignees" => self.assignees(),
            "on" => self.step_on(),
            "reason" => self.reason(),
            "words" => self.noted_words(),
            "evidence" => self.evidence(),
            "body" => self.receiving_body(),
            "planned_until" => self.planned_until(),
            "submitted_number" => self.product_number(),
            "submitted_date" => self.product_date(),
            "deleted" => self.pick("Đã xóa", "Deleted"),
            _ => return None,
        })
    }

    /// That a step was taken.
    pub fn step_done(self, step: Step) -> String {
        let step = life::step(self.0, step);
        self.pick(format!("Đã ghi nhận: {step}."), format!("Done: {step}."))
    }

    /// That a confirmation no longer holds.
    pub fn confirmation_undone(self, on: &str) -> String {
        self.pick(format!("Đã hủy xác nhận từ {on}"), format!("Confirmation taken back on {on}"))
    }

    /// What choosing a task is called to who can't see the row.
    pub fn choose_of(self, code: &str) -> String {
        self.pick(format!("Chọn nhiệm vụ {code}"), format!("Choose task {code}"))
    }

    /// How many reports wait.
    pub fn waiting_total(self, n: &str) -> String {
        self.pick(format!("{n} báo cáo đang chờ xác nhận."), format!("{n} reports wait."))
    }

    /// How many were confirmed.
    pub fn confirmed(self, n: &str) -> String {
        self.pick(format!("Đã xác nhận {n} báo cáo hoàn thành."), format!("{n} completions confirmed."))
    }

    /// How late a report was.
    pub fn reported_late(self, days: &str) -> String {
        self.pick(format!("chậm {days} ngày"), format!("{days} days late"))
    }

    /// What looks like a slip.
    pub fn warning(self, warning: &Warning) -> String {
        match warning {
            Warning::ShortTerm(days) => self.pick(
                format!("Thời gian thực hiện chỉ có {days} ngày làm việc."),
                format!("There are only {days} working days for it."),
            ),
            Warning::NoResult => self
                .pick("Chưa xác định sản phẩm cụ thể.", "Nothing says what the task shall end in.")
                .to_owned(),
            Warning::FutureAssignment(on) => self.pick(
                format!("Ngày giao {} còn ở phía trước.", date(*on)),
                format!("The day of assignment {} is still to come.", date(*on)),
            ),
            Warning::Duplicates(_) => self
                .pick("Có thể trùng với nhiệm vụ đang thực hiện:", "Open tasks have almost this title:")
                .to_owned(),
        }
    }
}
