//! Saved views and acts on several tasks of the sample.

use super::{Role, Sample, Twist};
use dondoc::pages::*;

impl Sample {
    /// Saved views to open.
    pub(super) fn chips(&self) -> Vec<ViewChip> {
        let chip = |name: &str, current, shared| ViewChip {
            name: self.s(name),
            href: "/views/1".into(),
            current,
            shared,
        };
        let chips = vec![chip("Quá hạn của tôi", true, false), chip("Đề án trình Chính phủ", false, true)];
        if self.twist == Twist::Empty { Vec::new() } else { chips }
    }

    /// The saved views, plain or with one that could not be saved and one that no longer holds.
    pub fn views(&self, is_faulty: bool) -> ViewsPage {
        let line = |id: &str, name: &str, owner: Option<&str>| ViewLine {
            id: id.into(),
            view: Link { text: self.s(name), href: format!("/views/{id}") },
            owner: owner.map(|owner| self.s(owner)),
            shared: owner.is_some(),
            is_default: owner.is_none(),
            may_change: owner.is_none(),
        };
        let lines = vec![line("1", "Quá hạn của tôi", None), line("2", "Đề án", Some("Nguyễn Văn A"))];
        let taken = self.pick("Đã có nơi khác dùng.", "It is in use already.");
        ViewsPage {
            w: self.w(),
            shell: self.shell(Role::Office, 1),
            back: Link { text: self.s("CVT"), href: "/tasks".into() },
            notice: None,
            broken: is_faulty.then(|| BrokenView {
                name: self.s("Của CVT"),
                faults: vec![self.s("unit: …")],
                rest: "/tasks?standing=overdue".into(),
            }),
            unsaved: is_faulty.then(|| UnsavedView {
                action: "/views".into(),
                name: Field::faulty(self.s("Đề án"), taken),
                query: "standing=overdue".into(),
                shared: true,
            }),
            error: None,
            views: if self.twist == Twist::Empty { Vec::new() } else { lines },
            place: "/views".into(),
            may_share: true,
        }
    }

    /// The rest of a task's history.
    pub fn task_history(&self) -> TaskHistoryPage {
        TaskHistoryPage {
            w: self.w(),
            shell: self.shell(Role::Office, 1),
            back: Link { text: self.s("Trình đề án"), href: "/tasks/1".into() },
            code: self.s("NV-1"),
            history: self.rows(self.history()),
            earlier: (self.twist != Twist::Empty).then(|| "/tasks/1/history?before=2".into()),
        }
    }

    /// The preview of an act on several tasks.
    pub fn bulk(&self, is_faulty: bool) -> BulkPage {
        let line = |code: &str, verdict: &str| BulkLine {
            code: self.s(code),
            task: Some(Link { text: self.s("Trình đề án"), href: "/tasks/1".into() }),
            unit: self.s("CVT"),
            verdict: self.s(verdict),
        };
        let wrong = self.pick("Cần nhập mục này.", "Is needed.");
        let field =
            |value: &str| if is_faulty { Field::faulty(self.s(value), wrong) } else { Field::of(value) };
        let needs = match is_faulty {
            true => BulkNeeds::People {
                contacts: self.choices(&[("1", "Nguyễn Văn A"), ("2", "Trần Thị B")], "1"),
                contact: Field::default(),
                assignees: self.choices(&[("1", "Nguyễn Văn A"), ("2", "Trần Thị B")], "2"),
                assignee: field(""),
            },
            false => BulkNeeds::Unit {
                units: self.choices(&[("1", "Cục Viễn thông")], ""),
                unit: Field::default(),
                reason: field(""),
            },
        };
        BulkPage {
            w: self.w(),
            shell: self.shell(Role::Office, 1),
            back: Link { text: self.s("CVT"), href: "/tasks".into() },
            heading: self.s("CVT"),
            lead: self.w().bulk_lead("2", "1"),
            error: None,
            form: (is_faulty || self.twist != Twist::Empty).then(|| BulkForm {
                action: "/tasks/bulk/do".into(),
                act: "move".into(),
                query: "standing=overdue".into(),
                seen: vec!["1:1".into(), "2:7".into()],
                needs,
                button: self.s("OK"),
            }),
            fit: vec![line("NV-1", "…"), line("NV-2", "…")],
            left_out: vec![line("NV-3", "…")],
        }
    }

    /// What came of it.
    pub fn bulk_done(&self) -> BulkDonePage {
        BulkDonePage {
            w: self.w(),
            shell: self.shell(Role::Office, 1),
            back: Link { text: self.s("CVT"), href: "/tasks".into() },
            heading: self.s("CVT"),
            told: self.s("12"),
        }
    }
}
