//! What survives a power cut.

use std::{
    fs::{self, OpenOptions},
    io::{ErrorKind, Write},
    os::unix::fs::OpenOptionsExt,
    path::Path,
};

use anyhow::Context;
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, value::RawValue};

use crate::wire::{Event, Link, PublicKey, SigningKey, list::Sealed};

/// So many events are kept until the server has heard them; then the oldest are given up, and a gap shows.
const EVENTS: usize = 2000;

/// What a controller keeps in its flash.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Memory {
    /// The seed of its key, in hexadecimal.
    seed: String,
    /// What the house calls it, once it asked to be paired.
    pub id: String,
    /// The key of the house.
    pub server_key: Option<PublicKey>,
    /// The key under which it looks badges up, in hexadecimal.
    pub device_key: Option<String>,
    /// The list it holds.
    pub list: Option<Sealed>,
    /// The highest version it ever held.
    pub list_version: i64,
    /// What it was locked out for; latched until the server says otherwise.
    pub lockout: Option<String>,
    /// Whether the server knows of the lockout.
    #[serde(default)]
    pub lockout_told: bool,
    /// The session that was open, to be told about after a power cut.
    pub open: Option<String>,
    /// Whether the machine is on without the server.
    #[serde(default)]
    pub offline: bool,
    /// Sessions that ended, and why, that the server has not heard of.
    #[serde(default)]
    pub ends: Vec<(String, String)>,
    /// How often it started.
    pub boots: u32,
    /// Of the last event.
    prev: Link,
    seq: i64,
    /// Events that the server has not heard.
    pub events: Vec<Event>,
}

impl Memory {
    /// The memory of a device fresh from the factory, with the key that grows from this seed.
    #[must_use]
    pub fn new(seed: &[u8; 32]) -> Self {
        Self {
            seed: hex::encode(seed),
            id: String::new(),
            server_key: None,
            device_key: None,
            list: None,
            list_version: 0,
            lockout: None,
            lockout_told: false,
            open: None,
            offline: false,
            ends: Vec::new(),
            boots: 0,
            prev: Link::NONE,
            seq: 0,
            events: Vec::new(),
        }
    }

    /// The memory in this file; a new one, with a key of its own, where there is none.
    ///
    /// # Errors
    /// When it cannot be read, or holds something else.
    pub fn load(file: &Path) -> anyhow::Result<Self> {
        match fs::read_to_string(file) {
            Ok(text) => serde_json::from_str(&text).with_context(|| format!("read {}", file.display())),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                let mut seed = [0; 32];
                getrandom::fill(&mut seed).map_err(|error| anyhow::anyhow!("no randomness: {error}"))?;
                Ok(Self::new(&seed))
            }
            Err(error) => Err(error).with_context(|| format!("read {}", file.display())),
        }
    }

    /// Writes it into a file that only its owner reads: first beside it, then into place.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn save(&self, file: &Path) -> anyhow::Result<()> {
        let beside = file.with_extension("writing");
        let mut new = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&beside)?;
        new.write_all(&serde_json::to_vec_pretty(self)?)?;
        Ok(fs::rename(&beside, file)?)
    }

    /// The key it signs with.
    #[must_use]
    pub fn key(&self) -> SigningKey {
        let mut seed = [0; 32];
        // What is not hexadecimal is nobody's key: the server will not know it.
        let _ = hex::decode_to_slice(&self.seed, &mut seed);
        SigningKey::from_seed(&seed)
    }

    /// A new start: a word of its own, and events counted anew.
    pub fn boot(&mut self) -> String {
        self.boots += 1;
        self.seq = 0;
        format!("boot-{}", self.boots)
    }

    /// Writes down that something happened: so many milliseconds after the start, at this wall clock if one is known.
    pub fn write_down(&mut self, boot: &str, (mono_ms, wall): (i64, Option<i64>), kind: &str, data: &Json) {
        let Ok(data) = RawValue::from_string(data.to_string()) else { return };
        self.seq += 1;
        let (seq, boot_id, kind, prev) = (self.seq, boot.to_owned(), kind.to_owned(), self.prev);
        let event = Event { seq, boot_id, mono_ms, wall, kind, data, prev };
        self.prev = event.hash(&self.id);
        self.events.push(event);
        if self.events.len() > EVENTS {
            self.events.remove(0);
        }
    }

    /// The hash of the last event.
    #[must_use]
    pub const fn head(&self) -> Link {
        self.prev
    }

    /// Forgets what the server has heard: everything up to the event of this hash.
    pub fn heard(&mut self, hash: &str) {
        let last = self.events.iter().position(|event| event.hash(&self.id).to_string() == hash);
        if let Some(last) = last {
            self.events.drain(..=last);
        }
    }
}
