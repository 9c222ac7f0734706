//! The only bag of dependencies: what a use case needs from outside.

use std::sync::Arc;

use crate::{
    config::Config,
    kernel::{Clock, Instant},
    store::Store,
};

/// Everything the house leans on. Cheap to clone.
#[derive(Clone)]
pub struct App {
    /// Where everything is kept.
    pub store: Store,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// The settings.
    pub config: Arc<Config>,
}

impl App {
    /// The present instant; asked once for each request and passed down.
    #[must_use]
    pub fn now(&self) -> Instant {
        self.clock.now()
    }
}
