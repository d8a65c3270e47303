//! Sample data for every page: the November 2024 briefing of the demo's workbook, and its twists — nothing
//! at all, texts that try to be markup, and names and numbers far longer than usual.

mod account;
mod administration;
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

use askama::Template;
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

    /// Every page by name, rendered.
    ///
    /// # Errors
    /// A template fails.
    pub fn all(&self) -> askama::Result<Vec<(&'static str, String)>> {
        let mut pages = self.giving()?;
        pages.extend(self.evaluating()?);
        let parts = [self.entering()?, self.working()?, self.managing()?, self.deciding()?, self.watching()?];
        pages.extend(parts.into_iter().flatten());
        Ok(pages)
    }

    /// Signing in, and one's own account.
    fn entering(&self) -> askama::Result<Vec<(&'static str, String)>> {
        Ok(vec![
            ("sign-in", self.sign_in(false).render()?),
            ("sign-in-error", self.sign_in(true).render()?),
            ("sign-in-own-host", self.sign_in_by_host().render()?),
            ("forgot", self.forgot(false).render()?),
            ("forgot-error", self.forgot(true).render()?),
            ("password", self.password(false).render()?),
            ("password-error", self.password(true).render()?),
            ("code", self.code(false).render()?),
            ("code-error", self.code(true).render()?),
            ("enrol", self.enrol(false).render()?),
            ("enrol-error", self.enrol(true).render()?),
            ("recovery-codes", self.recovery_codes().render()?),
            ("account", self.account(false).render()?),
            ("account-error", self.account(true).render()?),
        ])
    }

    /// Tasks and figures.
    fn working(&self) -> askama::Result<Vec<(&'static str, String)>> {
        Ok(vec![
            ("dashboard", self.dashboard(false).render()?),
            ("dashboard-error", self.dashboard(true).render()?),
            ("start", self.start(false).render()?),
            ("start-staff", self.start(true).render()?),
            ("tasks", self.tasks(false).render()?),
            ("tasks-error", self.tasks(true).render()?),
            ("views", self.views(false).render()?),
            ("views-error", self.views(true).render()?),
            ("bulk", self.bulk(false).render()?),
            ("bulk-error", self.bulk(true).render()?),
            ("bulk-done", self.bulk_done().render()?),
            ("task-history", self.task_history().render()?),
            ("task", self.task().render()?),
            ("task-done", self.task_done().render()?),
            ("task-error", self.task_error().render()?),
            ("task-new", self.task_new(false).render()?),
            ("task-new-error", self.task_new(true).render()?),
            ("task-edit", self.task_edit().render()?),
            ("submissions", self.waiting(false).render()?),
            ("submissions-error", self.waiting(true).render()?),
            ("attach-error", self.attach().render()?),
            ("detach-error", self.detach().render()?),
            ("briefing", self.briefing().render()?),
            ("urging", self.urging().render()?),
            ("briefings", self.months().render()?),
            ("briefing-month", self.month(false).render()?),
            ("briefing-month-error", self.month(true).render()?),
            ("briefing-rows", self.figure_rows().render()?),
        ])
    }

    /// People, units, settings.
    fn managing(&self) -> askama::Result<Vec<(&'static str, String)>> {
        Ok(vec![
            ("people", self.people().render()?),
            ("person-new", self.person_new(false).render()?),
            ("person-new-error", self.person_new(true).render()?),
            ("person", self.person(false).render()?),
            ("person-error", self.person(true).render()?),
            ("prove", self.prove(false).render()?),
            ("prove-error", self.prove(true).render()?),
            ("template", self.template(false).render()?),
            ("template-error", self.template(true).render()?),
            ("settings", self.settings(false).render()?),
            ("settings-error", self.settings(true).render()?),
            ("units", self.units(false).render()?),
            ("units-error", self.units(true).render()?),
            ("unit", self.unit(false).render()?),
            ("unit-error", self.unit(true).render()?),
        ])
    }

    /// Decisions.
    fn deciding(&self) -> askama::Result<Vec<(&'static str, String)>> {
        Ok(vec![
            ("extensions", self.extension_list().render()?),
            ("extension-choose", self.extension_new(false, false).render()?),
            ("extension-new", self.extension_new(true, false).render()?),
            ("extension-new-error", self.extension_new(true, true).render()?),
            ("extension", self.extension(false).render()?),
            ("extension-error", self.extension(true).render()?),
            ("opinions", self.opinions(false).render()?),
            ("opinions-error", self.opinions(true).render()?),
            ("task-opinions", self.task_opinions(false).render()?),
            ("task-opinions-error", self.task_opinions(true).render()?),
            ("late-reason", self.late_reason(false).render()?),
            ("late-reason-error", self.late_reason(true).render()?),
            ("late-missing", self.late_missing().render()?),
            ("late-reasons", self.late_reasons(false).render()?),
            ("late-reasons-error", self.late_reasons(true).render()?),
        ])
    }

    /// What goes out, what was done, what went wrong.
    fn watching(&self) -> askama::Result<Vec<(&'static str, String)>> {
        Ok(vec![
            ("feed", self.feed(false).render()?),
            ("feed-made", self.feed(true).render()?),
            ("webhooks", self.webhooks(false).render()?),
            ("webhooks-error", self.webhooks(true).render()?),
            ("webhook", self.webhook(false).render()?),
            ("webhook-error", self.webhook(true).render()?),
            ("audit", self.audit(false).render()?),
            ("audit-error", self.audit(true).render()?),
            ("mail", self.mail().render()?),
            ("letters", self.letters().render()?),
            ("letter", self.letter().render()?),
            ("unsubscribe", self.unsubscribe(false).render()?),
            ("unsubscribe-done", self.unsubscribe(true).render()?),
            ("error-404", self.trouble(Trouble::NotFound, true).render()?),
            ("error-403", self.trouble(Trouble::Forbidden, true).render()?),
            ("error-500", self.trouble(Trouble::Internal, false).render()?),
            ("error-503", self.trouble(Trouble::Unavailable, false).render()?),
            ("message", self.message().render()?),
        ])
    }
}

/// Who reads the sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Nobody,
    Office,
    UnitHead,
}
