//! Units, as an administrator looks after them.

use super::{Words, sentences};

sentences! {
    nav_units: "Đơn vị", "Units";
    units_title: "Đơn vị", "Units";
    units_lead: "Thứ tự ở đây là thứ tự trong mọi bảng. Đơn vị không bị xóa: đơn vị kết thúc và có đơn vị kế thừa, số liệu cũ giữ nguyên.",
        "This order is that of every table. A unit is never deleted: it ends and has a successor, and past figures stay.";
    units_caption: "Đơn vị theo thứ tự", "Units in their order";
    unit_name: "Tên đơn vị", "Name";
    unit_short_name: "Tên viết tắt", "Short name";
    unit_validity: "Hiệu lực", "Validity";
    unit_open_tasks: "Đang chủ trì", "Open tasks led";
    unit_successor: "Đơn vị kế thừa", "Successor";
    unit_add: "Thêm đơn vị", "Add a unit";
    unit_add_help: "Đơn vị có từ hôm nay và đứng cuối danh sách.", "It exists from today on and stands last.";
    unit_added: "Đã thêm đơn vị.", "The unit was added.";
    unit_ended: "Đã kết thúc đơn vị; nhiệm vụ chưa hoàn thành do đơn vị kế thừa chủ trì.",
        "The unit has ended; its successor leads the tasks that are not completed.";
    unit_over: "đã kết thúc", "ended";
    unit_none: "Chưa có đơn vị nào.", "There is no unit yet.";
    unit_rename: "Sửa tên", "Put the name right";
    unit_rename_help: "Để sửa lỗi chính tả: tên mới hiện cả ở số liệu cũ. Đổi tên hoặc sáp nhập từ hôm nay: thêm đơn vị mới rồi kết thúc đơn vị này với đơn vị kế thừa.",
        "For slips of the pen: past figures show the new name as well. Called otherwise or merged from today on: add the new unit, then end this one with a successor.";
    unit_place: "Thứ tự", "Order";
    unit_behind: "Đứng sau", "Behind";
    unit_first: "– Đứng đầu –", "– First –";
    unit_place_action: "Chuyển", "Move";
    unit_end: "Kết thúc đơn vị", "End the unit";
    unit_end_help: "Từ hôm nay đơn vị không còn; đơn vị kế thừa chủ trì các nhiệm vụ chưa hoàn thành. Chức vụ của người trong đơn vị cần giao lại.",
        "From today on it no longer exists; its successor leads the tasks that are not completed. Its people need other posts.";
    unit_reminded: "Nhận thư nhắc việc", "Who gets the digest";
    unit_mailbox: "Hộp thư của đơn vị", "The unit's mailbox";
    unit_mailbox_help: "Nhận thư khi đơn vị chưa có thủ trưởng.", "Gets it while the unit has no head.";
    unit_overseer: "Lãnh đạo phụ trách", "Overseeing leader";
    unit_overseer_help: "Thư hằng ngày của lãnh đạo nói về các đơn vị mình phụ trách; không phụ trách đơn vị nào thì nói về cả tổ chức.",
        "A leader's digest tells of the units they oversee; of the whole tenant when they oversee none.";
    unit_people: "Người giữ chức vụ ở đơn vị này", "People with posts in this unit";
    unit_always: "luôn có", "always";
}

impl Words {
    /// From when until when a unit exists.
    pub fn unit_term(self, from: Option<&str>, until: Option<&str>) -> String {
        match (from, until) {
            (None, None) => self.unit_always().to_owned(),
            (Some(from), None) => self.pick(format!("từ {from}"), format!("from {from}")),
            (None, Some(until)) => self.pick(format!("đến trước {until}"), format!("until before {until}")),
            (Some(from), Some(until)) => self.post_term_of(from, Some(until)),
        }
    }
}
