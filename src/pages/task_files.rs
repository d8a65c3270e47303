//! The files of a task, putting one there, and taking one away.

use askama::Template;

use super::parts::faults;
use super::{Choice, Fault, Field, Link, Shell};
use crate::text::pages::Words;

/// The part of a task's page that shows its files.
#[derive(Debug, Clone, Default)]
pub struct TaskFiles {
    /// The files, the oldest first.
    pub rows: Vec<FileLine>,
    /// The form, for who may put one there.
    pub form: Option<AttachForm>,
}

/// A file.
#[derive(Debug, Clone)]
pub struct FileLine {
    /// Its name, and where it is.
    pub file: Link,
    /// What it is and how large: `PDF, 1,2 MB`.
    pub kind: String,
    /// What it is for: a document of the task, or evidence.
    pub purpose: String,
    /// Who put it there; a program has no name.
    pub by: Option<String>,
    /// The day, `29/11/2024`.
    pub added_on: String,
    /// For who may take it away, where that is asked.
    pub removal: Option<RemovalForm>,
}

/// The form, posted as `file` and `submission`.
#[derive(Debug, Clone, Default)]
pub struct AttachForm {
    /// Where it posts to.
    pub action: String,
    /// What may be wrong with the file. It is never sent back: it must be chosen again.
    pub file: Field,
    /// What it is for; none where there is nothing to choose.
    pub purposes: Vec<Choice>,
    /// What may be wrong with that.
    pub submission: Field,
}

/// The form, posted as `reason`.
#[derive(Debug, Clone, Default)]
pub struct RemovalForm {
    /// Where it posts to.
    pub action: String,
    /// The id of its field, as a page may have several of them.
    pub field: String,
    /// The reason.
    pub reason: Field,
}

/// The form, when it comes back with what is wrong.
#[derive(Debug, Clone, Template)]
#[template(path = "task/attach.html")]
pub struct AttachPage {
    /// The sentences.
    pub w: Words,
    /// What stands around.
    pub shell: Shell,
    /// The task.
    pub back: Link,
    /// Its title.
    pub title: String,
    /// The form.
    pub form: AttachForm,
}

impl AttachPage {
    /// Everything that is wrong, for the summary.
    pub fn faults(&self) -> Vec<Fault<'_>> {
        faults(&[("file", &self.form.file), ("submission", &self.form.submission)])
    }
}

/// Taking a file away, when it comes back with what is wrong.
#[derive(Debug, Clone, Template)]
#[template(path = "task/detach.html")]
pub struct DetachPage {
    /// The sentences.
    pub w: Words,
    /// What stands around.
    pub shell: Shell,
    /// The task.
    pub back: Link,
    /// The file's name.
    pub name: String,
    /// The form; its field is `reason`.
    pub form: RemovalForm,
}

impl DetachPage {
    /// Everything that is wrong, for the summary.
    pub fn faults(&self) -> Vec<Fault<'_>> {
        faults(&[("reason", &self.form.reason)])
    }
}
