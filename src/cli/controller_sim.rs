//! `etabli controller-sim`: a controller in the terminal.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, Write},
    path::PathBuf,
    sync::mpsc::Sender,
    thread,
};

use clap::Args;

use crate::kernel::{Locale, words::say};
use crate::simulator::{
    core::Fittings,
    memory::Memory,
    pairing,
    runner::{Input, Place, Runner, Seen},
    typed::{self, Typed, help},
};

/// What is to be simulated.
#[derive(Debug, Args)]
pub(super) struct Simulated {
    /// Slug of the machine it switches.
    machine: String,
    /// Where the house listens.
    #[arg(long, default_value = "http://127.0.0.1:8080")]
    server: String,
    /// Where its key and its memory are kept.
    #[arg(long, value_name = "FILE")]
    memory: Option<PathBuf>,
    /// Only a badge reader: a plug switches the machine.
    #[arg(long)]
    reader: bool,
    /// Language of its display, fr or en.
    #[arg(long, default_value = "fr")]
    lang: Locale,
    /// Lines to live through instead of typed ones.
    #[arg(long, value_name = "FILE")]
    script: Option<PathBuf>,
}

pub(super) fn run(wanted: &Simulated) -> anyhow::Result<()> {
    let usual = || PathBuf::from(format!("controller-{}.json", wanted.machine));
    let file = wanted.memory.clone().unwrap_or_else(usual);
    let mut memory = Memory::load(&file)?;
    if memory.device_key.is_none() {
        pairing::pair(&wanted.server, &mut memory, |text| draw(wanted.lang, Seen::Display(text)))?;
        memory.save(&file)?;
    }
    let locale = wanted.lang;
    let fitted = Fittings { machine: wanted.machine.clone(), relay: !wanted.reader, locale };
    let place = Place { server: wanted.server.clone(), fitted, file: Some(file) };
    let lines: Box<dyn BufRead + Send> = match &wanted.script {
        Some(script) => Box::new(BufReader::new(File::open(script)?)),
        None => Box::new(BufReader::new(io::stdin())),
    };
    let mut runner = Runner::new(place, memory, move |seen| draw(locale, seen));
    let inbox = runner.inbox();
    thread::spawn(move || read(lines, locale, &inbox));
    runner.live();
    Ok(())
}

/// Reads to the end, which is the end of the controller too.
fn read(lines: impl BufRead, locale: Locale, inbox: &Sender<Input>) {
    for line in lines.lines().map_while(Result::ok) {
        let understood = typed::read(&line);
        if understood.is_none() && !line.trim().is_empty() && !line.starts_with('#') {
            write(&help(locale));
        }
        if let Some(typed) = understood
            && inbox.send(Input::Typed(typed)).is_err()
        {
            return;
        }
    }
    // It may have ended already.
    let _ = inbox.send(Input::Typed(Typed::Quit));
}

fn draw(locale: Locale, seen: Seen) {
    let key = match &seen {
        Seen::Relay(true) => "sim-relay-on",
        Seen::Relay(false) => "sim-relay-off",
        Seen::Display(_) => "sim-display",
    };
    let text = if let Seen::Display(text) = seen { text } else { String::new() };
    write(&say(locale, key, &[("text", text.into())]));
}

fn write(text: &str) {
    // Nobody reads any more: nothing can be done about it.
    let _ = writeln!(io::stdout().lock(), "{text}");
}
