//! Giving tasks, changing them, and the steps of their life. A step is `POST /api/v1/tasks/{id}/{step}` with the fields of
//! [`StepTyped`] that it asks for, `{}` when it asks for none, and the version of the task in `If-Match`.

use actix_web::web;
use serde_json::json;

use super::ApiResult;
use super::document::{Operation, Shape};
use super::sent::{Made, Scene, Sent};
use super::tasks::show;
use crate::domain::access::Acting;
use crate::domain::life::Step;
use crate::error::Error;
use crate::http::Caller;
use crate::tasks::acts::{By, StepTyped, Target, fields, take_step};
use crate::tasks::entering::{self, Entered, TaskTyped};
use crate::tasks::report::TaskDetailOut;
use crate::text::problem::ProblemKind;

/// The list.
const PLACE: &str = "/api/v1/tasks";

/// What is told of these addresses.
pub(super) fn operations() -> Vec<Operation> {
    let shown = Shape::of::<TaskDetailOut<'_>>;
    let said = [
        Operation::create(PLACE, "give_task").takes(Shape::of::<TaskTyped>()).gives(shown()),
        Operation::change("PATCH", "/api/v1/tasks/{id}", "change_task")
            .takes(Shape::of::<TaskTyped>())
            .refuses(ProblemKind::Refused)
            .gives(shown()),
    ];
    let step = |(path, id, step): (&'static str, &'static str, Step)| {
        let operation = Operation::change("POST", path, id).takes(shape(step)).refuses(ProblemKind::Refused);
        if step == Step::Delete { operation } else { operation.gives(shown()) }
    };
    said.into_iter().chain(STEPS.into_iter().map(step)).collect()
}

/// The body of a step: the fields that it takes.
fn shape(step: Step) -> Shape {
    let text = json!({ "type": ["string", "null"] });
    let day = json!({ "type": ["string", "null"], "examples": ["2024-11-29"] });
    let people = json!({ "type": ["array", "null"], "items": { "type": "string" } });
    let percent = json!({ "type": ["integer", "string", "null"], "minimum": 0, "maximum": 100 });
    let kind = |name: &str| match name {
        "on" | "product_date" | "planned_until" => day.clone(),
        "assignees" => people.clone(),
        "percent" => percent.clone(),
        _ => text.clone(),
    };
    let body = Shape::any("object");
    let is_needed = |name: &str| match name {
        "reason" => step.need().reason(),
        "unit" | "body" => true,
        _ => false,
    };
    fields(step).iter().fold(body, |body, name| body.field(name, kind(name), is_needed(name)))
}

/// Who acts in a scene.
fn by<'a>(acting: &'a Acting, scene: &Scene<'_>) -> By<'a> {
    By { acting, today: scene.today }
}

/// `POST /api/v1/tasks`: gives a task. What looks like a slip is written all the same.
pub async fn give(caller: Caller, sent: Sent) -> ApiResult {
    let made = sent.create(&caller, |conn, scene, typed: TaskTyped| {
        let acting = scene.member.acting();
        let entered = entering::create(conn, &by(&acting, &scene), scene.settings.roll_rule, &typed, false)?;
        let Entered::Done(task, _) = entered else {
            return Err(Error::Internal("a task was asked about".to_owned()));
        };
        let shown = show(conn, scene, task.id)?;
        let shown = shown.ok_or_else(|| Error::Internal("a task is not seen by who gave it".to_owned()))?;
        Ok(Made { place: format!("/api/v1/tasks/{}", task.id), shown })
    });
    made.await
}

/// `PATCH /api/v1/tasks/{id}`: changes what a task says; absent fields stay.
pub async fn change(caller: Caller, sent: Sent, id: web::Path<String>) -> ApiResult {
    let changed = sent.change(&caller, &id, show, |conn, scene, asked| {
        let acting = scene.member.acting();
        let typed: TaskTyped = asked.typed;
        let target = Target { id: asked.id, version: Some(asked.version) };
        entering::edit(conn, &by(&acting, &scene), scene.settings.roll_rule, target, typed, false)?;
        Ok(())
    });
    changed.await
}

/// Takes a step.
async fn take(caller: Caller, sent: Sent, id: &str, step: Step) -> ApiResult {
    let changed = sent.change(&caller, id, show, move |conn, scene, asked| {
        let acting = scene.member.acting();
        let typed: StepTyped = asked.typed;
        let target = Target { id: asked.id, version: Some(asked.version) };
        take_step(conn, &by(&acting, &scene), step, target, &typed)?;
        Ok(())
    });
    changed.await
}

/// Declares the handlers, one a step, and what is told of them.
macro_rules! steps {
    ($($(#[$doc:meta])* $name:ident = $step:ident $path:literal $id:literal;)+) => {
        const STEPS: [(&str, &str, Step); 16] = [$(($path, $id, Step::$step)),+];

        $(
            $(#[$doc])*
            pub async fn $name(caller: Caller, sent: Sent, id: web::Path<String>) -> ApiResult {
                take(caller, sent, &id, Step::$step).await
            }
        )+
    };
}

steps! {
    /// `POST /api/v1/tasks/{id}/start`: the work has begun.
    start = Start "/api/v1/tasks/{id}/start" "start_task";
    /// `POST /api/v1/tasks/{id}/note`: progress.
    note = Note "/api/v1/tasks/{id}/note" "note_progress";
    /// `POST /api/v1/tasks/{id}/submit`: completion is reported.
    submit = Submit "/api/v1/tasks/{id}/submit" "submit_task";
    /// `POST /api/v1/tasks/{id}/confirm`: it is confirmed.
    confirm = Confirm "/api/v1/tasks/{id}/confirm" "confirm_task";
    /// `POST /api/v1/tasks/{id}/send-back`: it is sent back.
    send_back = SendBack "/api/v1/tasks/{id}/send-back" "send_back_task";
    /// `POST /api/v1/tasks/{id}/assign`: who does it.
    assign = Assign "/api/v1/tasks/{id}/assign" "assign_task";
    /// `POST /api/v1/tasks/{id}/return`: it goes back to the Office.
    give_back = Return "/api/v1/tasks/{id}/return" "return_task";
    /// `POST /api/v1/tasks/{id}/give-again`: it is given out again.
    give_again = GiveAgain "/api/v1/tasks/{id}/give-again" "give_task_again";
    /// `POST /api/v1/tasks/{id}/pause`: it is suspended.
    pause = Pause "/api/v1/tasks/{id}/pause" "pause_task";
    /// `POST /api/v1/tasks/{id}/resume`: it goes on.
    resume = Resume "/api/v1/tasks/{id}/resume" "resume_task";
    /// `POST /api/v1/tasks/{id}/move`: another unit leads.
    change_lead = Move "/api/v1/tasks/{id}/move" "move_task";
    /// `POST /api/v1/tasks/{id}/transfer`: another body has it.
    transfer = Transfer "/api/v1/tasks/{id}/transfer" "transfer_task";
    /// `POST /api/v1/tasks/{id}/cancel`: it is cancelled.
    cancel = Cancel "/api/v1/tasks/{id}/cancel" "cancel_task";
    /// `POST /api/v1/tasks/{id}/restore`: it is not cancelled or transferred any more.
    restore = Restore "/api/v1/tasks/{id}/restore" "restore_task";
    /// `POST /api/v1/tasks/{id}/reopen`: its confirmation was a mistake.
    reopen = Reopen "/api/v1/tasks/{id}/reopen" "reopen_task";
    /// `POST /api/v1/tasks/{id}/delete`: it was made by mistake.
    delete = Delete "/api/v1/tasks/{id}/delete" "delete_task";
}
