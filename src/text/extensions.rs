//! What the extension desk refuses, worded.

use super::{Lang, vocabulary};
use crate::error::{ExtensionFault, NotExtendable};

/// Why an act of the desk did not happen, and what is possible instead.
pub fn fault(lang: Lang, fault: &ExtensionFault) -> String {
    match (fault, lang) {
        (ExtensionFault::OwnRequest, Lang::Vi) => {
            "Người đề nghị gia hạn không được quyết định đề nghị của chính mình; cần người khác quyết định."
                .to_owned()
        }
        (ExtensionFault::OwnRequest, Lang::En) => {
            "Whoever asked for an extension may not decide it; somebody else must.".to_owned()
        }
        (ExtensionFault::Decided, Lang::Vi) => {
            "Đề nghị này đã được quyết định hoặc đã rút; muốn đổi thời hạn nữa thì gửi đề nghị mới."
                .to_owned()
        }
        (ExtensionFault::Decided, Lang::En) => {
            "This was decided or withdrawn already; another change of the deadline needs a new request."
                .to_owned()
        }
        (ExtensionFault::NotExtendable(tasks), _) => tasks
            .iter()
            .map(|(code, why)| format!("{code}: {}", reason(lang, *why)))
            .collect::<Vec<_>>()
            .join("\n"),
    }
}

fn reason(lang: Lang, why: NotExtendable) -> String {
    match (why, lang) {
        (NotExtendable::Status(status), Lang::Vi) => {
            format!("nhiệm vụ {}, không gia hạn được nữa.", vocabulary::status(lang, status))
        }
        (NotExtendable::Status(status), Lang::En) => {
            format!("the task is {}; its deadline can't be moved.", vocabulary::status(lang, status))
        }
        (NotExtendable::NoDeadline, Lang::Vi) => "nhiệm vụ không có thời hạn để gia hạn.".to_owned(),
        (NotExtendable::NoDeadline, Lang::En) => "the task has no deadline that could be moved.".to_owned(),
        (NotExtendable::AskedAlready, Lang::Vi) => {
            "đang có đề nghị gia hạn chưa quyết định; chờ quyết định hoặc rút đề nghị đó trước.".to_owned()
        }
        (NotExtendable::AskedAlready, Lang::En) => {
            "a request is not decided yet; wait for the decision, or withdraw it first.".to_owned()
        }
    }
}
