//! A second server over the database of a world: another instance behind the same load balancer.

use std::{net::TcpListener, thread};

use actix_web::dev::ServerHandle;
use etabli::{app::App, routes, store::Store};
use reqwest::Method;
use serde_json::Value as Json;

use super::{Answer, World, config, options, people::Person, serve};

/// It has a store, threads and connections of its own, and shares nothing with the first but the database.
pub struct Twin {
    address: String,
    app: App,
    client: reqwest::Client,
    server: Option<(ServerHandle, thread::JoinHandle<()>)>,
}

impl World {
    /// Starts another server.
    pub fn twin(&self) -> Twin {
        let store = Store::open(&self.database.url, &options()).unwrap();
        let app = App::new(store, self.clock.clone(), config(&self.database)).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let server = Some(serve(app.clone(), listener, routes::rooms));
        Twin { address, app, client: reqwest::Client::new(), server }
    }
}

impl Twin {
    /// What it answers this person.
    pub async fn post(&self, by: &Person<'_>, path: &str, body: Json) -> Answer {
        let request = self.client.request(Method::POST, format!("{}/api/v1/{path}", self.address));
        Answer::to(request.bearer_auth(&by.token).json(&body)).await
    }
}

impl Drop for Twin {
    fn drop(&mut self) {
        if let Some((handle, thread)) = self.server.take() {
            drop(handle.stop(false));
            let _ = thread.join();
        }
        self.app.store.close();
    }
}
