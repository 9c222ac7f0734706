//! The few threads on which passwords are worked at. They are less urgent than everything else the house does: a storm
//! of sign-ins waits here, and neither calendars nor badges wait for it.

use std::{
    collections::VecDeque,
    io,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread,
    time::Duration,
};

use anyhow::Context;
use argon2::Block;
use tokio::sync::oneshot;

/// How much less urgent, in steps of `nice(1)`: about a tenth of everybody else's share of a busy processor.
const LESS_URGENT: i32 = 10;
/// How long a thread keeps its memory for the next password.
const QUIET: Duration = Duration::from_millis(100);

/// What Argon2 fills: kept between passwords while there are any, because fresh memory costs a tenth of the work.
pub(super) type Memory = Vec<Block>;

type Work = Box<dyn FnOnce(&mut Memory) + Send>;

/// Threads that live as long as somebody may ask them.
#[derive(Clone)]
pub(super) struct Threads(Arc<Asker>);

/// The last one closes the queue.
struct Asker(Arc<Queue>);

#[derive(Default)]
struct Queue {
    waiting: Mutex<Waiting>,
    news: Condvar,
}

#[derive(Default)]
struct Waiting {
    work: VecDeque<Work>,
    closed: bool,
}

impl Threads {
    pub(super) fn start(many: usize) -> io::Result<Self> {
        let queue = Arc::new(Queue::default());
        for _ in 0..many {
            let queue = Arc::clone(&queue);
            thread::Builder::new().name("passwords".to_owned()).spawn(move || queue.work())?;
        }
        Ok(Self(Arc::new(Asker(queue))))
    }

    /// Does this when its turn comes. Whoever stops waiting before has it never begin.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Memory) -> anyhow::Result<T> + Send + 'static,
    ) -> anyhow::Result<T> {
        let (tell, answer) = oneshot::channel();
        let work: Work = Box::new(move |memory| {
            if !tell.is_closed() {
                // Whoever asked may have gone meanwhile.
                drop(tell.send(work(memory)));
            }
        });
        self.0.0.lock().work.push_back(work);
        self.0.0.news.notify_one();
        answer.await.context("work at a password")?
    }
}

impl Queue {
    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn work(&self) {
        if let Err(error) = rustix::process::nice(LESS_URGENT) {
            tracing::warn!(%error, "passwords are worked at as urgently as everything else");
        }
        let mut memory = Memory::new();
        while let Some(work) = self.next(&mut memory) {
            // A panic costs its own answer, not the thread.
            if catch_unwind(AssertUnwindSafe(|| work(&mut memory))).is_err() {
                tracing::error!("work at a password panicked");
            }
        }
    }

    /// The next work; gives the memory back when none comes for a while.
    fn next(&self, memory: &mut Memory) -> Option<Work> {
        let mut waiting = self.lock();
        loop {
            if let Some(work) = waiting.work.pop_front() {
                return Some(work);
            }
            if waiting.closed {
                return None;
            }
            let (woken, time) = self
                .news
                .wait_timeout(waiting, if memory.is_empty() { Duration::MAX } else { QUIET })
                .unwrap_or_else(PoisonError::into_inner);
            waiting = woken;
            if time.timed_out() {
                *memory = Memory::new();
            }
        }
    }
}

impl Drop for Asker {
    fn drop(&mut self) {
        self.0.lock().closed = true;
        self.0.news.notify_all();
    }
}
