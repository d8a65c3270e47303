//! The page of an urging letter's draft.

use super::{Words, sentences};

sentences! {
    urging_link: "Dự thảo công văn đôn đốc", "Draft an urging letter";
    urging_title: "Dự thảo công văn đôn đốc", "Draft of an urging letter";
    urging_advice: "Số và chữ ký do Văn phòng điền khi ban hành. Công văn luôn bằng tiếng Việt.",
        "Number and signature are filled in when it is issued. The letter is always in Vietnamese.";
    urging_file: "Tải về dạng Word", "Download for Word";
    urging_none: "Đơn vị không có nhiệm vụ quá hạn cần đôn đốc.", "The unit has nothing overdue to be urged about.";
    urging_annex: "Danh mục nhiệm vụ quá hạn", "Overdue tasks";
}

impl Words {
    /// What the letter leaves out, as the Office has to act itself.
    pub fn urging_waiting(self, n: &str) -> String {
        self.pick(
            format!("{n} nhiệm vụ quá hạn đã báo cáo hoàn thành, đang chờ Văn phòng xác nhận, không nêu trong công văn."),
            format!("{n} overdue tasks are reported as completed and wait for the Office: the letter leaves them out."),
        )
    }
}
