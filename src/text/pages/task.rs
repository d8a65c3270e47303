//! One task: why it stands as it does, and its dated facts.

use super::{Words, sentences};
use crate::text::vocabulary;

sentences! {
    why_heading: "Căn cứ xác định thời hạn và tình trạng", "Why this date, why this standing";
    facts_heading: "Thông tin nhiệm vụ", "The task";
    code: "Mã", "Code";
    field: "Lĩnh vực", "Field";
    coordinating: "Đơn vị phối hợp", "Coordinating units";
    product: "Sản phẩm", "Product";
    level: "Cấp trình", "Submitted to";
    assigned_on: "Ngày giao", "Assigned on";
    due_now: "Thời hạn đang áp dụng", "Deadline in force";
    due_original: "Thời hạn ban đầu", "Original deadline";
    due_in_words: "Ghi trong văn bản", "As the document says";
    progress: "Tiến độ", "Progress";
    obstacles: "Khó khăn, vướng mắc", "Obstacles";
    late_reason: "Nguyên nhân chậm", "Reason for lateness";
    result: "Kết quả", "Result";
    result_document: "Văn bản kết quả", "Product document";
    completed_on: "Ngày hoàn thành", "Completed on";
    note: "Ghi chú", "Note";
    source_number: "Số, ký hiệu", "Number";
    source_date: "Ngày ban hành", "Date";
    source_kind: "Loại văn bản", "Kind";
    source_issuer: "Cơ quan ban hành", "Issued by";
    source_abstract: "Trích yếu", "Abstract";
    source_urgency: "Độ khẩn", "Urgency";
    extensions: "Gia hạn", "Extensions";
    extensions_none: "Chưa gia hạn lần nào.", "Never extended.";
    asked_on: "Ngày đề nghị", "Asked on";
    wanted: "Thời hạn đề nghị", "Wanted";
    decision: "Quyết định", "Decision";
    decided_on: "Ngày quyết định", "Decided on";
    new_due: "Thời hạn mới", "New deadline";
    reason: "Lý do", "Reason";
    letter: "Văn bản đề nghị", "Letter";
    submissions: "Báo cáo hoàn thành", "Submissions";
    submissions_none: "Đơn vị chưa báo cáo hoàn thành.", "The unit has not reported completion.";
    submitted_on: "Ngày báo cáo", "Submitted on";
    exclusions: "Thời gian ngoài thống kê", "Time outside the count";
    exclusion_state: "Trạng thái", "State";
    exclusion_from: "Từ ngày", "From";
    exclusion_until: "Đến hết ngày", "Until";
    history: "Lịch sử", "History";
    history_none: "Chưa có thay đổi nào được ghi.", "No change is recorded.";
    history_earlier: "Xem các thay đổi cũ hơn", "Earlier changes";
    before: "Trước", "Before";
    after: "Sau", "After";
    empty_value: "(trống)", "(blank)";
}

/// Where the deadline in force comes from. Dates are already worded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deadline {
    /// As the source document says: its words, and the date they are read as.
    Original {
        /// `Quý IV/2024`; `None` when the words are the date itself.
        words: Option<String>,
        /// `31/12/2024`.
        date: String,
    },
    /// Moved by the extension decided last.
    Extended {
        /// The original date.
        from: String,
        /// The date in force.
        to: String,
        /// The day of the decision.
        decided_on: String,
        /// How many extensions were agreed: `1`, `2` …
        times: String,
    },
    /// Moved by an extension of which the day, or the date before it, is not known.
    Moved {
        /// The date in force.
        to: String,
        /// How many extensions were agreed.
        times: String,
    },
    /// None is set; the words when there are any (`Thường xuyên`).
    None {
        /// The words as typed.
        words: Option<String>,
    },
}

/// Why a task stands as it does on the day asked about. Dates and numbers are already worded.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)] // `due`, `as_of`, `completed`, `submitted` are dates, `days` a count.
pub enum Why {
    /// Not completed after the deadline.
    Overdue { due: String, as_of: String, days: String },
    /// Reported after the deadline, not yet confirmed.
    OverdueWaiting { due: String, submitted: String, days: String },
    /// Not yet due; `days` until then.
    WithinTerm { due: String, as_of: String, days: String },
    /// Due in a few working days.
    DueSoon { due: String, as_of: String, working_days: String },
    /// Due on the day itself.
    DueToday { due: String },
    /// Reported in time, not yet confirmed.
    Waiting { due: String, submitted: String },
    /// Completed by its deadline.
    CompletedOnTime { due: String, completed: String },
    /// Completed after it.
    CompletedLate { due: String, completed: String, days: String },
    /// No deadline to be judged by.
    NoDeadline,
    /// Outside the count: the state in words, and since when if known.
    Outside { state: String, from: Option<String> },
    /// Assigned after the day asked about, and so not counted on it.
    NotAssigned { assigned: String, as_of: String },
}

impl Words {
    /// Why this date.
    pub fn deadline(self, deadline: &Deadline) -> String {
        match deadline {
            Deadline::Original { words: Some(words), date } => self.pick(
                format!("Văn bản giao ghi thời hạn “{words}”, được tính là ngày {date}; chưa gia hạn."),
                format!("The source document says “{words}”, read as {date}; never extended."),
            ),
            Deadline::Original { words: None, date } => self.pick(
                format!("Văn bản giao ghi thời hạn {date}; chưa gia hạn."),
                format!("The source document says {date}; never extended."),
            ),
            Deadline::Extended { from, to, decided_on, times } => self.pick(
                format!(
                    "Thời hạn ban đầu là {from}; đã gia hạn {times} lần, lần cuối quyết định ngày {decided_on}, \
                     nên thời hạn đang áp dụng là {to}."
                ),
                format!(
                    "The original deadline is {from}; extended {times} time(s), last decided on {decided_on}, so \
                     the deadline in force is {to}."
                ),
            ),
            Deadline::Moved { to, times } => self.pick(
                format!("Đã gia hạn {times} lần, nên thời hạn đang áp dụng là {to}."),
                format!("Extended {times} time(s), so the deadline in force is {to}."),
            ),
            Deadline::None { words: Some(words) } => self.pick(
                format!("Văn bản giao ghi “{words}”, không ấn định ngày."),
                format!("The source document says “{words}”, which sets no date."),
            ),
            Deadline::None { words: None } => {
                self.pick("Văn bản giao không ghi thời hạn.", "The source document sets no deadline.").to_owned()
            }
        }
    }

    /// Why this standing.
    pub fn why(self, why: &Why) -> String {
        match self.0 {
            super::Lang::Vi => why_vi(why),
            super::Lang::En => why_en(why),
        }
    }

    /// `đã hoàn thành 60 %`.
    pub fn percent_done(self, percent: &str) -> String {
        self.pick(format!("Đã thực hiện {percent} %"), format!("{percent} % done"))
    }

    /// `Nhiệm vụ trọng tâm`.
    pub fn task_of_category(self, category: &str) -> String {
        self.pick(format!("Nhiệm vụ {category}"), vocabulary::capitalised(&format!("{category} task")))
    }

    /// A product and the level it goes to: `Đề án trình Thủ tướng Chính phủ`.
    pub fn product_to(self, product: &str, level: &str) -> String {
        self.pick(format!("{product} trình {level}"), format!("{product} to: {level}"))
    }

    /// A document's number and date: `1523/QĐ-BTTTT ngày 20/09/2024`.
    pub fn dated_document(self, number: &str, date: &str) -> String {
        self.pick(format!("{number} ngày {date}"), format!("{number} of {date}"))
    }

    /// A document of which only the date is known.
    pub fn document_of(self, date: &str) -> String {
        self.pick(format!("Văn bản ngày {date}"), format!("Document of {date}"))
    }
}

fn why_vi(why: &Why) -> String {
    match why {
        Why::Overdue { due, as_of, days } => {
            format!("Đến ngày {as_of} chưa hoàn thành, trong khi thời hạn là {due}: quá hạn {days} ngày.")
        }
        Why::OverdueWaiting { due, submitted, days } => format!(
            "Đơn vị báo cáo hoàn thành ngày {submitted}, sau thời hạn {due}, và đang chờ xác nhận: quá hạn {days} ngày."
        ),
        Why::WithinTerm { due, as_of, days } => {
            format!("Tính đến ngày {as_of} còn {days} ngày đến thời hạn {due}: trong hạn.")
        }
        Why::DueSoon { due, as_of, working_days } => {
            format!(
                "Tính đến ngày {as_of} chỉ còn {working_days} ngày làm việc đến thời hạn {due}: sắp đến hạn."
            )
        }
        Why::DueToday { due } => format!("Hôm nay, {due}, là ngày đến hạn; chưa tính là quá hạn."),
        Why::Waiting { due, submitted } => format!(
            "Đơn vị báo cáo hoàn thành ngày {submitted}, trước hoặc đúng thời hạn {due}, và đang chờ xác nhận: trong hạn."
        ),
        Why::CompletedOnTime { due, completed } => {
            format!("Hoàn thành ngày {completed}, trước hoặc đúng thời hạn {due}: đúng hạn.")
        }
        Why::CompletedLate { due, completed, days } => {
            format!("Hoàn thành ngày {completed}, sau thời hạn {due}: quá hạn {days} ngày.")
        }
        Why::NoDeadline => "Không có thời hạn nên không tính vào tỷ lệ đúng hạn.".to_owned(),
        Why::Outside { state, from: Some(from) } => format!("{state} từ ngày {from}: ngoài thống kê."),
        Why::Outside { state, from: None } => format!("{state}: ngoài thống kê."),
        Why::NotAssigned { assigned, as_of } => {
            format!("Giao ngày {assigned}, sau ngày {as_of}: chưa tính vào số liệu của ngày này.")
        }
    }
}

fn why_en(why: &Why) -> String {
    match why {
        Why::Overdue { due, as_of, days } => {
            format!("Not completed by {as_of} although due on {due}: overdue by {days} days.")
        }
        Why::OverdueWaiting { due, submitted, days } => format!(
            "Reported as completed on {submitted}, after the deadline {due}, and waiting for confirmation: overdue \
             by {days} days."
        ),
        Why::WithinTerm { due, as_of, days } => {
            format!("As of {as_of} there are {days} days left until {due}: within term.")
        }
        Why::DueSoon { due, as_of, working_days } => {
            format!("As of {as_of} only {working_days} working day(s) are left until {due}: due soon.")
        }
        Why::DueToday { due } => format!("Due today, {due}; not overdue yet."),
        Why::Waiting { due, submitted } => format!(
            "Reported as completed on {submitted}, by the deadline {due}, and waiting for confirmation: within term."
        ),
        Why::CompletedOnTime { due, completed } => {
            format!("Completed on {completed}, by the deadline {due}: on time.")
        }
        Why::CompletedLate { due, completed, days } => {
            format!("Completed on {completed}, after the deadline {due}: late by {days} days.")
        }
        Why::NoDeadline => "Without a deadline it is in no on-time rate.".to_owned(),
        Why::Outside { state, from: Some(from) } => format!("{state} since {from}: outside the count."),
        Why::Outside { state, from: None } => format!("{state}: outside the count."),
        Why::NotAssigned { assigned, as_of } => {
            format!("Assigned on {assigned}, after {as_of}: not counted on that day yet.")
        }
    }
}
