//! The devices are paired and wired, and the badges given: by the verbs that staff and devices use.

use anyhow::Context;
use uuid::Uuid;

use super::{
    Home, cards,
    devices::{CONTROLLERS, Controller, SOCKETS},
};
use crate::{
    access::{
        BadgeKey, Device, Secrets,
        accept::{Accepting, accept},
        model::State,
        pair::{self, Asking},
        scan::Place,
    },
    app::App,
    demo::accounts::address,
    kernel::{Code, ControllerId, Instant, MemberId, Result},
    machines, people,
    power::plugs::edit,
    simulator::memory::Memory,
    store::Db,
    wire::PublicKey,
};

/// What a device says of itself.
const FIRMWARE: &str = "etabli-simulator 1.0";
/// What a code is made of.
const LETTERS: &[u8; 31] = b"ABCDEFGHJKMNPQRSTUVWXYZ23456789";

/// A controller that is paired, and what it remembers.
#[derive(Debug, Clone)]
pub struct Settled {
    /// Which one.
    pub controller: Controller,
    /// Its key, its identifier, and all it lived through.
    pub memory: Memory,
}

/// Makes every device one of the house, or finds that it is; a machine that is not there has none.
///
/// # Errors
/// When the demonstration's staff are not there, or something breaks.
pub async fn settle(app: &App, home: &Home) -> Result<Vec<Settled>> {
    let mut all: Vec<Settled> = Vec::new();
    for controller in CONTROLLERS {
        all.push(Settled { controller, memory: home.memory(&controller)? });
    }
    let mut paired = pair_all(app, &all).await?;
    if paired.contains(&Paired::Distrusted) {
        // Staff took the trust back: in the morning there is a new one.
        for (one, _) in all.iter_mut().zip(&paired).filter(|(_, paired)| **paired == Paired::Distrusted) {
            one.memory = fresh()?;
        }
        paired = pair_all(app, &all).await?;
    }
    let mut settled = Vec::new();
    for (mut one, paired) in all.into_iter().zip(paired) {
        let Paired::As(id) = paired else { continue };
        if one.memory.id != id.to_string() {
            // The database is another one: nothing that happened before happened there.
            one.memory = Memory::new(one.memory.key().seed());
            one.memory.id = id.to_string();
        }
        one.memory.server_key = Some(app.secrets.public());
        one.memory.device_key = Some(hex::encode(app.secrets.device(id)));
        one.memory.save(&home.file(&one.controller))?;
        settled.push(one);
    }
    furnish(app, &settled).await?;
    Ok(settled)
}

fn fresh() -> Result<Memory> {
    let mut seed = [0; 32];
    getrandom::fill(&mut seed).map_err(|error| anyhow::anyhow!("no randomness: {error}"))?;
    Ok(Memory::new(&seed))
}

/// What became of asking to be paired.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Paired {
    /// It is a controller of the house.
    As(ControllerId),
    /// Its key is not trusted any more.
    Distrusted,
    /// The machine is not there.
    Nowhere,
}

async fn pair_all(app: &App, all: &[Settled]) -> Result<Vec<Paired>> {
    let now = app.now();
    let keys: Vec<_> = all.iter().map(|one| (one.controller, one.memory.key().public())).collect();
    app.store.write(move |db| keys.iter().map(|(one, key)| pair(db, *one, *key, now)).collect()).await
}

/// The device asks, staff accept it by its code; asking again is the same request.
fn pair(db: &mut Db, controller: Controller, key: PublicKey, now: Instant) -> Result<Paired> {
    if machines::store::find(db, controller.machine)?.is_none() {
        return Ok(Paired::Nowhere);
    }
    let asking = Asking { public_key: key, code: code(&key), firmware: FIRMWARE.to_owned() };
    let record = match pair::ask(db, &asking, &Uuid::now_v7().to_string(), now) {
        Err(error) if error.code() == Code::ControllerRevoked => return Ok(Paired::Distrusted),
        asked => asked?,
    };
    if record.state == State::Waiting {
        let machines = vec![controller.machine.to_owned()];
        let accepting = Accepting { code: asking.code, name: controller.name(), machines };
        let by = staff(db)?;
        accept(db, by, &accepting, now)?;
    }
    Ok(Paired::As(record.id))
}

/// Puts the plugs before their machines, and gives the badges.
async fn furnish(app: &App, settled: &[Settled]) -> Result<()> {
    let Some(first) = settled.first().cloned() else { return Ok(()) };
    let (now, key, secrets) = (app.now(), BadgeKey::of(&app.secrets), app.secrets.clone());
    let write = move |db: &mut Db| {
        let by = staff(db)?;
        wire(db, by, now)?;
        give(db, &first, (&key, &secrets), by, now)
    };
    app.store.write(write).await
}

fn wire(db: &mut Db, by: MemberId, now: Instant) -> Result<()> {
    let known = edit::list(db)?;
    for socket in SOCKETS {
        let Some(machine) = machines::store::find(db, socket.machine)? else { continue };
        if known.iter().all(|plug| plug.machine != machine.id) {
            edit::add(db, socket.machine, socket.wiring(), by, now)?;
        }
    }
    Ok(())
}

fn give(
    db: &mut Db,
    first: &Settled,
    (key, secrets): (&BadgeKey, &Secrets),
    by: MemberId,
    now: Instant,
) -> Result<()> {
    let (controller, machine) = (first.controller, machines::get(db, first.controller.machine)?.id);
    let id = first.memory.id.parse().context("the identifier of a controller")?;
    let listing = secrets.device(id);
    let device = Device { id, name: controller.name(), machines: vec![machine] };
    cards::hand_out(db, &Place { device: &device, key, listing: &listing, now }, controller.machine, by)
}

fn staff(db: &mut Db) -> Result<MemberId> {
    let found = people::find(db, &address("staff"))?;
    Ok(found.context("the demonstration has no staff")?.id)
}

/// Six letters that no other key of this house would show.
fn code(key: &PublicKey) -> String {
    let letter = |byte: &u8| LETTERS.get(usize::from(*byte) % LETTERS.len()).copied().map_or('A', char::from);
    key.bytes().iter().take(6).map(letter).collect()
}
