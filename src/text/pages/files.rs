//! The files of a task.

use super::{Words, sentences};
use crate::domain::attachment::FileKind;
use crate::text::attachment;

sentences! {
    files_heading: "Tệp đính kèm", "Files";
    files_none: "Chưa có tệp nào.", "No file yet.";
    file_label: "Tệp", "File";
    file_purpose: "Dùng làm", "Used as";
    file_of_task: "Tài liệu của nhiệm vụ", "A document of the task";
    file_by: "Người gửi", "From";
    file_added_on: "Ngày gửi", "Sent on";
    file_attach: "Đính kèm tệp", "Attach the file";
    file_detach: "Gỡ tệp", "Remove the file";
    file_reason: "Lý do gỡ tệp", "Why the file is removed";
    evidence_files: "Tệp minh chứng", "Files that show it";
    file_not_chosen: "Chọn một tệp.", "Choose a file.";
}

impl Words {
    /// What a file is evidence of.
    pub fn file_evidence_of(self, submitted_on: &str) -> String {
        self.pick(
            format!("Minh chứng cho báo cáo hoàn thành ngày {submitted_on}"),
            format!("Evidence of the completion reported on {submitted_on}"),
        )
    }

    /// What files are taken with a report of completion.
    pub fn evidence_files_hint(self, most: usize) -> String {
        let taken = attachment::taken(self.0);
        self.pick(
            format!("Tối đa {most} tệp. {taken}. Nếu có tệp không nhận được thì báo cáo chưa được gửi."),
            format!("At most {most} files. {taken}. When one is not taken, nothing is reported."),
        )
    }

    /// What files are taken.
    pub fn file_hint(self) -> String {
        format!("{}.", attachment::taken(self.0))
    }

    /// The endings that a browser offers first.
    pub fn file_endings(self) -> String {
        let endings = FileKind::ALL.iter().flat_map(|kind| kind.endings());
        endings.map(|ending| format!(".{ending}")).collect::<Vec<_>>().join(",")
    }

    /// What a file is, and how large.
    pub fn file_kind(self, kind: FileKind, bytes: u64) -> String {
        format!("{}, {}", attachment::kind(self.0, kind), attachment::size(self.0, bytes))
    }
}
