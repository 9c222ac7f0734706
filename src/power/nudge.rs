//! Wakes whoever makes power follow what should be.

use std::sync::Arc;

use tokio::sync::Notify;

/// Rung after a commit that may have changed an intent; a timer comes round anyway.
#[derive(Debug, Clone, Default)]
pub struct Nudge(Arc<Notify>);

impl Nudge {
    /// Rings; whoever waits comes once, however often it was rung.
    pub fn ring(&self) {
        self.0.notify_one();
    }

    /// Until it is rung.
    pub async fn rung(&self) {
        self.0.notified().await;
    }
}
