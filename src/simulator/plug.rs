//! A plug without hardware, between the broker and a machine that draws so many watts: Tasmota, Shelly or ESPHome, set
//! as it must be.
//!
//! Read in this order: this file (what a plug is, and what any of them does), `dialect` (what each says, and how it is
//! told), [`live`] (a plug on a broker).

mod dialect;
pub mod live;

#[cfg(test)]
mod tests;

/// Watts are told so often, in milliseconds: `TelePeriod 10`.
const TOLD: i64 = 10_000;

/// Which language it speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum Make {
    /// Tasmota, with the full topic that it comes with.
    Tasmota,
    /// Shelly, second generation and later.
    Shelly,
    /// ESPHome, with a switch `relay` and a sensor `power`.
    Esphome,
}

/// Something a plug says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Says {
    /// Where.
    pub topic: String,
    /// What.
    pub payload: String,
    /// Whether it stays there for those who come later.
    pub retained: bool,
}

/// A plug. It is told the time, in milliseconds, and does no I/O.
#[derive(Debug)]
pub struct Plug {
    make: Make,
    topic: String,
    on: bool,
    /// What the machine draws while it is on, in watts.
    load: f64,
    /// Tasmota's `PulseTime`, as it was set last.
    pulse: i64,
    /// When it goes off by itself.
    lease: Option<i64>,
    told_at: i64,
}

impl Plug {
    /// A plug that just got power: it is off, whatever was before.
    #[must_use]
    pub fn new(make: Make, topic: &str, load: f64) -> Self {
        Self { make, topic: topic.to_owned(), on: false, load, pulse: 0, lease: None, told_at: 0 }
    }

    /// Whether the machine has power.
    #[must_use]
    pub const fn is_on(&self) -> bool {
        self.on
    }

    /// What flows through it, in watts.
    #[must_use]
    pub const fn watts(&self) -> f64 {
        if self.on { self.load } else { 0.0 }
    }

    /// The machine draws so many watts from now on, while it is on.
    pub fn draws(&mut self, watts: f64) -> Vec<Says> {
        self.load = watts;
        self.energy()
    }

    /// Somebody presses its button.
    pub fn press(&mut self) -> Vec<Says> {
        let on = !self.on;
        self.switch(on, None)
    }

    /// Time goes by: leases run out, watts are told.
    pub fn pass(&mut self, now: i64) -> Vec<Says> {
        if self.lease.is_some_and(|lease| lease <= now) {
            return self.switch(false, None);
        }
        if now - self.told_at < TOLD {
            return Vec::new();
        }
        self.told_at = now;
        self.energy()
    }

    /// Switches, for so long where there is a lease, and says so.
    fn switch(&mut self, on: bool, lease: Option<i64>) -> Vec<Says> {
        (self.on, self.lease) = (on, lease.filter(|_| on));
        self.state().into_iter().chain(self.energy()).collect()
    }
}
