//! What is known of one plug.

use std::{collections::BTreeSet, time::Duration};

use tokio::time::Instant as Tick;

use super::{
    decide::{INSIST, PATIENCE, Scene, Told},
    lines::Lines,
    show::Face,
};
use crate::{
    kernel::{Instant, PowerSessionId},
    power::{
        Fault, Intended, Observation, Observed, Source,
        plugs::{Heard, Plug, Reading},
    },
};

/// A plug in the hand of whoever speaks with it.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub(super) struct Hand {
    pub(super) plug: Plug,
    pub(super) intended: Option<Intended>,
    pub(super) online: bool,
    /// What it said of its relay since it was last told to switch.
    pub(super) on: Option<bool>,
    /// What it said last of its relay, before or after that.
    said: Option<bool>,
    /// Whether what lies on the broker may be older than a command.
    commanded: bool,
    /// When it was last asked how it is.
    asked: Tick,
    /// What flows through it, in watts, as long as that was said lately.
    pub(super) watts: Option<f64>,
    /// When it was said.
    read: Tick,
    /// Whether anything was written down since nobody knew anything of it.
    told_of: bool,
    pub(super) fault: Option<Fault>,
    /// Whether it has been on since it should be.
    lit: bool,
    told: Option<(bool, u32, Tick)>,
    /// When its lease was last renewed.
    renewed: Tick,
    /// What lay on the broker while nobody knew whether the plug was there.
    lay: Heard,
    /// Where commands lie that were not taken away yet.
    left: BTreeSet<String>,
    /// How its machine is shown to others.
    pub(super) face: Option<Face>,
    /// How much of it was written down lately.
    pub(super) lines: Lines,
}

impl Hand {
    /// A plug that nobody heard of yet, as it was seen by whoever came before.
    pub(super) fn new(plug: Plug, intended: Option<Intended>, seen: Option<&Observed>, now: Instant) -> Self {
        let wanted = intended.is_some_and(|intended| intended.wants(now));
        Self {
            lit: wanted && seen.is_some_and(|seen| seen.on == Some(true)),
            fault: seen.and_then(|seen| seen.fault),
            watts: None,
            read: Tick::now(),
            told_of: false,
            plug,
            intended,
            online: false,
            on: None,
            said: None,
            commanded: seen.is_some_and(|seen| seen.on == Some(true) || (seen.online && seen.on.is_none())),
            asked: Tick::now(),
            told: None,
            renewed: Tick::now(),
            lay: Heard::default(),
            left: BTreeSet::new(),
            face: None,
            lines: Lines::default(),
        }
    }

    /// What may be believed of a message that `lay` on the broker, or came just now.
    ///
    /// A state that lay there is as old as the device's last word: it says what is only beside a status, of the same age,
    /// that says the device is there. That a machine is off is not believed of it once the plug was told to switch: the
    /// word that it went on may be the one that was lost.
    pub(super) fn weigh(&mut self, mut heard: Heard, lay: bool) -> Heard {
        if lay && self.commanded && !self.lit {
            heard.on = heard.on.filter(|on| *on);
        }
        let Heard { online, on, reading, .. } = heard;
        match (lay, online) {
            (true, None) if self.online => heard,
            (true, None) => {
                (self.lay.on, self.lay.reading) = (on.or(self.lay.on), reading.or(self.lay.reading));
                Heard { on: None, reading: None, ..heard }
            }
            (true, Some(there)) => {
                let lay = std::mem::take(&mut self.lay);
                let lay = if there { lay } else { Heard::default() };
                Heard { on: on.or(lay.on), reading: reading.or(lay.reading), ..heard }
            }
            (false, _) => {
                // What is said now is newer, and whoever comes back says it anew.
                let keep = |new: bool| !new && online.is_none();
                self.lay.on = self.lay.on.filter(|_| keep(on.is_some()));
                self.lay.reading = self.lay.reading.filter(|_| keep(reading.is_some()));
                heard
            }
        }
    }

    /// A command lies where the plug takes its orders; whether that is news.
    pub(super) fn finds(&mut self, topic: &str) -> bool {
        self.left.insert(topic.to_owned())
    }

    /// It lies there no more.
    pub(super) fn cleared(&mut self, topic: &str) {
        self.left.remove(topic);
    }

    /// The same plug, with what was said since.
    pub(super) fn meant(mut self, intended: Option<Intended>) -> Self {
        let turn = |intended: &Intended| (intended.on, intended.session, intended.said_at);
        if self.intended.as_ref().map(turn) != intended.as_ref().map(turn) {
            // A relay that is on already went on for whoever has it now.
            (self.lit, self.told) = (self.on == Some(true) && intended.is_some_and(|meant| meant.on), None);
            // What went wrong with the last start says nothing about the next one.
            if intended.is_some_and(|intended| intended.on) {
                self.fault = None;
            }
        }
        self.intended = intended;
        self
    }

    pub(super) fn wants(&self, now: Instant) -> bool {
        self.intended.is_some_and(|intended| intended.wants(now))
    }

    pub(super) fn session(&self) -> Option<PowerSessionId> {
        self.intended.filter(|intended| intended.on).and_then(|intended| intended.session)
    }

    /// What the relay said; whether that is news.
    pub(super) fn is_on(&mut self, on: bool, now: Instant) -> bool {
        let news = self.said != Some(on);
        (self.on, self.said, self.commanded) = (Some(on), Some(on), false);
        self.lit |= on && self.wants(now);
        if self.told.is_some_and(|(told, ..)| told == on) {
            self.told = None;
        }
        news
    }

    /// It cannot be reached; whether that is news.
    pub(super) fn is_away(&mut self) -> bool {
        let news = self.online;
        (self.online, self.on, self.said, self.lay) = (false, None, None, Heard::default());
        (self.told, self.watts, self.told_of) = (None, None, false);
        news
    }

    /// What its meter said.
    pub(super) fn reads(&mut self, reading: Reading) {
        (self.watts, self.read) = match reading {
            Reading::Watts(watts) => (Some(watts), Tick::now()),
            Reading::Unknown => (None, Tick::now()),
        };
    }

    /// What its meter said is no longer so after three times in which it said nothing; whether that is news.
    pub(super) fn reading_expires(&mut self) -> bool {
        let lasting = Duration::from_secs(3 * self.plug.reporting_seconds());
        self.read.elapsed() >= lasting && self.watts.take().is_some()
    }

    /// It is back: what it was told while it was away counts for nothing, unless that was a moment ago.
    pub(super) fn is_back(&mut self) {
        let just_now = self.told.filter(|(.., at)| at.elapsed() < PATIENCE);
        (self.online, self.told) = (true, just_now.map(|(on, _, at)| (on, 1, at)));
    }

    /// It was told to switch: whether it did is not known until it says so.
    pub(super) fn tell(&mut self, on: bool) {
        (self.on, self.commanded) = (None, true);
        let tries = self.told.filter(|(told, ..)| *told == on).map_or(0, |(_, tries, _)| tries);
        (self.told, self.renewed) = (Some((on, tries + 1, Tick::now())), Tick::now());
    }

    /// Whether to ask again how it is: nobody relies for long on words that may never come.
    pub(super) fn wants_asking(&self, now: Instant) -> bool {
        self.asked.elapsed() >= INSIST && (self.wants(now) || self.on != Some(false))
    }

    /// It was asked how it is.
    pub(super) fn ask(&mut self) {
        self.asked = Tick::now();
    }

    /// Its lease was renewed.
    pub(super) fn renew(&mut self) {
        self.renewed = Tick::now();
    }

    pub(super) fn scene(&self, now: Instant) -> Scene {
        let third = |seconds: i32| Duration::from_secs(u64::try_from(seconds).unwrap_or(0)) / 3;
        let lease = self.plug.wiring.lease_seconds.map(third);
        Scene {
            wants: self.wants(now),
            fresh: self.intended.is_some_and(|intended| intended.settling(Source::Plug, now)),
            online: self.online,
            on: self.on,
            said: self.said,
            lit: self.lit,
            fault: self.fault,
            told: self.told.map(|(on, tries, at)| Told { on, tries, ago: at.elapsed() }),
            lease_due: lease.is_some_and(|lease| self.renewed.elapsed() >= lease),
        }
    }

    /// What people are told: a relay that was on and was told to go off counts as on until it says that it is off.
    ///
    /// The first word after a silence says nothing of what flowed meanwhile: idleness is counted anew.
    pub(super) fn seen(&mut self) -> Observation {
        let continued = std::mem::replace(&mut self.told_of, true);
        Observation {
            source: Source::Plug,
            online: self.online,
            on: self.on.or(self.said.filter(|on| *on)),
            watts: self.watts.filter(|_| continued),
            fault: self.fault,
        }
    }
}

#[cfg(test)]
mod tests;
