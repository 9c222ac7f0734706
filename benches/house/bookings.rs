//! Bookings through HTTP beside a loop of the same statements.

use std::{
    env,
    sync::atomic::{AtomicUsize, Ordering},
};

use diesel::{Connection, PgConnection, connection::SimpleConnection};
use etabli::store::DatabaseUrl;
use url::Url;
use uuid::Uuid;

use crate::{
    bare,
    house::{self, House},
    lab::Lab,
    slices::{Turns, alternate},
    statements::{self, Statement},
    table::{Row, Target, rate},
    wire::{Crowd, post},
};

/// Slots that are booked to hear the statements.
const HEARD: (usize, usize) = (0, 1);
const CLIENTS: usize = 32;

pub fn on_sqlite() -> Vec<Row> {
    let folder = house::folder();
    let (template, lab) = house::filled(folder.path());
    let statements = statements::of_a_booking(&DatabaseUrl::Sqlite(template.clone()), &lab, HEARD);
    let bare = bare::sqlite(&house::copy(&template, "bare.db"));
    let house = House::sqlite(&house::copy(&template, "house.db"));
    let (asked, looped) = (AtomicUsize::new(2), AtomicUsize::new(2));
    let turns = |clients| {
        let mut crowd = Crowd::new(house.address, clients);
        alternate(
            || crowd.run(|| request(&lab, &asked), 201),
            || bare::books_sqlite(&bare, &statements, &lab, &looped),
        )
    };
    let (one, many) = (turns(1), turns(CLIENTS));
    let floor = format!("bare loop of its {} statements, a commit each", counted(&statements));
    vec![
        row(&format!("bookings, 1 client, SQLite; floor: {floor}"), &one, 0.6),
        row(&format!("bookings, {CLIENTS} clients, SQLite; floor: the same loop"), &many, 3.0),
    ]
}

pub fn on_postgres() -> Vec<Row> {
    let what = format!("bookings, {CLIENTS} clients, PostgreSQL");
    let Some(server) = server() else {
        return vec![Row::absent(
            what,
            "not measured: neither BENCH_DATABASE_URL nor TEST_DATABASE_URL is set",
        )];
    };
    let template = format!("etabli_bench_{}", Uuid::now_v7().simple());
    let other = format!("{template}_bare");
    let mut admin = PgConnection::establish(server.as_str()).unwrap();
    admin.batch_execute(&format!("CREATE DATABASE {template} TEMPLATE template0")).unwrap();
    let url = named(&server, &template);
    let house_url: DatabaseUrl = url.as_str().parse().unwrap();
    let lab = house::fill(&house_url);
    let statements = statements::of_a_booking(&house_url, &lab, HEARD);
    admin.batch_execute(&format!("CREATE DATABASE {other} TEMPLATE {template}")).unwrap();

    let turns = {
        let bare_url = named(&server, &other);
        let mut bare: Vec<PgConnection> =
            (0..CLIENTS).map(|_| bare::postgres(bare_url.as_str(), &statements)).collect();
        let folder = house::folder();
        let house = House::open(&house_url, folder.path());
        let mut crowd = Crowd::new(house.address, CLIENTS);
        let (asked, looped) = (AtomicUsize::new(2), AtomicUsize::new(2));
        alternate(
            || crowd.run(|| request(&lab, &asked), 201),
            || bare::books_postgres(&mut bare, &statements, &lab, &looped),
        )
    };
    for name in [template, other] {
        admin.batch_execute(&format!("DROP DATABASE {name} WITH (FORCE)")).unwrap();
    }
    let floor = format!("{CLIENTS} bare connections running its {} statements", counted(&statements));
    vec![row(&format!("{what}; floor: {floor}"), &turns, 0.8)]
}

/// A request for the next free slot.
pub fn request(lab: &Lab, next: &AtomicUsize) -> Vec<u8> {
    let slot = lab.slot(next.fetch_add(1, Ordering::Relaxed));
    let (machine, period) = (&slot.machine.slug, slot.period);
    let body =
        format!(r#"{{"machine":"{machine}","starts_at":"{}","ends_at":"{}"}}"#, period.start(), period.end());
    post("/api/v1/reservations", &format!("Authorization: Bearer {}\r\n", slot.member.token), &body)
}

fn row(what: &str, turns: &Turns, least: f64) -> Row {
    Row::ratio(what, (rate(turns.measured), rate(turns.floor)), turns.ratio, Target::AtLeast(least))
}

/// Those that are not the brackets of the transaction.
fn counted(statements: &[Statement]) -> usize {
    statements.iter().filter(|statement| !statement.pieces.is_empty()).count()
}

#[expect(clippy::disallowed_methods, reason = "not a setting of the house: which database is measured")]
fn server() -> Option<Url> {
    let set = |name| env::var(name).ok().filter(|url| !url.is_empty());
    let url = set("BENCH_DATABASE_URL").or_else(|| set("TEST_DATABASE_URL"))?;
    Some(url.parse().unwrap())
}

fn named(server: &Url, name: &str) -> Url {
    let mut url = server.clone();
    url.set_path(name);
    url
}
