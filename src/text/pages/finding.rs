//! Finding tasks: further filters, the order, saved views, acts on several.

use super::{Words, sentences};
use crate::domain::bulk::{BulkAct, LeftOut};
use crate::domain::order::Order;

sentences! {
    more_filters: "Bộ lọc khác", "More filters";
    given_to: "Người thực hiện", "Given to";
    leader_filter: "Lãnh đạo phụ trách", "Leader";
    source_filter: "Số văn bản giao", "Source document";
    label_filter: "Nhãn", "Label";
    assigned_from: "Giao từ ngày", "Assigned from";
    assigned_to: "Giao đến ngày", "Assigned to";
    status_filter: "Trạng thái", "Status";
    extension_open: "Đang đề nghị gia hạn", "Extension asked for";
    reason_none: "Quá hạn chưa nêu nguyên nhân", "Overdue without a reason";
    me: "Tôi", "Me";
    order_label: "Sắp xếp", "Order";
    views_label: "Danh sách đã lưu", "Saved views";
    view_save_heading: "Lưu bộ lọc này", "Save these filters";
    view_name: "Tên danh sách", "Name";
    view_shared: "Dùng chung cho cả tổ chức", "Share with the whole organisation";
    view_shared_mark: "dùng chung", "shared";
    view_save: "Lưu", "Save";
    views_manage: "Quản lý danh sách đã lưu", "Look after saved views";
    views_lead: "Mỗi danh sách giữ các bộ lọc và cách sắp xếp, không giữ ngày.", "A view keeps filters and order, not the day.";
    views_none: "Chưa có danh sách nào. Lọc nhiệm vụ rồi bấm “Lưu bộ lọc này”.", "There are none yet. Filter the tasks, then save the filters.";
    view_of: "Của", "Of";
    view_default: "Mở đầu tiên", "Opens first";
    view_make_default: "Cho mở đầu tiên", "Open first";
    view_no_default: "Thôi mở đầu tiên", "No longer first";
    view_remove: "Xóa", "Remove";
    view_changed: "Đã lưu thay đổi.", "Saved.";
    view_removed: "Đã xóa danh sách.", "The view was removed.";
    view_saved: "Đã lưu danh sách.", "The view was saved.";
    view_acts: "Việc", "Acts";
    view_broken_rest: "Mở danh sách với các bộ lọc còn lại", "Open the list with the other filters";
    bulk_heading: "Làm cho nhiều nhiệm vụ", "Several tasks at once";
    bulk_which_ticked: "Các nhiệm vụ đã đánh dấu", "The ticked ones";
    bulk_act: "Việc cần làm", "What to do";
    bulk_preview: "Xem trước", "Preview";
    bulk_pick: "Chọn", "Choose";
    bulk_verdict: "Kết quả", "What happens";
    bulk_fit_heading: "Sẽ thực hiện", "Will be done";
    bulk_left_out_heading: "Không thực hiện", "Left out";
    bulk_none_fit: "Không có nhiệm vụ nào thực hiện được.", "It can be done to none of them.";
    bulk_contact: "Đầu mối (để trống: giữ như cũ)", "Contact (blank: as it is)";
    bulk_assignees: "Người thực hiện (không chọn: giữ như cũ)", "Assignees (none: as they are)";
    bulk_unit: "Đơn vị chủ trì mới", "New lead unit";
    bulk_reason: "Lý do", "Reason";
    bulk_due: "Đề nghị gia hạn đến", "Asked until";
    bulk_due_hint: "Ngày, tháng hoặc quý: 31/03/2025, Quý I/2025", "A date, a month or a quarter";
    bulk_letter: "Số văn bản đề nghị (nếu có)", "Number of the letter, if any";
    bulk_stale: "Có nhiệm vụ vừa được người khác thay đổi. Chưa thực hiện gì; mời xem lại rồi thực hiện.",
        "Somebody has changed a task meanwhile. Nothing was done; please look again.";
    bulk_too_many: "Danh sách có quá nhiều nhiệm vụ; mỗi lần nhiều nhất 500. Hãy lọc bớt.",
        "The list is too long; 500 at once at most. Filter it further.";
    bulk_nothing_chosen: "Hãy đánh dấu ít nhất một nhiệm vụ, và chọn việc cần làm.",
        "Tick at least one task, and choose what to do.";
}

impl Words {
    /// The name of an order.
    pub fn order(self, order: Order) -> &'static str {
        match order {
            Order::Late => self.pick("Quá hạn lâu nhất trước", "The longest overdue first"),
            Order::Due => self.pick("Đến hạn sớm nhất trước", "The soonest due first"),
            Order::Code => self.pick("Theo mã", "By code"),
            Order::Assigned => self.pick("Mới giao trước", "The last assigned first"),
            Order::Unit => self.pick("Theo đơn vị", "By unit"),
            Order::Changed => self.pick("Mới thay đổi trước", "The last changed first"),
        }
    }

    /// What the table of tasks is, with its order.
    pub fn tasks_caption(self, order: Order) -> &'static str {
        match order {
            Order::Late => self.pick(
                "Nhiệm vụ, quá hạn lâu nhất trước, rồi đến hạn sớm nhất",
                "Tasks, the longest overdue first, then the soonest due",
            ),
            Order::Due => self.pick("Nhiệm vụ, đến hạn sớm nhất trước", "Tasks, the soonest due first"),
            Order::Code => self.pick("Nhiệm vụ theo mã", "Tasks by code"),
            Order::Assigned => self.pick("Nhiệm vụ, mới giao trước", "Tasks, the last assigned first"),
            Order::Unit => {
                self.pick("Nhiệm vụ theo đơn vị, rồi theo thời hạn", "Tasks by unit, then deadline")
            }
            Order::Changed => self.pick("Nhiệm vụ, mới thay đổi trước", "Tasks, the last changed first"),
        }
    }

    /// Chooses a task.
    pub fn bulk_pick_task(self, code: &str) -> String {
        self.pick(format!("Chọn {code}"), format!("Choose {code}"))
    }

    /// Chooses all of a list.
    pub fn bulk_which_all(self, n: &str) -> String {
        self.pick(format!("Tất cả {n} nhiệm vụ của danh sách"), format!("All {n} tasks of the list"))
    }

    /// What an act on several tasks is called.
    pub fn bulk_act_name(self, act: BulkAct) -> &'static str {
        match act {
            BulkAct::Assign => self.pick("Giao người thực hiện", "Assign"),
            BulkAct::Urge => self.pick("Gửi thư đôn đốc", "Urge"),
            BulkAct::Confirm => self.pick("Xác nhận hoàn thành", "Confirm completion"),
            BulkAct::Extend => self.pick("Đề nghị gia hạn", "Ask for extension"),
            BulkAct::Move => self.pick("Chuyển đơn vị chủ trì", "Move to another unit"),
        }
    }

    /// What will happen to a task.
    pub fn bulk_will(self, act: BulkAct, unit: &str) -> String {
        match act {
            BulkAct::Assign => self.pick("Giao cho người được chọn", "Given to those chosen").to_owned(),
            BulkAct::Urge => self.pick(
                format!("Có trong thư gửi thủ trưởng {unit}"),
                format!("In the letter to the head of {unit}"),
            ),
            BulkAct::Confirm => self
                .pick(
                    "Hoàn thành, tính theo ngày đơn vị báo cáo",
                    "Completed on the day of the unit's report",
                )
                .to_owned(),
            BulkAct::Extend => self.pick("Có trong đề nghị gia hạn", "In the request").to_owned(),
            BulkAct::Move => self.pick("Chuyển sang đơn vị được chọn", "Moved to the unit chosen").to_owned(),
        }
    }

    /// Why a task is left out.
    pub fn bulk_left_out(self, why: LeftOut) -> &'static str {
        match why {
            LeftOut::Gone => self.pick("Không còn nhiệm vụ này", "It is gone"),
            LeftOut::NotPermitted => self.pick("Bạn không có quyền với nhiệm vụ này", "You may not"),
            LeftOut::Completed => self.pick("Đã hoàn thành", "Completed"),
            LeftOut::Submitted => self.pick("Đang chờ xác nhận", "Waits for confirmation"),
            LeftOut::NotReported => self.pick("Đơn vị chưa báo cáo hoàn thành", "Not reported as completed"),
            LeftOut::OwnReport => self.pick(
                "Bạn là người báo cáo hoàn thành nên không tự xác nhận",
                "You have reported it yourself",
            ),
            LeftOut::NoDeadline => self.pick("Không có thời hạn để gia hạn", "It has no deadline"),
            LeftOut::AskedAlready => {
                self.pick("Đang có đề nghị gia hạn chưa quyết định", "A request is open already")
            }
            LeftOut::Outside => self.pick(
                "Đã rút, tạm dừng, trả lại hoặc chuyển cơ quan khác",
                "Cancelled, paused, returned or transferred",
            ),
            LeftOut::OtherUnit => self.pick(
                "Do đơn vị khác chủ trì; mỗi lần giao chỉ cho một đơn vị",
                "Another unit leads it; assign one unit's at a time",
            ),
            LeftOut::NobodyToUrge => self.pick(
                "Đơn vị chưa có thủ trưởng và hộp thư nhận nhắc việc",
                "The unit has neither a head nor a mailbox",
            ),
        }
    }

    /// To how many tasks it will be done.
    pub fn bulk_lead(self, fit: &str, left_out: &str) -> String {
        match left_out {
            "0" => self.pick(format!("Thực hiện với {fit} nhiệm vụ."), format!("For {fit} tasks.")),
            _ => self.pick(
                format!("Thực hiện với {fit} nhiệm vụ; {left_out} nhiệm vụ không thực hiện được."),
                format!("For {fit} tasks; {left_out} are left out."),
            ),
        }
    }

    /// The button that does it.
    pub fn bulk_do(self, act: BulkAct, n: &str) -> String {
        let name = self.bulk_act_name(act);
        self.pick(format!("{name}: {n} nhiệm vụ"), format!("{name}: {n} tasks"))
    }

    /// What was done.
    pub fn bulk_told(self, act: BulkAct, n: &str) -> String {
        match act {
            BulkAct::Assign => {
                self.pick(format!("Đã giao {n} nhiệm vụ."), format!("{n} tasks were assigned."))
            }
            BulkAct::Urge => self.pick(
                format!(
                    "Đã xếp gửi {n} thư đôn đốc. Thư đôn đốc cùng nội dung trong ngày không gửi lần nữa."
                ),
                format!("{n} letters will be sent. The same letter is sent once a day."),
            ),
            BulkAct::Confirm => self
                .pick(format!("Đã xác nhận hoàn thành {n} nhiệm vụ."), format!("{n} tasks were confirmed.")),
            BulkAct::Extend => self.pick(
                format!("Đã gửi một đề nghị gia hạn cho {n} nhiệm vụ."),
                format!("One request for {n} tasks was sent."),
            ),
            BulkAct::Move => self.pick(
                format!("Đã chuyển đơn vị chủ trì của {n} nhiệm vụ."),
                format!("{n} tasks have another lead unit."),
            ),
        }
    }

    /// A view of which a filter no longer holds.
    pub fn view_broken(self, name: &str) -> String {
        self.pick(
            format!("Danh sách “{name}” có bộ lọc không còn dùng được:"),
            format!("Filters of the view “{name}” no longer hold:"),
        )
    }

    /// The form that renames a view.
    pub fn view_name_of(self, name: &str) -> String {
        self.pick(format!("Tên của “{name}”"), format!("Name of “{name}”"))
    }
}
