//! Ask the gates again for what is booked already: a membership that ended, a certification revoked, a closure, a new
//! rule of a machine may hurt reservations ahead. Staff see each with its reasons, and keep or cancel it.

use uuid::Uuid;

use super::{
    model::Booked,
    store::{self, Filter},
};
use crate::{
    gates::{self, Proposal, facts::Purpose},
    kernel::{Code, Instant, MachineId, Page, PageRequest, Refusal, Result},
    machines,
    store::Db,
};

/// A reservation ahead that would not be made like this today.
#[derive(Debug, Clone)]
pub struct Hurt {
    /// The reservation.
    pub booked: Booked,
    /// Why.
    pub refusals: Vec<Refusal>,
}

/// A page of reservations ahead is asked again; those that pass are left out, so a page may be short.
pub fn reask(db: &mut Db, mut filter: Filter, page: &PageRequest, now: Instant) -> Result<Page<Hurt>> {
    filter.from = Some(filter.from.map_or(now, |from| from.max(now)));
    filter.state = Some(super::State::Confirmed);
    let ahead = page.page(store::list(db, &filter, page, now)?, store::key);
    let mut items = Vec::new();
    for booked in ahead.items {
        let refusals = refusals(db, &booked, now)?;
        if !refusals.is_empty() {
            items.push(Hurt { booked, refusals });
        }
    }
    Ok(Page { items, next: ahead.next })
}

/// What a change of machines or of their workshop may hurt; what concerns the member alone is not its doing.
const PERSONAL: [Code; 5] = [
    Code::EmailUnconfirmed,
    Code::AccountSuspended,
    Code::CharterUnsigned,
    Code::MembershipMissing,
    Code::QuotaExceeded,
];

/// Every reservation ahead on these machines that their rules, their workshop or the hours refuse. `clashing` are known
/// to meet their neighbour, whose clean-up they cut short.
pub fn on_machines(
    db: &mut Db,
    machines: &[MachineId],
    clashing: &[Uuid],
    now: Instant,
) -> Result<Vec<Hurt>> {
    let mut hurt = Vec::new();
    for machine in machines {
        let mut page = PageRequest { limit: PageRequest::MOST, after: None };
        loop {
            let filter = Filter {
                machine: Some(*machine),
                from: Some(now),
                state: Some(super::State::Confirmed),
                ..Filter::default()
            };
            let ahead = page.page(store::list(db, &filter, &page, now)?, store::key);
            let last = ahead.items.last().map(store::key);
            for booked in ahead.items {
                let mut refusals = refusals(db, &booked, now)?;
                refusals.retain(|refusal| !PERSONAL.contains(&refusal.code));
                let met = refusals.iter().any(|refusal| refusal.code == Code::MachineTaken);
                if clashing.contains(&booked.reservation.id.uuid()) && !met {
                    refusals.push(Refusal::new(Code::MachineTaken));
                }
                if !refusals.is_empty() {
                    hurt.push(Hurt { booked, refusals });
                }
            }
            if ahead.next.is_none() {
                break;
            }
            page.after = last;
        }
    }
    Ok(hurt)
}

fn refusals(db: &mut Db, booked: &Booked, now: Instant) -> Result<Vec<Refusal>> {
    let of = &booked.reservation;
    let proposal = Proposal {
        period: of.period,
        replaces: Some(of.id.uuid()),
        keeps_start: true,
        overrides: of.exception.as_ref().map(|exception| exception.gates.clone()).unwrap_or_default(),
    };
    let machine = machines::get_by_id(db, of.machine)?;
    let facts = gates::gather(db, &proposal, (machine, of.member), Purpose::Tell, now)?;
    Ok(gates::review(&proposal, &facts, now).err().unwrap_or_default())
}
