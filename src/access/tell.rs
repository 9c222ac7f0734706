//! A controller tells what happened to it.

use serde_json::json;

use super::{
    adopt::adopt,
    model::{Chain, Device, Joint, Told},
    rules, store,
};
use crate::{
    kernel::{ControllerId, Instant, Result},
    power::log,
    store::Db,
    wire::{Event, Link},
};

/// What the device knows of its own clock as it tells.
#[derive(Debug, Clone)]
pub struct Telling {
    /// Which start of the device this is.
    pub boot: String,
    /// Milliseconds since that start.
    pub mono_ms: i64,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    /// Where the chain ends now: the device may forget what is before.
    pub chain: Chain,
    /// Events that were new.
    pub new: u32,
    /// Events that were known already, letter by letter.
    pub known: u32,
    /// New ones that did not hang on the one before.
    pub loose: u32,
}

/// Keeps what is new, and says how it hangs together. Telling twice is telling once. A batch with anything new is one
/// line in the log of power, so that the end of the device's chain stands in the house's own.
pub fn tell(
    db: &mut Db,
    device: &Device,
    telling: &Telling,
    events: &[Event],
    now: Instant,
) -> Result<Heard> {
    let chain = store::events::take_chain(db, device.id)?;
    let mut heard = Heard { chain, new: 0, known: 0, loose: 0 };
    for event in events {
        take(db, device, (telling, event), &mut heard, now)?;
    }
    if heard.new > 0 {
        store::events::put_chain(db, device.id, &heard.chain)?;
        log::append(db, line(device, &heard, now))?;
    }
    Ok(heard)
}

fn take(
    db: &mut Db,
    device: &Device,
    (telling, event): (&Telling, &Event),
    heard: &mut Heard,
    now: Instant,
) -> Result<()> {
    let hash = event.hash(&device.id.to_string());
    let same = store::events::hashes(db, device.id, &event.boot_id, event.seq)?;
    if same.contains(&hash) {
        heard.known += 1;
        return Ok(());
    }
    let before = store::events::hashes(db, device.id, &event.boot_id, event.seq - 1)?;
    let joint = rules::joint(&heard.chain, event, !same.is_empty(), &before);
    let at = rules::happened((&telling.boot, telling.mono_ms), event, now);
    let told = kept(device, event, (hash, joint), at, now);
    store::events::insert(db, &told)?;
    if joint != Joint::Fork {
        adopt(db, device, &told, now)?;
    }
    heard.new += 1;
    heard.loose += u32::from(!matches!(joint, Joint::Chained | Joint::Late));
    heard.chain = rules::after(&heard.chain, event, hash, joint);
    Ok(())
}

fn kept(device: &Device, event: &Event, (hash, link): (Link, Joint), at: Instant, now: Instant) -> Told {
    Told {
        controller: device.id,
        boot: event.boot_id.clone(),
        seq: event.seq,
        hash,
        prev: event.prev,
        link,
        at,
        mono_ms: event.mono_ms,
        wall: event.wall,
        kind: event.kind.clone(),
        details: event.data.get().to_owned(),
        received_at: now,
    }
}

fn line(device: &Device, heard: &Heard, now: Instant) -> log::Event {
    let Heard { chain, new, loose, .. } = heard;
    log::Event {
        at: now,
        kind: if *loose > 0 { "controller_log_broken" } else { "controller_log" },
        machine: None,
        session: None,
        controller: Some(device.id),
        member: None,
        data: json!({ "boot": chain.boot, "seq": chain.seq, "hash": chain.hash, "new": new, "loose": loose }),
    }
}

/// Where the chain of a controller ends, and the last 200 events it told, the newest first.
pub fn told(db: &mut Db, controller: ControllerId) -> Result<(Option<Chain>, Vec<Told>)> {
    Ok((store::events::chain(db, controller)?, store::events::latest(db, controller, 200)?))
}
