//! The problems of answers: their stable codes, their statuses, their words.

use super::Lang;
use super::pages::Trouble;

/// Every problem an answer can tell of. The code is stable: clients may rely on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProblemKind {
    /// A parameter can't be read; `errors` names each.
    BadParameter,
    /// The request can't be read.
    BadRequest,
    /// No token or session, or one that holds no longer.
    NotSignedIn,
    /// Tenant, address and password don't belong together.
    SignInFailed,
    /// The password is right; the sign-in must bring a code as well.
    CodeNeeded,
    /// The password is right; a second factor must be enrolled in a browser first.
    EnrolmentNeeded,
    /// Not for the role of the reader's post.
    NotPermitted,
    /// Who asks must prove again who they are.
    ProofNeeded,
    /// A form was sent from another site.
    CrossSite,
    /// No such thing, or not for this reader.
    NotFound,
    /// The path knows other methods.
    MethodNotAllowed,
    /// The request took too long to arrive.
    Timeout,
    /// A rule said no.
    Refused,
    /// Somebody has changed it since it was read.
    Stale,
    /// A change must name the version that it was thought out for.
    VersionNeeded,
    /// A creation must bring a key of its own.
    KeyNeeded,
    /// The key of a creation was given to another request.
    KeyReused,
    /// A creation with this key is under way.
    InProgress,
    /// The body is too large.
    TooLarge,
    /// Another kind of body is expected.
    UnsupportedMedia,
    /// The body can be read but not understood.
    Unprocessable,
    /// Too many attempts.
    TooMany,
    /// A fault of ours.
    Internal,
    /// Not now: the database can't be reached, or too many wait.
    Unavailable,
}

impl ProblemKind {
    /// Every kind; the first of a status is what a bare status means.
    pub const ALL: [Self; 24] = [
        Self::BadRequest,
        Self::BadParameter,
        Self::NotSignedIn,
        Self::SignInFailed,
        Self::CodeNeeded,
        Self::NotPermitted,
        Self::EnrolmentNeeded,
        Self::ProofNeeded,
        Self::CrossSite,
        Self::NotFound,
        Self::MethodNotAllowed,
        Self::Timeout,
        Self::Refused,
        Self::Stale,
        Self::TooLarge,
        Self::UnsupportedMedia,
        Self::Unprocessable,
        Self::TooMany,
        Self::Internal,
        Self::Unavailable,
        Self::VersionNeeded,
        Self::KeyNeeded,
        Self::KeyReused,
        Self::InProgress,
    ];

    /// The HTTP status.
    pub fn status(self) -> u16 {
        match self {
            Self::BadParameter | Self::BadRequest | Self::KeyNeeded => 400,
            Self::NotSignedIn | Self::SignInFailed | Self::CodeNeeded => 401,
            Self::NotPermitted | Self::EnrolmentNeeded | Self::ProofNeeded | Self::CrossSite => 403,
            Self::NotFound => 404,
            Self::MethodNotAllowed => 405,
            Self::Timeout => 408,
            Self::Refused | Self::InProgress => 409,
            Self::Stale => 412,
            Self::TooLarge => 413,
            Self::UnsupportedMedia => 415,
            Self::Unprocessable | Self::KeyReused => 422,
            Self::VersionNeeded => 428,
            Self::TooMany => 429,
            Self::Internal => 500,
            Self::Unavailable => 503,
        }
    }

    /// The stable code, the end of the document's `type`.
    pub fn code(self) -> &'static str {
        match self {
            Self::BadParameter => "bad-parameter",
            Self::BadRequest => "bad-request",
            Self::NotSignedIn => "not-signed-in",
            Self::SignInFailed => "sign-in-failed",
            Self::CodeNeeded => "code-needed",
            Self::EnrolmentNeeded => "enrolment-needed",
            Self::NotPermitted => "not-permitted",
            Self::ProofNeeded => "proof-needed",
            Self::CrossSite => "cross-site",
            Self::NotFound => "not-found",
            Self::MethodNotAllowed => "method-not-allowed",
            Self::Timeout => "timeout",
            Self::Refused => "refused",
            Self::Stale => "stale",
            Self::VersionNeeded => "precondition-required",
            Self::KeyNeeded => "idempotency-key-needed",
            Self::KeyReused => "idempotency-key-reused",
            Self::InProgress => "in-progress",
            Self::TooLarge => "too-large",
            Self::UnsupportedMedia => "unsupported-media-type",
            Self::Unprocessable => "unprocessable",
            Self::TooMany => "too-many",
            Self::Internal => "internal",
            Self::Unavailable => "unavailable",
        }
    }

    /// How a page tells of it.
    pub fn trouble(self) -> Trouble {
        match self {
            Self::NotPermitted | Self::EnrolmentNeeded | Self::ProofNeeded | Self::CrossSite => {
                Trouble::Forbidden
            }
            Self::NotFound | Self::MethodNotAllowed => Trouble::NotFound,
            Self::TooMany => Trouble::TooMany,
            Self::Refused | Self::Stale | Self::InProgress => Trouble::Refused,
            Self::Internal => Trouble::Internal,
            Self::Unavailable => Trouble::Unavailable,
            _ => Trouble::BadRequest,
        }
    }
}

/// The title of a problem document: the same for every problem of a kind.
pub fn title(lang: Lang, kind: ProblemKind) -> &'static str {
    match lang {
        Lang::Vi => vietnamese(kind),
        Lang::En => english(kind),
    }
}

fn vietnamese(kind: ProblemKind) -> &'static str {
    match kind {
        ProblemKind::BadParameter => "Tham số không hợp lệ",
        ProblemKind::BadRequest => "Yêu cầu không hợp lệ",
        ProblemKind::NotSignedIn => "Chưa đăng nhập, hoặc phiên đăng nhập đã hết",
        ProblemKind::SignInFailed => "Mã tổ chức, thư điện tử hoặc mật khẩu không đúng",
        ProblemKind::CodeNeeded => "Cần mã xác thực",
        ProblemKind::EnrolmentNeeded => "Cần bật xác thực hai bước trên trình duyệt trước",
        ProblemKind::NotPermitted => "Vai trò của tài khoản không được làm việc này",
        ProblemKind::ProofNeeded => "Cần xác nhận lại danh tính trên trình duyệt",
        ProblemKind::CrossSite => "Yêu cầu được gửi từ một trang khác",
        ProblemKind::NotFound => "Không có, hoặc không thuộc phạm vi được xem",
        ProblemKind::MethodNotAllowed => "Địa chỉ này không nhận phương thức đó",
        ProblemKind::Timeout => "Yêu cầu gửi đến quá chậm",
        ProblemKind::Refused => "Không thực hiện được",
        ProblemKind::Stale => "Nội dung đã được người khác sửa",
        ProblemKind::VersionNeeded => "Cần tiêu đề If-Match ghi phiên bản đã đọc, là giá trị ETag",
        ProblemKind::KeyNeeded => "Cần tiêu đề Idempotency-Key, từ 1 đến 255 ký tự, riêng cho mỗi lần tạo",
        ProblemKind::KeyReused => "Khóa Idempotency-Key này đã dùng cho một yêu cầu khác",
        ProblemKind::InProgress => "Yêu cầu cùng khóa đang được xử lý",
        ProblemKind::TooLarge => "Nội dung gửi lên quá lớn",
        ProblemKind::UnsupportedMedia => "Kiểu nội dung không dùng được",
        ProblemKind::Unprocessable => "Nội dung gửi lên thiếu hoặc sai mục",
        ProblemKind::TooMany => "Quá nhiều lần thử",
        ProblemKind::Internal => "Hệ thống gặp lỗi",
        ProblemKind::Unavailable => "Hệ thống tạm thời gián đoạn",
    }
}

fn english(kind: ProblemKind) -> &'static str {
    match kind {
        ProblemKind::BadParameter => "A parameter can't be read",
        ProblemKind::BadRequest => "The request can't be read",
        ProblemKind::NotSignedIn => "Not signed in, or the session has ended",
        ProblemKind::SignInFailed => "Tenant, e-mail address or password is wrong",
        ProblemKind::CodeNeeded => "A code is needed",
        ProblemKind::EnrolmentNeeded => "Two-step sign-in must be set up in a browser first",
        ProblemKind::NotPermitted => "The role of this account may not do this",
        ProblemKind::ProofNeeded => "Who you are must be proved again in a browser",
        ProblemKind::CrossSite => "The request came from another site",
        ProblemKind::NotFound => "No such thing, or not open to this account",
        ProblemKind::MethodNotAllowed => "Not a method of this address",
        ProblemKind::Timeout => "The request took too long to arrive",
        ProblemKind::Refused => "Refused",
        ProblemKind::Stale => "Somebody has changed it since it was read",
        ProblemKind::VersionNeeded => {
            "An If-Match header with the version that was read, its ETag, is needed"
        }
        ProblemKind::KeyNeeded => {
            "An Idempotency-Key header of 1 to 255 characters is needed, its own for each creation"
        }
        ProblemKind::KeyReused => "This Idempotency-Key was given to another request",
        ProblemKind::InProgress => "A request with this key is under way",
        ProblemKind::TooLarge => "The body is too large",
        ProblemKind::UnsupportedMedia => "Another content type is expected",
        ProblemKind::Unprocessable => "A field of the body is missing or wrong",
        ProblemKind::TooMany => "Too many attempts",
        ProblemKind::Internal => "Something failed on our side",
        ProblemKind::Unavailable => "The service is interrupted for a moment",
    }
}
