//! Giving tasks, changing them, and the steps of their life. A step is `POST /api/v1/tasks/{id}/{step}` with the fields of
//! [`StepTyped`] that it asks for, `{}` when it asks for none, and the version of the task in `If-Match`.

use actix_web::web;

use super::ApiResult;
use super::sent::{Made, Scene, Sent};
use super::tasks::show;
use crate::domain::access::Acting;
use crate::domain::life::Step;
use crate::error::Error;
use crate::http::Caller;
use crate::tasks::acts::{By, StepTyped, Target, take_step};
use crate::tasks::entering::{self, Entered, TaskTyped};

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

/// Declares the handlers, one a step.
macro_rules! steps {
    ($($(#[$doc:meta])* $name:ident = $step:ident;)+) => {$(
        $(#[$doc])*
        pub async fn $name(caller: Caller, sent: Sent, id: web::Path<String>) -> ApiResult {
            take(caller, sent, &id, Step::$step).await
        }
    )+};
}

steps! {
    /// `POST /api/v1/tasks/{id}/start`: the work has begun.
    start = Start;
    /// `POST /api/v1/tasks/{id}/note`: progress.
    note = Note;
    /// `POST /api/v1/tasks/{id}/submit`: completion is reported.
    submit = Submit;
    /// `POST /api/v1/tasks/{id}/confirm`: it is confirmed.
    confirm = Confirm;
    /// `POST /api/v1/tasks/{id}/send-back`: it is sent back.
    send_back = SendBack;
    /// `POST /api/v1/tasks/{id}/assign`: who does it.
    assign = Assign;
    /// `POST /api/v1/tasks/{id}/return`: it goes back to the Office.
    give_back = Return;
    /// `POST /api/v1/tasks/{id}/give-again`: it is given out again.
    give_again = GiveAgain;
    /// `POST /api/v1/tasks/{id}/pause`: it is suspended.
    pause = Pause;
    /// `POST /api/v1/tasks/{id}/resume`: it goes on.
    resume = Resume;
    /// `POST /api/v1/tasks/{id}/move`: another unit leads.
    change_lead = Move;
    /// `POST /api/v1/tasks/{id}/transfer`: another body has it.
    transfer = Transfer;
    /// `POST /api/v1/tasks/{id}/cancel`: it is cancelled.
    cancel = Cancel;
    /// `POST /api/v1/tasks/{id}/restore`: it is not cancelled or transferred any more.
    restore = Restore;
    /// `POST /api/v1/tasks/{id}/reopen`: its confirmation was a mistake.
    reopen = Reopen;
    /// `POST /api/v1/tasks/{id}/delete`: it was made by mistake.
    delete = Delete;
}
