//! Becoming a controller of the house: the code on the display, and somebody who accepts it.

use std::{thread, time::Duration};

use anyhow::{Context, bail, ensure};
use serde_json::{Value as Json, json};

use super::{
    line::{self, Letter},
    memory::Memory,
};
use crate::{
    kernel::{Clock, clock::SystemClock},
    wire::Seal,
};

/// None that looks like another.
const LETTERS: &[u8; 31] = b"ABCDEFGHJKMNPQRSTUVWXYZ23456789";

/// Asks to be paired, shows the code, and waits until staff have accepted it.
///
/// # Errors
/// When the server cannot be reached or says no.
pub fn pair(server: &str, memory: &mut Memory, mut display: impl FnMut(String)) -> anyhow::Result<()> {
    let code = code()?;
    let asking = json!({
        "public_key": memory.key().public(), "code": code, "firmware": "etabli-simulator 1.0"
    });
    let mut told = ask(server, memory, ("POST", "pairings"), &asking)?;
    memory.id = word(&told, "id")?;
    let mine = format!("pairings/{}", memory.id);
    if is(&told, "waiting") {
        display(format!("code {code}   key {}", memory.key().public().fingerprint()));
    }
    while is(&told, "waiting") {
        thread::sleep(Duration::from_secs(2));
        told = ask(server, memory, ("GET", &mine), &Json::Null)?;
    }
    ensure!(is(&told, "active"), "the controller was revoked");
    memory.server_key = Some(word(&told, "server_key")?.parse()?);
    memory.device_key = Some(word(&told, "device_key")?);
    Ok(())
}

fn is(told: &Json, state: &str) -> bool {
    told.get("state").is_some_and(|told| told == state)
}

fn word(told: &Json, name: &str) -> anyhow::Result<String> {
    Ok(told.get(name).and_then(Json::as_str).with_context(|| format!("no {name} in {told}"))?.to_owned())
}

fn ask(
    server: &str,
    memory: &Memory,
    (method, path): (&'static str, &str),
    body: &Json,
) -> anyhow::Result<Json> {
    let body = if body.is_null() { String::new() } else { body.to_string() };
    let (path, timestamp) = (format!("/controller/v1/{path}"), SystemClock.now().utc().timestamp());
    let nonce = uuid::Uuid::now_v7().to_string();
    let seal = Seal { method, path: &path, timestamp, nonce: &nonce };
    let signature = seal.sign(&memory.key(), body.as_bytes()).to_string();
    let mut headers =
        vec![("X-Timestamp", timestamp.to_string()), ("X-Nonce", nonce.clone()), ("X-Signature", signature)];
    if !memory.id.is_empty() {
        headers.push(("X-Controller", memory.id.clone()));
    }
    let (status, letters) = line::ask(server, &Letter { method, path, headers, body })
        .with_context(|| format!("the server {server} does not answer"))?;
    if status != 200 {
        bail!("the server says {status}: {letters}");
    }
    Ok(serde_json::from_str(&letters)?)
}

/// Six letters and digits.
fn code() -> anyhow::Result<String> {
    let mut bytes = [0; 6];
    getrandom::fill(&mut bytes).map_err(|error| anyhow::anyhow!("no randomness: {error}"))?;
    let letter = |byte: u8| LETTERS.get(usize::from(byte) % LETTERS.len()).copied().map_or('A', char::from);
    Ok(bytes.into_iter().map(letter).collect())
}
