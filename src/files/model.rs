//! A file of a task.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::domain::attachment::FileKind;
use crate::error::{Error, ParameterFault, ParameterProblem, Result};
use crate::params::Params;
use crate::schema::task_files;

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = task_files)]
pub(super) struct FileRow {
    pub tenant_id: Uuid,
    pub id: Uuid,
    pub task_id: Uuid,
    pub submission_id: Option<Uuid>,
    pub name: String,
    pub kind: String,
    pub bytes: i64,
    pub sha256: Vec<u8>,
    pub added_by: String,
    pub added_at: DateTime<Utc>,
}

/// A file that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskFile {
    /// Its id, under which its bytes stand.
    pub id: Uuid,
    /// The task.
    pub task: Uuid,
    /// The reported completion it is evidence of; `None` of a document of the task.
    pub submission: Option<Uuid>,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: FileKind,
    /// Its size in bytes.
    pub bytes: u64,
    /// The hash of its bytes.
    pub sha256: [u8; 32],
    /// Who put it there, as the journal calls them.
    pub added_by: String,
    /// When.
    pub added_at: DateTime<Utc>,
}

impl TryFrom<FileRow> for TaskFile {
    type Error = Error;

    fn try_from(row: FileRow) -> Result<Self> {
        let unknown = |what: &str| Error::Internal(format!("a file has an unknown {what}"));
        Ok(Self {
            id: row.id,
            task: row.task_id,
            submission: row.submission_id,
            kind: FileKind::from_code(&row.kind).ok_or_else(|| unknown("kind"))?,
            bytes: row.bytes.try_into().map_err(|_| unknown("size"))?,
            sha256: row.sha256.try_into().map_err(|_| unknown("hash"))?,
            name: row.name,
            added_by: row.added_by,
            added_at: row.added_at,
        })
    }
}

/// A file as it is told of beside its task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileTold {
    /// The file.
    pub file: TaskFile,
    /// The name of the person who put it there; `None` for a program.
    pub by: Option<String>,
    /// The day on which the completion was reported that it is evidence of.
    pub evidence_of: Option<NaiveDate>,
    /// Whether the reader may take it away.
    pub may_remove: bool,
}

/// A file whose bytes are kept, to be put to a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFile {
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: FileKind,
    /// Its size in bytes.
    pub bytes: u64,
    /// The hash of its bytes.
    pub sha256: [u8; 32],
    /// The reported completion it shall be evidence of.
    pub submission: Option<Uuid>,
}

/// Why a file is taken away, as it is asked for.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Removal)]
pub struct RemovalTyped {
    #[schema(
        max_length = 500,
        pattern = r"^[^\u0000-\u001f\u007f-\u009f]*[^\s\u0000-\u001f\u007f-\u009f][^\u0000-\u001f\u007f-\u009f]*$",
        example = "Đính kèm nhầm tệp"
    )]
    reason: String,
}

/// Why a file is taken away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removal {
    /// In the words of whoever does it.
    pub reason: String,
}

/// The longest reason, in characters.
const LONGEST_REASON: usize = 500;

impl RemovalTyped {
    /// Takes the field `reason` of a form.
    pub fn take(params: &mut Params) -> Self {
        Self { reason: params.text("reason").unwrap_or_default() }
    }

    /// What was typed.
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// Reads it.
    ///
    /// # Errors
    /// What is wrong with the reason.
    pub fn check(&self) -> std::result::Result<Removal, Vec<ParameterFault>> {
        let reason: String = self.reason.trim().nfc().collect();
        let problem = match reason.chars().count() {
            0 => Some(ParameterProblem::Missing),
            n if n > LONGEST_REASON => Some(ParameterProblem::TooLong(LONGEST_REASON)),
            _ if reason.chars().any(char::is_control) => Some(ParameterProblem::TooLong(LONGEST_REASON)),
            _ => None,
        };
        match problem {
            None => Ok(Removal { reason }),
            Some(problem) => Err(vec![ParameterFault { name: "reason".to_owned(), problem }]),
        }
    }
}
