//! What is asked, and what the answer is made of.

use chrono::NaiveDate;

use super::{cache::Written, versions::Versions};
use crate::{
    kernel::{Instant, Period, Zone},
    web::etag::{self, Held, Tag},
};

/// Which days of what.
#[derive(Debug, Clone)]
pub struct Asked {
    /// Of what.
    pub which: Which,
    /// The first day; today where nothing is said.
    pub from: Option<NaiveDate>,
    /// How many days, 1 to 31.
    pub days: u32,
    /// The versions the reader has.
    pub held: Held,
    /// The present.
    pub now: Instant,
}

/// Whose days, by slug or identifier.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Which {
    /// Of one machine.
    Machine(String),
    /// Of the machines of a workshop.
    Workshop(String),
    /// Of all machines.
    All,
}

/// A calendar, or the news that the reader has it already.
#[derive(Debug)]
pub enum Calendar {
    /// The reader's tag is the current one.
    Known(Tag),
    /// The days.
    Fresh(Written),
}

impl Asked {
    /// From midnight to midnight.
    pub(super) fn within(&self, zone: Zone) -> Period {
        let first = self.from.map_or_else(|| zone.day_of(self.now), |date| zone.day(date));
        let last = first.plus(u64::from(self.days.max(1)));
        Period::new(first.start(), last.start()).unwrap_or_else(|| first.period())
    }

    /// Everything the answer depends on: versions, days, and the minute where the present lies inside the days.
    pub(super) fn tag(&self, of: &Versions) -> Tag {
        let within = self.within(of.zone);
        let present = self.now.max(within.start()).min(within.end()).micros() / 60_000_000;
        let kind = match self.which {
            Which::Machine(_) => "machine",
            Which::Workshop(_) | Which::All => "machines",
        };
        etag::tag(&[&kind, of, &within.start(), &within.end(), &present])
    }
}
