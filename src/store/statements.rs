//! Counts SQL statements, for tests that promise a constant number of them.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use diesel::connection::{DebugQuery, Instrumentation, InstrumentationEvent};

/// The number of statements run so far, transactions and savepoints not counted.
#[derive(Clone, Default)]
pub(super) struct Statements(Arc<AtomicU64>);

impl Statements {
    pub(super) fn count(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

impl Instrumentation for Statements {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        if let InstrumentationEvent::StartQuery { query, .. } = event
            && !is_bracket(query)
        {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }
}

fn is_bracket(query: &dyn DebugQuery) -> bool {
    let text = query.to_string();
    ["BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "SELECT 1; COMMIT"]
        .iter()
        .any(|word| text.starts_with(word))
}
