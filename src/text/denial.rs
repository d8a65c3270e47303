//! Why somebody was not let in, worded. It never says whether a tenant, an address or a task exists.

use super::Lang;
use crate::error::Denial;

/// What is wrong and what to do.
pub fn denial(lang: Lang, denial: &Denial) -> String {
    match lang {
        Lang::Vi => vietnamese(denial),
        Lang::En => english(denial),
    }
}

fn vietnamese(denial: &Denial) -> String {
    match denial {
        Denial::SignInFailed => {
            "Mã tổ chức, thư điện tử hoặc mật khẩu không đúng. Kiểm tra cả ba rồi thử lại.".to_owned()
        }
        Denial::NotSignedIn => "Chưa đăng nhập, hoặc phiên đăng nhập đã hết.".to_owned(),
        Denial::NotPermitted => "Vai trò của tài khoản không được làm việc này.".to_owned(),
        Denial::NotFound => "Không có, hoặc không thuộc phạm vi được xem của tài khoản.".to_owned(),
        Denial::PersonUnknown(email) => format!("Tổ chức không có ai dùng địa chỉ “{email}”."),
        Denial::PasswordForm { least, most } => {
            format!(
                "Mật khẩu cần ít nhất {least} ký tự và không quá {most} byte; dùng một câu dễ nhớ là tốt nhất."
            )
        }
        Denial::LastAdmin => {
            "Tổ chức phải còn ít nhất một quản trị đang hoạt động. Giao quyền quản trị cho người khác trước."
                .to_owned()
        }
        Denial::TooManyPeople(most) => format!(
            "Tổ chức được có tối đa {most} người dùng đang hoạt động. Khóa bớt tài khoản, hoặc đề nghị đơn vị vận hành nâng giới hạn."
        ),
        Denial::PasswordCommon => "Mật khẩu này dễ đoán: quá phổ biến, hoặc chỉ gồm tên người, tên tổ chức, tên phần mềm, số. Dùng một câu khác."
            .to_owned(),
        Denial::CodeNeeded => "Cần mã xác thực của ứng dụng trên điện thoại.".to_owned(),
        Denial::EnrolmentNeeded => {
            "Tài khoản này cần bật xác thực hai bước: đăng nhập trên trình duyệt một lần.".to_owned()
        }
        Denial::TooManyTries => "Đã thử quá nhiều mã. Đợi năm phút rồi thử lại.".to_owned(),
        Denial::TooSoon(seconds) => {
            format!("Mật khẩu đã sai nhiều lần. Đợi {seconds} giây rồi thử lại.")
        }
        Denial::LinkSpent => {
            "Đường dẫn này đã dùng hoặc đã hết hạn. Đề nghị quản trị của tổ chức gửi đường dẫn mới."
                .to_owned()
        }
        Denial::ProofNeeded => "Cần xác nhận lại danh tính trước khi làm việc này.".to_owned(),
        Denial::NoPassword => "Tài khoản này không có mật khẩu; xác nhận bằng đăng nhập một lần.".to_owned(),
        Denial::NobodyCameByProvider => {
            "Chưa có quản trị nào đăng nhập một lần với thiết đặt hiện tại. Đăng nhập thử bằng cách đó trước rồi mới tắt mật khẩu."
                .to_owned()
        }
        Denial::SuccessorNeeded => {
            "Đơn vị đang chủ trì nhiệm vụ chưa hoàn thành: cần chọn đơn vị kế thừa.".to_owned()
        }
        Denial::UnitOfToday => "Đơn vị mới có từ hôm nay; từ ngày mai mới kết thúc được.".to_owned(),
        Denial::OwnSubmission => "Người báo cáo hoàn thành không tự xác nhận báo cáo của mình.".to_owned(),
        Denial::TaskPublished => {
            "Nhiệm vụ đã có trong báo cáo giao ban đã phát hành nên không xóa được; hãy rút khỏi chương trình."
                .to_owned()
        }
        Denial::EvidenceDecided => {
            "Báo cáo hoàn thành đã được xử lý nên minh chứng kèm theo được giữ nguyên, không thêm, không gỡ."
                .to_owned()
        }
    }
}

fn english(denial: &Denial) -> String {
    match denial {
        Denial::SignInFailed => {
            "Organisation code, e-mail address or password is wrong. Check all three and try again."
                .to_owned()
        }
        Denial::NotSignedIn => "Not signed in, or the session has ended.".to_owned(),
        Denial::NotPermitted => "The role of this account may not do this.".to_owned(),
        Denial::NotFound => "There is no such thing, or it is not open to this account.".to_owned(),
        Denial::PersonUnknown(email) => format!("The tenant has nobody of the address “{email}”."),
        Denial::PasswordForm { least, most } => format!(
            "A password needs at least {least} characters and at most {most} bytes; a sentence is best."
        ),
        Denial::LastAdmin => {
            "An organisation keeps at least one active administrator. Make somebody else one first."
                .to_owned()
        }
        Denial::TooManyPeople(most) => format!(
            "The organisation may have at most {most} active people. Disable somebody, or ask the operator for more."
        ),
        Denial::PasswordCommon => "This password is easy to guess: too common, or only names of a person, the organisation, this product, or digits. Use another sentence."
            .to_owned(),
        Denial::CodeNeeded => "The code of the authenticator is needed.".to_owned(),
        Denial::EnrolmentNeeded => {
            "This account needs two-step sign-in: sign in by a browser once.".to_owned()
        }
        Denial::TooManyTries => "Too many codes were tried. Wait five minutes and try again.".to_owned(),
        Denial::TooSoon(seconds) => {
            format!("Too many passwords were wrong. Wait {seconds} s and try again.")
        }
        Denial::LinkSpent => {
            "This link was used or has expired. Ask your organisation's administrator for another.".to_owned()
        }
        Denial::ProofNeeded => "Prove again who you are before this is done.".to_owned(),
        Denial::NoPassword => "This account has no password; prove it by single sign-on.".to_owned(),
        Denial::NobodyCameByProvider => {
            "No administrator has signed in by the provider as it is set now. Do that first, then switch passwords off."
                .to_owned()
        }
        Denial::SuccessorNeeded => {
            "The unit leads tasks that are not completed: choose its successor.".to_owned()
        }
        Denial::UnitOfToday => "The unit began today; it can be ended from tomorrow on.".to_owned(),
        Denial::OwnSubmission => "Who reported a completion does not confirm it.".to_owned(),
        Denial::TaskPublished => {
            "The task stands in a published briefing and can't be deleted; cancel it instead.".to_owned()
        }
        Denial::EvidenceDecided => {
            "The reported completion is decided: its evidence stays as it is.".to_owned()
        }
    }
}
