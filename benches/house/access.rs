//! Badges: how soon one gets its verdict while others book, and what a houseful of controllers costs.

use std::{
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
    thread,
    time::{Duration, Instant},
};

use rusqlite::Connection;

use crate::{
    bare, bookings,
    devices::{self, Reader},
    house::{self, House},
    lab::Lab,
    slices::{processor, quantile},
    table::{Row, Target},
    wire::{Crowd, Wire},
};

/// How long badges are shown while others book.
const SHOWING: Duration = Duration::from_secs(5);
/// Who books meanwhile.
const CLIENTS: usize = 8;
/// How long somebody looks at the machine before the badge is shown again.
const PAUSE: Duration = Duration::from_millis(4);

/// Controllers with a session each, and how often each speaks.
const CONTROLLERS: usize = 200;
const BEATS_A_SECOND: u32 = 20;
/// Controllers where people come and go.
const BUSY: usize = 10;
const SCANS_A_SECOND: u32 = 20;
const WATCHING: Duration = Duration::from_secs(10);

pub fn rows() -> Vec<Row> {
    let folder = house::folder();
    let (file, lab) = house::filled(folder.path());
    let scratch = bare::sqlite(&folder.path().join("floor.db"));
    scratch
        .execute_batch("CREATE TABLE t(id INTEGER PRIMARY KEY, at INTEGER); INSERT INTO t VALUES(1, 0)")
        .unwrap();
    let house = House::at_work(&file);
    let mut readers = devices::readers(&house, &lab, CONTROLLERS + BUSY);
    let mut rows = verdicts(&house, &lab, (&readers[CONTROLLERS], &scratch));
    rows.push(crowd(&house, &mut readers));
    rows
}

/// One badge after another at one machine, and bare commits in turns with them, while others book.
fn verdicts(house: &House, lab: &Lab, (reader, scratch): (&Reader, &Connection)) -> Vec<Row> {
    let (done, next) = (AtomicBool::new(false), AtomicUsize::new(0));
    let (mut exchanges, mut commits) = (Vec::new(), Vec::new());
    let booked = thread::scope(|scope| {
        let load = scope.spawn(|| {
            let mut crowd = Crowd::new(house.address, CLIENTS);
            let mut rates = Vec::new();
            while !done.load(Ordering::Relaxed) {
                rates.push(crowd.run(|| bookings::request(lab, &next), 201));
            }
            rates.iter().sum::<f64>() / rates.len() as f64
        });
        let mut client = house.client();
        let since = Instant::now();
        while since.elapsed() < SHOWING {
            let request = reader.scan();
            exchanges.push(millis(|| {
                client.send(&request);
                client.expect(200);
            }));
            commits.push(millis(|| scratch.execute_batch("UPDATE t SET at = at + 1").unwrap()));
            thread::sleep(PAUSE);
        }
        done.store(true, Ordering::Relaxed);
        load.join().unwrap()
    });
    let (median, p99) = (quantile(exchanges.clone(), 0.5), quantile(exchanges.clone(), 0.99));
    let commit = quantile(commits, 0.99);
    let beyond = (p99 - commit).max(0.0);
    let while_booking =
        format!("{} badges while {CLIENTS} clients book {booked:.0} a second", exchanges.len());
    vec![
        Row::figure(
            format!("scan to verdict, p99 of {while_booking}, ms"),
            format!("{p99:.1} ms (median {median:.1})"),
            p99,
            Target::Below(25.0),
        ),
        Row::figure(
            "the same exchange beyond a bare commit's p99 beside it, ms",
            format!("{beyond:.1} ms (commit {commit:.1})"),
            beyond,
            Target::Below(5.0),
        ),
    ]
}

/// Many sessions that go on, a few machines where people come and go.
fn crowd(house: &House, readers: &mut [Reader]) -> Row {
    let mut client = house.client();
    let (running, busy) = readers.split_at_mut(CONTROLLERS);
    for reader in running.iter_mut() {
        reader.start(&mut client);
    }
    thread::sleep(WATCHING / 4);
    let idle = share(|| thread::sleep(WATCHING / 4));
    let load = share(|| come_and_go(&mut client, running, busy));
    Row::figure(
        format!(
            "{CONTROLLERS} controllers, a heartbeat each 10 s, and {SCANS_A_SECOND} badges a second: part of one core"
        ),
        format!("{load:.1} % ({idle:.1} % before)"),
        load,
        Target::Below(10.0),
    )
}

/// Heartbeats and badges, evenly spread.
fn come_and_go(client: &mut Wire, running: &[Reader], busy: &[Reader]) {
    let each = Duration::from_secs(1) / (BEATS_A_SECOND + SCANS_A_SECOND);
    let (since, mut number) = (Instant::now(), 0);
    while since.elapsed() < WATCHING {
        let request = if number % 2 == 0 {
            running[number / 2 % running.len()].beat()
        } else {
            // Twice at each: on and off.
            busy[number / 4 % busy.len()].scan()
        };
        client.send(&request);
        client.expect(200);
        number += 1;
        thread::sleep((each * number as u32).saturating_sub(since.elapsed()));
    }
}

fn millis(work: impl FnOnce()) -> f64 {
    let since = Instant::now();
    work();
    since.elapsed().as_secs_f64() * 1000.0
}

/// Which part of one core the other threads of this process used meanwhile, in percent.
fn share(work: impl FnOnce()) -> f64 {
    let (since, before) = (Instant::now(), others());
    work();
    100.0 * (others() - before) / since.elapsed().as_secs_f64()
}

/// Seconds of processor time of all threads but this one, which is the client; those that have ended count, too.
fn others() -> f64 {
    processor("self") - processor("thread-self")
}
