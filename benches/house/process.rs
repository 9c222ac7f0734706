//! The program itself, as a newcomer starts it: how soon the demonstration answers again, how much memory it keeps.

use std::{
    fs,
    io::{BufRead, BufReader, Lines},
    net::SocketAddr,
    path::Path,
    process::{Child, ChildStdout, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use etabli::demo::PASSWORD;

use crate::{
    house,
    slices::median,
    table::{Row, Target},
    wire::{Crowd, Wire, get, post},
};

const LOAD: Duration = Duration::from_secs(2);

pub fn rows() -> Vec<Row> {
    let folder = house::folder();
    drop(Running::start(folder.path()));
    let starts: Vec<f64> = (0..5).map(|_| Running::start(folder.path()).1).collect();
    let (running, _) = Running::start(folder.path());
    let (fresh, after) = (running.resident(), running.after_load());
    let start = median(starts.into_iter());
    vec![
        Row::figure(
            format!("resident memory after a load, MB ({fresh:.0} before)"),
            format!("{after:.0} MB"),
            after,
            Target::Below(60.0),
        ),
        Row::figure("start to first answer, s", format!("{start:.2} s"), start, Target::Below(1.0)),
    ]
}

/// A server in a process of its own.
struct Running {
    child: Child,
    address: SocketAddr,
    /// What it says; it would not go on talking to nobody.
    _said: Lines<BufReader<ChildStdout>>,
}

impl Running {
    /// Starts it; with the seconds until its first answer.
    fn start(folder: &Path) -> (Self, f64) {
        let since = Instant::now();
        let mut child = Command::new(env!("CARGO_BIN_EXE_etabli"))
            .arg("demo")
            .env("ETABLI_DATA_DIR", folder)
            .env("ETABLI_LISTEN", "127.0.0.1:0")
            .env("ETABLI_MAIL_FROM", "lab@example.org")
            .env("ETABLI_MAIL_URL", format!("file://{}/mail", folder.display()))
            .env("ETABLI_PUBLIC_URL", "http://127.0.0.1")
            .env("ETABLI_RATE_LIMITS", "off")
            .env("ETABLI_LOG", "warn")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = BufReader::new(child.stdout.take().unwrap()).lines();
        let address = said
            .by_ref()
            .map_while(Result::ok)
            .find_map(|line| line.split_once("http://")?.1.trim().parse::<SocketAddr>().ok())
            .unwrap();
        Wire::open(address).send(b"");
        let answer = Wire::open(address).ask(&get("/api/v1/calendar", ""));
        assert_eq!(answer.status, 200);
        (Self { child, address, _said: said }, since.elapsed().as_secs_f64())
    }

    /// Megabytes of memory it keeps, after calendars old and new, sign-ins and bookings.
    fn after_load(&self) -> f64 {
        let mut client = Wire::open(self.address);
        let sign_in = post(
            "/api/v1/sessions",
            "",
            &format!(r#"{{"email":"maker@example.org","password":"{PASSWORD}"}}"#),
        );
        let token = {
            let answer = client.ask(&sign_in);
            let json: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
            json["token"].as_str().unwrap().to_owned()
        };
        let mut crowd = Crowd::new(self.address, 32);
        let mut number = 0;
        let calendars = || {
            number += 1;
            let from = chrono::NaiveDate::from_ymd_opt(2027, 1, 1).unwrap() + chrono::Days::new(number % 300);
            let path =
                if number % 2 == 0 { "/api/v1/calendar" } else { "/api/v1/machines/decoupe-laser/calendar" };
            get(&format!("{path}?from={from}&days=7"), "")
        };
        crowd.run_for(LOAD, calendars, 200);
        crowd.run_for(LOAD, || sign_in.clone(), 201);
        let mine = get("/api/v1/me", &format!("Authorization: Bearer {token}\r\n"));
        crowd.run_for(LOAD, || mine.clone(), 200);
        thread::sleep(Duration::from_millis(500));
        self.resident()
    }

    fn resident(&self) -> f64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
        line.trim().trim_end_matches("kB").trim().parse::<f64>().unwrap() / 1024.0
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
