//! Whether what controllers told is all there, and as they told it.
//!
//! Three witnesses: every event holds its own hash and the one before it (`walk`, pure); beside the events stands where
//! the chain of their controller ends; and each upload left a line in the log of the house, with the end it led to and
//! how many events were new. Gaps, new beginnings and forks that were seen as the events came in are no fault of the
//! books: they are counted.

mod walk;

use std::collections::BTreeMap;

use serde::Deserialize;

use self::walk::Walk;
use super::{model::Chain, store};
use crate::{
    kernel::{ControllerId, Result},
    power::log,
    store::Db,
    wire::Link,
};

/// The lines of the log that uploads leave.
const KINDS: [&str; 2] = ["controller_log", "controller_log_broken"];
/// How many lines are held in memory at a time.
const PAGE: i64 = 1000;

/// What came of reading what every controller told.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verified {
    /// How many controllers told anything.
    pub controllers: usize,
    /// How many events they told.
    pub events: i64,
    /// How often events were missing as they came.
    pub gaps: i64,
    /// How often a controller began anew.
    pub resets: i64,
    /// How often one told two stories.
    pub forks: i64,
    /// The first bad place of each controller that has one.
    pub broken: Vec<(ControllerId, Broken)>,
}

/// The first bad place of what a controller told.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// An event does not say what its hash was made of.
    #[error("event {1} of its start {0} was changed")]
    Changed(String, i64),
    /// An event is not there that another follows.
    #[error("event {1} of its start {0} is missing")]
    Missing(String, i64),
    /// An event does not follow from the one it followed as it came.
    #[error("event {1} of its start {0} does not follow from the one before it")]
    Loose(String, i64),
    /// The last event of an upload is not there.
    #[error("the event that line {0} of the log ends with is missing")]
    Lost(i64),
    /// The log counted others.
    #[error("{counted} events were told, and {there} are there")]
    Count {
        /// As the log of the house says.
        counted: i64,
        /// As they stand.
        there: i64,
    },
    /// Gaps, new beginnings and forks are not those that were seen.
    #[error("how its events hang together is not what was seen as they came")]
    Joints,
    /// The chain ends elsewhere.
    #[error("its chain does not end where the log says")]
    End,
}

/// What the log of the house says of a controller.
#[derive(Default)]
struct Noted {
    new: i64,
    loose: i64,
    end: Option<(String, i64, Link)>,
    /// The first line that ends with an event nobody has.
    lost: Option<i64>,
}

/// What one upload led to.
#[derive(Deserialize)]
struct Upload {
    boot: String,
    seq: i64,
    hash: Link,
    new: i64,
    loose: i64,
}

/// Reads what every controller told, a page at a time, and what the log says of it. Where others write meanwhile, this
/// wants [`Db::still`].
pub fn verify(db: &mut Db) -> Result<Verified> {
    let mut noted = noted(db)?;
    for controller in store::chains::controllers(db)? {
        noted.entry(controller).or_default();
    }
    let mut verified = Verified::default();
    for (controller, noted) in noted {
        let walk = walked(db, controller)?;
        let chain = store::events::chain(db, controller)?;
        verified.controllers += usize::from(walk.events > 0);
        verified.events += walk.events;
        verified.gaps += walk.gaps;
        verified.resets += walk.resets;
        verified.forks += walk.forks;
        if let Some(broken) = compare(walk, &noted, &chain.unwrap_or_default()) {
            verified.broken.push((controller, broken));
        }
    }
    Ok(verified)
}

/// What the log says of each controller, and whether the ends it names are there.
fn noted(db: &mut Db) -> Result<BTreeMap<ControllerId, Noted>> {
    let mut all = BTreeMap::<_, Noted>::new();
    let mut last = 0;
    loop {
        let lines = log::read::of_kinds(db, &KINDS, last, PAGE)?;
        let Some(end) = lines.last() else { return Ok(all) };
        last = end.seq;
        for line in lines {
            let Some(controller) = line.controller else { continue };
            let noted = all.entry(controller).or_default();
            let Ok(upload) = serde_json::from_str::<Upload>(&line.details) else {
                noted.lost = noted.lost.or(Some(line.seq));
                continue;
            };
            let there = store::events::hashes(db, controller, &upload.boot, upload.seq)?;
            if !there.contains(&upload.hash) {
                noted.lost = noted.lost.or(Some(line.seq));
            }
            noted.new += upload.new;
            noted.loose += upload.loose;
            noted.end = Some((upload.boot, upload.seq, upload.hash));
        }
    }
}

fn walked(db: &mut Db, controller: ControllerId) -> Result<Walk> {
    let mut walk = Walk::new(controller, store::chains::starts(db, controller)?);
    for boot in store::chains::boots(db, controller)? {
        let mut last = 0;
        loop {
            let page = store::chains::after(db, controller, (&boot, last), PAGE)?;
            let Some(end) = page.last() else { break };
            last = end.seq;
            for told in &page {
                walk.take(told);
            }
        }
    }
    Ok(walk)
}

fn compare(walk: Walk, noted: &Noted, chain: &Chain) -> Option<Broken> {
    let Walk { events, gaps, resets, forks, .. } = walk;
    let broken = walk.broken();
    let lost = noted.lost.map(Broken::Lost);
    let count = (events != noted.new).then_some(Broken::Count { counted: noted.new, there: events });
    let joints = gaps + resets + forks != noted.loose
        || (gaps, resets, forks) != (chain.gaps, chain.resets, chain.forks);
    let none = Chain::default();
    let end = noted.end.clone().unwrap_or((none.boot, none.seq, none.hash));
    let elsewhere = end != (chain.boot.clone(), chain.seq, chain.hash);
    broken
        .or(lost)
        .or(count)
        .or_else(|| joints.then_some(Broken::Joints))
        .or_else(|| elsewhere.then_some(Broken::End))
}
