//! People come, and leave as people do.

use chrono::{DurationRound, TimeDelta};
use etabli::{
    kernel::Instant,
    machines::policy::{Need, Supervision},
};
use serde_json::json;

use super::{
    place::{MACHINES, MEMBERS, has_badge},
    sky::Trouble,
    staff::Act,
    week::{Deed, Week},
};
use crate::world::badges::number;

/// How somebody leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leaves {
    /// By the badge, when it is time or before.
    Badge,
    /// By the button.
    Button,
    /// Goes home and forgets the machine, which stands idle.
    Forgets,
    /// Works on until the machine goes off.
    Overstays,
    /// Somebody else is waiting.
    HandsOver(usize),
}

/// Somebody at a machine.
#[derive(Debug, Clone)]
pub struct Visit {
    pub member: usize,
    pub spot: usize,
    pub start: Instant,
    pub minutes: i64,
    pub leaves: Leaves,
    /// The reservation.
    pub booked: Option<String>,
    pub tries: u8,
    /// At which controller, and which of its runs.
    pub run: Option<(usize, usize)>,
}

impl Week<'_> {
    /// Who comes today, and what will go wrong.
    pub fn plan_the_day(&mut self) {
        let sunday = self.now().utc().date_naive().to_string() == "2026-03-08";
        let now = self.now();
        for _ in 0..if sunday { 12 } else { 96 } {
            let visit = self.visit();
            let needs = self.spots[visit.spot].policy.reservation == Need::ReservationRequired;
            let books = if needs { !self.chance.one_in(9) } else { self.chance.one_in(3) };
            let first = visit.start - TimeDelta::minutes(self.chance.between(15, 200));
            if books {
                self.at(first.max(now), Deed::Book(visit));
            } else {
                self.at(visit.start, Deed::Come(visit));
            }
        }
        for _ in 0..16 {
            let at = now + TimeDelta::seconds(self.chance.between(600, 42_000));
            let act = Act::by_chance(&mut self.chance);
            self.at(at, Deed::Act(act));
        }
        for _ in 0..60 {
            // Most of it while people are there, some of it at night.
            let last = if self.chance.one_in(8) { 85_000 } else { 40_000 };
            let at = now + TimeDelta::seconds(self.chance.between(60, last));
            let trouble = Trouble::by_chance(&mut self.chance);
            self.at(at, Deed::Trouble(trouble));
        }
    }

    /// Every second visit is of a regular, and everybody has two machines they like.
    fn visit(&mut self) -> Visit {
        let member = if self.chance.one_in(2) { self.chance.below(60) } else { self.chance.below(MEMBERS) };
        let spot = (member * 7 + self.chance.below(2) * 11) % MACHINES;
        let start = self.now() + TimeDelta::seconds(self.chance.between(300, 33_000));
        let leaves = match self.chance.below(12) {
            0 => Leaves::Button,
            1 | 2 => Leaves::Forgets,
            3 => Leaves::Overstays,
            4 => Leaves::HandsOver(self.chance.below(MEMBERS)),
            _ => Leaves::Badge,
        };
        let minutes = self.chance.between(6, 75);
        Visit { member, spot, start, minutes, leaves, booked: None, tries: 0, run: None }
    }

    pub async fn book(&mut self, mut visit: Visit) {
        let slug = self.spots[visit.spot].slug.clone();
        let grid = TimeDelta::minutes(if slug == "imprimante" { 60 } else { 30 });
        let start = visit.start.utc().duration_trunc(grid).unwrap();
        let slots = i32::try_from(visit.minutes / grid.num_minutes() + 1).unwrap();
        let wish = json!({ "machine": slug, "starts_at": start, "ends_at": start + grid * slots });
        let made = self.people[visit.member].post("reservations", wish).await;
        assert!([201, 403, 409, 422].contains(&made.status), "{}", made.text());
        self.stir_for(&visit);
        visit.start = Instant::from_utc(start) + TimeDelta::minutes(self.chance.between(-6, 10));
        if made.status == 201 {
            self.tally.booked += 1;
            visit.booked = Some(made.json()["id"].as_str().unwrap().to_owned());
            // Some never come.
            if !self.chance.one_in(7) {
                self.at(visit.start, Deed::Come(visit));
            }
        } else if self.chance.one_in(3) {
            self.at(visit.start, Deed::Come(visit));
        }
    }

    pub async fn come(&mut self, mut visit: Visit) {
        let reader = self.reader_at(visit.spot);
        let card = self.card(visit.member);
        if let Some((reader, run)) = self.stands_at(&visit, &card) {
            visit.run = Some((reader, run));
            return self.started(visit).await;
        }
        self.tally.came += 1;
        if self.spots[visit.spot].policy.wants_second_factor() && !self.chance.one_in(4) {
            let body = json!({ "machine": self.spots[visit.spot].slug });
            self.people[visit.member].post("me/power-approvals", body).await.expect(200);
        }
        self.badge(reader, &card).await;
        self.somebody_beside(&visit, reader);
        visit.run = self.stands_at(&visit, &card);
        if visit.run.is_some() {
            return self.started(visit).await;
        }
        visit.tries += 1;
        if visit.tries < 3 {
            let pause = TimeDelta::seconds(self.chance.between(20, 60));
            self.after(pause, Deed::Come(visit));
        } else {
            self.tally.sent_away += 1;
        }
    }

    /// Whether the machine runs for somebody already: at which controller, and which of its runs.
    fn stands_at(&self, visit: &Visit, card: &str) -> Option<(usize, usize)> {
        let here = self.readers.iter().enumerate().filter(|(_, reader)| reader.spot == visit.spot);
        let mut on = here.filter(|(_, reader)| reader.running().is_some());
        let (at, reader) = on.find(|(at, reader)| {
            let taken = self.using[*at].as_ref().and_then(|other| other.run);
            reader.started_by == card && taken != Some((*at, reader.runs.len() - 1))
        })?;
        Some((at, reader.runs.len() - 1))
    }

    async fn started(&mut self, visit: Visit) {
        let (reader, _) = visit.run.unwrap();
        self.tally.started += 1;
        self.using[reader] = Some(visit.clone());
        if self.spots[visit.spot].metered {
            self.readers[reader].draw(f64::from(u16::try_from(200 + visit.member).unwrap())).await;
        }
        if visit.booked.is_some() && self.chance.one_in(4) {
            let at = self.now() + TimeDelta::minutes(visit.minutes / 2);
            self.at(at, Deed::Extend(visit.clone()));
        }
        self.after(TimeDelta::minutes(visit.minutes), Deed::Leave(visit));
    }

    /// At some machines somebody else's badge is shown too.
    fn somebody_beside(&mut self, visit: &Visit, reader: usize) {
        let other = match self.spots[visit.spot].policy.supervision {
            Supervision::None => return,
            Supervision::Trainer => number(self.staff.id),
            Supervision::Buddy => self.card((visit.member + 1) % MEMBERS),
        };
        if self.readers[reader].running().is_none() {
            self.after(TimeDelta::seconds(9), Deed::Beside(reader, other));
        }
    }

    pub async fn extend(&mut self, visit: Visit) {
        let path = format!("reservations/{}", visit.booked.as_ref().unwrap());
        let member = &self.people[visit.member];
        let told = member.get(&path).await.expect(200);
        let end: Instant = told["ends_at"].as_str().unwrap().parse().unwrap();
        let answer = member.patch(&path, json!({ "ends_at": end + TimeDelta::minutes(30) })).await;
        assert!([200, 403, 409, 422].contains(&answer.status), "{}", answer.text());
        self.stir_for(&visit);
    }

    pub async fn leave(&mut self, visit: Visit) {
        let (at, run) = visit.run.unwrap();
        let reader = &mut self.readers[at];
        if reader.running().is_none() || reader.runs.len() - 1 != run {
            return;
        }
        let card = number(self.people[visit.member].id);
        match visit.leaves {
            Leaves::Badge => reader.badge(&card).await,
            Leaves::Button => reader.live(etabli::simulator::core::Happening::Button).await,
            Leaves::Forgets if self.spots[visit.spot].metered => reader.draw(3.0).await,
            Leaves::Forgets | Leaves::Overstays => {}
            Leaves::HandsOver(other) => {
                let theirs = self.card(other);
                self.badge(at, &theirs).await;
                self.after(TimeDelta::seconds(6), Deed::Beside(at, card));
                self.after(TimeDelta::seconds(12), Deed::Beside(at, theirs));
            }
        }
    }

    fn reader_at(&mut self, spot: usize) -> usize {
        if spot < 2 && self.chance.one_in(2) { MACHINES + spot } else { spot }
    }

    /// The number of somebody's card; some have one that nobody was given.
    pub fn card(&self, member: usize) -> String {
        if has_badge(member) { number(self.people[member].id) } else { format!("04ffffff{member:06x}") }
    }
}
