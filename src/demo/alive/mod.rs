//! The machines of the demonstration are alive: simulated controllers and plugs in the same process, which speak with
//! the house as real ones do, over HTTP and MQTT.
//!
//! Read in this order: [`devices`] (which there are), [`home`] (where they keep their memory, and that only one program
//! lends them life), [`cards`] (who holds which badge), [`settle`](mod@settle) (they are paired and wired by the verbs
//! of the rooms), [`suggest`] (what a newcomer may try now), [`hall`] (they run), [`front`] (what people type),
//! [`doors`] (opening the lab for a day).
//!
//! Invariants: no route of the house is there for the demonstration; what is typed reaches a device, and the device asks
//! the house. A device is paired once and comes back with the key it had.

pub mod cards;
pub mod devices;
pub mod doors;
pub mod front;
pub mod hall;
pub mod home;
pub mod settle;
pub mod suggest;

pub use front::Front;
pub use hall::Hall;
pub use home::Home;
