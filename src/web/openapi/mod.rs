//! Completes the collected description: what every operation has in common is written here once, so that a new one has it
//! without asking.
//!
//! Reading order: [`names`] and [`tags`] (what an operation is called and where it stands), [`manners`] (parameters and
//! answers that follow from its kind), [`answers`] (their words and headers), [`schemas`], [`facts`], [`examples`].

pub mod answers;
pub mod examples;
pub mod facts;
pub mod manners;
pub mod names;
pub mod schemas;
pub mod tags;

use utoipa::openapi::{
    Components, Info, License, OpenApi, Server,
    info::Contact,
    path::{Operation, PathItem},
    security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme},
};

use super::csrf;

/// The operations of a path, by method.
#[must_use]
pub fn operations(item: &PathItem) -> Vec<(&'static str, &Operation)> {
    [
        ("GET", &item.get),
        ("PUT", &item.put),
        ("POST", &item.post),
        ("DELETE", &item.delete),
        ("PATCH", &item.patch),
    ]
    .into_iter()
    .filter_map(|(method, operation)| Some((method, operation.as_ref()?)))
    .collect()
}

fn each(api: &mut OpenApi, mut work: impl FnMut(&'static str, &str, &mut Operation)) {
    for (path, item) in &mut api.paths.paths {
        let slots = [
            ("GET", &mut item.get),
            ("PUT", &mut item.put),
            ("POST", &mut item.post),
            ("DELETE", &mut item.delete),
            ("PATCH", &mut item.patch),
        ];
        for (method, slot) in slots {
            if let Some(operation) = slot {
                work(method, path, operation);
            }
        }
    }
}

/// The description with its title, its ways to sign in, and the manners every operation shares.
#[must_use]
pub fn complete(mut api: OpenApi) -> OpenApi {
    api.info = info();
    api.servers = Some(vec![server("")]);
    let components = api.components.get_or_insert_with(Components::default);
    schemas::share(components);
    answers::share(components);
    sign_in(components);
    each(&mut api, |method, path, operation| {
        operation.operation_id = Some(names::of(method, path));
        manners::give(method, path, operation);
    });
    examples::give(&mut api);
    api.tags = Some(tags::of(&api));
    api
}

/// Where this server is found: below the path of its public address, on the host that was asked.
#[must_use]
pub fn server(base_path: &str) -> Server {
    let mut server = Server::new(if base_path.is_empty() { "/" } else { base_path });
    server.description = Some("The server that was asked for this description".to_owned());
    server
}

fn info() -> Info {
    let mut info = Info::new("Établi", env!("CARGO_PKG_VERSION"));
    info.description = Some(
        "Booking and machine access for a makerspace. Instants are RFC 3339 UTC, dates are local to the lab; \
         sentences are in the language of `Accept-Language` (fr, en); whatever says no is a problem (RFC 9457)."
            .to_owned(),
    );
    let mut licence = License::new("EUPL-1.2");
    licence.identifier = Some("EUPL-1.2".to_owned());
    info.license = Some(licence);
    let mut contact = Contact::new();
    contact.name = Some("The people of this lab".to_owned());
    info.contact = Some(contact);
    info
}

fn sign_in(components: &mut Components) {
    let bearer = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .description(Some("The `token` that `POST /api/v1/sessions` answers"))
        .build();
    let cookie = ApiKeyValue::with_description(
        csrf::COOKIE.to_owned(),
        format!("For browsers; whatever changes something also needs the header `{}`", csrf::HEADER),
    );
    let signature = ApiKeyValue::with_description(
        "X-Signature".to_owned(),
        "The Ed25519 signature of a paired controller, with `X-Controller`, `X-Timestamp` and `X-Nonce`: see \
         `/controller`"
            .to_owned(),
    );
    let schemes = [
        ("bearer", SecurityScheme::Http(bearer)),
        ("controller", SecurityScheme::ApiKey(ApiKey::Header(signature))),
        ("cookie", SecurityScheme::ApiKey(ApiKey::Cookie(cookie))),
    ];
    components
        .security_schemes
        .extend(schemes.into_iter().map(|(name, scheme)| (name.to_owned(), scheme.into())));
}
