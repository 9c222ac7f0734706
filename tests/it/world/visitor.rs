//! Who asks.

use reqwest::{Method, RequestBuilder};
use serde_json::Value as Json;

use super::{Answer, World};

/// Somebody with or without a token. Paths without a slash at the start are under `/api/v1/`.
pub struct Visitor<'w> {
    world: &'w World,
    token: Option<String>,
}

impl<'w> Visitor<'w> {
    pub fn new(world: &'w World, token: Option<String>) -> Self {
        Self { world, token }
    }

    /// A request to be dressed further and sent with [`Answer::to`].
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let world = self.world;
        let path = if path.starts_with('/') { path.to_owned() } else { format!("/api/v1/{path}") };
        let request = world.client.request(method, format!("{}{path}", world.address));
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    pub async fn get(&self, path: &str) -> Answer {
        Answer::to(self.request(Method::GET, path)).await
    }

    pub async fn post(&self, path: &str, body: Json) -> Answer {
        Answer::to(self.request(Method::POST, path).json(&body)).await
    }

    pub async fn patch(&self, path: &str, body: Json) -> Answer {
        Answer::to(self.request(Method::PATCH, path).json(&body)).await
    }

    pub async fn put(&self, path: &str, body: Json) -> Answer {
        Answer::to(self.request(Method::PUT, path).json(&body)).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        Answer::to(self.request(Method::DELETE, path)).await
    }
}
