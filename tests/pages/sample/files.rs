//! The files of the sample's task.

use super::{Role, Sample};
use dondoc::pages::*;

const TASK: &str = "/tasks/1";

impl Sample {
    pub(super) fn files(&self) -> TaskFiles {
        let link = |text: &str| Link { text: self.s(text), href: "/files/1".into() };
        let evidence = self.w().file_evidence_of("20/10/2024");
        TaskFiles {
            rows: self.rows(vec![
                FileLine {
                    file: link("746-CT-BTTTT.pdf"),
                    kind: self.s("PDF, 1,2 MB"),
                    purpose: self.w().file_of_task().to_owned(),
                    by: self.o("Nguyễn Văn An"),
                    added_on: "29/05/2024".into(),
                    removal: Some(self.removal("reason-1", false)),
                },
                FileLine {
                    file: link("Dự thảo Quyết định.docx"),
                    kind: self.s("tài liệu Word (docx), 64 KB"),
                    purpose: evidence.clone(),
                    by: None,
                    added_on: "20/10/2024".into(),
                    removal: None,
                },
            ]),
            form: Some(AttachForm {
                action: format!("{TASK}/files"),
                purposes: self.rows(vec![Choice { value: "1".into(), text: evidence, selected: false }]),
                ..AttachForm::default()
            }),
        }
    }

    fn removal(&self, field: &str, faulty: bool) -> RemovalForm {
        let reason = match faulty {
            true => Field::faulty(self.s(""), self.pick("Cần nhập mục này.", "Is needed.")),
            false => Field::default(),
        };
        RemovalForm { action: "/files/1/remove".into(), field: field.to_owned(), reason }
    }

    fn to_task(&self) -> Link {
        Link { text: self.s("BTTTT-2024-0615"), href: TASK.into() }
    }

    /// A file that is not taken.
    pub fn attach(&self) -> AttachPage {
        let why = self.pick("Tệp quá lớn.", "The file is too large.");
        AttachPage {
            w: self.w(),
            shell: self.shell(Role::Office, 1),
            back: self.to_task(),
            title: self.s("Trình ban hành Quyết định về hạ tầng bưu chính trên toàn quốc"),
            form: AttachForm {
                action: format!("{TASK}/files"),
                file: Field::faulty("", why),
                ..AttachForm::default()
            },
        }
    }

    /// Taking a file away without a reason.
    pub fn detach(&self) -> DetachPage {
        DetachPage {
            w: self.w(),
            shell: self.shell(Role::Office, 1),
            back: self.to_task(),
            name: self.s("746-CT-BTTTT.pdf"),
            form: self.removal("reason", true),
        }
    }
}
