//! What is known of one plug.

use std::{collections::BTreeSet, time::Duration};

use tokio::time::Instant as Tick;

use super::{
    decide::{Scene, Told},
    show::Face,
};
use crate::{
    kernel::{Instant, PowerSessionId},
    power::{
        Fault, Intended, Observation, Observed, Source,
        plugs::{Heard, Plug},
    },
};

/// A plug in the hand of whoever speaks with it.
pub(super) struct Hand {
    pub(super) plug: Plug,
    pub(super) intended: Option<Intended>,
    pub(super) online: bool,
    pub(super) on: Option<bool>,
    pub(super) watts: Option<f64>,
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
}

impl Hand {
    /// A plug that nobody heard of yet, as it was seen by whoever came before.
    pub(super) fn new(plug: Plug, intended: Option<Intended>, seen: Option<&Observed>, now: Instant) -> Self {
        let wanted = intended.is_some_and(|intended| intended.wants(now));
        Self {
            lit: wanted && seen.is_some_and(|seen| seen.on == Some(true)),
            fault: seen.and_then(|seen| seen.fault),
            watts: seen.and_then(|seen| seen.watts),
            plug,
            intended,
            online: false,
            on: None,
            told: None,
            renewed: Tick::now(),
            lay: Heard::default(),
            left: BTreeSet::new(),
            face: None,
        }
    }

    /// What may be believed of a message that `lay` on the broker, or came just now.
    ///
    /// A state that lay there is as old as the device's last word: it says what is only beside a status, of the same age,
    /// that says the device is there.
    pub(super) fn weigh(&mut self, heard: Heard, lay: bool) -> Heard {
        let Heard { online, on, watts, .. } = heard;
        match (lay, online) {
            (true, None) if self.online => heard,
            (true, None) => {
                (self.lay.on, self.lay.watts) = (on.or(self.lay.on), watts.or(self.lay.watts));
                Heard { on: None, watts: None, ..heard }
            }
            (true, Some(there)) => {
                let lay = std::mem::take(&mut self.lay);
                let lay = if there { lay } else { Heard::default() };
                Heard { on: on.or(lay.on), watts: watts.or(lay.watts), ..heard }
            }
            (false, _) => {
                // What is said now is newer, and whoever comes back says it anew.
                let keep = |new: bool| !new && online.is_none();
                self.lay.on = self.lay.on.filter(|_| keep(on.is_some()));
                self.lay.watts = self.lay.watts.filter(|_| keep(watts.is_some()));
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
            (self.lit, self.told) = (false, None);
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
        let news = self.on != Some(on);
        self.on = Some(on);
        self.lit |= on && self.wants(now);
        if self.told.is_some_and(|(told, ..)| told == on) {
            self.told = None;
        }
        news
    }

    /// It cannot be reached; whether that is news.
    pub(super) fn is_away(&mut self) -> bool {
        let news = self.online;
        (self.online, self.on, self.told, self.lay) = (false, None, None, Heard::default());
        news
    }

    /// It was told to switch.
    pub(super) fn tell(&mut self, on: bool) {
        let tries = self.told.filter(|(told, ..)| *told == on).map_or(0, |(_, tries, _)| tries);
        (self.told, self.renewed) = (Some((on, tries + 1, Tick::now())), Tick::now());
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
            lit: self.lit,
            fault: self.fault,
            told: self.told.map(|(on, tries, at)| Told { on, tries, ago: at.elapsed() }),
            lease_due: lease.is_some_and(|lease| self.renewed.elapsed() >= lease),
        }
    }

    pub(super) fn seen(&self) -> Observation {
        Observation {
            source: Source::Plug,
            online: self.online,
            on: self.on,
            watts: self.watts,
            fault: self.fault,
        }
    }
}

#[cfg(test)]
mod tests;
