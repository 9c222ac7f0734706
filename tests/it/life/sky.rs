//! What goes wrong.

use chrono::TimeDelta;
use etabli::{machines::policy::NewStart, simulator::weather::Fate};
use serde_json::json;

use super::{
    chance::Chance,
    place::{MACHINES, MEMBERS},
    visits::{Leaves, Visit},
    week::{Deed, Week},
};

/// Something that goes wrong somewhere.
#[derive(Debug, Clone)]
pub enum Trouble {
    /// A link is lost for so many minutes.
    Dark(i64),
    /// The server is away for everybody.
    Away(i64),
    /// The next requests of a controller have this fate.
    Fate(Fate, usize),
    /// The power of a machine fails.
    Cut,
    /// The power of the house fails.
    CutAll,
    /// A clock is set wrong.
    Jump(i64),
    /// Somebody sends what was overheard, or what they signed themselves.
    Thief,
    /// Two people at two controllers of one machine.
    Race,
    /// A link is lost, and somebody comes who was there before.
    Alone,
}

impl Trouble {
    pub fn by_chance(chance: &mut Chance) -> Self {
        match chance.below(46) {
            0..=9 => Self::Dark(chance.between(1, 40)),
            10 => Self::Away(chance.between(1, 15)),
            11..=25 => Self::Fate(fate(chance), 1 + chance.below(3)),
            26..=29 => Self::Cut,
            30 => Self::CutAll,
            31..=33 => Self::Jump(chance.between(-90_000, 90_000)),
            34..=35 => Self::Thief,
            36..=39 => Self::Race,
            _ => Self::Alone,
        }
    }
}

fn fate(chance: &mut Chance) -> Fate {
    match chance.below(7) {
        0 => Fate::Drop,
        1 => Fate::DropAnswer,
        2 => Fate::Delay([300, 800, 4000][chance.below(3)]),
        3 => Fate::Twice,
        4 => Fate::HoldBack,
        5 => Fate::Stall,
        _ => Fate::StolenNonce,
    }
}

impl Week<'_> {
    pub async fn befall(&mut self, trouble: Trouble) {
        self.tally.troubles += 1;
        let at = self.somewhere();
        let now = self.now();
        match trouble {
            Trouble::Dark(minutes) => self.darken(at, minutes),
            Trouble::Away(minutes) => (0..self.readers.len()).for_each(|at| self.darken(at, minutes)),
            Trouble::Fate(fate, times) => {
                self.readers[at].line.weather.expect(fate, times);
                self.readers[at].line.trouble(now);
            }
            Trouble::Cut => self.readers[at].cut().await,
            Trouble::CutAll => {
                for reader in &mut self.readers {
                    reader.cut().await;
                }
            }
            Trouble::Jump(seconds) => self.readers[at].jump(seconds),
            Trouble::Thief => self.thief(at).await,
            Trouble::Race => self.race().await,
            Trouble::Alone => self.alone(),
        }
    }

    /// Trouble likes machines that run.
    fn somewhere(&mut self) -> usize {
        let busy: Vec<usize> =
            (0..self.readers.len()).filter(|at| self.readers[*at].running().is_some()).collect();
        if busy.is_empty() || self.chance.one_in(3) {
            self.chance.below(self.readers.len())
        } else {
            busy[self.chance.below(busy.len())]
        }
    }

    fn darken(&mut self, at: usize, minutes: i64) {
        let now = self.now();
        let line = &mut self.readers[at].line;
        line.dark = Some((line.dark.map_or(now, |(since, _)| since), now + TimeDelta::minutes(minutes)));
        line.trouble(now);
    }

    async fn thief(&mut self, at: usize) {
        let member = self.chance.below(MEMBERS);
        let card = self.card(member);
        let reader = &self.readers[at];
        if let Some(overheard) = &reader.line.overheard {
            assert_eq!(reader.device.send(overheard).await.status, 401, "sent again, letter by letter");
        }
        let scan = json!({ "request": format!("voleur-{}", self.now().micros()), "machine": reader.core.machine,
            "badge": card, "mono_ms": 1 });
        let forged = reader.device.rekeyed().post("scans", scan).await;
        forged.problem(401, "signature_invalid");
    }

    /// Whoever was at a machine with a list is on it.
    fn alone(&mut self) {
        let listed = |spot: usize| self.spots[spot].policy.link_loss_start == NewStart::AllowList;
        let known: Vec<(usize, usize)> = (self.using.iter().enumerate())
            .filter_map(|(at, using)| Some((at, using.as_ref()?.member)))
            .filter(|(at, _)| listed(self.readers[*at].spot) && self.readers[*at].running().is_none())
            .collect();
        if known.is_empty() {
            return;
        }
        let (at, member) = known[self.chance.below(known.len())];
        let minutes = self.chance.between(5, 40);
        self.darken(at, minutes);
        let start = self.now() + TimeDelta::seconds(self.chance.between(1, 200));
        let minutes = self.chance.between(2, 60);
        let leaves = if self.chance.one_in(2) { Leaves::Badge } else { Leaves::Button };
        let spot = self.readers[at].spot;
        let visit = Visit { member, spot, start, minutes, leaves, booked: None, tries: 0, run: None };
        self.at(start, Deed::Come(visit));
    }

    /// Two badges at the same moment: the machine is on at one of them at most.
    async fn race(&mut self) {
        let spot = self.chance.below(2);
        let (one, two) = (self.chance.below(60), self.chance.below(60));
        let (one, two) = (self.card(one), self.card(two));
        let (left, right) = self.readers.split_at_mut(MACHINES);
        let (left, right) = (&mut left[spot], &mut right[spot]);
        if left.running().is_some() || right.running().is_some() {
            return;
        }
        left.line.anew = true;
        right.line.anew = true;
        tokio::join!(left.badge(&one), right.badge(&two));
        assert!(!(left.core.is_on() && right.core.is_on()), "both got it");
        self.tally.races += 1;
    }
}
