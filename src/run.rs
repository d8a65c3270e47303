//! The service put together: the web application, the listener, the end.

use std::net::TcpListener;
use std::time::Duration;

use actix_web::body::MessageBody;
use actix_web::dev::{ServerHandle, ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::middleware::{Compress, from_fn};
use actix_web::rt::System;
use actix_web::{App, Error as WebError, HttpServer, web};

use crate::error::{Error, Result};
use crate::http::{RouteTable, Service, edge};
use crate::routes;

/// Connections to the database: two cores keep about so many busy.
pub const CONNECTIONS: u32 = 8;

/// The largest body a route takes: 500 tasks by id and version, or a month's texts. Whoever needs more says so itself.
const LARGEST_BODY: usize = 64 * 1024;

/// How long requests under way may take after the service was told to end, in seconds.
const GRACE_SECONDS: u64 = 20;

/// How long a client may take to send a request's head.
const HEAD_TIME: Duration = Duration::from_secs(10);

/// The web application: every route behind its guard, everything inside the edge.
pub fn web_app(
    service: web::Data<Service>,
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody>,
        Error = WebError,
        InitError = (),
    >,
> {
    App::new()
        .app_data(service)
        .app_data(web::Data::new(RouteTable(routes::table())))
        .app_data(web::PayloadConfig::new(LARGEST_BODY))
        .configure(routes::configure)
        .wrap(Compress::default())
        .wrap(from_fn(edge))
}

/// Serves until it is told to end, then lets the requests under way finish. `started` is given the handle that ends it.
///
/// # Errors
/// The listener can't be used.
pub fn serve(service: Service, listener: TcpListener, started: impl FnOnce(ServerHandle)) -> Result<()> {
    let service = web::Data::new(service);
    let failed = |e: std::io::Error| Error::Internal(format!("the service can't run: {e}"));
    System::new().block_on(async move {
        let shared = service.clone();
        let server = HttpServer::new(move || web_app(shared.clone()))
            .client_request_timeout(HEAD_TIME)
            .shutdown_timeout(GRACE_SECONDS)
            .disable_signals()
            .listen(listener)
            .map_err(failed)?
            .run();
        started(server.handle());
        server.await.map_err(failed)
    })
}
