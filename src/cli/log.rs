//! The log, on standard error.

use std::io::{self, IsTerminal};

use tracing_subscriber::EnvFilter;

/// Who tells, as an error, of requests that cannot be read.
const MALFORMED: &str = "actix_http::h1::dispatcher";

/// Starts it; the rules were checked with the settings.
pub(super) fn start(rules: &str) {
    // What a client sends that is no HTTP is the client's fault, and no trouble of this program.
    let rules =
        if rules.contains("actix_http") { rules.to_owned() } else { format!("{rules},{MALFORMED}=off") };
    let filter = EnvFilter::new(rules);
    let logs = tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr);
    // Colours are for eyes: in a file or a journal they are rubbish around the words. `NO_COLOR` takes them away, too.
    let logs = if io::stderr().is_terminal() { logs } else { logs.with_ansi(false) };
    // A second start, in tests, changes nothing.
    let _ = logs.try_init();
}
