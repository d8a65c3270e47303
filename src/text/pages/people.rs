//! People and posts, as an administrator looks after them.

use super::{Words, sentences};

sentences! {
    nav_people: "Người dùng", "People";
    people_title: "Người dùng", "People";
    people_lead: "Vai trò và đơn vị thuộc về chức vụ, không thuộc về người: một người có thể giữ nhiều chức vụ.",
        "Role and unit belong to a post, not to a person: one person may hold several posts.";
    people_caption: "Người dùng và chức vụ đang giữ", "People and the posts they hold";
    people_words: "Tên hoặc thư điện tử", "Name or e-mail";
    people_none: "Không có ai khớp với bộ lọc.", "Nobody matches the filters.";
    person_add: "Thêm người dùng", "Add a person";
    person_name: "Họ và tên", "Full name";
    person_posts: "Chức vụ", "Posts";
    person_posts_caption: "Chức vụ, từ mới đến cũ", "Posts, the latest first";
    person_state: "Tình trạng", "State";
    person_active: "Đang hoạt động", "Active";
    person_disabled: "Đã khóa", "Disabled";
    person_no_posts: "Chưa giữ chức vụ nào.", "Holds no post.";
    person_access: "Đăng nhập", "Signing in";
    person_disable: "Khóa tài khoản", "Disable";
    person_disable_help: "Mọi phiên đăng nhập kết thúc ngay.", "All their sessions end at once.";
    person_enable: "Mở lại tài khoản", "Enable";
    person_link: "Tạo đường dẫn đặt mật khẩu", "Make a link to set a password";
    person_link_help: "Đường dẫn mới thay đường dẫn cũ; mật khẩu hiện tại còn dùng được đến khi đặt mật khẩu mới.",
        "A new link replaces earlier ones; the present password holds until another is set.";
    person_link_once: "Đường dẫn này chỉ hiện một lần, dùng một lần trong 24 giờ. Gửi cho người dùng qua kênh tin cậy.",
        "This link is shown only now and works once within 24 hours. Pass it on by a trusted way.";
    role_label: "Vai trò", "Role";
    post_term: "Thời gian", "Term";
    post_from: "Từ ngày", "From";
    post_until: "Đến trước ngày", "Until before";
    post_deputy_for: "Phụ trách thay (nhận vai trò và đơn vị của chức vụ này)", "Deputy for (takes role and unit of this post)";
    post_deputy: "phụ trách thay", "deputy";
    post_add: "Giao thêm chức vụ", "Give another post";
    post_end: "Kết thúc", "End";
    post_over: "đã hết", "over";
    post_switch_label: "Chức vụ đang dùng", "Acting post";
    post_switch: "Chuyển", "Switch";
    hand_over_heading: "Bàn giao nhiệm vụ", "Hand over tasks";
    hand_over_to: "Người nhận", "To whom";
    hand_over_action: "Bàn giao tất cả", "Hand over all";
    none_chosen: "– Chọn –", "– Choose –";
    audit_link: "Nhật ký của người này", "This person's journal";
}

impl Words {
    /// How many people the filter leaves.
    pub fn people_count(self, n: &str) -> String {
        self.pick(format!("{n} người"), format!("{n} people"))
    }

    /// The units that nobody heads today.
    pub fn units_without_head(self, n: &str) -> String {
        self.pick(format!("{n} đơn vị chưa có thủ trưởng"), format!("{n} units without a head"))
    }

    /// `từ 01/01/2024 đến trước 01/01/2025`.
    pub fn post_term_of(self, from: &str, until: Option<&str>) -> String {
        match until {
            None => self.pick(format!("từ {from}"), format!("from {from}")),
            Some(until) => {
                self.pick(format!("từ {from} đến trước {until}"), format!("from {from} until before {until}"))
            }
        }
    }

    /// Names the post whose end a button sends.
    pub fn post_end_of(self, post: &str) -> String {
        self.pick(format!("Kết thúc chức vụ {post}"), format!("End the post {post}"))
    }

    /// How many open tasks name a person.
    pub fn hand_over_count(self, n: &str) -> String {
        self.pick(
            format!("Đang có tên trong {n} nhiệm vụ chưa hoàn thành."),
            format!("Named in {n} tasks that are not completed."),
        )
    }

    /// A letter with a way in is on its way.
    pub fn person_written_to(self, address: &str) -> String {
        self.pick(
            format!("Đường dẫn đặt mật khẩu đang được gửi đến {address}; đường dẫn và thư cũ không còn dùng được."),
            format!("A link to set a password is being sent to {address}; earlier links and letters no longer work."),
        )
    }

    /// What a hand-over has done.
    pub fn handed_over(self, n: &str, to: &str) -> String {
        self.pick(
            format!("Đã bàn giao {n} nhiệm vụ cho {to}."),
            format!("{n} tasks were handed over to {to}."),
        )
    }
}
