//! Whom a controller may let in while it hears nothing: the answers the rule book would give now, written down and signed.
//!
//! An entry says what a scan would be answered at this moment, with the same end: the next reservation of somebody
//! else, closing time, the end of a membership. After that end the list lets nobody in. So a list is as good as it is
//! fresh, and controllers fetch it while they can. Its version grows when its entries change; a list that says the same
//! for longer is no other list.

use std::collections::BTreeMap;

use anyhow::Context;
use sha2::{Digest, Sha256};

use super::{
    Secrets,
    ask::{Who, ask},
    model::Device,
    store::{self, scenes::Scene},
    tags,
};
use crate::{
    kernel::{Code, Error, Instant, MemberId, Result},
    machines::policy::NewStart,
    people,
    store::Db,
    wire::list::{AllowList, Entry, LONGEST_SECONDS, Sealed},
};

/// So many badges of those it has seen a list looks at.
const ENTRIES: usize = 200;
/// Ends are rounded down to so many seconds, so that an end that moves on with the clock is not another one each time.
const STEP: i64 = 300;
/// A clock that is a little behind finds the list valid all the same, by so many seconds.
const SLACK: i64 = 60;

/// The list of a controller's own machine, signed for this controller.
///
/// # Errors
/// `machine_not_bound` for a machine of another controller.
pub fn allow_list(
    db: &mut Db,
    device: &Device,
    key: &str,
    secrets: &Secrets,
    now: Instant,
) -> Result<Sealed> {
    let scene = store::scenes::at(db, key)?.ok_or_else(|| Error::refused(Code::MachineNotBound))?;
    device.owns(scene.machine.id)?;
    let entries = entries(db, device, &scene, now)?;
    let from = now.utc().timestamp();
    let latest = entries.iter().map(|entry| entry.until).max().unwrap_or(from);
    let list = AllowList {
        version: store::lists::version(db, device.id, scene.machine.id, print(&entries)?)?,
        machine: scene.machine.slug,
        not_before: from - SLACK,
        not_after: latest.min(from - SLACK + LONGEST_SECONDS),
        entries,
    };
    Ok(Sealed::of(&list, &device.id.to_string(), &secrets.signing()).context("write an allow-list")?)
}

/// Nobody, unless the machine's policy lets it start without the server and nothing locks it out; staff only, where the
/// policy says so.
fn entries(db: &mut Db, device: &Device, scene: &Scene, now: Instant) -> Result<Vec<Entry>> {
    let staff = match scene.policy.link_loss_start {
        _ if scene.lockout.is_some() => return Ok(Vec::new()),
        NewStart::Deny => return Ok(Vec::new()),
        NewStart::AllowList => None,
        NewStart::StaffOnly => Some(people::staff(db)?),
    };
    let named =
        |member: MemberId| staff.as_ref().is_none_or(|staff| staff.iter().any(|one| one.id == member));
    let (mut entries, mut asked) = (Vec::new(), BTreeMap::new());
    let live = tags::live(db, device.id, now)?.into_iter().filter(|(_, badge)| named(badge.member));
    for (tag, badge) in live.take(ENTRIES) {
        let until = match asked.get(&badge.member) {
            Some(until) => *until,
            None => *asked.entry(badge.member).or_insert(may(db, scene, badge.member, now)?),
        };
        let until = until.map(|until| badge.until.map_or(until, |end| end.min(until)));
        entries.extend(until.map(|until| Entry { tag, until: rounded(until, now) }));
    }
    Ok(entries)
}

fn rounded(until: Instant, now: Instant) -> i64 {
    let (until, now) = (until.utc().timestamp(), now.utc().timestamp());
    let even = until - until.rem_euclid(STEP);
    if even > now { even } else { until }
}

/// What the entries say, in 32 bytes.
fn print(entries: &[Entry]) -> Result<[u8; 32]> {
    Ok(Sha256::digest(serde_json::to_vec(entries).context("write entries")?).into())
}

/// Until when a badge alone would keep the machine on.
fn may(db: &mut Db, scene: &Scene, member: MemberId, now: Instant) -> Result<Option<Instant>> {
    let who = Who { member, proven: false, supervised: false, running: None };
    let said = ask(db, scene, who, now, now)?;
    Ok(said.lasting.ok().map(|lasting| lasting.accepted.period().end()))
}
