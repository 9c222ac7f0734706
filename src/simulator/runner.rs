//! A simulated controller that lives: real time, a real line, whatever weather.
//!
//! One thread is the controller; each request has a thread of its own, as its answer may come late or never.

use std::{
    path::PathBuf,
    sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    thread,
    time::{Duration, Instant as Stopwatch},
};

use super::{
    core::{Call, Core, Deed, Fittings, Happening, Reply},
    line::{self, Letter},
    memory::Memory,
    typed::Typed,
    weather::{Fate, Weather},
};
use crate::{
    kernel::{Clock, clock::SystemClock, words::say},
    wire::Seal,
};

/// A controller looks at its deadlines so often while it runs or waits for an answer.
const TICK: Duration = Duration::from_millis(100);
/// At rest there is only the next hello.
const REST: Duration = Duration::from_secs(1);

/// Something that reaches the controller.
#[derive(Debug)]
pub enum Input {
    /// Somebody typed something.
    Typed(Typed),
    /// A request of this start of the device was answered.
    Answer(u32, u64, Reply),
}

/// Something to be seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seen {
    /// The relay switched.
    Relay(bool),
    /// The display changed.
    Display(String),
}

/// Where a controller lives.
#[derive(Debug, Clone)]
pub struct Place {
    /// `http://host:port`.
    pub server: String,
    /// Its machine, and what it is made for.
    pub fitted: Fittings,
    /// Where its memory is kept; nowhere, if it need not survive the program.
    pub file: Option<PathBuf>,
}

/// A controller, its line and its weather.
pub struct Runner<See> {
    place: Place,
    core: Core,
    weather: Weather,
    since: Stopwatch,
    nonces: u64,
    held: Option<Call>,
    inbox: (Sender<Input>, Receiver<Input>),
    see: See,
}

impl<See: FnMut(Seen)> Runner<See> {
    /// Switches a paired controller on.
    pub fn new(place: Place, memory: Memory, see: See) -> Self {
        let (core, deeds) = Core::start(place.fitted.clone(), memory);
        let mut runner = Self {
            place,
            core,
            weather: Weather::default(),
            since: Stopwatch::now(),
            nonces: 0,
            held: None,
            inbox: channel(),
            see,
        };
        runner.perform(deeds);
        runner
    }

    /// Where to send what people type.
    #[must_use]
    pub fn inbox(&self) -> Sender<Input> {
        self.inbox.0.clone()
    }

    /// Lives until somebody types the end.
    pub fn live(&mut self) {
        loop {
            match self.inbox.1.recv_timeout(if self.core.is_busy() { TICK } else { REST }) {
                Ok(Input::Typed(Typed::Quit)) | Err(RecvTimeoutError::Disconnected) => return,
                Ok(Input::Typed(typed)) => self.obey(typed),
                Ok(Input::Answer(boot, call, reply)) => self.hear(boot, call, reply),
                Err(RecvTimeoutError::Timeout) => self.happen(Happening::Tick),
            }
        }
    }

    fn obey(&mut self, typed: Typed) {
        match typed {
            Typed::Happen(what) => self.happen(what),
            Typed::Fault(fate, times) => self.weather.expect(fate, times),
            Typed::Clear => self.weather.clear(),
            Typed::Jump(seconds) => self.core.jump(seconds),
            Typed::Cut => self.cut(),
            Typed::Wait(millis) => self.wait(Duration::from_millis(millis)),
            Typed::Quit => {}
        }
    }

    /// What is typed after a pause waits; answers do not.
    fn wait(&mut self, pause: Duration) {
        let (until, mut later) = (Stopwatch::now() + pause, Vec::new());
        while Stopwatch::now() < until {
            match self.inbox.1.recv_timeout(TICK) {
                Ok(Input::Answer(boot, call, reply)) => self.hear(boot, call, reply),
                Ok(typed) => later.push(typed),
                Err(_) => self.happen(Happening::Tick),
            }
        }
        for typed in later {
            // The receiver is this controller's own.
            let _ = self.inbox.0.send(typed);
        }
    }

    /// The power fails and comes back: what is not in the memory is gone, and so are answers under way.
    fn cut(&mut self) {
        (self.held, self.since) = (None, Stopwatch::now());
        let (core, deeds) = Core::start(self.place.fitted.clone(), self.core.memory.clone());
        self.core = core;
        self.perform(deeds);
    }

    /// An answer to what was asked before a power cut finds nobody.
    fn hear(&mut self, boot: u32, call: u64, reply: Reply) {
        if boot == self.core.memory.boots {
            self.happen(Happening::Answer(call, reply));
        }
    }

    fn happen(&mut self, what: Happening) {
        let now = i64::try_from(self.since.elapsed().as_millis()).unwrap_or(i64::MAX);
        let deeds = self.core.happen(now, what);
        self.perform(deeds);
    }

    fn perform(&mut self, deeds: Vec<Deed>) {
        let changed = !deeds.is_empty();
        for deed in deeds {
            match deed {
                Deed::Relay(on) => (self.see)(Seen::Relay(on)),
                Deed::Show(text) => (self.see)(Seen::Display(text)),
                Deed::Call(call) => self.send(call),
            }
        }
        if changed
            && let Some(file) = &self.place.file
            && let Err(error) = self.core.memory.save(file)
        {
            let values = [("error", error.to_string().into())];
            (self.see)(Seen::Display(say(self.place.fitted.locale, "sim-memory", &values)));
        }
    }

    fn send(&mut self, call: Call) {
        let fate = self.weather.fate();
        if fate == Fate::HoldBack {
            // Whatever was held back before leaves now: the two change places.
            if let Some(held) = self.held.replace(call) {
                self.post(&held, Fate::Pass);
            }
            return;
        }
        self.post(&call, fate);
        if let Some(held) = self.held.take() {
            self.post(&held, Fate::Pass);
        }
    }

    fn post(&mut self, call: &Call, fate: Fate) {
        if fate != Fate::StolenNonce {
            self.nonces += 1;
        }
        let letter = self.sealed(call);
        let (server, inbox, boot) = (self.place.server.clone(), self.inbox.0.clone(), self.core.memory.boots);
        let id = call.id;
        thread::spawn(move || {
            let reply = travel(&server, &letter, fate);
            // Nobody listens any more when the program ends.
            let _ = inbox.send(Input::Answer(boot, id, reply));
        });
    }

    fn sealed(&self, call: &Call) -> Letter {
        let path = format!("/controller/v1/{}", call.path);
        let timestamp = self.core.wall().unwrap_or_else(|| SystemClock.now().utc().timestamp());
        let nonce = format!("{}-{:012}-{:x}", self.core.boot, self.nonces, self.core.memory.boots);
        let seal = Seal { method: call.method, path: &path, timestamp, nonce: &nonce };
        let signature = seal.sign(&self.core.memory.key(), call.body.as_bytes()).to_string();
        let headers = vec![
            ("X-Controller", self.core.memory.id.clone()),
            ("X-Timestamp", timestamp.to_string()),
            ("X-Nonce", nonce),
            ("X-Signature", signature),
            ("Accept-Language", self.place.fitted.locale.tag().to_owned()),
        ];
        Letter { method: call.method, path, headers, body: call.body.clone() }
    }
}

/// What becomes of a request on its way.
fn travel(server: &str, letter: &Letter, fate: Fate) -> Reply {
    let ask = || match line::ask(server, letter) {
        Ok((status, letters)) => Reply::Said(status, letters),
        Err(_) => Reply::Silence,
    };
    match fate {
        Fate::Drop => Reply::Silence,
        Fate::DropAnswer => {
            ask();
            Reply::Silence
        }
        Fate::Stall => {
            ask();
            thread::sleep(Duration::from_secs(30));
            Reply::Silence
        }
        Fate::Delay(millis) => {
            let reply = ask();
            thread::sleep(Duration::from_millis(millis));
            reply
        }
        Fate::Twice => {
            let reply = ask();
            ask();
            reply
        }
        Fate::Pass | Fate::HoldBack | Fate::StolenNonce => ask(),
    }
}
