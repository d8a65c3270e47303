//! The steps of a task's life, worded.

use super::{Lang, vocabulary};
use crate::domain::life::Step;
use crate::domain::task::Status;

/// What a step is called where it can be taken.
pub fn step(lang: Lang, step: Step) -> &'static str {
    let (vi, en) = match step {
        Step::Start => ("bắt đầu thực hiện", "begin"),
        Step::Note => ("báo cáo tiến độ", "note progress"),
        Step::Submit => ("báo cáo hoàn thành", "report completion"),
        Step::Confirm => ("xác nhận hoàn thành", "confirm completion"),
        Step::SendBack => ("trả lại báo cáo hoàn thành", "send the report back"),
        Step::Assign => ("phân công", "assign"),
        Step::Return => ("trả lại Văn phòng", "return to the Office"),
        Step::GiveAgain => ("giao lại", "give again"),
        Step::Pause => ("tạm dừng", "pause"),
        Step::Resume => ("tiếp tục thực hiện", "resume"),
        Step::Move => ("chuyển đơn vị chủ trì", "move to another unit"),
        Step::Edit => ("sửa nội dung", "edit"),
        Step::Transfer => ("chuyển cơ quan khác", "transfer to another body"),
        Step::Cancel => ("rút khỏi chương trình", "cancel"),
        Step::Restore => ("khôi phục", "restore"),
        Step::Reopen => ("hủy xác nhận hoàn thành", "take the confirmation back"),
        Step::Delete => ("xóa", "delete"),
    };
    match lang {
        Lang::Vi => vi,
        Lang::En => en,
    }
}

/// That a step is impossible with a task of this status, and what is possible instead.
pub fn impossible(lang: Lang, status: Status, possible: &[Step]) -> String {
    let status = vocabulary::status(lang, status);
    let steps: Vec<&str> = possible.iter().map(|found| step(lang, *found)).collect();
    match (lang, steps.is_empty()) {
        (Lang::Vi, false) => {
            format!("Nhiệm vụ đang ở trạng thái “{status}”; có thể: {}.", steps.join(", "))
        }
        (Lang::Vi, true) => {
            format!("Nhiệm vụ đang ở trạng thái “{status}”; tài khoản không còn việc nào làm được ở đây.")
        }
        (Lang::En, false) => format!("The task is “{status}”; possible now: {}.", steps.join(", ")),
        (Lang::En, true) => format!("The task is “{status}”; there is nothing this account can do with it."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_impossible_step_says_what_is_possible() {
        let said = impossible(Lang::Vi, Status::Submitted, &[Step::Confirm, Step::SendBack]);
        assert_eq!(
            said,
            "Nhiệm vụ đang ở trạng thái “chờ xác nhận”; có thể: xác nhận hoàn thành, trả lại báo cáo hoàn thành."
        );
        assert!(
            impossible(Lang::En, Status::Completed, &[]).ends_with("nothing this account can do with it.")
        );
    }
}
