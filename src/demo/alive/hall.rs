//! The devices run.

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    sync::{
        Arc, Mutex, OnceLock, PoisonError,
        mpsc::{Receiver, Sender, channel},
    },
    thread,
};

use uuid::Uuid;

use super::{
    Home,
    devices::{Controller, SOCKETS},
    settle::Settled,
};
use crate::{
    kernel::{Locale, words::say},
    power::mqtt::Broker,
    simulator::{
        core::{Fittings, Happening},
        plug::{Plug, live::Plugged},
        runner::{Input, Place, Runner, Seen},
        typed::Typed,
    },
};

/// The devices of this program, and whoever looks at their displays.
pub struct Hall {
    /// Where the house listens: `http://HOST:PORT`.
    pub server: String,
    stations: BTreeMap<&'static str, Sender<Input>>,
    plugs: BTreeMap<&'static str, Plugged>,
    lookers: Lookers,
}

/// Those who look, and at which machine.
type Lookers = Arc<Mutex<Vec<(&'static str, Sender<String>)>>>;

impl Hall {
    /// Switches every device on; needs a running tokio for the plugs, which want a broker.
    #[must_use]
    pub fn start(home: &Home, settled: Vec<Settled>, address: SocketAddr, broker: Option<&Broker>) -> Self {
        let server = format!("http://{address}");
        let lookers = Lookers::default();
        let mut stations = BTreeMap::new();
        for Settled { controller, memory } in settled {
            let fitted = Fittings {
                machine: controller.machine.to_owned(),
                relay: controller.watts.is_some(),
                locale: Locale::Fr,
            };
            let place = Place { server: server.clone(), fitted, file: Some(home.file(&controller)) };
            let own = Arc::new(OnceLock::new());
            let mut runner = Runner::new(place, memory, display(controller, lookers.clone(), own.clone()));
            stations.insert(controller.machine, runner.inbox());
            // It is set once, here.
            let _ = own.set(runner.inbox());
            thread::spawn(move || runner.live());
        }
        let plugs = broker.map(plug_in).unwrap_or_default();
        Self { server, stations, plugs, lookers }
    }

    /// The machines that have a device, in their order.
    #[must_use]
    pub fn machines(&self) -> Vec<&'static str> {
        self.stations.keys().copied().collect()
    }

    /// The plug before a machine, if there is one.
    #[must_use]
    pub fn plug(&self, machine: &str) -> Option<&Plugged> {
        self.plugs.get(machine)
    }

    /// Something happens at a controller; whether there is one. What it shows from now on can be looked at.
    pub fn happen(&self, machine: &str, typed: Typed) -> Option<Receiver<String>> {
        let (machine, station) = self.stations.get_key_value(machine)?;
        let (look, seen) = channel();
        self.lookers.lock().unwrap_or_else(PoisonError::into_inner).push((machine, look));
        station.send(Input::Typed(typed)).ok().map(|()| seen)
    }
}

/// What is done with what a controller shows: whoever looks sees it. A machine with power draws some.
fn display(
    controller: Controller,
    lookers: Lookers,
    own: Arc<OnceLock<Sender<Input>>>,
) -> impl FnMut(Seen) + Send {
    move |seen| {
        let (key, text) = match seen {
            Seen::Relay(on) => {
                draw(controller, on, own.get());
                (if on { "sim-relay-on" } else { "sim-relay-off" }, String::new())
            }
            Seen::Display(text) => ("sim-display", text),
        };
        let line = say(Locale::Fr, key, &[("text", text.into())]);
        let mut lookers = lookers.lock().unwrap_or_else(PoisonError::into_inner);
        lookers.retain(|(machine, look)| *machine != controller.machine || look.send(line.clone()).is_ok());
    }
}

fn draw(controller: Controller, on: bool, own: Option<&Sender<Input>>) {
    let (Some(watts), Some(own)) = (controller.watts, own) else { return };
    let watts = if on { watts } else { 0.0 };
    // The controller is there: it has just spoken.
    let _ = own.send(Input::Typed(Typed::Happen(Happening::Watts(watts))));
}

fn plug_in(broker: &Broker) -> BTreeMap<&'static str, Plugged> {
    let plugged = SOCKETS.iter().map(|socket| {
        let name = format!("demo-{}-{}", socket.machine, Uuid::now_v7().simple());
        let plug = Plug::new(socket.make, &socket.topic(), socket.watts);
        (socket.machine, Plugged::new(plug, broker.options(&name)))
    });
    plugged.collect()
}
