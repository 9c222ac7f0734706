//! The log, on standard error.

use std::io;

use tracing_subscriber::EnvFilter;

/// Starts it; the rules were checked with the settings.
pub(super) fn start(rules: &str) {
    let filter = EnvFilter::new(rules);
    // A second start, in tests, changes nothing.
    let _ = tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr).try_init();
}
