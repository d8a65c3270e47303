//! Files as JSON.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::model::{FileTold, TaskFile};

/// A file.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = File)]
pub struct FileOut<'a> {
    id: Uuid,
    task_id: Uuid,
    submission_id: Option<Uuid>,
    name: &'a str,
    kind: &'static str,
    media_type: &'static str,
    bytes: u64,
    sha256: String,
    added_at: DateTime<Utc>,
}

impl<'a> From<&'a TaskFile> for FileOut<'a> {
    fn from(file: &'a TaskFile) -> Self {
        Self {
            id: file.id,
            task_id: file.task,
            submission_id: file.submission,
            name: &file.name,
            kind: file.kind.code(),
            media_type: file.kind.media_type(),
            bytes: file.bytes,
            sha256: file.sha256.iter().map(|byte| format!("{byte:02x}")).collect(),
            added_at: file.added_at,
        }
    }
}

/// A file of a task's list.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FileListed)]
pub struct FileToldOut<'a> {
    #[serde(flatten)]
    file: FileOut<'a>,
    added_by: Option<&'a str>,
    evidence_of: Option<NaiveDate>,
    may_remove: bool,
}

impl<'a> From<&'a FileTold> for FileToldOut<'a> {
    fn from(told: &'a FileTold) -> Self {
        Self {
            file: FileOut::from(&told.file),
            added_by: told.by.as_deref(),
            evidence_of: told.evidence_of,
            may_remove: told.may_remove,
        }
    }
}
