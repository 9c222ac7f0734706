//! The only bag of dependencies: what a use case needs from outside.

use std::sync::Arc;

use crate::{
    access::Secrets,
    config::{Config, Mistake},
    kernel::{Clock, Instant},
    live::Live,
    outbox::{Bell, Mailer, mailer},
    people::Hasher,
    power::{Nudge, mqtt::Broker},
    reservations::calendar::Kept,
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
    /// Who takes letters.
    pub mailer: Arc<dyn Mailer>,
    /// Calls the courier.
    pub bell: Bell,
    /// Wakes whoever makes power follow what should be; rung after a commit.
    pub power: Nudge,
    /// Where plugs are spoken to, if anywhere.
    pub broker: Option<Broker>,
    /// What happens now, for those who listen.
    pub live: Live,
    /// What is remembered of calendars.
    pub calendars: Kept,
    /// Hashes passwords, on few threads.
    pub passwords: Hasher,
    /// The keys of the house.
    pub secrets: Secrets,
}

impl App {
    /// The house as the settings want it.
    ///
    /// # Errors
    /// One sentence when a setting turns out to be wrong.
    pub fn new(store: Store, clock: Arc<dyn Clock>, config: Config) -> Result<Self, Mistake> {
        let mailer = mailer::from_config(&config)?;
        let broker = Broker::from_config(&config)?;
        let passwords = Hasher::new(config.passwords).map_err(|error| Mistake::new(error.to_string()))?;
        let secrets = Secrets::of(&config.data_dir)?;
        let calendars = Kept::of_bytes(u64::from(config.calendars.cache_mb) * 1024 * 1024);
        Ok(Self {
            store,
            clock,
            config: Arc::new(config),
            mailer,
            bell: Bell::default(),
            power: Nudge::default(),
            broker,
            live: Live::default(),
            calendars,
            passwords,
            secrets,
        })
    }

    /// The present instant; asked once for each request and passed down.
    #[must_use]
    pub fn now(&self) -> Instant {
        self.clock.now()
    }
}
