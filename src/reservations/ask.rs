//! Ask the gates before trying: every one of them, passed or refused, with what to do about it.

use crate::{
    gates::{
        self, Finding, Proposal,
        facts::Purpose,
        remedies::{self, Refused},
        review,
    },
    kernel::{Instant, MemberId, Period, Result},
    machines,
    store::Db,
};

/// What the rule book would say to this member for this machine and period.
pub fn ask(
    db: &mut Db,
    machine: &str,
    member: MemberId,
    period: Period,
    now: Instant,
) -> Result<Vec<Finding>> {
    let machine = machines::get(db, machine)?;
    let proposal = Proposal { period, replaces: None, keeps_start: false, overrides: Vec::new() };
    let facts = gates::gather(db, &proposal, (machine, member), Purpose::Tell, now)?;
    let refusals = gates::review(&proposal, &facts, now).err().unwrap_or_default();
    let refused = Refused { proposal: &proposal, machine: &facts.machine, member, now };
    Ok(review::told(remedies::attach(db, refusals, &refused)?))
}
