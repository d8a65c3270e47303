//! Campaigns: one directive given to many units, and who has reported.

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::document::{Operation, Shape};
use super::sent::{Known, Made, Scene, Sent};
use super::tag::Shown;
use super::{ApiResult, Listed};
use crate::campaigns::report::{BoardOut, CampaignListedOut};
use crate::campaigns::{self, Board, CampaignTyped};
use crate::db::TenantConn;
use crate::error::{Denial, Error, Refusal, Result};
use crate::http::{Caller, Visit};
use crate::units;

const PLACE: &str = "/api/v1/campaigns";
const ONE: &str = "/api/v1/campaigns/{id}";

/// What the API says of campaigns.
pub(super) fn operations() -> Vec<Operation> {
    let shown = Shape::of::<BoardOut<'static>>;
    vec![
        Operation::get(PLACE, "list_campaigns").gives(Shape::list::<CampaignListedOut<'static>>()),
        Operation::create(PLACE, "give_campaign").takes(Shape::of::<CampaignTyped>()).gives(shown()),
        Operation::show(ONE, "read_campaign").gives(shown()),
        Operation::change("POST", "/api/v1/campaigns/{id}/urge", "urge_campaign").gives(shown()),
    ]
}

fn board(conn: &mut TenantConn<'_>, scene: Scene<'_>, id: Uuid) -> Result<Board> {
    campaigns::board(conn, id, scene.today, scene.settings.due_soon_days)
}

/// How a campaign is shown: with its board of today.
fn show(conn: &mut TenantConn<'_>, scene: Scene<'_>, id: Uuid) -> Result<Option<Shown>> {
    match board(conn, scene, id) {
        Ok(board) => Shown::of(board.campaign.version, &BoardOut::from(&board)).map(Some),
        Err(Error::Refused(Refusal::Denied(Denial::NotFound))) => Ok(None),
        Err(error) => Err(error),
    }
}

/// `GET /api/v1/campaigns`: every campaign, the latest first, with how many units have reported.
pub async fn list(caller: Caller, visit: Visit) -> ApiResult {
    let all = caller
        .run(move |conn, _, settings| {
            visit.params().finish()?;
            campaigns::list(conn, settings.today(&visit.service.app.clock), settings.due_soon_days)
        })
        .await?;
    let items: Vec<CampaignListedOut<'_>> = all.iter().map(CampaignListedOut::from).collect();
    Ok(HttpResponse::Ok().json(Listed { items, next: None }))
}

/// `POST /api/v1/campaigns`: gives a directive to units, a task for each; the fields are those of [`CampaignTyped`].
pub async fn give(caller: Caller, sent: Sent) -> ApiResult {
    let made = sent.create(&caller, |conn, scene, typed: CampaignTyped| {
        let all = units::all(conn)?;
        let checked = typed.check(&all, scene.today).map_err(Refusal::Parameters)?;
        let id = campaigns::give(conn, scene.member, checked, scene.today)?;
        let board = board(conn, scene, id)?;
        let shown = Shown::of(board.campaign.version, &BoardOut::from(&board))?;
        Ok(Made { place: format!("{PLACE}/{id}"), shown })
    });
    made.await
}

/// `GET /api/v1/campaigns/{id}`: a campaign with a row a unit.
pub async fn read(caller: Caller, visit: Visit, known: Known, id: web::Path<String>) -> ApiResult {
    known.show(&caller, visit, &id, show).await
}

/// `POST /api/v1/campaigns/{id}/urge`: urges the units that have not reported and were not urged today.
pub async fn urge(caller: Caller, sent: Sent, id: web::Path<String>) -> ApiResult {
    let urged = sent.remove(&caller, &id, show, |conn, scene, asked| {
        campaigns::urge(conn, scene.member, asked.id, scene.today, scene.settings.due_soon_days).map(drop)
    });
    urged.await
}
