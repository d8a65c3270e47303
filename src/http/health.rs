//! Whether the service lives, and whether it can serve: for whoever restarts it or sends it requests.

use actix_web::{HttpResponse, web};

use super::problem::Failure;
use super::service::Service;

/// The process answers. Never asks the database, so that an outage there restarts nothing here.
pub async fn livez() -> &'static str {
    "ok"
}

/// The database answers as well.
pub async fn readyz(service: web::Data<Service>) -> Result<HttpResponse, Failure> {
    Service::ping(&service).await?;
    Ok(HttpResponse::Ok().body("ok"))
}
