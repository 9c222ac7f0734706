//! A short past beside a long one: what was booked years ago must cost nothing today.

use std::{path::Path, sync::atomic::AtomicUsize};

use chrono::TimeDelta;
use uuid::Uuid;

use crate::{
    bookings, calendars,
    house::{self, House},
    lab::Lab,
    slices::alternate,
    table::{Row, Target, rate},
    wire::Crowd,
};

const SHORT: usize = 1_000;
const LONG: usize = 1_000_000;
const CLIENTS: usize = 8;

pub fn rows() -> Vec<Row> {
    let folder = house::folder();
    let (template, lab) = house::filled(folder.path());
    let (short, long) = (house::copy(&template, "short.db"), house::copy(&template, "long.db"));
    remember(&short, &lab, SHORT);
    remember(&long, &lab, LONG);
    let houses = (House::sqlite(&long), House::sqlite(&short));
    let row = |what: &str, next: [&mut dyn FnMut() -> Vec<u8>; 2], wanted| {
        let [mut long, mut short] = next;
        let mut crowds = (Crowd::new(houses.0.address, CLIENTS), Crowd::new(houses.1.address, CLIENTS));
        let turns = alternate(|| crowds.0.run(&mut long, wanted), || crowds.1.run(&mut short, wanted));
        let what = format!("{what}, after 1 000 000 past bookings; floor: after 1 000");
        Row::ratio(what, (rate(turns.measured), rate(turns.floor)), turns.ratio, Target::AtLeast(0.8))
    };
    let weeks = || counting(|number| calendars::fresh_week(&lab, number));
    let days = || counting(calendars::fresh_day);
    let books = || {
        let next = AtomicUsize::new(0);
        let lab = &lab;
        move || bookings::request(lab, &next)
    };
    vec![
        row("week of one machine, never asked before", [&mut weeks(), &mut weeks()], 200),
        row("day of all machines, never asked before", [&mut days(), &mut days()], 200),
        row("bookings, 8 clients", [&mut books(), &mut books()], 201),
    ]
}

fn counting(mut of: impl FnMut(usize) -> Vec<u8>) -> impl FnMut() -> Vec<u8> {
    let mut number = 0;
    move || {
        number += 1;
        of(number)
    }
}

/// Writes so many bookings of the past: every two hours on every machine, back from eight days ago.
fn remember(file: &Path, lab: &Lab, many: usize) {
    let mut sqlite = rusqlite::Connection::open(file).unwrap();
    let fast = "PRAGMA synchronous = OFF; PRAGMA cache_size = -200000; PRAGMA foreign_keys = OFF";
    sqlite.execute_batch(fast).unwrap();
    let all = sqlite.transaction().unwrap();
    // Indexes are quicker made at the end than kept; what is written here is right by itself.
    let made = made_of(&all);
    for (drop, _) in &made {
        all.execute_batch(drop).unwrap();
    }
    {
        let mut claim =
            all.prepare("INSERT INTO claim VALUES (?1, ?2, ?3, ?4, ?4, 'reservation', ?5, ?6, 1)").unwrap();
        let mut reservation = all
            .prepare(
                "INSERT INTO reservation (id, machine_id, member_id, starts_at, ends_at, state, created_by,
                 created_at, sequence, version) VALUES (?1, ?2, ?3, ?4, ?5, 'confirmed', ?3, ?4, 0, 1)",
            )
            .unwrap();
        // Oldest first, as it happened.
        for number in (0..many).rev() {
            let back = TimeDelta::days(8) + TimeDelta::hours(2 * (number / lab.machines.len()) as i64);
            let (start, length) = ((lab.now - back).micros(), 90 * 60 * 1_000_000);
            let machine = lab.machines[number % lab.machines.len()].id.uuid();
            let member = lab.members[number % lab.members.len()].id.uuid();
            let (holder, own) = (id(many - number, 0), id(many - number, 1));
            let (machine, member) = (machine.as_bytes(), member.as_bytes());
            claim.execute((&own, machine, start, start + length, &holder, member)).unwrap();
            reservation.execute((&holder, machine, member, start, start + length)).unwrap();
        }
    }
    for (_, make) in &made {
        all.execute_batch(make).unwrap();
    }
    all.commit().unwrap();
    sqlite.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
}

/// How the indexes and triggers of the two tables are dropped, and how they are made again.
fn made_of(sqlite: &rusqlite::Connection) -> Vec<(String, String)> {
    let mut listed = sqlite
        .prepare(
            "SELECT 'DROP ' || type || ' ' || name, sql FROM sqlite_master
             WHERE tbl_name IN ('claim', 'reservation') AND type IN ('index', 'trigger') AND sql IS NOT NULL",
        )
        .unwrap();
    let rows = listed.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    rows.map(Result::unwrap).collect()
}

fn id(number: usize, which: u128) -> [u8; 16] {
    *Uuid::from_u128((1 << 96) + (number as u128 * 2) + which).as_bytes()
}
