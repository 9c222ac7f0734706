//! What happens without being asked: the courier, and verbs that run every so often.

use std::time::Duration;

use futures_util::future::join_all;
use tokio::{
    sync::watch,
    task::JoinHandle,
    time::{Instant as Tick, MissedTickBehavior, interval_at},
};
use uuid::Uuid;

use crate::{
    access,
    app::App,
    kernel::{Instant, Result},
    outbox::Courier,
    people, power, reservations,
    store::Db,
    training, training_sessions,
};

/// A verb that looks by itself for what is to be done: reminders, expiries, tidying up.
///
/// Several instances run it at the same time; it must do a thing once all the same (`NewLetter::once`, conditional
/// updates).
#[derive(Clone, Copy)]
pub struct Job {
    /// A word for the log.
    pub name: &'static str,
    /// How often.
    pub every: Duration,
    /// What it does.
    pub work: Work,
}

/// The work of a job.
#[derive(Clone, Copy)]
pub enum Work {
    /// A verb, in a transaction of its own.
    Once(fn(&mut Db, Instant) -> Result<()>),
    /// A read that finds what is to be looked at, and a verb for each of it in a transaction of its own: whoever waits
    /// for one thing waits for nothing else, and one that fails does not keep the others.
    Each(fn(&mut Db, Instant) -> Result<Vec<Uuid>>, fn(&mut Db, Uuid, Instant) -> Result<()>),
}

/// Every job of the house.
pub const JOBS: &[Job] = &[
    Job { name: "memberships_ending", every: HOUR, work: Work::Once(people::remind::due) },
    Job { name: "reservation_reminders", every: QUARTER, work: Work::Once(reservations::remind::due) },
    Job { name: "forget_sign_ins", every: HOUR, work: Work::Once(people::remind::sweep) },
    Job { name: "certifications_ending", every: HOUR, work: Work::Once(training::remind::due) },
    Job {
        name: "seats_passed_over",
        every: QUARTER,
        work: Work::Each(training_sessions::promote::due, training_sessions::promote::one),
    },
    Job {
        name: "training_reminders",
        every: QUARTER,
        work: Work::Each(training_sessions::remind::due, training_sessions::remind::one),
    },
    Job { name: "forget_controllers", every: QUARTER, work: Work::Once(access::forget::stale) },
    Job {
        name: "power_leases",
        every: HALF_MINUTE,
        work: Work::Each(access::renew::open, access::renew::one),
    },
    Job { name: "forget_cards", every: QUARTER, work: Work::Once(access::badges::forget) },
    Job { name: "forget_scans", every: DAY, work: Work::Once(access::forget::old) },
    Job { name: "quiet_plugs", every: MOMENT, work: Work::Each(access::watch::troubled, access::renew::one) },
    Job { name: "services_due", every: HOUR, work: Work::Once(access::attend::due) },
    Job {
        name: "no_shows",
        every: HALF_MINUTE,
        work: Work::Each(access::release::due, access::release::one),
    },
];

const MOMENT: Duration = Duration::from_secs(5);
const HALF_MINUTE: Duration = Duration::from_secs(30);
const HOUR: Duration = Duration::from_hours(1);
const DAY: Duration = Duration::from_hours(24);
const QUARTER: Duration = Duration::from_mins(15);

/// The tasks of a running house.
pub struct Background {
    stop: watch::Sender<bool>,
    tasks: Vec<JoinHandle<()>>,
}

impl Background {
    /// Starts the courier and the jobs; needs a running tokio.
    #[must_use]
    pub fn start(app: &App, jobs: &[Job]) -> Self {
        let (stop, stopped) = watch::channel(false);
        let courier = Courier::new(app);
        let heard = stopped.clone();
        let mut tasks = vec![tokio::spawn(async move { courier.run(heard).await })];
        tasks.extend(jobs.iter().map(|job| tokio::spawn(repeat(app.clone(), *job, stopped.clone()))));
        if let Some(broker) = app.broker.clone() {
            tasks.push(tokio::spawn(power::reconcile::run(app.clone(), broker, stopped)));
        }
        Self { stop, tasks }
    }

    /// Lets what is under way finish, and returns when it has.
    pub async fn stop(self) {
        // Nobody listens any more when every task has ended by itself.
        let _ = self.stop.send(true);
        for ended in join_all(self.tasks).await {
            if let Err(error) = ended {
                tracing::error!(%error, "a background task had died");
            }
        }
    }
}

async fn repeat(app: App, job: Job, mut stopped: watch::Receiver<bool>) {
    // The first time soon after the start, but not while it starts.
    let mut timer = interval_at(Tick::now() + Duration::from_secs(1), job.every);
    timer.set_missed_tick_behavior(MissedTickBehavior::Skip);
    loop {
        tokio::select! {
            _ = stopped.changed() => return,
            _ = timer.tick() => once(&app, job).await,
        }
    }
}

/// Runs a job now; what goes wrong is for the log.
pub async fn once(app: &App, job: Job) {
    if let Err(error) = run(app, job).await {
        tracing::error!(?error, job = job.name, "a job did not end well; it runs again");
    }
}

/// Runs a job now.
///
/// # Errors
/// The first thing that went wrong; the rest was done all the same.
pub async fn run(app: &App, job: Job) -> Result<()> {
    let now = app.now();
    let done = match job.work {
        Work::Once(verb) => app.store.write(move |db| verb(db, now)).await,
        Work::Each(find, verb) => {
            let mut done = Ok(());
            for id in app.store.read(move |db| find(db, now)).await? {
                done = done.and(app.store.write(move |db| verb(db, id, now)).await);
            }
            done
        }
    };
    app.bell.ring();
    app.power.ring();
    done
}
