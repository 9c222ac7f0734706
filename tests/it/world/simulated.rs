//! Simulated controllers of a world: their time is the world's, their weather is the test's.

use std::collections::VecDeque;

use chrono::TimeDelta;
use etabli::simulator::{
    core::{Call, Core, Deed, Happening, Reply},
    memory::Memory,
    weather::{Fate, Weather},
};
use reqwest::Method;
use serde_json::Value as Json;

use super::{World, badges::number, controller::Device, people::Person};

/// A controller at one machine.
pub struct Simulated<'w> {
    world: &'w World,
    pub device: Device<'w>,
    pub core: Core,
    pub weather: Weather,
    /// What somebody plays to it in place of the answer to the next request that begins like this.
    pub instead: Option<(&'static str, Reply)>,
    /// What the display shows.
    pub shown: String,
    now: i64,
    held: Option<Call>,
    nonce: String,
    /// Answers on their way, and when they arrive.
    due: Vec<(i64, u64, Reply)>,
}

impl World {
    /// A paired controller at this machine, which has said hello.
    pub async fn simulated(&self, staff: &Person<'_>, machine: &str) -> Simulated<'_> {
        let device = self.controller(staff, &[machine]).await;
        let told = device.get(&format!("pairings/{}", device.id)).await.expect(200);
        let mut memory = Memory::new(device.key.seed());
        memory.id.clone_from(&device.id);
        memory.server_key = Some(told["server_key"].as_str().unwrap().parse().unwrap());
        memory.device_key = Some(told["device_key"].as_str().unwrap().to_owned());
        let (core, deeds) = Core::start(machine, memory);
        let mut simulated = Simulated {
            world: self,
            device,
            core,
            weather: Weather::default(),
            instead: None,
            shown: String::new(),
            now: 0,
            held: None,
            nonce: String::new(),
            due: Vec::new(),
        };
        simulated.perform(deeds).await;
        simulated
    }
}

impl Simulated<'_> {
    /// Shows somebody's card.
    pub async fn badge(&mut self, person: &Person<'_>) {
        self.live(Happening::Badge(number(person.id))).await;
    }

    pub async fn live(&mut self, what: Happening) {
        let deeds = self.core.happen(self.now, what);
        self.perform(deeds).await;
    }

    /// Lets time go by, for the world too.
    pub async fn wait(&mut self, millis: i64) {
        let until = self.now + millis;
        while self.now < until {
            self.world.clock.advance(TimeDelta::milliseconds(100));
            self.pass().await;
        }
    }

    /// Time goes by, and nothing happens in it.
    pub async fn sleep(&mut self, pause: TimeDelta) {
        self.world.clock.advance(pause);
        self.now += pause.num_milliseconds();
        self.pass().await;
    }

    /// A tenth of a second, whose passing the world has noticed already.
    pub async fn pass(&mut self) {
        self.now += 100;
        let now = self.now;
        let (arrived, due): (Vec<_>, Vec<_>) = self.due.drain(..).partition(|(at, ..)| *at <= now);
        self.due = due;
        for (_, call, reply) in arrived {
            self.live(Happening::Answer(call, reply)).await;
        }
        self.live(Happening::Tick).await;
    }

    /// The power fails and comes back; answers on their way are lost.
    pub async fn cut(&mut self) {
        (self.now, self.held) = (0, None);
        self.due.clear();
        let (core, deeds) = Core::start(&self.core.machine, self.core.memory.clone());
        self.core = core;
        self.perform(deeds).await;
    }

    async fn perform(&mut self, deeds: Vec<Deed>) {
        let mut waiting = VecDeque::from(deeds);
        while let Some(deed) = waiting.pop_front() {
            let call = match deed {
                Deed::Call(call) => call,
                Deed::Show(text) => {
                    self.shown = text;
                    continue;
                }
                Deed::Relay(_) => continue,
            };
            let fate = self.weather.fate();
            let leaving = if fate == Fate::HoldBack {
                self.held.replace(call).map(|held| (held, Fate::Pass)).into_iter().collect()
            } else {
                let held = self.held.take().map(|held| (held, Fate::Pass));
                [(call, fate)].into_iter().chain(held).collect::<Vec<_>>()
            };
            for (call, fate) in leaving {
                let (delay, reply) = self.travel(&call, fate).await;
                if delay == 0 {
                    waiting.extend(self.core.happen(self.now, Happening::Answer(call.id, reply)));
                } else {
                    self.due.push((self.now + delay, call.id, reply));
                }
            }
        }
    }

    /// After how many milliseconds which answer arrives.
    async fn travel(&mut self, call: &Call, fate: Fate) -> (i64, Reply) {
        let silence = (5000, Reply::Silence);
        if let Some((_, played)) = self.instead.take_if(|(path, _)| call.path.starts_with(*path)) {
            return (0, played);
        }
        if fate == Fate::Drop {
            return silence;
        }
        let mut frame = self.device.frame(call.method.parse::<Method>().unwrap(), &call.path, &Json::Null);
        frame.body.clone_from(&call.body);
        frame.timestamp = self.core.wall().unwrap_or(frame.timestamp);
        if fate == Fate::StolenNonce {
            frame.nonce.clone_from(&self.nonce);
        }
        self.nonce.clone_from(&frame.nonce);
        let answer = self.device.send(&frame).await;
        let reply = Reply::Said(answer.status, answer.text());
        match fate {
            Fate::DropAnswer | Fate::Stall => silence,
            Fate::Delay(millis) => (i64::try_from(millis).unwrap(), reply),
            Fate::Twice => {
                self.device.send(&frame).await.problem(401, "nonce_used");
                (0, reply)
            }
            Fate::Pass | Fate::Drop | Fate::HoldBack | Fate::StolenNonce => (0, reply),
        }
    }
}
