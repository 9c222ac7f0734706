//! A controller of the lab, and what a bystander writes down of it.

use std::collections::VecDeque;

use chrono::{TimeDelta, Timelike};
use etabli::{
    kernel::{Clock, Instant},
    simulator::{
        core::{Call, Core, Deed, Happening, Reply},
        memory::Memory,
        weather::Fate,
    },
};
use reqwest::Method;
use serde_json::Value as Json;

use super::{
    bystander::Run,
    line::{Coming, Line, PATIENCE},
    place::Spot,
};
use crate::world::{World, controller::Device, people::Person};

/// A controller that has something to do looks at its deadlines so often.
pub const TICK: TimeDelta = TimeDelta::seconds(10);
/// One whose machine runs while nothing happens, so often.
const LULL: TimeDelta = TimeDelta::seconds(20);
/// One that has nothing to do, so often; at night less often still.
const NAP: TimeDelta = TimeDelta::hours(3);
const SLEEP: TimeDelta = TimeDelta::hours(6);

/// A controller.
pub struct Reader<'w> {
    world: &'w World,
    pub device: Device<'w>,
    pub core: Core,
    pub spot: usize,
    pub line: Line,
    pub runs: Vec<Run>,
    booted: Instant,
    pub wakes: Instant,
    /// When a badge was shown that waits for its verdict.
    asked: Option<Instant>,
    /// What the machine draws while it is on, and since when.
    pub meter: (f64, Instant),
    /// The card that was shown last, and the one that the machine is on for.
    pub shown: String,
    pub started_by: String,
    /// How often its clock was set wrong.
    pub jumps: usize,
}

impl<'w> Reader<'w> {
    /// Pairs a controller and switches it on.
    pub async fn switched_on(world: &'w World, staff: &Person<'_>, (at, spot): (usize, &Spot)) -> Self {
        let device = world.controller(staff, &[&spot.slug]).await;
        let told = device.get(&format!("pairings/{}", device.id)).await.expect(200);
        let mut memory = Memory::new(device.key.seed());
        memory.id.clone_from(&device.id);
        memory.server_key = Some(told["server_key"].as_str().unwrap().parse().unwrap());
        memory.device_key = Some(told["device_key"].as_str().unwrap().to_owned());
        let (core, deeds) = Core::start(&spot.slug, memory);
        let now = world.clock.now();
        let heard = if spot.metered { TimeDelta::seconds(100) } else { TimeDelta::seconds(580) };
        let mut reader = Self {
            world,
            device,
            core,
            spot: at,
            line: Line::new(heard),
            runs: Vec::new(),
            booted: now,
            wakes: now,
            asked: None,
            meter: (0.0, now),
            shown: String::new(),
            started_by: String::new(),
            jumps: 0,
        };
        reader.perform(deeds).await;
        reader
    }

    pub fn now(&self) -> Instant {
        self.world.clock.now()
    }

    /// The run that goes on.
    pub fn running(&self) -> Option<&Run> {
        self.runs.last().filter(|run| run.ended.is_none())
    }

    pub async fn badge(&mut self, number: &str) {
        number.clone_into(&mut self.shown);
        self.live(Happening::Badge(number.to_owned())).await;
    }

    pub async fn live(&mut self, what: Happening) {
        let deeds = self.core.happen(self.millis(), what);
        self.notice();
        self.perform(deeds).await;
    }

    /// Time has gone by.
    pub async fn tick(&mut self) {
        for Coming { call, reply, late, .. } in self.line.arrived(self.now()) {
            let deeds = self.hear(call, reply, late);
            self.perform(deeds).await;
        }
        if let Some(call) = self.line.let_go(self.now()) {
            let deeds = self.travel(&call, Fate::Pass).await;
            self.perform(deeds).await;
        }
        self.live(Happening::Tick).await;
    }

    /// The power fails and comes back.
    pub async fn cut(&mut self) {
        let now = self.now();
        self.line.trouble(now);
        self.line.cut();
        if let Some(run) = self.runs.last_mut().filter(|run| run.ended.is_none()) {
            // What it drew after its last word nobody heard.
            run.rough = true;
        }
        self.end_run();
        (self.booted, self.asked) = (now, None);
        let (core, deeds) = Core::start(&self.core.machine, self.core.memory.clone());
        self.core = core;
        assert!(!self.core.is_on(), "on after a power cut");
        self.perform(deeds).await;
    }

    /// Somebody sets its clock wrong.
    pub fn jump(&mut self, seconds: i64) {
        self.line.trouble(self.now());
        self.core.jump(seconds);
        self.jumps += 1;
    }

    /// The machine draws so much from now on.
    pub async fn draw(&mut self, watts: f64) {
        self.count();
        self.meter.0 = watts;
        self.line.anew = true;
        self.live(Happening::Watts(watts)).await;
    }

    fn millis(&self) -> i64 {
        (self.now() - self.booted).num_milliseconds()
    }

    async fn perform(&mut self, deeds: Vec<Deed>) {
        let mut waiting = VecDeque::from(deeds);
        while let Some(deed) = waiting.pop_front() {
            let Deed::Call(call) = deed else { continue };
            for (call, fate) in self.line.leaving(call, self.now()) {
                waiting.extend(self.travel(&call, fate).await);
            }
        }
        self.wakes = self.next();
    }

    /// Sends a request on its way; what the controller does if it hears at once.
    async fn travel(&mut self, call: &Call, fate: Fate) -> Vec<Deed> {
        let now = self.now();
        if let Some(reply) = self.line.remembered(call, now).filter(|_| fate == Fate::Pass) {
            return self.take(call.id, reply, false);
        }
        let reply = if fate == Fate::Drop { Reply::Silence } else { self.send(call, fate).await };
        self.line.keep(call, &reply, now);
        let scan = call.path == "scans";
        match Line::arrival(fate, now) {
            None => self.hear(call.id, reply, false),
            Some((at, brings)) => {
                let reply = if brings { reply } else { Reply::Silence };
                let late = scan && at - now > PATIENCE;
                self.asked = scan.then_some(now).or(self.asked);
                self.line.coming.push(Coming { at, call: call.id, reply, late });
                Vec::new()
            }
        }
    }

    async fn send(&mut self, call: &Call, fate: Fate) -> Reply {
        let mut frame = self.device.frame(call.method.parse::<Method>().unwrap(), &call.path, &Json::Null);
        frame.body.clone_from(&call.body);
        frame.timestamp = self.core.wall().unwrap_or(frame.timestamp);
        if let Some(overheard) = self.line.overheard.as_ref().filter(|_| fate == Fate::StolenNonce) {
            frame.nonce.clone_from(&overheard.nonce);
        }
        self.line.overheard = Some(frame.clone());
        self.line.sent += 1;
        let answer = self.device.send(&frame).await;
        assert!(answer.status < 500, "{} {}: {}", call.path, answer.status, answer.text());
        if fate == Fate::Twice {
            let again = self.device.send(&frame).await;
            assert_eq!(again.status, 401, "twice: {}", again.text());
        }
        Reply::Said(answer.status, answer.text())
    }

    fn hear(&mut self, call: u64, reply: Reply, late: bool) -> Vec<Deed> {
        self.line.hear(&reply);
        self.take(call, reply, late)
    }

    fn take(&mut self, call: u64, reply: Reply, late: bool) -> Vec<Deed> {
        let before = self.core.is_on();
        let deeds = self.core.happen(self.millis(), Happening::Answer(call, reply));
        assert!(before || !late || !self.core.is_on(), "a late grant switched {} on", self.core.machine);
        self.notice();
        deeds
    }

    /// Whether there is something to do.
    pub fn is_awake(&self) -> bool {
        let memory = &self.core.memory;
        let waits = !self.line.coming.is_empty() || self.line.holds_back();
        self.core.is_on() || waits || !memory.events.is_empty() || !memory.ends.is_empty()
    }

    /// Until when its machine may be on: as the house said last, or as it was when it began without the house.
    pub fn lease(&self) -> Instant {
        let run = self.running().expect("a machine that is on");
        let told = run.session.as_ref().and_then(|session| self.line.leases.get(session));
        *told.unwrap_or(&run.until)
    }

    fn next(&mut self) -> Instant {
        let now = self.now();
        let usual = match (self.is_awake(), is_night(now)) {
            _ if self.core.is_on() && self.meter.0 == 0.0 && self.line.lulls(now) => {
                (now + LULL).min(self.lease())
            }
            (true, _) => now + TICK,
            (false, false) => now + NAP,
            (false, true) => now + SLEEP,
        };
        let patience = self.asked.map(|at| at + PATIENCE + TimeDelta::milliseconds(1)).filter(|at| *at > now);
        self.asked = self.asked.filter(|_| patience.is_some());
        let coming = self.line.coming.iter().map(|coming| coming.at).min();
        [patience, coming]
            .into_iter()
            .flatten()
            .fold(usual, Instant::min)
            .max(now + TimeDelta::milliseconds(1))
    }
}

/// Nobody is there.
pub fn is_night(now: Instant) -> bool {
    !(7..20).contains(&now.utc().hour())
}
