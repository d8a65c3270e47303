//! The static files, which browsers keep for ever: their addresses change with their bytes.

use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpResponse, web};

use super::PageResult;
use crate::error::Denial;
use crate::pages::Asset;

/// Serves one.
pub async fn serve(name: web::Path<String>) -> PageResult {
    let found = Asset::of_name(&name).ok_or(Denial::NotFound)?;
    Ok(HttpResponse::Ok()
        .content_type(found.content_type)
        .insert_header((CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .body(found.bytes))
}
