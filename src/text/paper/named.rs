//! The names of a briefing's figures and lines, and what is said of those that are not as they should be.

use super::pick;
use crate::briefings::whole::TaskTold;
use crate::briefings::{Changed, Differs};
use crate::domain::briefing::Imbalance;
use crate::domain::flow::Line;
use crate::domain::task::ProductKind;
use crate::text::{Lang, date, number, vocabulary};

/// The name of a line of the flow.
pub fn line(lang: Lang, line: Line) -> &'static str {
    let (vi, en) = match line {
        Line::StillOverdue => ("Tiếp tục quá hạn", "Still overdue"),
        Line::Moved => ("Tiếp tục quá hạn, đã chuyển đơn vị chủ trì", "Still overdue, moved to another unit"),
        Line::NewlyOverdue => ("Mới quá hạn", "Newly overdue"),
        Line::Resumed => ("Tiếp tục thực hiện sau tạm dừng, đã quá hạn", "Resumed and overdue"),
        Line::SentBack => ("Báo cáo hoàn thành bị trả lại", "Report sent back or taken back"),
        Line::MadeKey => ("Chuyển thành nhiệm vụ trọng tâm", "Made a key task"),
        Line::CorrectedIn => ("Bổ sung do đính chính số liệu kỳ trước", "Corrected since: was overdue"),
        Line::Completed => ("Đã hoàn thành", "Completed"),
        Line::Reported => ("Đã báo cáo trong hạn, chờ xác nhận", "Reported in time, waiting"),
        Line::Extended => ("Được gia hạn", "Extended"),
        Line::Withdrawn => ("Rút, trả lại hoặc chuyển cơ quan khác", "Withdrawn, returned or transferred"),
        Line::Suspended => ("Tạm dừng", "Suspended"),
        Line::MadeOther => ("Không còn là nhiệm vụ trọng tâm", "No longer a key task"),
        Line::Deleted => ("Xóa do nhập nhầm", "Deleted"),
        Line::CorrectedOut => ("Giảm do đính chính số liệu kỳ trước", "Corrected since: was not overdue"),
    };
    match lang {
        Lang::Vi => vi,
        Lang::En => en,
    }
}

/// The name of a figure of a cell.
pub fn figure(lang: Lang, name: &str) -> String {
    if let Some(kind) = name.strip_prefix("due_next:").and_then(ProductKind::from_code) {
        return format!("{}: {}", figure(lang, "due_next"), vocabulary::product(lang, kind));
    }
    let (vi, en) = match name {
        "tasks" => ("Tổng số nhiệm vụ đã giao", "Total"),
        "overdue_units" => ("Đơn vị có nhiệm vụ quá hạn", "Units with overdue tasks"),
        "opening" => ("Quá hạn đầu kỳ", "Opening"),
        "closing" => ("Quá hạn cuối kỳ", "Closing"),
        "longest_overdue_days" => ("Quá hạn lâu nhất (ngày)", "Longest delay (days)"),
        "completed_on_time" => ("Hoàn thành đúng hạn", "Completed on time"),
        "completed_late" => ("Hoàn thành quá hạn", "Completed late"),
        "within_term" => ("Đang thực hiện, trong hạn", "Within term"),
        "overdue" => ("Quá hạn", "Overdue"),
        "no_deadline" => ("Không có thời hạn", "No deadline"),
        "outside" => ("Ngoài thống kê", "Outside the count"),
        "due_soon" => ("Sắp đến hạn", "Due soon"),
        "waiting" => ("Chờ xác nhận", "Waiting for confirmation"),
        "waiting_overdue" => ("Chờ xác nhận, quá hạn", "Waiting, overdue"),
        "d1_7" => ("Quá hạn 1–7 ngày", "Overdue 1–7 days"),
        "d8_30" => ("Quá hạn 8–30 ngày", "Overdue 8–30 days"),
        "d31_60" => ("Quá hạn 31–60 ngày", "Overdue 31–60 days"),
        "d61_120" => ("Quá hạn 61–120 ngày", "Overdue 61–120 days"),
        "over_120" => ("Quá hạn trên 120 ngày", "Overdue more than 120 days"),
        "due_in_period" => ("Đến hạn trong tháng", "Due in the month"),
        "reached" => ("Đã hoàn thành hoặc đã đến hạn", "Completed or fallen due"),
        "on_time" => ("Trong đó đúng hạn", "Of these on time"),
        "reached_on_time_original" => {
            ("Đúng hạn so với thời hạn ban đầu", "On time by the original deadline")
        }
        "completed_in_period" => ("Hoàn thành trong tháng", "Completed in the month"),
        "completed_in_period_late" => ("Trong đó quá hạn", "Of these late"),
        "due_next" => ("Phải hoàn thành tháng sau", "Due next month"),
        "due_next_schemes_to_government" => {
            ("Đề án trình Chính phủ, Thủ tướng", "Schemes to the Government or Prime Minister")
        }
        other => return other.to_owned(),
    };
    pick(lang, vi.to_owned(), en.to_owned())
}

/// What does not add up, and by how much.
pub fn imbalance(lang: Lang, found: &Imbalance) -> String {
    let figure = figure(lang, found.figure);
    let [whole, parts, difference] =
        [found.whole, found.parts, found.whole.abs_diff(found.parts)].map(|n| number(lang, n));
    pick(
        lang,
        format!(
            "Số liệu không cân: “{figure}” là {whole} nhưng các phần cộng lại là {parts}, chênh lệch {difference}."
        ),
        format!(
            "The figures don't balance: “{figure}” is {whole} but its parts sum to {parts}, a difference of {difference}."
        ),
    )
}

/// In what a task differs from what was published, a line each.
pub fn differs(lang: Lang, changed: &Changed) -> Vec<String> {
    let (then, now) = (changed.then.as_ref(), changed.now.as_ref());
    changed.differences().into_iter().map(|differs| difference(lang, differs, then, now)).collect()
}

fn difference(lang: Lang, differs: Differs, then: Option<&TaskTold>, now: Option<&TaskTold>) -> String {
    let both = |vi: &str, en: &str, of: &dyn Fn(&TaskTold) -> Option<String>| {
        let said = |task: Option<&TaskTold>| task.and_then(of).unwrap_or_else(|| "–".to_owned());
        format!("{}: {} → {}", pick(lang, vi.to_owned(), en.to_owned()), said(then), said(now))
    };
    match differs {
        Differs::Added => {
            pick(lang, "Khi phát hành chưa được thống kê".to_owned(), "It was not counted then".to_owned())
        }
        Differs::Gone => pick(
            lang,
            "Nay không còn trong thống kê trọng tâm của ngày này".to_owned(),
            "It is no key task of this day any more".to_owned(),
        ),
        Differs::Standing => both("Trạng thái", "Standing", &|task| {
            task.standing.map(|of| vocabulary::standing(lang, of).to_owned())
        }),
        Differs::Due => both("Thời hạn", "Deadline", &|task| task.due_on.map(date)),
        Differs::Completed => both("Ngày hoàn thành", "Completed on", &|task| task.completed_on.map(date)),
        Differs::Unit => both("Đơn vị chủ trì", "Lead unit", &|task| Some(task.unit.clone())),
        Differs::Product => {
            both("Sản phẩm", "Product", &|task| Some(vocabulary::product(lang, task.product).to_owned()))
        }
    }
}
