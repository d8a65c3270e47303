//! Acts on several tasks: what an act would do to each, then the act on those that were shown, all of it or nothing; and
//! several reported completions confirmed.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::ApiResult;
use super::document::{Operation, Shape};
use super::sent::Sent;
use crate::domain::bulk::{BulkAct, LeftOut};
use crate::error::{ParameterFault, ParameterProblem, Refusal, Result};
use crate::extensions::{self, BulkTyped};
use crate::http::Caller;
use crate::tasks::acts::{By, Target, confirm_all};
use crate::tasks::bulk::{self, AssignTyped, MOST, MoveTyped, Preview, Previewed, Seen};
use crate::text::problem::ProblemKind;

/// What is told of these addresses.
pub(super) fn operations() -> Vec<Operation> {
    let post = |path, id| Operation::plain("POST", path, id);
    let stale = |operation: Operation| {
        operation.refuses(ProblemKind::Stale).refuses(ProblemKind::Refused).refuses(ProblemKind::NotFound)
    };
    vec![
        post("/api/v1/tasks/bulk/preview", "preview_tasks")
            .takes(Shape::of::<AskedIn>())
            .gives(Shape::of::<PreviewOut>()),
        stale(post("/api/v1/tasks/bulk", "do_to_tasks"))
            .takes(Shape::of::<DoneIn>())
            .gives(Shape::of::<DoneOut>()),
        stale(post("/api/v1/submissions/confirm", "confirm_submissions"))
            .takes(Shape::of::<ConfirmedIn>())
            .gives(Shape::of::<DoneOut>()),
    ]
}

/// Which act on which tasks: `assign`, `urge`, `confirm`, `extend` or `move`.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = BulkAsked)]
struct AskedIn {
    act: String,
    #[schema(min_items = 1, max_items = 500)]
    tasks: Vec<Uuid>,
}

/// A task in the version in which it was previewed or read.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = TaskSeen)]
struct SeenIn {
    id: Uuid,
    version: i32,
}

/// An act on tasks as they were previewed, and what it needs: `assign` people by id or address, `move` a unit and a
/// reason, `extend` a deadline in words, a reason and perhaps the letter's number.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = BulkAct)]
struct DoneIn {
    act: String,
    #[schema(min_items = 1, max_items = 500)]
    tasks: Vec<SeenIn>,
    contact: Option<String>,
    #[serde(default)]
    assignees: Vec<String>,
    unit: Option<String>,
    reason: Option<String>,
    #[serde(default)]
    due: String,
    #[serde(default)]
    letter_number: String,
}

/// Tasks whose reported completion is confirmed, each of the version that was read.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Confirmation)]
struct ConfirmedIn {
    #[schema(min_items = 1, max_items = 500)]
    tasks: Vec<SeenIn>,
}

/// To how many tasks it was done; of `urge` how many letters were planned.
#[derive(Serialize, ToSchema)]
#[schema(as = BulkDone)]
struct DoneOut {
    act: &'static str,
    done: usize,
}

#[derive(Serialize, ToSchema)]
#[schema(as = BulkPreview)]
struct PreviewOut {
    act: &'static str,
    tasks: Vec<PreviewedOut>,
}

/// A task of a preview: `left_out` says why the act won't be done to it. What one does not see is `gone`.
#[derive(Serialize, ToSchema)]
#[schema(as = TaskPreviewed)]
struct PreviewedOut {
    id: Uuid,
    code: Option<String>,
    title: Option<String>,
    unit: Option<String>,
    version: Option<i32>,
    left_out: Option<&'static str>,
}

impl PreviewedOut {
    fn of(preview: &Preview, row: &Previewed) -> Self {
        let task = row.task.as_ref();
        let unit = preview.units.iter().find(|unit| task.is_some_and(|task| task.lead_unit_id == unit.id));
        Self {
            id: row.id,
            code: task.map(|task| task.code.clone()),
            title: task.map(|task| task.title.clone()),
            unit: unit.map(|unit| unit.short_name.clone()),
            version: task.map(|task| task.version),
            left_out: row.left_out.map(LeftOut::code),
        }
    }
}

/// The act of this code, and that there are tasks and not too many.
fn read(act: &str, tasks: usize) -> Result<BulkAct> {
    let fault = |name: &str, problem| ParameterFault { name: name.to_owned(), problem };
    let known = BulkAct::from_code(act);
    let codes = || BulkAct::ALL.iter().map(|act| act.code()).collect::<Vec<_>>().join(" | ");
    let unknown = known.is_none().then(|| fault("act", ParameterProblem::NotOneOf(codes())));
    let faults: Vec<ParameterFault> = unknown.into_iter().chain(wrong_number(tasks)).collect();
    Ok(known.filter(|_| faults.is_empty()).ok_or(Refusal::Parameters(faults))?)
}

fn wrong_number(tasks: usize) -> Option<ParameterFault> {
    let problem = match tasks {
        0 => ParameterProblem::Missing,
        n if n > MOST => ParameterProblem::TooMany(MOST),
        _ => return None,
    };
    Some(ParameterFault { name: "tasks".to_owned(), problem })
}

/// `POST /api/v1/tasks/bulk/preview`: what an act would do to each of these tasks, and in which version.
pub async fn preview(caller: Caller, sent: Sent) -> ApiResult {
    let previewed = sent.act(&caller, |conn, scene, typed: AskedIn| {
        let act = read(&typed.act, typed.tasks.len())?;
        let preview = bulk::preview(conn, &scene.member.acting(), act, &typed.tasks, scene.today)?;
        let tasks = preview.rows.iter().map(|row| PreviewedOut::of(&preview, row)).collect();
        Ok(PreviewOut { act: act.code(), tasks })
    });
    previewed.await
}

/// `POST /api/v1/tasks/bulk`: does an act to the tasks of a preview.
pub async fn perform(caller: Caller, sent: Sent) -> ApiResult {
    let done = sent.act(&caller, |conn, scene, typed: DoneIn| {
        let act = read(&typed.act, typed.tasks.len())?;
        let seen: Vec<Seen> = typed.tasks.iter().map(|task| (task.id, task.version)).collect();
        let needs = BulkTyped {
            assign: AssignTyped { contact: typed.contact, assignees: typed.assignees },
            moved: MoveTyped { unit: typed.unit, reason: typed.reason },
            due: typed.due,
            letter_number: typed.letter_number,
        };
        let done = extensions::perform(conn, &scene.member.acting(), act, &seen, &needs, scene.today)?;
        Ok(DoneOut { act: act.code(), done })
    });
    done.await
}

/// `POST /api/v1/submissions/confirm`: confirms several reported completions, all of them or none.
pub async fn confirm(caller: Caller, sent: Sent) -> ApiResult {
    let confirmed = sent.act(&caller, |conn, scene, typed: ConfirmedIn| {
        if let Some(fault) = wrong_number(typed.tasks.len()) {
            return Err(Refusal::Parameters(vec![fault]).into());
        }
        let target = |task: &SeenIn| Target { id: task.id, version: Some(task.version) };
        let targets: Vec<Target> = typed.tasks.iter().map(target).collect();
        let acting = scene.member.acting();
        let done = confirm_all(conn, &By { acting: &acting, today: scene.today }, &targets)?.len();
        Ok(DoneOut { act: BulkAct::Confirm.code(), done })
    });
    confirmed.await
}
