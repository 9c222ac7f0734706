//! Controllers of a world: a key of their own, and requests signed as a device signs them.

use std::sync::atomic::{AtomicU64, Ordering};

use etabli::{
    kernel::Clock,
    wire::{Seal, SigningKey},
};
use reqwest::{Method, RequestBuilder};
use serde_json::{Value as Json, json};

use super::{Answer, World, people::Person};

/// Keys and nonces of all tests of this process are different.
static COUNTER: AtomicU64 = AtomicU64::new(1);

/// A device with a key; after [`Device::pair`] with an identifier, after [`World::controller`] accepted.
#[derive(Clone)]
pub struct Device<'w> {
    world: &'w World,
    pub key: SigningKey,
    pub id: String,
}

/// What a request is made of, to be spoilt before it is sent.
#[derive(Clone)]
pub struct Frame {
    pub method: Method,
    pub path: String,
    pub controller: String,
    pub timestamp: i64,
    pub nonce: String,
    pub body: String,
}

impl World {
    /// A device nobody has heard of.
    pub fn device(&self) -> Device<'_> {
        let mut seed = [0; 32];
        seed[..8].copy_from_slice(&COUNTER.fetch_add(1, Ordering::Relaxed).to_be_bytes());
        seed[8..12].copy_from_slice(&std::process::id().to_be_bytes());
        Device { world: self, key: SigningKey::from_seed(&seed), id: String::new() }
    }

    /// A device that staff accepted for these machines.
    pub async fn controller(&self, staff: &Person<'_>, machines: &[&str]) -> Device<'_> {
        let (device, code) = self.device().paired().await;
        let accepted = json!({ "code": code, "name": "Lecteur", "machines": machines });
        staff.post("controllers", accepted).await.expect(201);
        device
    }
}

/// Six letters that no other device of this process shows.
pub fn fresh_code() -> String {
    let letters = b"ABCDEFGHJKMNPQRSTUVWXYZ23456789";
    let mut number = usize::try_from(COUNTER.fetch_add(1, Ordering::Relaxed)).unwrap();
    let mut code = String::new();
    for _ in 0..6 {
        code.push(char::from(letters[number % letters.len()]));
        number /= letters.len();
    }
    code
}

impl<'w> Device<'w> {
    /// Asks to be paired; the device with its identifier, and the code it shows.
    pub async fn paired(mut self) -> (Device<'w>, String) {
        let code = fresh_code();
        let pairing = self.pair(&code).await.expect(200);
        pairing["id"].as_str().unwrap().clone_into(&mut self.id);
        (self, code)
    }

    /// The same device with another key.
    pub fn rekeyed(&self) -> Self {
        Self { key: self.world.device().key, ..self.clone() }
    }

    /// Asks to be paired under this code.
    pub async fn pair(&self, code: &str) -> Answer {
        let asking = json!({ "public_key": self.key.public(), "code": code, "firmware": "essai 1.0" });
        self.post("pairings", asking).await
    }

    /// A request as it should be.
    pub fn frame(&self, method: Method, path: &str, body: &Json) -> Frame {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        Frame {
            method,
            path: format!("/controller/v1/{path}"),
            controller: self.id.clone(),
            timestamp: self.world.clock.now().utc().timestamp(),
            nonce: format!("nonce-{:020}", COUNTER.fetch_add(1, Ordering::Relaxed)),
            body,
        }
    }

    /// Signs a request, to be dressed further and sent with [`Answer::to`].
    pub fn sign(&self, frame: &Frame) -> RequestBuilder {
        let Frame { method, path, timestamp, nonce, body, .. } = frame;
        let seal = Seal { method: method.as_str(), path, timestamp: *timestamp, nonce };
        let request = self.world.stranger().request(method.clone(), path);
        let request = request
            .header("X-Timestamp", *timestamp)
            .header("X-Nonce", nonce)
            .header("X-Signature", seal.sign(&self.key, body.as_bytes()).to_string())
            .header("X-Controller", &frame.controller);
        if body.is_empty() {
            request
        } else {
            request.header("Content-Type", "application/json").body(body.clone())
        }
    }

    pub async fn send(&self, frame: &Frame) -> Answer {
        Answer::to(self.sign(frame)).await
    }

    pub async fn post(&self, path: &str, body: Json) -> Answer {
        self.send(&self.frame(Method::POST, path, &body)).await
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(&self.frame(Method::GET, path, &Json::Null)).await
    }
}
