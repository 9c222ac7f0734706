//! The demonstration lab: what is in it, and what it leaves alone.

mod accounts;
mod alive;
mod bookings;
mod broker;
pub mod command;
mod filling;

use etabli::{
    blueprint,
    demo::{self, Opened, PASSWORD},
    people,
};

use crate::world::World;

impl World {
    /// Makes the demonstration, or finds it.
    pub async fn demonstrate(&self) -> Opened {
        let (file, now) = (blueprint::read(blueprint::DEMONSTRATION).unwrap(), self.app.now());
        let hash = self.app.passwords.hash(&people::Password::new(PASSWORD)).await.unwrap();
        self.app.store.write(move |db| demo::open(db, &file, &hash, now)).await.unwrap()
    }
}
