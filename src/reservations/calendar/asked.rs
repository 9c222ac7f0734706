//! What is asked, and what the answer is made of.

use chrono::NaiveDate;

use super::{cache::Written, versions::Versions};
use crate::{
    kernel::{Instant, Locale, MemberId, PageRequest, Period, Zone},
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
    /// Each step of the grid by itself instead of spans.
    pub slots: bool,
    /// Who asks, if somebody is signed in, and in which language.
    pub by: Option<(MemberId, Locale)>,
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
    /// Of a page of the machines, those of a workshop where one is named.
    Machines(Option<String>, PageRequest),
}

/// A calendar, or the news that the reader has it already.
#[derive(Debug)]
pub enum Calendar {
    /// The reader's tag is the current one.
    Known(Tag),
    /// The days.
    Fresh(Written),
}

impl Which {
    /// About how many bytes it takes.
    pub(super) fn length(&self) -> usize {
        let words = match self {
            Self::Machine(key) => key.len(),
            Self::Machines(workshop, page) => {
                workshop.as_ref().map_or(0, String::len) + page.after.as_ref().map_or(0, String::len)
            }
        };
        size_of::<Self>() + words
    }
}

impl Asked {
    /// From midnight to midnight.
    pub(super) fn within(&self, zone: Zone) -> Period {
        let first = self.from.map_or_else(|| zone.day_of(self.now), |date| zone.day(date));
        let last = first.plus(u64::from(self.days.max(1)));
        Period::new(first.start(), last.start()).unwrap_or_else(|| first.period())
    }

    /// Everything the answer depends on: versions, days, today, from which the horizon counts, and the minute where the
    /// present lies inside the days.
    pub(super) fn tag(&self, of: &Versions) -> Tag {
        let within = self.within(of.zone);
        let present = self.now.max(within.start()).min(within.end()).micros() / 60_000_000;
        let kind = match self.which {
            Which::Machine(_) => "machine",
            Which::Machines(..) => "machines",
        };
        let today = of.zone.day_of(self.now).date;
        etag::tag(&[&kind, &self.slots, of, &within.start(), &within.end(), &today, &present])
    }
}
