//! Sign-ins beside bare Argon2 on as many threads, while somebody else looks at calendars and books.

use std::{
    sync::{
        Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use argon2::{
    Argon2,
    password_hash::{PasswordVerifier, phc::PasswordHash},
};

use crate::{
    bookings,
    house::{self, House},
    lab::{Lab, PASSWORD},
    slices::{alternate, quantile},
    table::{Row, Target, rate},
    wire::{Crowd, get, post},
};

const SLICE: Duration = Duration::from_millis(1800);
/// How long the other client waits between two requests.
const PACE: Duration = Duration::from_millis(15);

pub fn rows() -> Vec<Row> {
    let folder = house::folder();
    let (file, lab) = house::filled(folder.path());
    let house = House::sqlite(&file);
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let mut crowd = Crowd::new(house.address, 2 * threads);
    let mut visitor = 0;
    let sign_in = || {
        visitor += 1;
        let email = &lab.members[visitor % lab.members.len()].email;
        post("/api/v1/sessions", "", &format!(r#"{{"email":"{email}","password":"{PASSWORD}"}}"#))
    };
    let (busy, done, waits) = (AtomicBool::new(false), AtomicBool::new(false), Mutex::new(Vec::new()));
    let mut sign_in = sign_in;
    let turns = thread::scope(|scope| {
        scope.spawn(|| other(&house, &lab, (&busy, &done), &waits));
        let turns = alternate(
            || {
                busy.store(true, Ordering::Relaxed);
                let rate = crowd.run_for(SLICE, &mut sign_in, 201);
                busy.store(false, Ordering::Relaxed);
                rate
            },
            || bare(threads),
        );
        done.store(true, Ordering::Relaxed);
        turns
    });
    let waits = waits.into_inner().unwrap();
    let p99 = quantile(waits.clone(), 0.99);
    let shown = format!("{p99:.1} ms of {}", waits.len());
    vec![
        Row::ratio(
            format!("sign-ins; floor: bare Argon2id on {threads} threads"),
            (rate(turns.measured), rate(turns.floor)),
            turns.ratio,
            Target::AtLeast(0.95),
        ),
        Row::figure("p99 of calendars and bookings meanwhile, ms", shown, p99, Target::Below(20.0)),
    ]
}

/// Looks at a calendar or books, one after the other, while the server is busy with passwords.
fn other(house: &House, lab: &Lab, (busy, done): (&AtomicBool, &AtomicBool), waits: &Mutex<Vec<f64>>) {
    let mut client = house.client();
    let next = AtomicUsize::new(0);
    for turn in 0.. {
        thread::sleep(PACE);
        if done.load(Ordering::Relaxed) {
            return;
        }
        if !busy.load(Ordering::Relaxed) {
            continue;
        }
        let (request, wanted) = match turn % 3 {
            0 => (bookings::request(lab, &next), 201),
            1 => (get("/api/v1/machines/machine-01/calendar", ""), 200),
            _ => (get("/api/v1/calendar", ""), 200),
        };
        let since = Instant::now();
        client.send(&request);
        client.expect(wanted);
        let took = since.elapsed().as_secs_f64() * 1000.0;
        if busy.load(Ordering::Relaxed) {
            waits.lock().unwrap().push(took);
        }
    }
}

fn bare(threads: usize) -> f64 {
    let kept = house::password_hash();
    let done = AtomicUsize::new(0);
    let since = Instant::now();
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                let kept = PasswordHash::new(&kept).unwrap();
                while since.elapsed() < SLICE {
                    Argon2::default().verify_password(PASSWORD.as_bytes(), &kept).unwrap();
                    done.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
    });
    done.into_inner() as f64 / since.elapsed().as_secs_f64()
}
