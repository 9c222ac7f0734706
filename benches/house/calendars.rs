//! Calendars beside a hello-world of the same server.

use crate::{
    house::{self, House},
    lab::Lab,
    slices::alternate,
    table::{Row, Target, rate},
    wire::{Crowd, get},
};

const CLIENTS: usize = 16;

pub fn rows() -> Vec<Row> {
    let folder = house::folder();
    let (file, lab) = house::filled(folder.path());
    let house = House::sqlite(&file);
    let day = vec![get("/api/v1/calendar", "")];
    let mut cold = (0..).map(|number: usize| fresh_week(&lab, number));
    vec![
        row(&house, "week of one machine; floor: hello-world", &weeks(&lab), 200, Target::AtLeast(0.3)),
        row(&house, "week of one machine, ETag held (304)", &held(&house, &lab), 304, Target::AtLeast(0.6)),
        row(&house, "day of all machines", &day, 200, Target::AtLeast(0.1)),
        turns(
            &house,
            "week of one machine, never asked before",
            || cold.next().unwrap(),
            (200, Target::None),
        ),
    ]
}

fn row(house: &House, what: &str, requests: &[Vec<u8>], wanted: u16, target: Target) -> Row {
    let mut all = requests.iter().cycle();
    turns(house, what, || all.next().unwrap().clone(), (wanted, target))
}

fn turns(
    house: &House,
    what: &str,
    mut next: impl FnMut() -> Vec<u8>,
    (wanted, target): (u16, Target),
) -> Row {
    let mut crowd = Crowd::new(house.address, CLIENTS);
    let mut others = Crowd::new(house.address, CLIENTS);
    let hello = get("/hello", "");
    let turns = alternate(|| crowd.run(&mut next, wanted), || others.run(|| hello.clone(), 200));
    Row::ratio(what, (rate(turns.measured), rate(turns.floor)), turns.ratio, target)
}

/// The week of each machine.
fn weeks(lab: &Lab) -> Vec<Vec<u8>> {
    lab.machines.iter().map(|machine| get(&path(&machine.slug), "")).collect()
}

/// The same, asked by clients who have it.
fn held(house: &House, lab: &Lab) -> Vec<Vec<u8>> {
    let mut client = house.client();
    let ask = |path: String| {
        let answer = client.ask(&get(&path, ""));
        let tag = answer.header("etag").unwrap();
        get(&path, &format!("If-None-Match: {tag}\r\n"))
    };
    lab.machines.iter().map(|machine| path(&machine.slug)).map(ask).collect()
}

fn path(machine: &str) -> String {
    format!("/api/v1/machines/{machine}/calendar")
}

/// A week that is not in memory: the same one comes round again after more than memory holds.
pub fn fresh_week(lab: &Lab, number: usize) -> Vec<u8> {
    let machine = &lab.machines[number % lab.machines.len()].slug;
    let first = chrono::NaiveDate::from_ymd_opt(2026, 3, 2).unwrap();
    let from = first + chrono::Days::new((number / lab.machines.len() % 300) as u64);
    get(&format!("/api/v1/machines/{machine}/calendar?from={from}"), "")
}

/// The same for a day of all machines.
pub fn fresh_day(number: usize) -> Vec<u8> {
    let first = chrono::NaiveDate::from_ymd_opt(2026, 3, 2).unwrap();
    let from = first + chrono::Days::new((number % 600) as u64);
    get(&format!("/api/v1/calendar?from={from}"), "")
}
