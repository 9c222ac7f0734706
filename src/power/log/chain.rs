//! How the lines of the log hang together.

use std::fmt;

use serde_json::Value as Json;
use sha2::{Digest, Sha256};

use crate::kernel::{ControllerId, Id, Instant, MachineId, MemberId, PowerSessionId};

/// The SHA-256 of a line, which the next one repeats.
pub type Hash = [u8; 32];

/// Something to write down.
#[derive(Debug, Clone)]
pub struct Event {
    /// When it happened.
    pub at: Instant,
    /// What happened, as a stable word: `session_started`.
    pub kind: &'static str,
    /// At which machine.
    pub machine: Option<MachineId>,
    /// In which power session.
    pub session: Option<PowerSessionId>,
    /// By which controller.
    pub controller: Option<ControllerId>,
    /// By or for which member.
    pub member: Option<MemberId>,
    /// What else is worth keeping; an object, or null.
    pub data: Json,
}

/// Where a chain ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// The number of the last line; 0 where there is none.
    pub seq: i64,
    /// Its hash.
    pub hash: Hash,
}

/// A line as it stands in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "as in Event")]
pub struct Line {
    /// Counts from 1, without gaps.
    pub seq: i64,
    pub at: Instant,
    pub kind: String,
    pub machine: Option<MachineId>,
    pub session: Option<PowerSessionId>,
    pub controller: Option<ControllerId>,
    pub member: Option<MemberId>,
    /// JSON, letter by letter as it was hashed.
    pub details: String,
    /// The hash of the line before.
    pub prev: Hash,
    /// The hash of this line.
    pub hash: Hash,
}

impl Line {
    /// The event as the next line of the chain that ends at `head`.
    #[must_use]
    pub fn next(head: Head, event: Event) -> Self {
        let Event { at, kind, machine, session, controller, member, data } = event;
        let mut line = Self {
            seq: head.seq + 1,
            at,
            kind: kind.to_owned(),
            machine,
            session,
            controller,
            member,
            details: data.to_string(),
            prev: head.hash,
            hash: Hash::default(),
        };
        line.hash = line.fingerprint();
        line
    }

    /// The SHA-256 of nine lines of text, each but the last ended by a line feed: the hash before in hexadecimal,
    /// number, microseconds since 1970, kind, machine, session, controller, member (`-` for none), details as JSON.
    ///
    /// `sha256sum` computes the same; JSON holds no line feed, so no two lines share a text.
    #[must_use]
    pub fn fingerprint(&self) -> Hash {
        let text = format!(
            "{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}",
            hex::encode(self.prev),
            self.seq,
            self.at.micros(),
            self.kind,
            named(self.machine),
            named(self.session),
            named(self.controller),
            named(self.member),
            self.details,
        );
        Sha256::digest(text).into()
    }

    /// Where a chain ends that has this line as its last.
    #[must_use]
    pub const fn head(&self) -> Head {
        Head { seq: self.seq, hash: self.hash }
    }
}

fn named<Of>(id: Option<Id<Of>>) -> String {
    id.map_or_else(|| "-".to_owned(), |id| id.to_string())
}

impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.seq, hex::encode(self.hash))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Event, Head, Line};

    #[test]
    fn a_line_is_hashed_as_the_manual_says() {
        let machine = "01939000-0000-7000-8000-000000000001".parse().unwrap();
        let event = Event {
            at: "2026-11-23T05:00:00Z".parse().unwrap(),
            kind: "session_started",
            machine: Some(machine),
            session: None,
            controller: None,
            member: None,
            data: json!({ "until": "2026-11-23T06:00:00Z" }),
        };
        let line = Line::next(Head { seq: 0, hash: [0; 32] }, event);
        // printf '%064d\n1\n1795410000000000\nsession_started\n…\n-\n-\n-\n{"until":"2026-11-23T06:00:00Z"}' 0 | sha256sum
        assert_eq!(
            line.head().to_string(),
            "1:3e18558a4a7986992dedc014ea74b9eeda5d287e1df203e76e993e335536cba7"
        );
    }
}
