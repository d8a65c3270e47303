//! The body of a request, for which a client has only so long.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};
use tokio::time::timeout;

use super::problem::Problem;
use crate::text::problem::ProblemKind;

/// How long a body may take to arrive.
const PATIENCE: Duration = Duration::from_secs(10);

/// A whole body.
#[derive(Debug)]
pub struct Body(pub web::Bytes);

impl Body {
    /// As text; what is no UTF-8 is replaced and matches nothing.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.0).into_owned()
    }
}

impl FromRequest for Body {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let arriving = web::Bytes::from_request(req, payload);
        Box::pin(async move {
            match timeout(PATIENCE, arriving).await {
                Ok(Ok(bytes)) => Ok(Self(bytes)),
                Ok(Err(error)) => Err(Problem::of_status(error.as_response_error().status_code())),
                Err(_) => Err(ProblemKind::Timeout.into()),
            }
        })
    }
}
