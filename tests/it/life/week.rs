//! The agenda and the clock of the week.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use etabli::{background, kernel::Clock, kernel::Instant};

use super::{
    chance::Chance,
    place::{self, Spot},
    reader::{Reader, is_night},
    sky::Trouble,
    staff::Act,
    visits::Visit,
    watch,
};
use crate::world::{World, people::Person};

/// Something that will happen.
pub enum Deed {
    /// The day is planned.
    Morning,
    Book(Visit),
    Come(Visit),
    /// Somebody stands by.
    Beside(usize, String),
    Extend(Visit),
    Leave(Visit),
    Act(Act),
    Trouble(Trouble),
    /// What the house does by itself, and a look at it.
    Jobs,
}

/// What happened, in numbers.
#[derive(Debug, Default)]
pub struct Tally {
    pub booked: usize,
    pub came: usize,
    pub started: usize,
    pub sent_away: usize,
    pub acts: usize,
    pub troubles: usize,
    pub races: usize,
    pub looks: usize,
    pub moments: usize,
    pub ticks: usize,
}

/// The week.
pub struct Week<'w> {
    pub world: &'w World,
    pub chance: Chance,
    pub spots: Vec<Spot>,
    pub people: Vec<Person<'w>>,
    pub staff: Person<'w>,
    pub readers: Vec<Reader<'w>>,
    /// Who uses the machine of each controller, as far as people know.
    pub using: Vec<Option<Visit>>,
    /// When members were suspended, and until when.
    pub suspended: Vec<(usize, Instant, Option<Instant>)>,
    pub tally: Tally,
    agenda: BTreeMap<(Instant, usize), Deed>,
    count: usize,
    begun: Instant,
}

/// How often the house looks by itself here; in a lab it does so twenty times as often.
pub const ROUND: TimeDelta = TimeDelta::minutes(10);
/// The jobs of machine access, and every how many rounds.
const JOBS: [(&str, usize); 4] =
    [("power_leases", 1), ("no_shows", 2), ("forget_controllers", 6), ("forget_cards", 6)];

impl<'w> Week<'w> {
    /// Monday morning.
    pub async fn begin(world: &'w World, chance: Chance) -> Self {
        let spots = place::furnish(world).await;
        let staff = world.staff().await;
        world.badged(&staff).await;
        let people = place::crowd(world).await;
        let readers = place::readers(world, &staff, &spots).await;
        let begun = world.clock.now();
        let mut week = Self {
            world,
            chance,
            spots,
            people,
            staff,
            using: readers.iter().map(|_| None).collect(),
            readers,
            suspended: Vec::new(),
            tally: Tally::default(),
            agenda: BTreeMap::new(),
            count: 0,
            begun,
        };
        for day in 0..7 {
            week.at(begun + TimeDelta::days(day), Deed::Morning);
        }
        week.at(begun + ROUND, Deed::Jobs);
        week
    }

    pub fn now(&self) -> Instant {
        self.world.clock.now()
    }

    /// Writes something into the agenda.
    pub fn at(&mut self, when: Instant, what: Deed) {
        self.count += 1;
        self.agenda.insert((when.max(self.now()), self.count), what);
    }

    pub fn after(&mut self, pause: TimeDelta, what: Deed) {
        self.at(self.now() + pause, what);
    }

    /// Lives until Monday morning comes again.
    pub async fn live(&mut self) {
        let end = self.begun + TimeDelta::days(7);
        while let Some(next) = self.next().filter(|next| *next < end) {
            self.moment(next).await;
        }
        self.world.clock.set(end);
    }

    fn next(&self) -> Option<Instant> {
        let planned = self.agenda.keys().next().map(|(at, _)| *at);
        self.readers.iter().map(|reader| reader.wakes).chain(planned).min()
    }

    async fn moment(&mut self, now: Instant) {
        self.world.clock.set(now);
        while let Some(entry) = self.agenda.first_entry().filter(|entry| entry.key().0 <= now) {
            let deed = entry.remove();
            self.act(deed).await;
        }
        for reader in self.readers.iter_mut().filter(|reader| reader.wakes <= now) {
            reader.tick().await;
            self.tally.ticks += 1;
        }
        watch::machines(self);
        self.tally.moments += 1;
    }

    async fn act(&mut self, deed: Deed) {
        match deed {
            Deed::Morning => {
                let sent: usize = self.readers.iter().map(|reader| reader.line.sent).sum();
                println!("{} {sent} requests, {:?}", self.now(), self.tally);
                self.plan_the_day();
            }
            Deed::Book(visit) => self.book(visit).await,
            Deed::Come(visit) => self.come(visit).await,
            Deed::Beside(reader, number) => self.badge(reader, &number).await,
            Deed::Extend(visit) => self.extend(visit).await,
            Deed::Leave(visit) => self.leave(visit).await,
            Deed::Act(act) => self.decide(act).await,
            Deed::Trouble(trouble) => self.befall(trouble).await,
            Deed::Jobs => {
                self.jobs().await;
                watch::house(self).await;
                self.tally.looks += 1;
                let busy = self.readers.iter().any(|reader| reader.core.is_on());
                let pause = if busy || !is_night(self.now()) { ROUND } else { TimeDelta::hours(1) };
                self.after(pause, Deed::Jobs);
            }
        }
    }

    pub async fn jobs(&self) {
        let due = JOBS.iter().filter(|(_, rounds)| self.tally.looks.is_multiple_of(*rounds));
        for (name, _) in due {
            let job = background::JOBS.iter().find(|job| job.name == *name).unwrap();
            background::run(&self.world.app, *job).await.unwrap();
        }
    }

    /// Whatever controllers were told of this machine may have changed.
    pub fn stir(&mut self, spot: usize) {
        for reader in self.readers.iter_mut().filter(|reader| reader.spot == spot) {
            reader.line.anew = true;
        }
    }

    /// Shows a card at a controller: one beside it may have to hear of that.
    pub async fn badge(&mut self, at: usize, card: &str) {
        self.readers[at].badge(card).await;
        let spot = self.readers[at].spot;
        for (other, reader) in self.readers.iter_mut().enumerate() {
            reader.line.anew |= reader.spot == spot && other != at;
        }
    }

    /// The same, of a machine that somebody booked, and of the one where they are just now.
    pub fn stir_for(&mut self, visit: &Visit) {
        self.stir(visit.spot);
        for (reader, using) in self.readers.iter_mut().zip(&self.using) {
            reader.line.anew |= using.as_ref().is_some_and(|using| using.member == visit.member);
        }
    }

    /// The same, of every machine.
    pub fn stir_all(&mut self) {
        for reader in &mut self.readers {
            reader.line.anew = true;
        }
    }

    /// The sky clears, everybody goes home, and controllers tell what they have not told yet.
    pub async fn settle(&mut self) {
        self.agenda.clear();
        for reader in &mut self.readers {
            reader.line.weather.clear();
            reader.line.dark = reader.line.dark.map(|(since, _)| (since, since));
        }
        self.unlock_everything().await;
        for _ in 0..30 {
            self.world.clock.advance(TimeDelta::seconds(10));
            for reader in &mut self.readers {
                reader.tick().await;
            }
            watch::machines(self);
        }
        self.jobs().await;
        watch::house(self).await;
        for reader in &self.readers {
            let memory = &reader.core.memory;
            let kept = (memory.events.len(), &memory.ends);
            let heard = kept == (0, &Vec::new());
            if !heard {
                let told = self.staff.get(&format!("controllers/{}/events", reader.device.id)).await;
                panic!(
                    "{} kept {kept:?} back: {:?}\n{:?}\n{}",
                    reader.core.machine,
                    reader.line.refused,
                    memory.events,
                    told.text().chars().take(3000).collect::<String>()
                );
            }
            assert!(!reader.core.is_on(), "{} is on in the night", reader.core.machine);
            assert_eq!(reader.core.lockout(), None, "{} after staff took it back", reader.core.machine);
        }
    }
}
