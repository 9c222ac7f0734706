//! Whom a controller may let in while it hears nothing: the answers the rule book would give now, written down and
//! signed.
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
    store::{self, lists::Last, scenes::Scene},
    tags,
};
use crate::{
    kernel::{Code, ControllerId, Error, Instant, MemberId, Result},
    machines::{MachineName, policy::NewStart},
    people,
    store::Db,
    wire::list::{AllowList, Entry, LONGEST_SECONDS, Sealed},
};

/// A list names so many badges at most, of those the controller has seen and that may.
const ENTRIES: usize = 200;
/// Ends are rounded down to so many seconds, so that an end that moves on with the clock is not another one each time.
const STEP: i64 = 300;
/// A clock that is a little behind finds the list valid all the same, by so many seconds.
const SLACK: i64 = 60;

/// What a list will say, before it has its version.
#[derive(Debug, Clone)]
pub struct Draft {
    machine: MachineName,
    entries: Vec<Entry>,
    /// What they say, in 32 bytes.
    print: [u8; 32],
    from: i64,
    /// The last list there was when this one was drawn up.
    last: Last,
}

/// Draws up the list of a controller's own machine: a read, however many badges the rule book is asked about.
///
/// # Errors
/// `machine_not_bound` for a machine of another controller.
pub fn draw_up(db: &mut Db, device: &Device, key: &str, now: Instant) -> Result<Draft> {
    let scene = store::scenes::at(db, key)?.ok_or_else(|| Error::refused(Code::MachineNotBound))?;
    device.owns(scene.machine.id)?;
    let last = store::lists::last(db, device.id, scene.machine.id)?;
    let entries = entries(db, device, &scene, now)?;
    let print = Sha256::digest(serde_json::to_vec(&entries).context("write entries")?).into();
    Ok(Draft { machine: scene.machine, entries, print, from: now.utc().timestamp(), last })
}

/// Gives it its version: the last one where it says the same, else the next. A short write.
///
/// # Errors
/// `machine_not_bound`; `precondition_failed` where another list was published since this one was drawn up, which might
/// know something that this one does not.
pub fn publish(db: &mut Db, device: &Device, draft: &Draft) -> Result<i64> {
    device.owns(draft.machine.id)?;
    let Last { version, print } = &draft.last;
    if print.as_deref() == Some(&draft.print[..]) {
        return Ok(*version);
    }
    let next = store::lists::next(db, (device.id, draft.machine.id), *version, draft.print)?;
    next.ok_or_else(|| Error::refused(Code::PreconditionFailed))
}

impl Draft {
    /// The list, signed for this controller.
    ///
    /// # Errors
    /// When it cannot be written as JSON.
    pub fn sealed(self, device: ControllerId, version: i64, secrets: &Secrets) -> Result<Sealed> {
        let latest = self.entries.iter().map(|entry| entry.until).max().unwrap_or(self.from);
        let list = AllowList {
            version,
            machine: self.machine.slug,
            not_before: self.from - SLACK,
            not_after: latest.min(self.from - SLACK + LONGEST_SECONDS),
            entries: self.entries,
        };
        Ok(Sealed::of(&list, &device.to_string(), &secrets.signing()).context("write an allow-list")?)
    }
}

/// Nobody, unless the machine may be started without the server and nothing locks it out; staff only, where the policy
/// says so. Who may not takes nobody else's place.
fn entries(db: &mut Db, device: &Device, scene: &Scene, now: Instant) -> Result<Vec<Entry>> {
    let staff = match scene.policy.without_server() {
        _ if scene.lockout.is_some() => return Ok(Vec::new()),
        NewStart::Deny => return Ok(Vec::new()),
        NewStart::AllowList => None,
        NewStart::StaffOnly => Some(people::staff(db)?),
    };
    let named =
        |member: MemberId| staff.as_ref().is_none_or(|staff| staff.iter().any(|one| one.id == member));
    let (mut entries, mut asked) = (Vec::new(), BTreeMap::new());
    let live = tags::live(db, device.id, now)?.into_iter().filter(|(_, badge)| named(badge.member));
    for (tag, badge) in live {
        if entries.len() == ENTRIES {
            break;
        }
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

/// Until when a badge alone would keep the machine on.
fn may(db: &mut Db, scene: &Scene, member: MemberId, now: Instant) -> Result<Option<Instant>> {
    let who = Who { member, proven: false, supervised: false, running: None };
    let said = ask(db, scene, who, now, now)?;
    Ok(said.lasting.ok().map(|lasting| lasting.accepted.period().end()))
}
