//! Giving tasks, their steps, and confirming.

use dondoc::pages::{
    Choice, Difference, Field, FieldGroup, FormField, Kind, Link, NoteLine, StepForm, SubmissionsPage,
    TaskActs, TaskFormPage, TaskPage, WaitingRow, WarningLine,
};

use super::{Role, Sample};

impl Sample {
    fn form_field(&self, id: &str, name: &'static str, kind: Kind) -> FormField {
        FormField {
            id: id.into(),
            name,
            label: self.pick("Lý do", "Reason"),
            hint: self.pick("Ghi rõ", "Be clear"),
            kind,
            field: Field::of(self.s("29/11/2024")),
            choices: Vec::new(),
            most: 200,
            is_needed: kind != Kind::Ticks,
        }
    }

    fn faulty(&self, field: FormField, faulty: bool) -> FormField {
        let error = faulty.then(|| self.pick("Cần nhập mục này.", "Is needed."));
        FormField { field: Field { error, ..field.field }, ..field }
    }

    fn takers(&self) -> Vec<Choice> {
        self.choices(&[("1", "Chuyên viên một"), ("2", "Chuyên viên hai")], "1")
    }

    /// What a reader can do, `faulty` when a form comes back.
    pub fn task_acts(&self, faulty: bool) -> TaskActs {
        let form = |id: &str, label: (&str, &str), fields: Vec<FormField>| StepForm {
            action: format!("/tasks/1/{id}"),
            id: format!("step-{id}"),
            label: self.pick(label.0, label.1),
            hint: self.s(""),
            is_open: faulty,
            is_first: id == "confirm",
            percents: if id == "note" { vec!["50", "100"] } else { Vec::new() },
            fields,
        };
        let ticks = self.form_field("assign-assignees", "assignees", Kind::Ticks);
        let contact = self.form_field("assign-contact", "contact", Kind::Choice);
        TaskActs {
            notice: (!faulty).then(|| self.pick("Đã ghi nhận: phân công.", "Done: assign.")),
            error: faulty.then(|| self.w().step_stale().to_owned()),
            version: "3".into(),
            forms: self.rows(vec![
                form("confirm", ("Xác nhận hoàn thành", "Confirm completion"), Vec::new()),
                form(
                    "note",
                    ("Báo cáo tiến độ", "Note progress"),
                    vec![self.form_field("note-note", "note", Kind::Prose)],
                ),
                form(
                    "cancel",
                    ("Rút khỏi chương trình", "Cancel"),
                    vec![
                        self.form_field("cancel-on", "on", Kind::Date),
                        self.faulty(self.form_field("cancel-reason", "reason", Kind::Prose), faulty),
                        self.form_field("cancel-percent", "percent", Kind::Percent),
                        self.form_field("cancel-body", "body", Kind::Line),
                    ],
                ),
                form(
                    "assign",
                    ("Phân công", "Assign"),
                    vec![
                        FormField { choices: self.takers(), ..self.faulty(ticks, faulty) },
                        FormField { choices: self.takers(), ..self.faulty(contact, faulty) },
                    ],
                ),
            ]),
            edit: Some("/tasks/1/edit".into()),
            assignees: self.rows(vec![self.s("Chuyên viên một")]),
            contact: self.o("Chuyên viên hai"),
            notes: self.rows(vec![NoteLine {
                on: "12/10/2024".into(),
                by: self.s("Chuyên viên một"),
                percent: Some("60 %".into()),
                words: self.o("Đã gửi lấy ý kiến các bộ"),
                obstacles: None,
            }]),
        }
    }

    /// A task whose form came back.
    pub fn task_error(&self) -> TaskPage {
        let mut acts = self.task_acts(true);
        if acts.forms.is_empty() {
            let reason = self.faulty(self.form_field("pause-reason", "reason", Kind::Prose), true);
            acts.forms.push(StepForm { fields: vec![reason], ..StepForm::default() });
        }
        TaskPage { acts, ..self.task() }
    }

    fn groups(&self, faulty: bool) -> Vec<FieldGroup> {
        let title = self.faulty(self.form_field("title", "title", Kind::Prose), faulty);
        let units = self.faulty(self.form_field("coordinating", "coordinating", Kind::Ticks), faulty);
        let unit = self.form_field("unit", "unit", Kind::Choice);
        vec![FieldGroup {
            heading: self.pick("Nhiệm vụ", "The task"),
            fields: vec![
                title,
                FormField { choices: self.takers(), ..unit },
                self.faulty(self.form_field("due", "due", Kind::Line), faulty),
                FormField { choices: self.takers(), ..units },
            ],
        }]
    }

    /// The form of a new task, `faulty` when it comes back with faults.
    pub fn task_new(&self, faulty: bool) -> TaskFormPage {
        let w = self.w();
        TaskFormPage {
            w,
            shell: self.shell(Role::Office, 1),
            back: Link { text: self.pick("Nhiệm vụ", "Tasks"), href: "/tasks".into() },
            title: w.task_new().to_owned(),
            action: "/tasks/new".into(),
            send: w.task_new().to_owned(),
            version: None,
            groups: self.groups(faulty),
            warnings: Vec::new(),
            differences: Vec::new(),
            error: None,
        }
    }

    /// The form of a task that asks about a slip, after somebody else was faster.
    pub fn task_edit(&self) -> TaskFormPage {
        let w = self.w();
        TaskFormPage {
            title: w.task_edit().to_owned(),
            version: Some("4".into()),
            warnings: self.rows(vec![WarningLine {
                code: "duplicates",
                text: self.pick("Có thể trùng:", "Possibly the same:"),
                tasks: vec![Link { text: self.s("NV-00001 · Đề án"), href: "/tasks/1".into() }],
            }]),
            differences: self.rows(vec![Difference {
                label: self.pick("Ghi chú", "Note"),
                now: self.s("một"),
                typed: self.s("hai"),
            }]),
            error: Some(w.edit_stale().to_owned()),
            ..self.task_new(false)
        }
    }

    /// The reports that wait, `faulty` when nothing was ticked.
    pub fn waiting(&self, faulty: bool) -> SubmissionsPage {
        let w = self.w();
        let row = WaitingRow {
            value: "1:2".into(),
            is_ticked: !faulty,
            may_confirm: true,
            href: "/tasks/1".into(),
            send_back: "/tasks/1#step-send-back".into(),
            code: self.s("NV-00001"),
            title: self.s("Xây dựng báo cáo"),
            unit: self.s("CVT"),
            submitted_on: "20/11/2024".into(),
            by: self.o("Chuyên viên một"),
            due: Some("15/11/2024".into()),
            late: Some(w.reported_late(&self.n("5"))),
            document: self.o("12/BC-CVT"),
            evidence: self.o("Tờ trình"),
        };
        let own = WaitingRow { value: "2:2".into(), may_confirm: false, ..row.clone() };
        let missing = w.none_ticked();
        SubmissionsPage {
            w,
            shell: self.shell(Role::Office, 2),
            notice: (!faulty).then(|| w.confirmed(&self.n("2"))),
            errors: if faulty { Vec::new() } else { self.rows(vec![self.s("NV-00001: …")]) },
            ticked: if faulty { Field::faulty("", missing) } else { Field::default() },
            total: w.waiting_total(&self.n("2")),
            rows: if faulty { vec![row, own] } else { self.rows(vec![row, own]) },
            is_more: faulty,
        }
    }
}
