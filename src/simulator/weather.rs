//! What may happen to requests on their way: the faults that a lab will have sooner or later, to be had at will.

use std::collections::VecDeque;

/// What becomes of one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It arrives, and so does its answer.
    Pass,
    /// It never arrives.
    Drop,
    /// It arrives; its answer does not.
    DropAnswer,
    /// It arrives; its answer comes so many milliseconds late.
    Delay(u64),
    /// It arrives twice.
    Twice,
    /// It arrives after the next one.
    HoldBack,
    /// The server takes it and says nothing until the device gives up.
    Stall,
    /// It arrives with the nonce of the one before, as a thief would send it.
    StolenNonce,
}

/// The faults to come, in order; afterwards the sky is clear.
#[derive(Debug, Clone, Default)]
pub struct Weather(VecDeque<Fate>);

impl Weather {
    /// The next requests will have this fate.
    pub fn expect(&mut self, fate: Fate, times: usize) {
        self.0.extend(std::iter::repeat_n(fate, times));
    }

    /// No faults any more.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// What becomes of the request that leaves now.
    pub fn fate(&mut self) -> Fate {
        self.0.pop_front().unwrap_or(Fate::Pass)
    }
}

impl Fate {
    /// A fault as people type it: `drop`, `drop-answer`, `delay 800`, `twice`, `hold-back`, `stall`, `stolen-nonce`.
    ///
    /// ```
    /// use etabli::simulator::weather::Fate;
    /// assert_eq!(Fate::typed("delay", Some(800)), Some(Fate::Delay(800)));
    /// assert_eq!(Fate::typed("rain", None), None);
    /// ```
    #[must_use]
    pub fn typed(name: &str, number: Option<u64>) -> Option<Self> {
        Some(match name {
            "drop" => Self::Drop,
            "drop-answer" => Self::DropAnswer,
            "delay" => Self::Delay(number.unwrap_or(800)),
            "twice" => Self::Twice,
            "hold-back" => Self::HoldBack,
            "stall" => Self::Stall,
            "stolen-nonce" => Self::StolenNonce,
            _ => return None,
        })
    }
}
