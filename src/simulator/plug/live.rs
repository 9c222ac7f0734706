//! A plug on a broker.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant as Stopwatch},
};

use rumqttc::{AsyncClient, Event, EventLoop, LastWill, MqttOptions, Packet, QoS};
use tokio::{
    task::JoinHandle,
    time::{interval, sleep},
};

use super::{Plug, Says};

/// Messages on their way.
const ROOM: usize = 64;

/// A plug in the wall, until it is dropped: then it is gone without a farewell, as if the cable were pulled.
#[derive(Debug)]
pub struct Plugged {
    held: Held,
    tasks: [JoinHandle<()>; 2],
}

/// What the two tasks of a plug, and whoever presses its button, have in their hands.
#[derive(Debug, Clone)]
struct Held {
    plug: Arc<Mutex<Plug>>,
    /// Why it is not connected, if it is not.
    trouble: Arc<Mutex<Option<String>>>,
    client: AsyncClient,
    since: Stopwatch,
}

impl Plugged {
    /// Puts a plug in; needs a running tokio. It connects again whenever the broker was away.
    #[must_use]
    pub fn new(plug: Plug, mut options: MqttOptions) -> Self {
        let will = plug.will();
        options.set_last_will(LastWill::new(will.topic, will.payload, QoS::AtLeastOnce, will.retained));
        options.set_clean_session(true).set_keep_alive(Duration::from_secs(15));
        let (client, mut events) = AsyncClient::new(options, ROOM);
        events.network_options.set_tcp_nodelay(true);
        let held = Held {
            plug: Arc::new(Mutex::new(plug)),
            trouble: Arc::default(),
            client,
            since: Stopwatch::now(),
        };
        let tasks = [tokio::spawn(listen(held.clone(), events)), tokio::spawn(pass(held.clone()))];
        Self { held, tasks }
    }

    /// Whether its machine has power.
    #[must_use]
    pub fn is_on(&self) -> bool {
        self.held.plug().is_on()
    }

    /// Why it has no connection to its broker, if it has none.
    #[must_use]
    pub fn trouble(&self) -> Option<String> {
        self.held.trouble().clone()
    }

    /// Somebody presses its button.
    pub fn press(&self) {
        self.held.say(Plug::press);
    }

    /// Its machine draws so many watts from now on, while it is on.
    pub fn draws(&self, watts: f64) {
        self.held.say(|plug| plug.draws(watts));
    }
}

impl Drop for Plugged {
    fn drop(&mut self) {
        self.tasks.iter().for_each(JoinHandle::abort);
    }
}

async fn listen(held: Held, mut events: EventLoop) {
    loop {
        match events.poll().await {
            Ok(Event::Incoming(Packet::ConnAck(_))) => {
                *held.trouble() = None;
                // A line that just opened has room for both.
                let _ = held.client.try_subscribe(held.plug().listens(), QoS::AtLeastOnce);
                held.say(|plug| plug.wakes());
            }
            Ok(Event::Incoming(Packet::Publish(heard))) => {
                let (now, payload) = (held.now(), String::from_utf8_lossy(&heard.payload).into_owned());
                held.say(|plug| plug.hear(now, &heard.topic, &payload));
            }
            Ok(Event::Incoming(_) | Event::Outgoing(_)) => {}
            Err(error) => {
                *held.trouble() = Some(error.to_string());
                sleep(Duration::from_secs(1)).await;
            }
        }
    }
}

async fn pass(held: Held) {
    let mut timer = interval(Duration::from_secs(1));
    loop {
        timer.tick().await;
        let now = held.now();
        held.say(|plug| plug.pass(now));
    }
}

impl Held {
    fn plug(&self) -> MutexGuard<'_, Plug> {
        self.plug.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn trouble(&self) -> MutexGuard<'_, Option<String>> {
        self.trouble.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn now(&self) -> i64 {
        i64::try_from(self.since.elapsed().as_millis()).unwrap_or(i64::MAX)
    }

    /// What finds no room while the broker is away is not said: a plug says how it is when it is back.
    fn say(&self, does: impl FnOnce(&mut Plug) -> Vec<Says>) {
        for Says { topic, payload, retained } in does(&mut self.plug()) {
            let _ = self.client.try_publish(topic, QoS::AtLeastOnce, retained, payload);
        }
    }
}
