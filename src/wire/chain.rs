//! How the events of a controller hang together: each repeats the hash of the one before.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};

/// The first line of what is hashed.
const CONTEXT: &str = "etabli-event-v1";

/// A SHA-256; 64 hexadecimal digits on the wire.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Link(pub [u8; 32]);

impl Link {
    /// What the first event of a device without a memory repeats.
    pub const NONE: Self = Self([0; 32]);
}

/// Something that happened to a controller.
#[derive(Debug, Clone, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = ControllerEvent)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// Counts from 1 since the device started.
    #[schema(minimum = 1)]
    pub seq: i64,
    /// The start of the device: a word it chose then, 1 to 40 letters, digits, `-` or `_`.
    #[schema(pattern = "^[A-Za-z0-9_-]{1,40}$")]
    pub boot_id: String,
    /// Milliseconds since that start.
    #[schema(minimum = 0)]
    pub mono_ms: i64,
    /// Seconds since 1970, where the device knew.
    pub wall: Option<i64>,
    /// What happened: `session_started`.
    #[serde(rename = "type")]
    #[schema(pattern = "^[a-z0-9_]{1,40}$", example = "session_started")]
    pub kind: String,
    /// More about it: an object, hashed letter by letter as it stands in the frame.
    #[schema(value_type = Object)]
    pub data: Box<RawValue>,
    /// The hash of the event before; zeros before the first.
    #[schema(value_type = String, pattern = "^[0-9a-f]{64}$")]
    pub prev: Link,
}

impl Event {
    /// The SHA-256 of nine lines, each but the last ended by a line feed: the context, the hash before, controller,
    /// boot, number, milliseconds, wall clock (`-` where it was not known), type, data.
    #[must_use]
    pub fn hash(&self, controller: &str) -> Link {
        let wall = self.wall.map_or_else(|| "-".to_owned(), |wall| wall.to_string());
        let Self { seq, boot_id, mono_ms, kind, prev, data, .. } = self;
        let text = format!(
            "{CONTEXT}\n{prev}\n{controller}\n{boot_id}\n{seq}\n{mono_ms}\n{wall}\n{kind}\n{}",
            data.get()
        );
        Link(Sha256::digest(text).into())
    }
}

impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Why a text is not a [`Link`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected the 64 lower-case hexadecimal digits of a SHA-256")]
pub struct NotALink;

impl FromStr for Link {
    type Err = NotALink;

    fn from_str(text: &str) -> Result<Self, NotALink> {
        super::key::read(text).map(Self).ok_or(NotALink)
    }
}

impl Serialize for Link {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Link {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}
