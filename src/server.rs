//! Puts the HTTP server together: layers, routes, and what stands where no route leads.

use std::{io, net::TcpListener, time::Duration};

use actix_web::{
    App as Actix, Error as ActixError, HttpServer,
    body::MessageBody,
    dev::{Server, ServiceFactory, ServiceRequest, ServiceResponse},
    middleware::{Compress, from_fn},
    web::{self as actix, Data},
};
use tracing_actix_web::TracingLogger;
use utoipa::openapi::OpenApi;
use utoipa_actix_web::{AppExt, service_config::ServiceConfig};

use crate::{
    app::App,
    routes,
    web::{
        door,
        fallback::{self, Known},
        headers, idempotency, json,
        limits::Limits,
        measure, openapi, panic,
        reference::Description,
        span::Spans,
    },
};

/// Lists routes, with their description.
pub type Routes = fn(&mut ServiceConfig<'_>);

/// The server of the house on this socket. It runs when awaited and stops by its handle.
///
/// # Errors
/// When the socket cannot be listened on.
pub fn build(app: App, listener: TcpListener) -> io::Result<Server> {
    build_with(app, listener, routes::rooms)
}

/// The same house with other rooms, for tests of its manners.
///
/// # Errors
/// When the socket cannot be listened on.
pub fn build_with(app: App, listener: TcpListener, rooms: Routes) -> io::Result<Server> {
    measure::install();
    let shared = Shared::new(app, rooms)?;
    let server = HttpServer::new(move || assemble(shared.clone(), rooms))
        .keep_alive(Duration::from_secs(75))
        .client_request_timeout(Duration::from_secs(10))
        .shutdown_timeout(10)
        .disable_signals()
        .listen(listener)?;
    Ok(server.run())
}

/// The description of every path of the house (OpenAPI 3.1).
#[must_use]
pub fn openapi() -> OpenApi {
    describe(routes::rooms)
}

/// The description of the rooms given and of the paths every server has.
#[must_use]
pub fn describe(rooms: Routes) -> OpenApi {
    let (_, collected) =
        Actix::new().into_utoipa_app().configure(rooms).configure(routes::ops).split_for_parts();
    openapi::complete(collected)
}

/// What all workers share.
#[derive(Clone)]
struct Shared {
    app: Data<App>,
    limits: Data<Limits>,
    known: Data<Known>,
    description: Data<Description>,
}

impl Shared {
    fn new(app: App, rooms: Routes) -> io::Result<Self> {
        let mut api = describe(rooms);
        api.servers = Some(vec![openapi::server(&app.config.base_path())]);
        Ok(Self {
            limits: Data::new(Limits::new(&app.config)),
            app: Data::new(app),
            known: Data::new(Known::of(&api)),
            description: Data::new(Description::of(&api)?),
        })
    }
}

/// One worker's application. The layer added last is the outermost.
fn assemble(
    shared: Shared,
    rooms: Routes,
) -> Actix<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody>,
        Error = ActixError,
        InitError = (),
    >,
> {
    let (routed, _) =
        Actix::new().into_utoipa_app().configure(rooms).configure(routes::ops).split_for_parts();
    routed
        .configure(routes::pages)
        .app_data(shared.app)
        .app_data(shared.limits)
        .app_data(shared.known)
        .app_data(shared.description)
        .app_data(json::payload_config())
        .default_service(actix::to(fallback::nowhere))
        .wrap(from_fn(panic::caught))
        .wrap(from_fn(fallback::written_out))
        .wrap(from_fn(idempotency::keep))
        .wrap(from_fn(crate::web::limits::gate))
        .wrap(from_fn(door::through))
        .wrap(Compress::default())
        .wrap(from_fn(headers::last))
        .wrap(TracingLogger::<Spans>::new())
}
