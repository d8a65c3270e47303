//! What the API says of itself.

use super::Lang;

/// What it is, and the manners of all its operations.
pub fn about(lang: Lang) -> &'static str {
    match lang {
        Lang::Vi => {
            "API của Đôn đốc. Mỗi thay đổi gửi kèm `If-Match` ghi phiên bản đã đọc (giá trị `ETag`, hoặc \
             riêng số phiên bản trong ngoặc kép): thiếu thì 428, đã cũ thì 412 kèm nội dung hiện tại trong `current`. \
             Mỗi lần tạo gửi kèm một `Idempotency-Key` riêng: gửi lại trong 24 giờ chỉ nhận lại câu trả lời cũ. Lỗi là \
             tài liệu `application/problem+json` (RFC 9457)."
        }
        Lang::En => {
            "The API of Đôn đốc. A change brings `If-Match` with the version that was read (its `ETag`, or the \
             version alone in quotes): without it 428, of an older one 412 with what there is now in `current`. A \
             creation brings an `Idempotency-Key` of its own: sent again within 24 hours it is given the same answer. \
             Errors are `application/problem+json` documents (RFC 9457)."
        }
    }
}

/// How one is let in.
pub fn bearer(lang: Lang) -> &'static str {
    match lang {
        Lang::Vi => "Mã truy cập từ POST /api/v1/session, hoặc khóa API (bắt đầu bằng ddk_).",
        Lang::En => "An access token of POST /api/v1/session, or an API key (which begins with ddk_).",
    }
}

const OPERATIONS: &[(&str, &str, &str)] = &[
    ("begin_session", "Đăng nhập, nhận mã truy cập", "Sign in for an access token"),
    ("end_session", "Đăng xuất", "Sign out"),
    ("refresh_session", "Đổi lấy mã truy cập mới", "Change a refresh token for the next access token"),
    ("read_me", "Mình là ai, ở chức vụ nào", "Who one is, and in which post"),
    ("list_units", "Các đơn vị", "The units"),
    ("list_tasks", "Danh sách nhiệm vụ của một ngày", "The tasks of a day"),
    ("read_task", "Một nhiệm vụ với các mốc và lịch sử", "One task with its dated facts and its history"),
    ("give_task", "Giao nhiệm vụ", "Give a task"),
    (
        "change_task",
        "Sửa nội dung nhiệm vụ; mục không gửi thì giữ nguyên",
        "Change what a task says; absent fields stay",
    ),
    ("start_task", "Bắt đầu thực hiện", "Begin"),
    ("note_progress", "Báo cáo tiến độ", "Note progress"),
    ("submit_task", "Báo cáo hoàn thành", "Report completion"),
    ("confirm_task", "Xác nhận hoàn thành", "Confirm a completion"),
    ("send_back_task", "Trả lại báo cáo hoàn thành", "Send a report of completion back"),
    ("assign_task", "Phân công người thực hiện", "Say who does it"),
    ("return_task", "Trả lại Văn phòng", "Return it to the Office"),
    ("give_task_again", "Giao lại nhiệm vụ đã trả", "Give a returned task again"),
    ("pause_task", "Tạm dừng", "Suspend it"),
    ("resume_task", "Tiếp tục thực hiện", "Go on with it"),
    ("move_task", "Chuyển đơn vị chủ trì", "Give the lead to another unit"),
    ("transfer_task", "Chuyển cơ quan khác", "Transfer it to another body"),
    ("cancel_task", "Rút khỏi chương trình", "Cancel it"),
    ("restore_task", "Khôi phục", "Take back a cancellation or a transfer"),
    ("reopen_task", "Hủy xác nhận hoàn thành", "Take a confirmation back"),
    ("delete_task", "Xóa nhiệm vụ giao nhầm", "Delete one made by mistake"),
    ("preview_tasks", "Xem trước một việc làm với nhiều nhiệm vụ", "What an act would do to several tasks"),
    (
        "do_to_tasks",
        "Làm một việc với nhiều nhiệm vụ đã xem trước: tất cả hoặc không",
        "Do an act to the tasks of a preview: all of them or none",
    ),
    (
        "confirm_submissions",
        "Xác nhận nhiều báo cáo hoàn thành: tất cả hoặc không",
        "Confirm several reported completions: all of them or none",
    ),
    ("read_late_reason", "Nguyên nhân chậm của một nhiệm vụ", "Why a task is late"),
    (
        "explain_lateness",
        "Nêu nguyên nhân chậm theo danh mục của tổ chức",
        "Say why it is late, from the tenant's list",
    ),
    ("list_views", "Các danh sách đã lưu", "The saved views"),
    ("save_view", "Lưu bộ lọc của danh sách nhiệm vụ", "Save the filters of a list of tasks"),
    ("read_view", "Một danh sách đã lưu", "One saved view"),
    ("remove_view", "Xóa danh sách đã lưu", "Remove a saved view"),
    (
        "read_calendar",
        "Ngày nghỉ và ngày làm bù của một năm",
        "The days off and make-up working days of a year",
    ),
    (
        "preview_calendar",
        "Xem trước: lịch mới của năm làm đổi những thời hạn nào",
        "Which deadlines another calendar of a year would touch",
    ),
    (
        "put_calendar",
        "Thay lịch của năm đúng như đã xem trước",
        "Put the calendar of a year as its dry run showed it",
    ),
    ("list_opinions", "Các ý kiến về một nhiệm vụ", "The opinions about a task"),
    (
        "give_opinion",
        "Cho ý kiến chỉ đạo, hoặc yêu cầu giải trình",
        "Give an opinion, or ask for an explanation",
    ),
    ("read_opinion", "Một ý kiến", "One opinion"),
    ("answer_opinion", "Trả lời ý kiến", "Answer it for the lead unit"),
    ("close_opinion", "Kết thúc ý kiến", "Close it"),
    ("ask_opinion_again", "Hỏi tiếp với hạn trả lời khác", "Ask on, with another day"),
    ("list_extensions", "Các đề nghị gia hạn", "The requests for later deadlines"),
    ("ask_extension", "Đề nghị gia hạn cho một hay nhiều nhiệm vụ", "Ask for later deadlines of some tasks"),
    ("read_extension", "Một đề nghị gia hạn", "One request with its decisions"),
    ("decide_extension", "Quyết định từng nhiệm vụ của đề nghị", "Decide some or all of its tasks"),
    ("withdraw_extension", "Rút phần chưa quyết định", "Take back what is open"),
    ("read_briefing", "Số liệu giao ban của một tháng", "The figures of a month"),
    ("list_briefings", "Các báo cáo giao ban đã phát hành", "The published briefings"),
    ("read_published_briefing", "Một bản đã phát hành, đúng từng byte", "A published version, to the byte"),
    ("read_briefing_document", "Tài liệu của một bản đã phát hành", "A document of a published version"),
    ("publish_briefing", "Phát hành báo cáo giao ban của tháng", "Publish the briefing of a month"),
    (
        "read_evaluation",
        "Đánh giá các đơn vị trong quý hoặc năm",
        "The evaluation of units in a quarter or a year",
    ),
    ("list_files", "Các tệp của một nhiệm vụ", "The files of a task"),
    ("attach_file", "Đính kèm một tệp vào nhiệm vụ", "Put a file to a task"),
    ("read_file", "Nội dung một tệp", "The bytes of a file"),
    ("remove_file", "Gỡ một tệp, có lý do", "Take a file away, for a reason"),
    ("list_campaigns", "Các đợt giao việc", "The campaigns"),
    ("give_campaign", "Giao một văn bản cho nhiều đơn vị", "Give a directive to units, a task for each"),
    ("read_campaign", "Một đợt giao việc và báo cáo của từng đơn vị", "One campaign with a row a unit"),
    ("urge_campaign", "Đôn đốc các đơn vị chưa báo cáo", "Urge the units that have not reported"),
    ("extend_campaign", "Giao thêm cho các đơn vị khác", "Give it to more units"),
    ("close_campaign", "Kết thúc đợt giao việc, có lý do", "Close a campaign, for a reason"),
    ("list_recurrences", "Các nhiệm vụ định kỳ", "The recurring tasks"),
    ("add_recurrence", "Đặt nhiệm vụ định kỳ", "Add a recurring task"),
    ("read_recurrence", "Một nhiệm vụ định kỳ", "One recurring task"),
    (
        "change_recurrence",
        "Thay đổi nhiệm vụ định kỳ",
        "Change a recurring task as a whole, for the turns to come",
    ),
    ("pause_recurrence", "Tạm dừng nhiệm vụ định kỳ", "Pause a recurring task"),
    ("resume_recurrence", "Tiếp tục nhiệm vụ định kỳ", "Let a recurring task come again"),
    ("skip_turn", "Bỏ qua một kỳ sắp tới, có lý do", "Leave out a turn to come, for a reason"),
    ("list_webhooks", "Các địa chỉ nhận sự kiện", "The webhooks"),
    ("add_webhook", "Thêm địa chỉ nhận sự kiện", "Add a webhook; its secret is in this answer alone"),
    ("read_webhook", "Một địa chỉ nhận sự kiện", "One webhook"),
    ("change_webhook", "Thay đổi địa chỉ nhận sự kiện", "Change a webhook as a whole"),
    ("remove_webhook", "Bỏ địa chỉ nhận sự kiện", "Take a webhook away"),
    ("read_document", "Tài liệu OpenAPI này", "This OpenAPI document"),
];

const PARAMETERS: &[(&str, &str, &str)] = &[
    ("id", "Mã định danh", "The id"),
    ("year", "Năm, như 2026", "The year, as 2026"),
    ("month", "Tháng, như 2024-11", "The month, as 2024-11"),
    ("version", "Số bản, từ 1", "The version, from 1"),
    ("kind", "Loại văn bản", "The kind of document"),
    ("as_of", "Ngày tính tình trạng; mặc định hôm nay", "The day of the standing; today unless said"),
    ("cutoff", "Ngày chốt số liệu", "The day the figures stand on"),
    (
        "period",
        "Quý như 2026-Q3 hoặc năm như 2026; mặc định quý này",
        "A quarter as 2026-Q3 or a year as 2026; this quarter unless said",
    ),
    ("formula", "Cách tính điểm; mặc định theo năm", "How the score comes; that of the year unless said"),
    ("tasks", "Nhiệm vụ trọng tâm (mặc định) hoặc mọi nhiệm vụ", "Key tasks, unless all are asked for"),
    ("q", "Từ cần tìm, không cần dấu", "Words to be found, with or without accents"),
    ("unit", "Đơn vị chủ trì: tên hoặc tên viết tắt", "The lead unit's name or short name"),
    ("coordinating", "Đơn vị phối hợp: tên hoặc tên viết tắt", "A coordinating unit's name or short name"),
    ("standing", "Tình trạng trong ngày", "The standing on the day"),
    ("category", "Loại nhiệm vụ", "The category"),
    ("product", "Loại sản phẩm", "The kind of product"),
    ("level", "Các cấp trình, cách nhau bằng dấu phẩy", "Levels it is submitted to, with commas between"),
    ("due_from", "Thời hạn từ ngày", "Due on this day or later"),
    ("due_to", "Thời hạn đến ngày", "Due on this day or before"),
    ("completed_from", "Hoàn thành từ ngày", "Completed on this day or later"),
    ("completed_to", "Hoàn thành đến ngày", "Completed on this day or before"),
    ("late_from", "Số ngày muộn từ", "At least so many days late"),
    ("late_to", "Số ngày muộn đến", "At most so many days late"),
    ("assignee", "Người thực hiện: mã định danh, hoặc me", "Who does it: an id, or me"),
    ("leader", "Lãnh đạo phụ trách: mã định danh, hoặc me", "The responsible leader: an id, or me"),
    ("source", "Một phần số văn bản giao", "A part of the source document's number"),
    ("label", "Nhãn", "A label"),
    ("field", "Lĩnh vực", "The field of work"),
    ("assigned_from", "Giao từ ngày", "Assigned on this day or later"),
    ("assigned_to", "Giao đến ngày", "Assigned on this day or before"),
    ("status", "Trạng thái hiện tại", "The status now"),
    ("extension", "Đang có đề nghị gia hạn", "With an open request for a later deadline"),
    ("reason", "Quá hạn chưa nêu nguyên nhân", "Overdue without a reason for it"),
    ("sort", "Cách sắp xếp", "What the list is ordered by"),
    ("state", "Tình trạng của đề nghị", "How the request stands"),
    ("page", "Trang thứ mấy", "Which page"),
    ("limit", "Số dòng mỗi phần", "So many in a part"),
    ("cursor", "Giá trị “next” của phần trước", "The “next” of the part before"),
    ("If-Match", "Phiên bản đã đọc", "The version that was read"),
    ("If-None-Match", "Giá trị ETag đã có; còn đúng thì 304", "The ETag one has; 304 when it is still so"),
    ("Idempotency-Key", "Khóa riêng của lần tạo này", "The key of this creation, its own"),
];

fn found(lang: Lang, texts: &[(&str, &'static str, &'static str)], name: &str) -> &'static str {
    let known = texts.iter().find(|(other, _, _)| *other == name);
    known.map_or("", |(_, vi, en)| match lang {
        Lang::Vi => vi,
        Lang::En => en,
    })
}

/// What an operation does.
pub fn operation(lang: Lang, id: &str) -> &'static str {
    found(lang, OPERATIONS, id)
}

/// What a parameter means.
pub fn parameter(lang: Lang, name: &str) -> &'static str {
    found(lang, PARAMETERS, name)
}

/// What an answer of success means.
pub fn answer(lang: Lang, status: u16) -> &'static str {
    let (vi, en) = match status {
        201 => ("Đã tạo", "Made"),
        204 => ("Đã làm, không có nội dung", "Done, with nothing more to say"),
        304 => ("Không có gì mới", "Nothing new"),
        _ => ("Kết quả", "What was asked for"),
    };
    match lang {
        Lang::Vi => vi,
        Lang::En => en,
    }
}

/// What a header of an answer means.
pub fn header(lang: Lang, name: &str) -> &'static str {
    let (vi, en) = match name {
        "ETag" => ("Phiên bản, dùng cho If-Match", "The version, for If-Match"),
        "Location" => ("Địa chỉ của cái vừa tạo", "Where that is which was made"),
        "Retry-After" => ("Số giây nên chờ", "So many seconds to wait"),
        _ => ("true khi là câu trả lời cũ", "true when it was answered before"),
    };
    match lang {
        Lang::Vi => vi,
        Lang::En => en,
    }
}
