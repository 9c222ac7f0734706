//! What people type in front of the demonstration: `badge scie-ruban maker`, in its own terminal or from another one.

use std::{
    io::{self, BufRead, BufReader, Read, Write},
    os::unix::net::{UnixListener, UnixStream},
    path::Path,
    sync::{Arc, mpsc::Receiver},
    thread,
    time::{Duration, Instant as Stopwatch},
};

use anyhow::{Context, bail};
use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    process::getpgrp,
    termios::tcgetpgrp,
};
use serde_json::Value as Json;

use super::{Hall, cards, doors};
use crate::{
    app::App,
    kernel::{Locale, Value, words::say},
    simulator::{
        line::{self, Letter},
        typed::{self, Typed},
    },
};

/// A display that shows nothing new for so long has said what it had to say.
const QUIET: Duration = Duration::from_millis(400);
/// The first word may take so long: a verdict that is not there by then is none.
const FIRST: Duration = Duration::from_millis(1500);
/// A plug takes a moment to do as it is told.
const SETTLED: Duration = Duration::from_secs(4);
/// What a display shows while it waits.
const WAITING: &str = "…";
/// What may be done at a machine.
const VERBS: [&str; 6] = ["badge", "button", "lock", "watts", "cut", "fault"];
/// The first line of what another terminal is told: whether it was done.
const DONE: &str = "done";
const REFUSED: &str = "refused";
/// A line is short.
const LONGEST: u64 = 1000;

/// Where typed lines go.
pub struct Front {
    hall: Hall,
    app: App,
}

impl Front {
    /// In front of these devices.
    #[must_use]
    pub const fn new(hall: Hall, app: App) -> Self {
        Self { hall, app }
    }

    /// Does what a line says, and tells what could be seen; takes a few seconds at most.
    ///
    /// # Errors
    /// A sentence when the line makes no sense here, or could not be done.
    pub fn ask(&self, line: &str) -> Result<String, String> {
        // Lines are copied from the manual, with what stands behind them.
        let line = line.split('#').next().unwrap_or_default();
        let words: Vec<&str> = line.split_whitespace().collect();
        match words.as_slice() {
            ["help" | "aide"] => Ok(self.help()),
            ["open" | "ouvrir"] => self.open(),
            [verb, machine, rest @ ..] if self.hall.machines().contains(machine) => {
                self.at(machine, verb, rest).ok_or_else(|| self.not_understood(line))
            }
            [verb, machine, ..] if VERBS.contains(verb) => {
                let what = [("machine", Value::from(*machine)), self.machines()];
                Err(format!("{}\n{}", both("demo-no-such-machine", &what), self.help()))
            }
            _ => Err(self.not_understood(line)),
        }
    }

    fn not_understood(&self, line: &str) -> String {
        format!("{}\n{}", both("demo-not-understood", &[("line", line.trim().into())]), self.help())
    }

    fn machines(&self) -> (&'static str, Value) {
        ("machines", Value::from(self.hall.machines().join(", ")))
    }

    fn help(&self) -> String {
        both("demo-help", &[self.machines()])
    }

    fn open(&self) -> Result<String, String> {
        let (now, store) = (self.app.now(), self.app.store.clone());
        let opened = actix_web::rt::System::new().block_on(store.write(move |db| doors::open_today(db, now)));
        match opened {
            Ok(()) => Ok(both("demo-opened", &[])),
            Err(_) => Err(both("demo-not-opened", &[])),
        }
    }

    /// Nothing where the words make no sense.
    fn at(&self, machine: &str, verb: &str, rest: &[&str]) -> Option<String> {
        let seen = match (verb, rest, self.hall.plug(machine)) {
            ("button", [], Some(plug)) => {
                plug.press();
                None
            }
            ("watts", [watts], Some(plug)) => {
                plug.draws(watts.parse().ok()?);
                None
            }
            _ => Some(self.hall.happen(machine, understood(verb, rest)?)?),
        };
        let mut lines = seen.map(|seen| watched(&seen)).unwrap_or_default();
        lines.push(format!("GET /api/v1/machines/{machine}/power  →  {}", self.state(machine)));
        Some(lines.join("\n"))
    }

    /// The word that everybody reads, once it has settled.
    fn state(&self, machine: &str) -> String {
        let since = Stopwatch::now();
        loop {
            let word = self.word(machine).unwrap_or_default();
            if word != "starting" || since.elapsed() > SETTLED {
                return word;
            }
            thread::sleep(Duration::from_millis(100));
        }
    }

    fn word(&self, machine: &str) -> Option<String> {
        let path = format!("/api/v1/machines/{machine}/power");
        let asked = Letter { method: "GET", path, headers: Vec::new(), body: String::new() };
        let (_, letters) = line::ask(&self.hall.server, &asked).ok()?;
        let told: Json = serde_json::from_str(&letters).ok()?;
        told.get("state")?.as_str().map(str::to_owned)
    }
}

/// A login stands for the number of its card.
fn understood(verb: &str, rest: &[&str]) -> Option<Typed> {
    let first = rest.first().map(|word| cards::number(word).unwrap_or_else(|| (*word).to_owned()));
    let line =
        [verb.to_owned()].into_iter().chain(first).chain(rest.iter().skip(1).map(|word| (*word).to_owned()));
    typed::read(&line.collect::<Vec<_>>().join(" ")).filter(|typed| *typed != Typed::Quit)
}

/// What a display shows until it is quiet.
fn watched(seen: &Receiver<String>) -> Vec<String> {
    let (mut lines, mut patience) = (Vec::new(), FIRST);
    while let Ok(line) = seen.recv_timeout(patience) {
        if !line.ends_with(WAITING) {
            lines.push(line);
            patience = QUIET;
        }
    }
    lines
}

/// Listens to the terminal of this program, if it has one or is given lines, and to other terminals.
pub fn listen(front: Arc<Front>, door: &Path) -> io::Result<()> {
    // Left there by a program that was killed: the folder is ours.
    let _ = std::fs::remove_file(door);
    let (listener, other) = (UnixListener::bind(door)?, front.clone());
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let front = other.clone();
            thread::spawn(move || answer(&front, &stream));
        }
    });
    thread::spawn(move || terminal(&front));
    Ok(())
}

fn answer(front: &Front, mut stream: &UnixStream) {
    let mut line = String::new();
    let asked = stream
        .set_read_timeout(Some(Duration::from_secs(5)))
        .and_then(|()| BufReader::new(stream.take(LONGEST)).read_line(&mut line));
    if asked.is_ok() {
        // Whoever asked may have gone.
        let (mark, told) = match front.ask(&line) {
            Ok(told) => (DONE, told),
            Err(why) => (REFUSED, why),
        };
        let _ = writeln!(stream, "{mark}\n{told}");
    }
}

/// Until the end of what is typed, which is at once where nobody types.
fn terminal(front: &Front) {
    let mut typed = BufReader::new(io::stdin());
    let mut line = String::new();
    while !typed.buffer().is_empty() || ours_to_read() {
        line.clear();
        match (&mut typed).take(LONGEST).read_line(&mut line) {
            Ok(0) | Err(_) => return,
            Ok(_) if line.trim().is_empty() => {}
            // Nobody reads any more: nothing can be done about it.
            Ok(_) => {
                let told = front.ask(&line).unwrap_or_else(|why| why);
                drop(writeln!(io::stdout().lock(), "{told}\n"));
            }
        }
    }
}

/// Waits until there is something to read. A program in the background must not touch its terminal: it would be stopped.
fn ours_to_read() -> bool {
    let a_second = Timespec { tv_sec: 1, tv_nsec: 0 };
    loop {
        let stdin = io::stdin();
        if tcgetpgrp(&stdin).is_ok_and(|foreground| foreground != getpgrp()) {
            thread::sleep(Duration::from_secs(1));
            continue;
        }
        match poll(&mut [PollFd::new(&stdin, PollFlags::IN)], Some(&a_second)) {
            Ok(0) | Err(rustix::io::Errno::INTR) => {}
            Ok(_) => return true,
            Err(_) => return false,
        }
    }
}

/// Says a line to the demonstration that runs behind this door, and what it answers.
///
/// # Errors
/// When none runs there, or when it did not do what the line says: its sentence.
pub fn say_to(door: &Path, line: &str) -> anyhow::Result<String> {
    let mut stream = UnixStream::connect(door).with_context(|| both("demo-nobody", &[]))?;
    writeln!(stream, "{line}")?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    match answer.split_once('\n') {
        Some((DONE, told)) => Ok(told.to_owned()),
        Some((_, why)) => bail!("{}", why.trim_end()),
        None => bail!(both("demo-nobody", &[])),
    }
}

/// In French, then in English.
fn both(key: &str, values: &[(&'static str, Value)]) -> String {
    format!("{}\n{}", say(Locale::Fr, key, values), say(Locale::En, key, values))
}
