//! A lab full of people, machines and bookings.

use std::iter;

use chrono::TimeDelta;
use diesel::{ExpressionMethods, RunQueryDsl};
use etabli::{
    kernel::{
        Id, Instant, Locale, MachineId, MemberId, Name, Period, ReservationId, WorkshopId, Zone,
        secret::Token,
    },
    lab::{self, OpeningSpan, model::Day},
    machines::{self, Machine, Rules, Workshop, claims},
    people::{self, Details, NewMember},
    reservations::{self, Reservation, State},
    store::{
        Db,
        schema::{membership, plan, session},
    },
};

/// A Monday, 09:00 in Paris.
pub const MORNING: &str = "2026-03-02T08:00:00Z";
/// Of every member.
pub const PASSWORD: &str = "girafe tournevis dimanche";

const WORKSHOPS: usize = 4;
const MACHINES: usize = 24;
const MEMBERS: usize = 3000;
/// The first day of the bookings that are measured; before it lies a calendar as a busy lab has it.
const FIRST_DAY: i64 = 40;
const DAYS: usize = 640;

/// Who and what there is.
#[derive(Clone)]
pub struct Lab {
    pub members: Vec<Person>,
    pub machines: Vec<Bookable>,
    pub now: Instant,
}

/// A member who is signed in.
#[derive(Clone)]
pub struct Person {
    pub id: MemberId,
    pub email: String,
    pub token: String,
}

/// A machine.
#[derive(Clone)]
pub struct Bookable {
    pub id: MachineId,
    pub slug: String,
    pub workshop: WorkshopId,
}

/// A booking that nothing stands against.
pub struct Slot<'a> {
    pub member: &'a Person,
    pub machine: &'a Bookable,
    pub period: Period,
}

impl Lab {
    /// The n-th free slot: machine after machine, day after day, then half an hour later.
    pub fn slot(&self, n: usize) -> Slot<'_> {
        let (machine, layer) = (n % MACHINES, n / MACHINES);
        let (day, half_hour) = (layer % DAYS, layer / DAYS);
        assert!(half_hour < 26, "there are no more free slots");
        let start =
            self.now + TimeDelta::days(FIRST_DAY + day as i64) + TimeDelta::minutes(30 * half_hour as i64);
        Slot {
            member: &self.members[n % MEMBERS],
            machine: &self.machines[machine],
            period: Period::starting(start, TimeDelta::minutes(30)).unwrap(),
        }
    }
}

/// Fills an empty database; every member has this password hash.
pub fn fill(db: &mut Db, password_hash: &str) -> Lab {
    let now: Instant = MORNING.parse().unwrap();
    lab::store::save(db, &the_lab()).unwrap();
    lab::store::replace_spans(db, &(1..=7).map(always).collect::<Vec<_>>()).unwrap();
    let machines = machines(db);
    let plan = unlimited_plan(db);
    let members: Vec<Person> =
        (0..MEMBERS).map(|number| member(db, number, password_hash, plan, now)).collect();
    let lab = Lab { members, machines, now };
    busy_weeks(db, &lab);
    lab
}

fn the_lab() -> lab::Lab {
    lab::Lab {
        id: Id::new(),
        slug: "lab".into(),
        name: "Makerspace".into(),
        zone: Zone::PARIS,
        charter_version: 1,
        charter: Name { fr: "Soyez prudents.".into(), en: "Be careful.".into() },
        french_holidays: false,
        demo: false,
        calendar_version: 0,
    }
}

fn always(weekday: i32) -> OpeningSpan {
    let weekday = Day::numbered(weekday).unwrap();
    OpeningSpan { weekday, opens: 9 * 60, closes: 22 * 60, staffed: true, valid_from: None, valid_to: None }
}

fn machines(db: &mut Db) -> Vec<Bookable> {
    let mut made = Vec::new();
    for number in 0..WORKSHOPS {
        let (slug, position) = (format!("atelier-{number}"), number as i32);
        let name = Name { fr: format!("Atelier {number}"), en: format!("Workshop {number}") };
        let workshop =
            Workshop { id: Id::new(), slug, name, area_m2: 100, capacity: 20, position, version: 1 };
        machines::store::insert_workshop(db, &workshop).unwrap();
        for place in 0..MACHINES / WORKSHOPS {
            let position = (number * 10 + place) as i32;
            let machine = machine(workshop.id, position);
            machines::store::insert(db, &machine).unwrap();
            made.push(Bookable { id: machine.id, slug: machine.slug, workshop: workshop.id });
        }
    }
    made
}

/// More machines in a workshop, with nothing booked on them.
pub fn more_machines(db: &mut Db, workshop: WorkshopId, count: usize) -> Vec<Bookable> {
    let made = (0..count).map(|place| {
        let machine = machine(workshop, 100 + place as i32);
        machines::store::insert(db, &machine).unwrap();
        Bookable { id: machine.id, slug: machine.slug, workshop }
    });
    made.collect()
}

fn machine(workshop: WorkshopId, position: i32) -> Machine {
    Machine {
        id: Id::new(),
        slug: format!("machine-{position:02}"),
        name: Name { fr: format!("Découpeuse {position}"), en: format!("Cutter {position}") },
        workshop,
        kind: None,
        position,
        outage: None,
        rules: Rules { horizon_days: 730, ..Rules::default() },
        calendar_version: 0,
        version: 1,
    }
}

struct Plan;

fn unlimited_plan(db: &mut Db) -> Id<Plan> {
    let id = Id::<Plan>::new();
    diesel::insert_into(plan::table)
        .values((
            plan::id.eq(id),
            plan::slug.eq("libre"),
            plan::name_fr.eq("Libre"),
            plan::name_en.eq("Free"),
            plan::duration_days.eq(3650),
            plan::unstaffed_hours.eq(true),
            plan::active.eq(true),
            plan::version.eq(1),
        ))
        .execute(db)
        .unwrap();
    id
}

fn member(db: &mut Db, number: usize, password_hash: &str, plan: Id<Plan>, now: Instant) -> Person {
    let email = format!("member{number}@example.org");
    let details = Details {
        display_name: format!("Ada {number}"),
        locale: Locale::Fr,
        birth_date: "1990-12-10".parse().ok(),
        commune: None,
        audience: None,
    };
    let new = NewMember {
        charter_version: Some(1),
        password_hash: Some(password_hash.to_owned()),
        ..NewMember::new(email.parse().unwrap(), details)
    };
    let id = people::add(db, &new, now).unwrap();
    let (first, last) = ("2026-01-01".parse().unwrap(), "2029-12-31".parse().unwrap());
    let days: (chrono::NaiveDate, chrono::NaiveDate) = (first, last);
    diesel::insert_into(membership::table)
        .values((
            membership::id.eq(Id::<Plan>::new()),
            membership::member_id.eq(id),
            membership::plan_id.eq(plan),
            membership::starts_on.eq(days.0),
            membership::ends_on.eq(days.1),
            membership::paid.eq(true),
            membership::created_at.eq(now),
        ))
        .execute(db)
        .unwrap();
    let token = Token::new().unwrap();
    diesel::insert_into(session::table)
        .values((
            session::id.eq(Id::<Token>::new()),
            session::member_id.eq(id),
            session::token_hash.eq(token.fingerprint().bytes().to_vec()),
            session::created_at.eq(now),
            session::last_seen_at.eq(now),
            session::expires_at.eq(now + TimeDelta::days(30)),
        ))
        .execute(db)
        .unwrap();
    Person { id, email, token: token.reveal().to_owned() }
}

/// Three bookings of an hour and a half on each machine each day, from a week ago to a month ahead.
fn busy_weeks(db: &mut Db, lab: &Lab) {
    let hours = (-7..30).flat_map(|day| [1, 4, 8].map(|hour| day * 24 + hour));
    let all = hours.flat_map(|hour| iter::repeat(hour).zip(&lab.machines));
    for (number, (hour, machine)) in all.enumerate() {
        let start = lab.now + TimeDelta::hours(hour);
        let period = Period::starting(start, TimeDelta::minutes(90)).unwrap();
        write(db, machine.id, lab.members[number % MEMBERS].id, period, lab.now);
    }
}

fn write(db: &mut Db, machine: MachineId, member: MemberId, period: Period, now: Instant) {
    let reservation = Reservation {
        id: ReservationId::new(),
        machine,
        member,
        period,
        state: State::Confirmed,
        note: None,
        created_by: member,
        created_at: now,
        moved_at: None,
        sequence: 0,
        cancelled: None,
        exception: None,
        version: 1,
    };
    let claim = claims::Claim {
        machine,
        period,
        hold: period,
        kind: claims::Kind::Reservation,
        holder: reservation.id.uuid(),
        member: Some(member),
        people: 1,
    };
    claims::insert(db, &claim).unwrap();
    reservations::store::insert(db, &reservation).unwrap();
}
