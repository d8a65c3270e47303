//! Whether the service lives, whether it can serve, and whether its jobs are done in time: for whoever restarts it or sends it requests.

use std::net::IpAddr;

use actix_web::{HttpRequest, HttpResponse, web};
use chrono::SecondsFormat;
use serde_json::{Map, Value, json};

use super::client;
use super::problem::Failure;
use super::service::{Service, work};
use crate::error::Denial;
use crate::jobs::watch;
use crate::timetable::TIMETABLE;

/// The process answers. Never asks the database, so that an outage there restarts nothing here.
pub async fn livez() -> &'static str {
    "ok"
}

/// The database answers as well.
pub async fn readyz(service: web::Data<Service>) -> Result<HttpResponse, Failure> {
    Service::ping(&service).await?;
    Ok(HttpResponse::Ok().body("ok"))
}

/// The queue in numbers, for machines on this one; to others there is no such page.
pub async fn jobs(req: HttpRequest, service: web::Data<Service>) -> Result<HttpResponse, Failure> {
    // An address of IPv6 comes as its network, which for the loopback is nought.
    let is_here = |from: IpAddr| from.is_loopback() || from.is_unspecified();
    if !client::address(&req, &service.proxies).is_some_and(is_here) {
        return Err(Denial::NotFound.into());
    }
    let watch = work(&service, |service| watch(&service.app.db, TIMETABLE, None)).await?;
    service.bell.hear(&watch);
    let slots: Map<String, Value> = watch
        .last_slots
        .iter()
        .map(|(kind, at)| (kind.clone(), at.to_rfc3339_opts(SecondsFormat::Secs, true).into()))
        .collect();
    Ok(HttpResponse::Ok().json(json!({
        "alarm": watch.is_alarming(), "oldest_queued_seconds": watch.waited_seconds(), "dead": watch.dead,
        "dead_last_day": watch.dead_lately, "last_slots": slots, "missing": watch.missing,
    })))
}
