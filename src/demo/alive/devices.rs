//! Which devices there are, and at which machines.

use crate::{
    power::plugs::{Adapter, Wiring},
    simulator::plug::Make,
};

/// A controller at a machine.
#[derive(Debug, Clone, Copy)]
pub struct Controller {
    /// Slug of its machine.
    pub machine: &'static str,
    /// What the machine draws while its relay is on, in watts; nothing where it only reads badges.
    pub watts: Option<f64>,
}

/// A plug before a machine.
#[derive(Debug, Clone, Copy)]
pub struct Socket {
    /// Slug of its machine.
    pub machine: &'static str,
    /// What it is made by.
    pub make: Make,
    /// What the machine draws while it is on, in watts.
    pub watts: f64,
    /// Seconds after which it goes off by itself, where cutting does no harm.
    pub lease_seconds: Option<i32>,
}

/// Three with a relay, and three readers beside the plugs.
pub const CONTROLLERS: [Controller; 6] = [
    Controller { machine: "scie-ruban", watts: Some(1100.0) },
    Controller { machine: "perceuse-colonne", watts: Some(450.0) },
    Controller { machine: "tour-metal", watts: Some(1500.0) },
    Controller { machine: "decoupe-laser", watts: None },
    Controller { machine: "imprimante-fdm-1", watts: None },
    Controller { machine: "imprimante-fdm-2", watts: None },
];

/// One of each make.
pub const SOCKETS: [Socket; 3] = [
    Socket { machine: "decoupe-laser", make: Make::Shelly, watts: 420.0, lease_seconds: Some(60) },
    Socket { machine: "imprimante-fdm-1", make: Make::Tasmota, watts: 120.0, lease_seconds: None },
    Socket { machine: "imprimante-fdm-2", make: Make::Esphome, watts: 95.0, lease_seconds: None },
];

impl Controller {
    /// What staff call it.
    #[must_use]
    pub fn name(&self) -> String {
        let what = if self.watts.is_some() { "Contrôleur" } else { "Lecteur" };
        format!("{what} simulé : {}", self.machine)
    }
}

impl Socket {
    /// Where it is found on the broker.
    #[must_use]
    pub fn topic(&self) -> String {
        format!("demo/{}", self.machine)
    }

    /// As staff would write it down.
    #[must_use]
    pub fn wiring(&self) -> Wiring {
        let adapter = match self.make {
            Make::Tasmota => Adapter::Tasmota,
            Make::Shelly => Adapter::Shelly,
            Make::Esphome => Adapter::Esphome,
        };
        Wiring {
            adapter,
            topic: self.topic(),
            channel: Wiring::usual_channel(adapter).to_owned(),
            meter: (self.make == Make::Esphome).then(|| "power".to_owned()),
            lease_seconds: self.lease_seconds,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{CONTROLLERS, SOCKETS};
    use crate::blueprint::DEMONSTRATION;

    #[test]
    fn every_device_stands_at_a_machine_of_the_lab_and_every_plug_has_a_reader() {
        for machine in CONTROLLERS.iter().map(|one| one.machine) {
            assert!(DEMONSTRATION.contains(&format!("slug = \"{machine}\"")), "{machine}");
        }
        for socket in SOCKETS {
            let reads = |one: &&super::Controller| one.machine == socket.machine && one.watts.is_none();
            assert!(CONTROLLERS.iter().any(|one| reads(&one)), "{}", socket.machine);
        }
    }
}
