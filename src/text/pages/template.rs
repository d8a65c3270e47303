//! The form of documents.

use super::{Words, sentences};

sentences! {
    template_title: "Mẫu văn bản", "Form of documents";
    template_lead: "Báo cáo giao ban xuất ra Word theo thể thức Nghị định 30/2020, hoặc theo mẫu riêng của tổ chức: một tệp docx có các ô nội dung (content control) gắn thẻ.",
        "The briefing leaves for Word in the form of Decree 30/2020, or in the organisation's own: a docx file with tagged content controls.";
    template_now: "Mẫu đang dùng", "In force";
    template_ours: "Thể thức Nghị định 30/2020 của phần mềm.", "The product's own form of Decree 30/2020.";
    template_withdraw: "Bỏ mẫu riêng, dùng thể thức của phần mềm", "Withdraw it and use the product's own form";
    template_filled: "Tải ví dụ điền theo mẫu đang dùng", "Download an example in this form";
    template_put: "Dùng mẫu riêng", "Use a template of your own";
    template_sample: "Tải mẫu để bắt đầu, có đủ mọi thẻ", "Download a template to begin with, with every tag there is";
    template_file: "Tệp mẫu (docx)", "Template (docx)";
    template_file_hint: "Không quá 5 MB, không macro, không liên kết ra ngoài", "At most 5 MB, no macros, no links to outside";
    template_needed: "Các thẻ bắt buộc", "Needed tags";
    template_send: "Kiểm tra và dùng mẫu này", "Check it and use it";
}

impl Words {
    /// Which template is in force, and since when.
    pub fn template_since(self, name: &str, day: &str) -> String {
        self.pick(format!("{name}, từ ngày {day}"), format!("{name}, since {day}"))
    }
}
