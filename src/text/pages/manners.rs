//! What other programs read of us: calendars, other systems, clients of the API.

use super::{Words, sentences};
use crate::domain::delivery::{DeliveryFault, MessageState};
use crate::domain::task_event::TaskEvent;

sentences! {
    feed_title: "Lịch thời hạn", "Deadlines in a calendar";
    feed_lead: "Thêm địa chỉ này vào phần mềm lịch (Outlook, Google, điện thoại) để thấy thời hạn các nhiệm vụ của mình.",
        "Subscribe to this address in a calendar (Outlook, Google, a phone) to see the deadlines of your tasks there.";
    feed_address: "Địa chỉ", "Address";
    feed_shown_once: "Sao chép ngay: địa chỉ chỉ hiện một lần. Ai có địa chỉ này đều đọc được thời hạn của bạn.",
        "Copy it now: it is shown this once. Whoever has it reads your deadlines.";
    feed_how: "Trong phần mềm lịch, chọn “Thêm lịch từ Internet” (Subscribe) rồi dán địa chỉ.",
        "In the calendar, choose “Add from Internet” (Subscribe) and paste it.";
    feed_none: "Chưa có địa chỉ.", "There is none yet.";
    feed_make: "Tạo địa chỉ", "Make one";
    feed_renew: "Tạo địa chỉ mới, bỏ địa chỉ cũ", "Make another, end the old one";
    feed_end: "Thu hồi", "End it";
    feed_ended: "Đã thu hồi địa chỉ.", "The address was ended.";

    nav_webhooks: "Kết nối", "Webhooks";
    hooks_title: "Địa chỉ nhận sự kiện (webhook)", "Webhooks";
    hooks_lead: "Hệ thống khác được báo ngay khi nhiệm vụ thay đổi. Thông báo chỉ nêu việc gì xảy ra với nhiệm vụ nào, nội dung đọc qua API.",
        "Other systems are told at once what happens to tasks. A message says what happened to which task; what it is about is read by the API.";
    hooks_caption: "Các địa chỉ", "Addresses";
    hooks_none: "Chưa có địa chỉ nào.", "No addresses yet.";
    hook_name: "Tên gọi", "Name";
    hook_url: "Địa chỉ (https)", "Address (https)";
    hook_events: "Sự kiện", "Events";
    hook_active: "Đang gửi", "Switched on";
    hook_state: "Tình trạng", "State";
    hook_on: "Đang gửi", "On";
    hook_off: "Đã tắt", "Off";
    hook_add: "Thêm địa chỉ", "Add an address";
    hook_add_help: "Mỗi thông báo được ký theo Standard Webhooks; khóa ký chỉ hiện một lần sau khi thêm.",
        "Each message is signed by the Standard Webhooks; the secret is shown once, after it is added.";
    hook_secret: "Khóa ký", "Secret";
    hook_secret_once: "Sao chép ngay: khóa chỉ hiện một lần.", "Copy it now: it is shown this once.";
    hook_change: "Thay đổi", "Change";
    hook_remove: "Bỏ địa chỉ này", "Remove this address";
    hook_messages: "Thông báo gần đây", "Latest messages";
    hook_no_messages: "Chưa có thông báo nào.", "No messages yet.";
    hook_event: "Sự kiện", "Event";
    hook_task: "Nhiệm vụ", "Task";
    hook_at: "Thời điểm", "When";
    hook_attempts: "Các lần gửi", "Attempts";
    hook_again: "Gửi lại", "Send again";
    hook_queued: "Thông báo đã được xếp gửi lại.", "The message will be sent again.";
    hook_removed: "Đã bỏ địa chỉ.", "The address was removed.";
    hook_stale: "Đã có người thay đổi địa chỉ này trong lúc bạn sửa. Bên dưới là nội dung hiện tại cạnh nội dung bạn nhập.",
        "Somebody has changed this address meanwhile. Below stands what it is now, beside what you typed.";
    hook_now: "Nội dung hiện tại", "As it is now";

    api_title: "API", "API";
    api_lead: "Mọi địa chỉ của API: ai được dùng, tham số nào, trả lời gì. Tài liệu cho máy đọc:",
        "Every address of the API: who may use it, its parameters, its answers. For programs to read:";
    api_parameters: "Tham số", "Parameters";
    api_body: "Nội dung gửi lên", "Body";
    api_answers: "Trả lời", "Answers";
    api_who: "Ai được dùng", "Who may use it";
    api_open: "Không cần đăng nhập", "Nobody need sign in";
    api_needed: "bắt buộc", "needed";
    api_operations: "Các địa chỉ", "Operations";
    api_name: "Tên", "Name";
    api_kind: "Kiểu", "Type";
    api_about: "Ý nghĩa", "Meaning";
    api_status: "Mã", "Status";
    api_shape: "Kiểu dữ liệu", "Schema";
    api_schemas: "Các kiểu dữ liệu", "Schemas";
}

impl Words {
    /// Since when there is an address, and when it was last read.
    pub fn feed_since(self, made: &str, used: Option<&str>) -> String {
        match used {
            Some(used) => self.pick(
                format!("Có địa chỉ từ {made}, được đọc lần cuối ngày {used}."),
                format!("There is one since {made}, last read on {used}."),
            ),
            None => self.pick(
                format!("Có địa chỉ từ {made}, chưa được đọc lần nào."),
                format!("There is one since {made}, not read yet."),
            ),
        }
    }

    /// A kind of event.
    pub fn task_event(self, event: TaskEvent) -> &'static str {
        match event {
            TaskEvent::Created => self.pick("Giao nhiệm vụ", "A task is given"),
            TaskEvent::Changed => self.pick("Nhiệm vụ thay đổi", "A task changes"),
            TaskEvent::Assigned => self.pick("Phân công người làm", "A task is put to somebody"),
            TaskEvent::Submitted => self.pick("Báo cáo hoàn thành", "Completion is reported"),
            TaskEvent::Confirmed => self.pick("Xác nhận hoàn thành", "Completion is confirmed"),
            TaskEvent::SentBack => self.pick("Trả lại báo cáo", "A report is sent back"),
            TaskEvent::ExtensionAsked => self.pick("Đề nghị gia hạn", "A later deadline is asked for"),
            TaskEvent::ExtensionDecided => self.pick("Quyết định gia hạn", "It is decided about"),
            TaskEvent::Deleted => self.pick("Xóa nhiệm vụ", "A task is deleted"),
        }
    }

    /// What became of a message.
    pub fn message_state(self, state: MessageState) -> &'static str {
        match state {
            MessageState::Waiting => self.pick("Chờ gửi", "Waiting"),
            MessageState::Delivered => self.pick("Đã nhận", "Delivered"),
            MessageState::Dead => self.pick("Không gửi được", "Given up"),
        }
    }

    /// How an attempt failed.
    pub fn delivery_fault(self, fault: DeliveryFault) -> &'static str {
        match fault {
            DeliveryFault::Unresolved => self.pick("không tìm thấy tên miền", "the name is not known"),
            DeliveryFault::Inside => self.pick("địa chỉ nội bộ", "an inside address"),
            DeliveryFault::Unreachable => self.pick("không kết nối được", "nobody could be reached"),
            DeliveryFault::Timeout => self.pick("quá thời gian", "it took too long"),
            DeliveryFault::Answer => self.pick("bị từ chối", "it was not taken"),
            DeliveryFault::Gone => self.pick("nơi nhận đã ngừng", "it is gone"),
            DeliveryFault::SwitchedOff => self.pick("địa chỉ đã tắt", "the address is off"),
        }
    }

    /// Why an address was switched off.
    pub fn hook_switched_off(self, at: &str) -> String {
        self.pick(
            format!("Tự tắt lúc {at} vì nhiều ngày không gửi được, hoặc nơi nhận báo đã ngừng. Sửa địa chỉ rồi bật lại."),
            format!("Switched off at {at}: nothing came through for days, or it said that it is gone. Put it right and switch it on."),
        )
    }

    /// Since when nothing has come through.
    pub fn hook_failing(self, since: &str) -> String {
        self.pick(format!("Không gửi được từ {since}"), format!("Failing since {since}"))
    }
}
