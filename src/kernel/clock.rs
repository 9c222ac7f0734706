//! The one place where the house looks at a clock.

use std::sync::{
    Mutex, PoisonError,
    atomic::{AtomicI64, Ordering},
};

use chrono::TimeDelta;

use super::Instant;

/// Tells the time. The wiring asks it once for each request and passes `now` down.
pub trait Clock: Send + Sync + 'static {
    /// The present instant.
    fn now(&self) -> Instant;
}

/// The computer's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the clock the others are told to ask")]
    fn now(&self) -> Instant {
        Instant::from_utc(chrono::Utc::now())
    }
}

/// A clock that moves only when told to, for tests and simulations.
#[derive(Debug)]
pub struct HandClock {
    start: Mutex<Instant>,
    moved: AtomicI64,
}

impl HandClock {
    /// A clock that shows `start`.
    #[must_use]
    pub const fn at(start: Instant) -> Self {
        Self { start: Mutex::new(start), moved: AtomicI64::new(0) }
    }

    /// Shows another instant from now on.
    pub fn set(&self, instant: Instant) {
        *self.start.lock().unwrap_or_else(PoisonError::into_inner) = instant;
        self.moved.store(0, Ordering::SeqCst);
    }

    /// Moves on by so much.
    pub fn advance(&self, by: TimeDelta) {
        self.moved.fetch_add(by.num_microseconds().unwrap_or(i64::MAX), Ordering::SeqCst);
    }
}

impl Clock for HandClock {
    fn now(&self) -> Instant {
        let start = *self.start.lock().unwrap_or_else(PoisonError::into_inner);
        start + TimeDelta::microseconds(self.moved.load(Ordering::SeqCst))
    }
}
