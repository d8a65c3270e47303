//! The signed-in caller of a handler. The guard has read the credential; whether it is true is known only inside
//! [`Caller::run`], where the act happens.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpMessage, HttpRequest, web};

use super::problem::Failure;
use super::service::{self, Service};
use crate::auth::{self, Ask, Credential, Member};
use crate::db::TenantConn;
use crate::error::{Denial, Error, Result};
use crate::tenants::Settings;

/// A credential, and what the route asks of it.
#[derive(Clone)]
pub struct Caller {
    credential: Credential,
    ask: Ask,
    service: web::Data<Service>,
}

impl Caller {
    pub(super) fn new(credential: Credential, ask: Ask, service: web::Data<Service>) -> Self {
        Self { credential, ask, service }
    }

    /// Runs the route's act in the transaction that reads the session.
    ///
    /// # Errors
    /// Not signed in, not permitted, too many wait, or what `work` says.
    pub async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut TenantConn<'_>, &Member, &Settings) -> Result<T> + Send + 'static,
    ) -> std::result::Result<T, Failure> {
        let (credential, ask) = (self.credential.clone(), self.ask);
        let done = service::work(&self.service, move |service| {
            auth::as_member(&service.app, &credential, ask, |conn, member, settings| {
                service.limits.note(credential.tenant(), member.requests_per_minute);
                work(conn, member, settings)
            })
        });
        Ok(done.await?)
    }

    /// What the handlers share.
    pub fn service(&self) -> &web::Data<Service> {
        &self.service
    }
}

impl FromRequest for Caller {
    type Error = Failure;
    type Future = Ready<std::result::Result<Self, Failure>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        // Only the guard puts one there; without it nobody is let in, whatever the route forgot.
        let caller = req.extensions().get::<Self>().cloned();
        ready(caller.ok_or_else(|| Failure::from(Error::from(Denial::NotSignedIn))))
    }
}
