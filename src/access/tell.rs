//! A controller tells what happened to it.

use chrono::TimeDelta;
use serde_json::json;

use super::{
    adopt::adopt,
    model::{Chain, Device, Joint, Told},
    rules, store,
};
use crate::{
    kernel::{Code, ControllerId, Instant, Refusal, Result},
    power::log,
    store::Db,
    wire::{Event, Link},
};

/// A controller tells so many new events in 24 hours. The busiest machine makes some hundreds; one that is broken must
/// not fill the disk.
pub const A_DAY: i64 = 5000;

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
    /// Those there was no room for today: they are told later.
    pub put_off: u32,
}

/// Keeps what is new, and says how it hangs together. Telling twice is telling once. A batch with anything new is one
/// line in the log of power, so that the end of the device's chain stands in the house's own.
///
/// # Errors
/// `too_many_tries` when none can be kept today: the device keeps them, and tells them later.
pub fn tell(
    db: &mut Db,
    device: &Device,
    telling: &Telling,
    events: &[Event],
    now: Instant,
) -> Result<Heard> {
    let chain = store::events::take_chain(db, device.id)?;
    let mut heard = Heard { chain, new: 0, known: 0, loose: 0, put_off: 0 };
    let mut room = A_DAY - store::events::since(db, device.id, now - TimeDelta::days(1))?;
    for (place, event) in events.iter().enumerate() {
        if room <= 0 && !is_known(db, device, event)? {
            // Those after it would leave a gap.
            heard.put_off = u32::try_from(events.len() - place).unwrap_or(u32::MAX);
            metrics::counter!("etabli_controller_events_put_off_total").increment(heard.put_off.into());
            break;
        }
        let before = heard.new;
        take(db, device, (telling, event), &mut heard, now)?;
        room -= i64::from(heard.new - before);
    }
    if heard.put_off > 0 && heard.new + heard.known == 0 {
        return Err(later(db, device, now)?.into());
    }
    if heard.new > 0 {
        store::events::put_chain(db, device.id, &heard.chain)?;
        log::append(db, line(device, &heard, now))?;
    }
    Ok(heard)
}

fn is_known(db: &mut Db, device: &Device, event: &Event) -> Result<bool> {
    let hash = event.hash(&device.id.to_string());
    Ok(store::events::hashes(db, device.id, &event.boot_id, event.seq)?.contains(&hash))
}

/// When there is room again: a day after the first of the last [`A_DAY`].
fn later(db: &mut Db, device: &Device, now: Instant) -> Result<Refusal> {
    let first = store::events::received_before(db, device.id, A_DAY - 1)?.unwrap_or(now);
    let wait = u64::try_from((first + TimeDelta::days(1) - now).num_seconds()).unwrap_or(0);
    Ok(Refusal::new(Code::TooManyTries).retry_after(wait + 1))
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
    let Heard { chain, new, loose, put_off, .. } = heard;
    log::Event {
        at: now,
        kind: if *loose > 0 { "controller_log_broken" } else { "controller_log" },
        machine: None,
        session: None,
        controller: Some(device.id),
        member: None,
        data: json!({
            "boot": chain.boot, "seq": chain.seq, "hash": chain.hash, "new": new, "loose": loose,
            "put_off": put_off,
        }),
    }
}

/// Where the chain of a controller ends, and the last 200 events it told, the newest first.
pub fn told(db: &mut Db, controller: ControllerId) -> Result<(Option<Chain>, Vec<Told>)> {
    Ok((store::events::chain(db, controller)?, store::events::latest(db, controller, 200)?))
}
