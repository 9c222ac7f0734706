//! What power machines should have and do have, and the log of both.

mod log;
mod mqtt;
mod plugs;
mod saying;

use etabli::{kernel::MachineId, machines};

use crate::world::World;

/// The saw of the small lab.
async fn saw(world: &World) -> MachineId {
    world.app.store.read(|db| Ok(machines::get(db, "scie")?.id)).await.unwrap()
}
