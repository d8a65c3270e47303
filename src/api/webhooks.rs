//! Webhooks: which other systems are told what happens to tasks.

use actix_web::{HttpResponse, web};
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::document::{Operation, Shape};
use super::sent::{Known, Made, Scene, Sent};
use super::tag::Shown;
use super::{ApiResult, Listed};
use crate::db::TenantConn;
use crate::error::Result;
use crate::http::{Caller, Visit};
use crate::webhooks::{self, Webhook, WebhookTyped};

/// The list.
const PLACE: &str = "/api/v1/webhooks";

/// One of them.
const ONE: &str = "/api/v1/webhooks/{id}";

/// What is told of these addresses.
pub(super) fn operations() -> Vec<Operation> {
    let (typed, shown) = (Shape::of::<WebhookTyped>, Shape::of::<WebhookOut>);
    vec![
        Operation::get(PLACE, "list_webhooks").gives(Shape::list::<WebhookOut>()),
        Operation::create(PLACE, "add_webhook").takes(typed()).gives(shown()),
        Operation::show(ONE, "read_webhook").gives(shown()),
        Operation::change("PUT", ONE, "change_webhook").takes(typed()).gives(shown()),
        Operation::change("DELETE", ONE, "remove_webhook"),
    ]
}

#[derive(Serialize, ToSchema)]
#[schema(as = Webhook)]
struct WebhookOut {
    id: Uuid,
    name: String,
    url: String,
    events: Vec<&'static str>,
    active: bool,
    version: i32,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
    /// Since when nothing has come through.
    failing_since: Option<DateTime<Utc>>,
    /// When it was switched off by itself.
    switched_off_at: Option<DateTime<Utc>>,
    /// With what messages are signed; in the answer to its making alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    secret: Option<String>,
}

impl From<Webhook> for WebhookOut {
    fn from(webhook: Webhook) -> Self {
        let Webhook { id, name, url, events, is_active: active, version, .. } = webhook;
        let Webhook { created_at, updated_at, failing_since, switched_off_at, .. } = webhook;
        let events = events.into_iter().map(|event| event.code()).collect();
        Self {
            id,
            name,
            url,
            events,
            active,
            version,
            created_at,
            updated_at,
            failing_since,
            switched_off_at,
            secret: None,
        }
    }
}

/// How a webhook is shown.
fn show(conn: &mut TenantConn<'_>, _: Scene<'_>, id: Uuid) -> Result<Option<Shown>> {
    let found = webhooks::find(conn, id)?;
    found.map(|webhook| Shown::of(webhook.version, &WebhookOut::from(webhook))).transpose()
}

/// `GET /api/v1/webhooks`: every webhook of the tenant, by name.
pub async fn list(caller: Caller, visit: Visit) -> ApiResult {
    let all = caller.run(move |conn, _, _| {
        visit.params().finish()?;
        webhooks::all(conn)
    });
    let items: Vec<WebhookOut> = all.await?.into_iter().map(WebhookOut::from).collect();
    Ok(HttpResponse::Ok().json(Listed { items, next: None }))
}

/// `POST /api/v1/webhooks`: a new one; its secret is in this answer alone.
pub async fn add(caller: Caller, sent: Sent) -> ApiResult {
    let service = caller.service().clone();
    let made = sent.create(&caller, move |conn, scene, typed: WebhookTyped| {
        let new = typed.check(service.reach)?;
        let made = webhooks::add(conn, &service.seeds, scene.member.actor(), &new)?;
        let (id, version) = (made.webhook.id, made.webhook.version);
        let out = WebhookOut { secret: Some(made.secret), ..made.webhook.into() };
        Ok(Made { place: format!("{PLACE}/{id}"), shown: Shown::of(version, &out)? })
    });
    made.await
}

/// `GET /api/v1/webhooks/{id}`: one of them.
pub async fn read(caller: Caller, visit: Visit, known: Known, id: web::Path<String>) -> ApiResult {
    known.show(&caller, visit, &id, show).await
}

/// `PUT /api/v1/webhooks/{id}`: changes it as a whole.
pub async fn change(caller: Caller, sent: Sent, id: web::Path<String>) -> ApiResult {
    let reach = caller.service().reach;
    let changed = sent.change(&caller, &id, show, move |conn, scene, asked| {
        let typed: WebhookTyped = asked.typed;
        webhooks::change(conn, scene.member.actor(), asked.id, asked.version, &typed.check(reach)?)
    });
    changed.await
}

/// `DELETE /api/v1/webhooks/{id}`: takes it away.
pub async fn remove(caller: Caller, sent: Sent, id: web::Path<String>) -> ApiResult {
    let removed = sent.remove(&caller, &id, show, |conn, scene, asked| {
        webhooks::remove(conn, scene.member.actor(), asked.id, asked.version)
    });
    removed.await
}
