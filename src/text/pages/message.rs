//! Error pages and plain messages.

use super::Words;

/// What went wrong with a page as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// 400: the address has a part that can't be read.
    BadRequest,
    /// 403: not for this role.
    Forbidden,
    /// 404: no such page or task, or not for this reader.
    NotFound,
    /// 409: what there is does not allow it.
    Refused,
    /// 429: too many attempts.
    TooMany,
    /// 500: a fault of ours.
    Internal,
    /// 503: the database can't be reached, or the service is stopping.
    Unavailable,
}

impl Trouble {
    /// The HTTP status.
    pub fn status(self) -> u16 {
        match self {
            Self::BadRequest => 400,
            Self::Forbidden => 403,
            Self::NotFound => 404,
            Self::Refused => 409,
            Self::TooMany => 429,
            Self::Internal => 500,
            Self::Unavailable => 503,
        }
    }
}

impl Words {
    /// The heading of an error page.
    pub fn trouble_heading(self, trouble: Trouble) -> &'static str {
        let (vi, en) = match trouble {
            Trouble::BadRequest => ("Địa chỉ không hợp lệ", "This address can't be read"),
            Trouble::Forbidden => ("Không có quyền xem trang này", "This page is not open to you"),
            Trouble::NotFound => ("Không tìm thấy", "Not found"),
            Trouble::Refused => ("Chưa thực hiện được", "It was not done"),
            Trouble::TooMany => ("Quá nhiều lần thử", "Too many attempts"),
            Trouble::Internal => ("Hệ thống gặp lỗi", "Something failed on our side"),
            Trouble::Unavailable => ("Hệ thống tạm thời gián đoạn", "The service is interrupted"),
        };
        self.pick(vi, en)
    }

    /// What happened and what to do.
    pub fn trouble_advice(self, trouble: Trouble) -> &'static str {
        let (vi, en) = match trouble {
            Trouble::BadRequest => (
                "Một phần của địa chỉ không đọc được. Quay lại trang trước và chọn lại.",
                "A part of the address can't be read. Go back and choose again.",
            ),
            Trouble::Forbidden => (
                "Vai trò của tài khoản không được xem trang này. Nếu cần, đề nghị quản trị của tổ chức cấp quyền.",
                "Your role may not see this page. If you need it, ask your organisation's administrator.",
            ),
            Trouble::NotFound => (
                "Trang hoặc nhiệm vụ này không có, đã bị xóa, hoặc không thuộc đơn vị của tài khoản. Kiểm tra lại địa chỉ, hoặc tìm theo mã nhiệm vụ.",
                "There is no such page or task, it was deleted, or it is not your unit's. Check the address, or search by the task's code.",
            ),
            Trouble::Refused => (
                "Tình trạng hiện nay không cho phép việc này. Tải lại trang, xem lại rồi làm lại.",
                "What there is now does not allow it. Reload the page, look again, then do it again.",
            ),
            Trouble::TooMany => (
                "Tài khoản hoặc địa chỉ mạng này đã thử quá nhiều lần. Đợi vài phút rồi thử lại.",
                "Too many attempts from this account or network. Wait a few minutes and try again.",
            ),
            Trouble::Internal => (
                "Việc vừa làm có thể chưa được lưu. Thử lại; nếu vẫn lỗi, gửi mã yêu cầu dưới đây cho đơn vị vận hành.",
                "What you just did may not be saved. Try again; if it fails again, send the request code below to the operator.",
            ),
            Trouble::Unavailable => (
                "Số liệu không mất. Đợi một phút rồi tải lại trang.",
                "No data are lost. Wait a minute and reload the page.",
            ),
        };
        self.pick(vi, en)
    }

    /// The id to give to the operator.
    pub fn request_id(self) -> &'static str {
        self.pick("Mã yêu cầu", "Request code")
    }

    /// The way out of an error page.
    pub fn back_home(self) -> &'static str {
        self.pick("Về trang đầu", "To the start page")
    }
}
