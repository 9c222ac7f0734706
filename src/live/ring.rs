//! What was told lately, and what is true now. Pure.

use std::collections::{BTreeMap, VecDeque};

use super::model::{About, Event};

/// How many events are remembered for those who come back.
const KEPT: usize = 2048;

/// What was told so far.
#[derive(Debug, Default)]
pub struct Ring {
    /// The last event about each thing.
    current: BTreeMap<About, Event>,
    /// The latest events, in their order.
    told: VecDeque<Event>,
    /// The number of the last event.
    last: u64,
}

impl Ring {
    /// Takes in what is true now: what is another than before becomes an event. Whether there was any.
    ///
    /// ```
    /// use etabli::live::{model::About, ring::Ring};
    /// let saw = || About::Power("scie".to_owned());
    /// let mut ring = Ring::default();
    /// assert!(ring.take_in(vec![(saw(), "free".to_owned())]));
    /// assert!(!ring.take_in(vec![(saw(), "free".to_owned())]));
    /// let seen = ring.last();
    /// assert!(ring.take_in(vec![(saw(), "in_use".to_owned())]));
    /// assert_eq!(ring.after(Some(seen)).len(), 1);
    /// assert_eq!(ring.after(None).len(), 1, "who knows nothing is told what is true now");
    /// ```
    pub fn take_in(&mut self, now: Vec<(About, String)>) -> bool {
        let before = self.last;
        for (about, data) in now {
            if self.current.get(&about).is_some_and(|known| known.data == data) {
                continue;
            }
            self.last += 1;
            let event = Event { number: self.last, name: about.name(), data };
            self.told.push_back(event.clone());
            self.current.insert(about, event);
        }
        while self.told.len() > KEPT {
            self.told.pop_front();
        }
        self.last > before
    }

    /// The number of the last event.
    #[must_use]
    pub const fn last(&self) -> u64 {
        self.last
    }

    /// What somebody who has heard everything up to `heard` has to be told: the events since, or what is true now where
    /// they heard nothing, or were away for too long.
    #[must_use]
    pub fn after(&self, heard: Option<u64>) -> Vec<Event> {
        let oldest = self.told.front().map_or(self.last + 1, |event| event.number);
        match heard {
            Some(heard) if heard <= self.last && heard + 1 >= oldest => {
                self.told.iter().filter(|event| event.number > heard).cloned().collect()
            }
            _ => {
                let mut current: Vec<Event> = self.current.values().cloned().collect();
                current.sort_by_key(|event| event.number);
                current
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{About, KEPT, Ring};

    fn told(ring: &mut Ring, machine: &str, data: &str) -> bool {
        ring.take_in(vec![(About::Power(machine.to_owned()), data.to_owned())])
    }

    #[test]
    fn who_was_away_hears_what_they_missed_and_nothing_twice() {
        let mut ring = Ring::default();
        told(&mut ring, "scie", "free");
        told(&mut ring, "tour", "free");
        let heard = ring.last();
        told(&mut ring, "scie", "in_use");
        told(&mut ring, "scie", "free");
        let missed: Vec<String> = ring.after(Some(heard)).into_iter().map(|event| event.data).collect();
        assert_eq!(missed, ["in_use", "free"]);
        assert!(ring.after(Some(ring.last())).is_empty());
    }

    #[test]
    fn who_was_away_too_long_or_heard_the_future_is_told_what_is_true_now() {
        let mut ring = Ring::default();
        told(&mut ring, "tour", "free");
        let heard = ring.last();
        for number in 0..=KEPT {
            told(&mut ring, "scie", &number.to_string());
        }
        let current: Vec<String> = ring.after(Some(heard)).into_iter().map(|event| event.data).collect();
        assert_eq!(current, ["free", &KEPT.to_string()]);
        assert_eq!(ring.after(Some(ring.last() + 9)).len(), 2);
    }
}
