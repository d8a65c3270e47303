//! Sample data for every page: the November 2024 briefing of the demo's workbook, and its twists — nothing
//! at all, texts that try to be markup, and names and numbers far longer than usual.

mod account;
mod administration;
mod all;
mod decisions;
mod desk;
mod evaluation;
mod figures;
mod files;
mod finding;
mod giving;
mod life;
mod mail;
mod manners;
mod organisation;
mod rows;
mod work;

use serde_json::Value;

use dondoc::pages::*;
use dondoc::text::Lang;

/// How the sample differs from the workbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Twist {
    /// Not at all.
    Plain,
    /// No rows anywhere.
    Empty,
    /// Every text is markup.
    Hostile,
    /// Every text is long, every number a million.
    Long,
}

/// What a hostile text tries.
pub const HOSTILE: &str = "<script>alert(1)</script>\"><img src=x onerror=alert(1)>'`{{7*7}}";

/// Makes the views.
#[derive(Debug, Clone)]
pub struct Sample {
    lang: Lang,
    twist: Twist,
    briefing: Value,
    tasks: Value,
}

impl Sample {
    /// The sample in a language with a twist.
    ///
    /// # Panics
    /// The files beside it are not JSON.
    #[allow(clippy::expect_used)] // The files are part of the program.
    pub fn new(lang: Lang, twist: Twist) -> Self {
        let read = |text| serde_json::from_str(text).expect("sample files are JSON");
        Self {
            lang,
            twist,
            briefing: read(include_str!("briefing.json")),
            tasks: read(include_str!("tasks.json")),
        }
    }

    fn w(&self) -> Words {
        Words(self.lang)
    }

    fn pick(&self, vi: &str, en: &str) -> String {
        self.s(if self.lang == Lang::Vi { vi } else { en })
    }

    /// A text with the twist.
    fn s(&self, text: &str) -> String {
        match self.twist {
            Twist::Plain | Twist::Empty => text.to_owned(),
            Twist::Hostile => format!("{HOSTILE}{text}"),
            Twist::Long => format!(
                "{text} – {}",
                "Trường Đào tạo, Bồi dưỡng cán bộ quản lý Thông tin và Truyền thông khu vực miền Trung và Tây Nguyên ".repeat(3)
            ),
        }
    }

    fn o(&self, text: &str) -> Option<String> {
        (self.twist != Twist::Empty).then(|| self.s(text))
    }

    fn n(&self, text: &str) -> String {
        match self.twist {
            Twist::Long => "1.000.000".to_owned(),
            _ => text.to_owned(),
        }
    }

    fn num(&self, text: &str, href: &str) -> Num {
        Num::link(self.n(text), href)
    }

    fn rows<T>(&self, rows: Vec<T>) -> Vec<T> {
        if self.twist == Twist::Empty { Vec::new() } else { rows }
    }

    fn shell(&self, role: Role, current: usize) -> Shell {
        let home = "/".to_owned();
        let item = |i: usize, href: &str, text: String| NavLink {
            href: href.to_owned(),
            text,
            here: if i == current { Here::Page } else { Here::Elsewhere },
        };
        let part = |href: &str, text: String| NavLink { href: href.to_owned(), text, here: Here::Within };
        let (post, nav, group) = match role {
            Role::Nobody => (String::new(), Vec::new(), Vec::new()),
            Role::Office => (
                self.pick("Văn phòng Bộ · Chuyên viên", "Ministry Office · Specialist"),
                vec![
                    part("/", self.pick("Số liệu", "Figures")),
                    item(91, "/submissions", self.pick("Duyệt, chỉ đạo", "Decisions")),
                    item(92, "/calendar", self.pick("Lịch làm việc", "Calendar")),
                ],
                vec![
                    item(0, "/", self.pick("Tổng quan", "Overview")),
                    item(1, "/tasks", self.pick("Nhiệm vụ", "Tasks")),
                    item(2, "/briefings/2024-11", self.pick("Giao ban tháng", "Briefing")),
                ],
            ),
            Role::UnitHead => (
                self.pick("Cục Viễn thông · Thủ trưởng đơn vị", "Telecommunications · Head of unit"),
                vec![
                    item(0, "/", self.pick("Việc của đơn vị", "My unit")),
                    item(1, "/tasks", self.pick("Nhiệm vụ", "Tasks")),
                ],
                Vec::new(),
            ),
        };
        let member = (role != Role::Nobody).then(|| Member {
            tenant_name: self.s("Bộ Thông tin và Truyền thông"),
            post,
            home,
            nav,
            group,
            search_action: Some("/tasks".into()),
            search_words: if self.twist == Twist::Hostile { HOSTILE.into() } else { String::new() },
            posts: match role {
                Role::UnitHead => self.choices(&[("1", "Cục Viễn thông"), ("2", "Văn phòng")], "1"),
                _ => Vec::new(),
            },
            switch: "/account/post".into(),
            sign_out: "/sign-out".into(),
        });
        Shell {
            assets: Assets::default(),
            version: "0.2.0".into(),
            demo_day: Some("29/11/2024".into()),
            member,
            other_language: Some(match self.lang {
                Lang::Vi => ("?lang=en".into(), "English".into(), "en".into()),
                Lang::En => ("?lang=vi".into(), "Tiếng Việt".into(), "vi".into()),
            }),
        }
    }

    /// Signing in by the organisation's own host.
    pub fn sign_in_by_host(&self) -> SignInPage {
        let name = self.s("Bộ Thông tin và Truyền thông");
        SignInPage { organisation: Some(name), ..self.sign_in(false) }
    }

    /// Asking for another password, `faulty` without an address.
    pub fn forgot(&self, faulty: bool) -> ForgotPage {
        let missing = self.pick("Nhập thư điện tử.", "Enter the e-mail.");
        ForgotPage {
            w: self.w(),
            shell: self.shell(Role::Nobody, 0),
            action: "/sign-in/forgot".into(),
            sign_in_href: "/sign-in".into(),
            is_asked: !faulty,
            organisation: (!faulty).then(|| self.s("Bộ Thông tin và Truyền thông")),
            tenant: Field::of(self.s("btttt")),
            email: if faulty { Field::faulty("", missing) } else { Field::of(self.s("a@b.example")) },
        }
    }

    /// Signing in, `faulty` after a failed attempt.
    pub fn sign_in(&self, faulty: bool) -> SignInPage {
        let mut page = SignInPage {
            w: self.w(),
            shell: self.shell(Role::Nobody, 0),
            action: "/sign-in".into(),
            next: Some(format!("/tasks?q={}", self.s(""))),
            notice: (!faulty).then(|| {
                self.pick(
                    "Phiên làm việc đã hết hạn. Đăng nhập lại để tiếp tục.",
                    "Your session has ended. Sign in again to go on.",
                )
            }),
            error: None,
            organisation: None,
            tenant: Field::default(),
            email: Field::default(),
            password: Field::default(),
            sso_action: "/sign-in/sso".into(),
            forgot_href: "/sign-in/forgot".into(),
        };
        if faulty {
            page.error = Some(self.pick(
                "Mã tổ chức, thư điện tử hoặc mật khẩu không đúng.",
                "The organisation code, e-mail or password is wrong.",
            ));
            page.tenant = Field::faulty(
                self.s("Bộ TTTT"),
                self.pick(
                    "Mã tổ chức gồm chữ a–z, số hoặc dấu gạch ngang.",
                    "The code is made of a–z, digits or hyphens.",
                ),
            );
            page.email = Field::of(self.s("vanphong@example.vn"));
            page.password = Field::faulty("", self.pick("Nhập mật khẩu.", "Enter the password."));
        }
        page
    }

    /// Setting a password, `faulty` after a failed attempt.
    pub fn password(&self, faulty: bool) -> PasswordPage {
        let fault = |text: String| if faulty { Field::faulty("", text) } else { Field::default() };
        PasswordPage {
            w: self.w(),
            shell: self.shell(Role::Nobody, 0),
            action: "/password".into(),
            link: self.s("AZlOy9x7"),
            password: fault(self.pick("Cần ít nhất 15 ký tự.", "At least 15 characters.")),
            again: fault(self.w().password_differs().to_owned()),
        }
    }

    /// An error page; signed in or not.
    pub fn trouble(&self, trouble: Trouble, signed_in: bool) -> MessagePage {
        let role = if signed_in { Role::Office } else { Role::Nobody };
        let id = (trouble == Trouble::Internal).then(|| self.s("019356b2-7c1a-7d0e-9f3e-5a3c8f1b2d44"));
        MessagePage::trouble(self.w(), self.shell(role, 9), trouble, id, "/")
    }

    /// A plain message.
    pub fn message(&self) -> MessagePage {
        MessagePage {
            w: self.w(),
            shell: self.shell(Role::Nobody, 0),
            is_error: false,
            status: None,
            heading: self.pick("Đã đăng xuất", "Signed out"),
            alarms: self.rows(vec![self.s("!")]),
            body: vec![
                self.pick(
                    "Phiên làm việc trên máy này đã kết thúc.",
                    "The session on this machine has ended.",
                ),
            ],
            request_id: None,
            links: vec![Link {
                text: self.pick("Đăng nhập lại", "Sign in again"), href: "/sign-in".into()
            }],
        }
    }
}

/// Who reads the sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Nobody,
    Office,
    UnitHead,
}
