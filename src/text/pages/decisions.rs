//! The extension desk, opinions and requests for explanation, reasons for lateness.

use super::{Words, sentences};
use crate::domain::opinion::{OpinionKind, OpinionState};
use crate::extensions::RequestState;
use crate::opinions::OpinionFilter;

sentences! {
    nav_extensions: "Gia hạn", "Extensions";
    nav_opinions: "Chỉ đạo, giải trình", "Opinions";
    decisions_heading: "Gia hạn, ý kiến chỉ đạo, giải trình", "Extensions, opinions, explanations";

    extensions_title: "Đề nghị gia hạn", "Requests for extensions";
    extensions_lead: "Mỗi văn bản đề nghị cho nhiều nhiệm vụ, mỗi nhiệm vụ được quyết định riêng. Chưa quyết định thì thời hạn cũ vẫn tính.",
        "One letter asks for many tasks, and each is decided by itself. Until then the old deadline counts.";
    extensions_caption: "Các đề nghị, chưa quyết định xong trước", "Requests, open ones first";
    extensions_empty: "Không có đề nghị gia hạn nào.", "There is no request.";
    extension_ask: "Đề nghị gia hạn", "Ask for an extension";
    extension_ask_many: "Đề nghị gia hạn nhiều nhiệm vụ", "Ask for extensions of several tasks";
    extension_ask_more: "Chọn nhiệm vụ khác", "Choose other tasks";
    extension_pick: "Chọn nhiệm vụ cần gia hạn", "Choose the tasks";
    extension_pick_action: "Tiếp tục", "Go on";
    extension_pick_none: "Đơn vị không có nhiệm vụ nào đề nghị gia hạn được: nhiệm vụ phải đang thực hiện, có thời hạn và không có đề nghị đang chờ quyết định.",
        "The unit has no task to ask for: one that is under way, has a deadline, and no request that waits.";
    extension_letter: "Văn bản đề nghị", "The letter";
    extension_letter_number: "Số, ký hiệu văn bản", "Number of the letter";
    extension_letter_date: "Ngày văn bản", "Date of the letter";
    extension_reason: "Lý do", "Reason";
    extension_effect: "Ảnh hưởng nếu gia hạn", "Effect on other work";
    extension_own_reason: "Lý do riêng của nhiệm vụ (nếu khác)", "A reason of its own, if it differs";
    extension_wanted: "Đề nghị gia hạn đến", "Wanted until";
    extension_wanted_hint: "31/12/2024, Tháng 12/2024 hoặc Quý IV/2024", "31/12/2024, Tháng 12/2024 or Quý IV/2024";
    extension_send: "Gửi đề nghị", "Send the request";
    extension_asked: "Đã gửi đề nghị gia hạn.", "The request was sent.";
    extension_decided: "Đã ghi quyết định.", "The decision was recorded.";
    extension_withdrawn: "Đã rút đề nghị.", "The request was withdrawn.";
    extension_withdraw: "Rút phần chưa quyết định", "Withdraw what is not decided";
    extension_tasks: "Nhiệm vụ trong văn bản", "Tasks of the letter";
    extension_asker: "Người đề nghị", "Asked by";
    extension_earlier: "Đã gia hạn trước đó", "Extended before";
    extension_due_now: "Thời hạn hiện nay", "Deadline now";
    extension_late: "đề nghị sau khi đã quá hạn", "asked after the deadline";
    extension_decide: "Quyết định", "Decision";
    extension_leave: "– Để sau –", "– Later –";
    extension_agree: "Đồng ý", "Agree";
    extension_change: "Đồng ý, đến ngày khác", "Agree with another date";
    extension_refuse: "Từ chối", "Refuse";
    extension_other_date: "Ngày khác", "Another date";
    extension_decision_reason: "Lý do (bắt buộc khi từ chối)", "Reason (needed to refuse)";
    extension_decided_on: "Ngày quyết định", "Day of the decision";
    extension_decided_on_hint: "để trống là hôm nay", "blank for today";
    extension_record: "Ghi các quyết định đã chọn", "Record what was chosen";
    extension_agree_all: "Đồng ý tất cả phần còn lại", "Agree to all that is left";
    extension_own: "Đề nghị của chính mình thì người khác quyết định.", "Somebody else decides your own request.";
    extension_progress: "Kết quả", "Outcome";
    extension_count: "Số nhiệm vụ", "Tasks";
    extension_waiting: "Đang chờ quyết định gia hạn", "An extension waits for its decision";

    opinions_title: "Ý kiến chỉ đạo và giải trình", "Opinions and explanations";
    opinions_lead: "Lãnh đạo và Văn phòng cho ý kiến, yêu cầu giải trình; đơn vị chủ trì trả lời tại đây.",
        "Leaders and the Office give opinions and ask for explanations; the lead unit answers here.";
    opinions_none: "Không có ý kiến nào.", "There is nothing.";
    opinions_of_task: "Ý kiến chỉ đạo và giải trình của nhiệm vụ", "Opinions on the task";
    opinions_all_of_task: "Xem và trả lời", "See and answer";
    opinion_give: "Cho ý kiến hoặc yêu cầu giải trình", "Give an opinion or ask for an explanation";
    opinion_kind: "Loại", "Kind";
    opinion_words: "Nội dung", "Words";
    opinion_due: "Hạn trả lời", "Answer due";
    opinion_due_hint: "để trống nếu ý kiến không cần trả lời; giải trình luôn có hạn",
        "blank when no answer is asked; an explanation always has a day";
    opinion_leader: "Thay mặt lãnh đạo", "In the name of";
    opinion_send: "Gửi đơn vị chủ trì", "Send to the lead unit";
    opinion_answer: "Trả lời", "Answer";
    opinion_answered: "Đã trả lời", "Answered";
    opinion_close: "Kết thúc", "Close";
    opinion_again: "Hỏi lại", "Ask again";
    opinion_again_help: "Kết thúc lần này và hỏi tiếp với hạn mới.", "Closes this and asks on, with another day.";
    opinion_saved: "Đã ghi.", "Saved.";
    opinion_follows: "hỏi lại", "asked again";
    opinion_unit_ask: "Yêu cầu giải trình mọi nhiệm vụ quá hạn của một đơn vị",
        "Ask a unit to explain all its overdue tasks";
    opinion_unit_action: "Gửi yêu cầu giải trình", "Ask";

    late_reason_prompt: "Nhiệm vụ quá hạn mà chưa nêu nguyên nhân.", "The task is overdue and no reason was given.";
    late_reason_give: "Nêu nguyên nhân chậm", "Give the reason";
    late_reason_change: "Sửa nguyên nhân chậm", "Put the reason right";
    late_reason_category: "Nguyên nhân", "Reason";
    late_reason_words: "Nói rõ thêm", "In your own words";
    late_reason_given: "Đã ghi nguyên nhân chậm.", "The reason was saved.";
    late_reasons_missing: "Nhiệm vụ quá hạn chưa nêu nguyên nhân", "Overdue tasks without a reason";
    late_reasons_missing_none: "Mọi nhiệm vụ quá hạn đều đã nêu nguyên nhân.", "Every overdue task has its reason.";
    late_reasons_title: "Danh mục nguyên nhân chậm", "Reasons for lateness";
    late_reasons_lead: "Đơn vị chọn một nguyên nhân trong danh mục này khi nhiệm vụ quá hạn. Nguyên nhân đã chọn giữ nguyên lời khi danh mục đổi.",
        "A unit chooses one of these when a task is overdue. What was chosen keeps its words when the list changes.";
    late_reason_kind: "Loại", "Kind";
    late_reason_active: "Cho chọn", "Can be chosen";
    late_reasons_edit: "Sửa danh mục nguyên nhân chậm", "Edit the reasons for lateness";
}

impl Words {
    /// The state of requests in a filter.
    pub fn request_state(self, state: RequestState) -> &'static str {
        match state {
            RequestState::Open => self.pick("Chưa quyết định xong", "Open"),
            RequestState::Decided => self.pick("Đã quyết định", "Decided"),
            RequestState::Late => self.pick("Đề nghị sau khi quá hạn", "Asked late"),
        }
    }

    /// A request without a number: `Đề nghị ngày 20/11/2024`.
    pub fn request_of(self, day: &str) -> String {
        self.pick(format!("Đề nghị ngày {day}"), format!("Request of {day}"))
    }

    /// What became of a request's tasks.
    pub fn request_progress(self, agreed: u64, open: u64, tasks: u64) -> String {
        let other = tasks - agreed.min(tasks) - open.min(tasks - agreed.min(tasks));
        let part =
            |n: u64, vi: &str, en: &str| (n > 0).then(|| self.pick(format!("{n} {vi}"), format!("{n} {en}")));
        let parts = [
            part(open, "chưa quyết định", "not decided"),
            part(agreed, "đồng ý", "agreed"),
            part(other, "từ chối hoặc rút", "refused or withdrawn"),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }

    /// How often a task was extended.
    pub fn times_extended(self, times: u64) -> String {
        match times {
            0 => self.pick("chưa gia hạn lần nào", "never extended").to_owned(),
            n => self.pick(format!("đã gia hạn {n} lần"), format!("extended {n} times")),
        }
    }

    /// How many of a request's tasks were overdue when it was asked.
    pub fn asked_late(self, n: u64) -> String {
        self.pick(format!("{n} nhiệm vụ đề nghị sau khi quá hạn"), format!("{n} asked after the deadline"))
    }

    /// Tasks that were chosen and can't be asked for.
    pub fn extension_dropped(self, n: usize) -> String {
        self.pick(
            format!("{n} nhiệm vụ đã chọn không đề nghị gia hạn được (đã hoàn thành, đang chờ quyết định hoặc không có thời hạn)."),
            format!("{n} of the chosen tasks can't be asked for (completed, waiting for a decision, or without a deadline)."),
        )
    }

    /// Who did something and when.
    pub fn by_on(self, who: Option<&str>, day: &str) -> String {
        match who {
            Some(who) => format!("{who}, {day}"),
            None => day.to_owned(),
        }
    }

    /// What an opinion is.
    pub fn opinion_kind_of(self, kind: OpinionKind) -> &'static str {
        match kind {
            OpinionKind::Opinion => self.pick("Ý kiến chỉ đạo", "Directing opinion"),
            OpinionKind::Explanation => self.pick("Yêu cầu giải trình", "Request for explanation"),
        }
    }

    /// How it stands.
    pub fn opinion_state(self, state: OpinionState) -> &'static str {
        match state {
            OpinionState::Waiting => self.pick("chờ đơn vị trả lời", "waiting for an answer"),
            OpinionState::Answered => self.pick("đã trả lời", "answered"),
            OpinionState::Told => self.pick("không cần trả lời", "no answer asked"),
            OpinionState::Closed => self.pick("đã kết thúc", "closed"),
        }
    }

    /// A list of opinions; for a unit what waits is waiting for it.
    pub fn opinion_filter(self, filter: OpinionFilter) -> &'static str {
        match filter {
            OpinionFilter::Waiting => self.pick("Chờ đơn vị trả lời", "Waiting for an answer"),
            OpinionFilter::Answered => self.pick("Đã trả lời, chờ đọc", "Answered, to be read"),
            OpinionFilter::Closed => self.pick("Đã kết thúc", "Closed"),
        }
    }

    /// An answer that is late.
    pub fn answer_late(self, days: u32) -> String {
        self.pick(format!("trả lời chậm {days} ngày"), format!("answer late by {days} days"))
    }

    /// How many tasks a unit was asked to explain.
    pub fn opinion_unit_asked(self, n: &str) -> String {
        self.pick(
            format!("Đã yêu cầu giải trình {n} nhiệm vụ quá hạn."),
            format!("Asked about {n} overdue tasks."),
        )
    }

    /// What waits on a unit's day: reasons, answers, decisions.
    pub fn unit_without_reason(self, n: u64) -> String {
        self.pick(
            format!("{n} nhiệm vụ quá hạn chưa nêu nguyên nhân"),
            format!("{n} overdue tasks without a reason"),
        )
    }

    /// Opinions and explanations that wait for the unit.
    pub fn unit_to_answer(self, n: u64) -> String {
        self.pick(
            format!("{n} ý kiến, giải trình chờ trả lời"),
            format!("{n} opinions and explanations to answer"),
        )
    }

    /// A line of the list of reasons.
    pub fn late_reason_line(self, n: usize) -> String {
        self.pick(format!("Nguyên nhân {n}"), format!("Reason {n}"))
    }
}
