//! What staff do while machines run, and what people tell them.

use chrono::TimeDelta;
use etabli::simulator::core::Happening;
use serde_json::json;

use super::{
    chance::Chance,
    week::{Deed, Week},
};

/// Something that staff do, or that is theirs to undo.
#[derive(Debug, Clone)]
pub enum Act {
    /// Somebody at a machine is suspended.
    Suspend,
    /// A member may come again.
    Lift(usize),
    /// A session is ended from the desk.
    End,
    /// The reservation of somebody at a machine is cancelled.
    Cancel,
    /// Somebody loses the certification for the machine.
    Revoke,
    /// "It smells burnt", from a phone.
    Lock,
    /// The red button of a controller.
    Emergency,
    /// A machine may run again.
    Unlock(usize),
}

impl Act {
    pub fn by_chance(chance: &mut Chance) -> Self {
        match chance.below(16) {
            0..=2 => Self::Suspend,
            3..=5 => Self::End,
            6..=8 => Self::Cancel,
            9 => Self::Revoke,
            10..=13 => Self::Lock,
            _ => Self::Emergency,
        }
    }
}

impl Week<'_> {
    pub async fn decide(&mut self, act: Act) {
        self.tally.acts += 1;
        match act {
            Act::Suspend => self.suspend().await,
            Act::Lift(member) => self.lift(member).await,
            Act::End => self.end_one().await,
            Act::Cancel => self.cancel().await,
            Act::Revoke => self.revoke().await,
            Act::Lock => self.lock().await,
            Act::Emergency => self.emergency().await,
            Act::Unlock(spot) => self.unlock(spot).await,
        }
    }

    /// A controller whose machine is on, with who stands there.
    fn somebody_at_work(&mut self) -> Option<(usize, usize)> {
        let busy: Vec<(usize, usize)> = (self.readers.iter().zip(&self.using).enumerate())
            .filter(|(_, (reader, _))| reader.running().is_some())
            .filter_map(|(at, (_, using))| Some((at, using.as_ref()?.member)))
            .collect();
        if busy.is_empty() { None } else { Some(busy[self.chance.below(busy.len())]) }
    }

    async fn suspend(&mut self) {
        let Some((_, member)) = self.somebody_at_work() else { return };
        if self.suspended.iter().any(|(who, _, lifted)| *who == member && lifted.is_none()) {
            return;
        }
        let path = format!("members/{}/suspension", self.people[member].id);
        self.staff.post(&path, json!({ "reason": "sans lunettes" })).await.expect(200);
        self.suspended.push((member, self.now(), None));
        self.stir_all();
        let pause = TimeDelta::minutes(self.chance.between(60, 600));
        self.after(pause, Deed::Act(Act::Lift(member)));
    }

    async fn lift(&mut self, member: usize) {
        let path = format!("members/{}/suspension", self.people[member].id);
        self.staff.delete(&path).await.expect(204);
        let now = self.now();
        let over = self.suspended.iter_mut().filter(|(who, _, lifted)| *who == member && lifted.is_none());
        over.for_each(|(_, _, lifted)| *lifted = Some(now));
    }

    async fn end_one(&mut self) {
        let open = self.staff.get("power-sessions").await.expect(200);
        let open = open["items"].as_array().unwrap();
        if !open.is_empty() {
            let one = &open[self.chance.below(open.len())]["id"];
            let path = format!("power-sessions/{}/end", one.as_str().unwrap());
            self.staff.post(&path, json!({})).await.expect(200);
            self.stir_all();
        }
    }

    async fn cancel(&mut self) {
        let Some((at, _)) = self.somebody_at_work() else { return };
        let Some(booked) = self.using[at].as_ref().and_then(|visit| visit.booked.clone()) else { return };
        let answer = self.staff.post(&format!("reservations/{booked}/cancellation"), json!({})).await;
        assert!([200, 409].contains(&answer.status), "{}", answer.text());
        self.stir_all();
    }

    async fn revoke(&mut self) {
        let Some(member) = (0..self.readers.len())
            .filter(|at| self.spots[self.readers[*at].spot].slug == "laser")
            .find_map(|at| self.using[at].as_ref().map(|visit| visit.member))
        else {
            return;
        };
        let held = self.people[member].get("me/certifications").await.expect(200);
        let live = held["items"].as_array().unwrap().iter().find(|one| one["state"] == "active");
        if let Some(one) = live {
            let path = format!("certifications/{}/revocation", one["id"].as_str().unwrap());
            self.staff.post(&path, json!({ "reason": "sans surveillance" })).await.expect(200);
            self.stir_all();
        }
    }

    async fn lock(&mut self) {
        let Some((at, member)) = self.somebody_at_work() else { return };
        let spot = self.readers[at].spot;
        let path = format!("machines/{}/lockouts", self.spots[spot].slug);
        let said = json!({ "class": "defect", "reason": "ça sent le brûlé" });
        self.people[member].post(&path, said).await.expect(200);
        self.stir(spot);
        let pause = TimeDelta::minutes(self.chance.between(10, 120));
        self.after(pause, Deed::Act(Act::Unlock(spot)));
    }

    async fn emergency(&mut self) {
        let Some((at, _)) = self.somebody_at_work() else { return };
        self.readers[at].live(Happening::LockOut("emergency".into())).await;
        assert!(!self.readers[at].core.is_on(), "a stop is local");
        let spot = self.readers[at].spot;
        let pause = TimeDelta::minutes(self.chance.between(10, 120));
        self.after(pause, Deed::Act(Act::Unlock(spot)));
    }

    async fn unlock(&mut self, spot: usize) {
        let path = format!("machines/{}/lockouts/clearance", self.spots[spot].slug);
        let answer = self.staff.post(&path, json!({ "reason": "courroie changée" })).await;
        // The house may not have heard of it yet.
        assert!([204, 404].contains(&answer.status), "{}", answer.text());
        if answer.status == 404 {
            self.after(TimeDelta::minutes(30), Deed::Act(Act::Unlock(spot)));
        }
        self.stir(spot);
    }

    /// Before the last look: controllers tell what they hold, and staff take all of it back.
    pub async fn unlock_everything(&mut self) {
        for _ in 0..2 {
            self.world.clock.advance(TimeDelta::minutes(1));
            for reader in &mut self.readers {
                reader.tick().await;
            }
        }
        for spot in 0..self.spots.len() {
            let path = format!("machines/{}/lockouts/clearance", self.spots[spot].slug);
            self.staff.post(&path, json!({ "reason": "la semaine est finie" })).await;
        }
    }
}
