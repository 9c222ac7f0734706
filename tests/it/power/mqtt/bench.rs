//! A saw behind a plug, and somebody who speaks with the plug.

use std::time::Duration;

use chrono::TimeDelta;
use diesel::{ExpressionMethods, QueryDsl, RunQueryDsl};
use etabli::{
    app::App,
    kernel::{Instant, MachineId, PowerSessionId},
    power::{self, Intent, Observed, plugs::Adapter, reconcile},
    store::schema::power_event,
};
use serde_json::json;
use tokio::{sync::watch, task::JoinHandle};

use super::{super::saw, broker::Broker};
use crate::world::World;

/// How long a test waits for what must come: what is said every ten seconds comes at least once.
const LONG: Duration = Duration::from_secs(20);

pub struct Bench {
    pub world: World,
    pub broker: Broker,
    pub saw: MachineId,
    pub plug: String,
    app: App,
    speaking: Vec<(watch::Sender<bool>, JoinHandle<()>)>,
}

impl Bench {
    /// Somebody speaks with the saw's plug through a broker.
    pub async fn with(adapter: Adapter, broker: Broker) -> Self {
        let mut bench = Self::silent(adapter, broker).await;
        bench.speak();
        bench
    }

    /// The same before anybody speaks.
    pub async fn silent(adapter: Adapter, broker: Broker) -> Self {
        Self::found_at("bois/scie", adapter, broker).await
    }

    /// The same elsewhere on the broker.
    pub async fn found_at(topic: &str, adapter: Adapter, broker: Broker) -> Self {
        let world = World::with_lab().await;
        let staff = world.staff().await;
        let mut wish = json!({ "machine": "scie", "adapter": adapter, "topic": topic, "lease_seconds": 15 });
        if adapter == Adapter::Esphome {
            wish["meter"] = json!("power");
        }
        let plug = staff.post("plugs", wish).await.expect(201)["id"].as_str().unwrap().to_owned();
        let mut config = (*world.app.config).clone();
        config.mqtt_url = broker.url().into();
        config.mqtt_discovery = "homeassistant".into();
        let app = App::new(world.app.store.clone(), world.clock.clone(), config).unwrap();
        let saw = saw(&world).await;
        drop(staff);
        Self { world, broker, saw, plug, app, speaking: Vec::new() }
    }

    /// One more instance that would speak with the plugs.
    pub fn speak(&mut self) {
        let (stop, stopped) = watch::channel(false);
        let broker = self.app.broker.clone().unwrap();
        self.speaking.push((stop, tokio::spawn(reconcile::run(self.app.clone(), broker, stopped))));
    }

    /// The instance that began first stops.
    pub async fn first_stops(&mut self) {
        let (stop, task) = self.speaking.remove(0);
        stop.send(true).unwrap();
        task.await.unwrap();
    }

    /// Whoever speaks with the plugs is killed.
    pub fn first_is_killed(&mut self) {
        let (_, task) = self.speaking.remove(0);
        task.abort();
    }

    pub fn now(&self) -> Instant {
        self.app.now()
    }

    /// A session of half an hour begins.
    pub async fn session(&self) -> PowerSessionId {
        let session = PowerSessionId::new();
        let until = Some(self.app.now() + TimeDelta::minutes(30));
        self.intend(Intent { on: true, until, session: Some(session) }).await;
        session
    }

    pub async fn nobody(&self) {
        self.intend(Intent { on: false, until: None, session: None }).await;
    }

    pub async fn intend(&self, intent: Intent) {
        let (saw, now) = (self.saw, self.app.now());
        self.app.store.write(move |db| power::intend(db, saw, intent, now)).await.unwrap();
        self.app.power.ring();
    }

    pub async fn observed(&self) -> Option<Observed> {
        let saw = self.saw;
        self.app.store.read(move |db| power::observed(db, saw)).await.unwrap()
    }

    /// What happened to the saw, in order.
    pub async fn events(&self) -> Vec<String> {
        let saw = self.saw;
        let read = self.app.store.read(move |db| {
            let told = power_event::table.filter(power_event::machine_id.eq(saw)).order(power_event::seq);
            Ok(told.select(power_event::kind).load(db)?)
        });
        read.await.unwrap()
    }

    /// Waits for what must be observed.
    pub async fn until(&self, what: &str, right: impl Fn(&Observed) -> bool) {
        eventually(what, async || self.observed().await.as_ref().is_some_and(&right)).await;
    }

    /// Waits for what must happen.
    pub async fn until_event(&self, kind: &str) {
        eventually(kind, async || self.events().await.iter().any(|event| event == kind)).await;
    }
}

impl Drop for Bench {
    fn drop(&mut self) {
        self.speaking.iter().for_each(|(_, task)| task.abort());
    }
}

/// Waits for what must come.
pub async fn eventually(what: &str, right: impl AsyncFn() -> bool) {
    let began = tokio::time::Instant::now();
    while !right().await {
        assert!(began.elapsed() < LONG, "it never came to this: {what}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

pub async fn seconds(seconds: f64) {
    tokio::time::sleep(Duration::from_secs_f64(seconds)).await;
}
