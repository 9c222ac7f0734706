//! `etabli plug-sim`: a plug in the terminal, on a real broker.

use std::{
    io::{self, BufRead, Write},
    sync::Arc,
    thread,
    time::Duration,
};

use actix_web::rt::System;
use clap::Args;
use tokio::time::interval;
use uuid::Uuid;

use crate::{
    kernel::{Locale, words::say},
    power::mqtt::Broker,
    simulator::plug::{Make, Plug, live::Plugged},
};

/// What is to be simulated.
#[derive(Debug, Args)]
pub(super) struct Simulated {
    /// Its MQTT topic or prefix.
    topic: String,
    /// What it is: tasmota, shelly or esphome.
    #[arg(long, default_value = "tasmota")]
    make: Make,
    /// The broker: mqtt://USER:PASSWORD@HOST:PORT, or mqtts://.
    #[arg(long, default_value = "mqtt://127.0.0.1")]
    broker: String,
    /// What its machine draws while it is on.
    #[arg(long, default_value_t = 120.0)]
    watts: f64,
    /// Language of what it prints, fr or en.
    #[arg(long, default_value = "fr")]
    lang: Locale,
}

pub(super) fn run(wanted: &Simulated) -> anyhow::Result<()> {
    let broker = Broker::from_url(&wanted.broker)?;
    let options = broker.options(&format!("plug-sim-{}", Uuid::now_v7().simple()));
    let lang = wanted.lang;
    System::new().block_on(async {
        let plug = Plug::new(wanted.make, &wanted.topic, wanted.watts);
        let plugged = Arc::new(Plugged::new(plug, options));
        let typed = plugged.clone();
        let hands = thread::spawn(move || read(&typed, lang));
        let (mut timer, mut before, mut alone) = (interval(Duration::from_millis(100)), None, None);
        while !hands.is_finished() {
            timer.tick().await;
            let (on, trouble) = (plugged.is_on(), plugged.trouble());
            if before.replace(on) != Some(on) {
                write(&say(lang, if on { "sim-relay-on" } else { "sim-relay-off" }, &[]));
            }
            if trouble != alone {
                alone.clone_from(&trouble);
                tell(lang, trouble);
            }
        }
    });
    Ok(())
}

/// Reads until `quit`; where nobody types, the plug stays in the wall.
fn read(plug: &Plugged, lang: Locale) {
    for line in io::stdin().lock().lines().map_while(Result::ok) {
        let words: Vec<&str> = line.split_whitespace().collect();
        match (words.as_slice(), words.get(1).and_then(|watts| watts.parse().ok())) {
            ([], _) => {}
            (["quit"], _) => return,
            (["button"], _) => plug.press(),
            (["watts", _], Some(watts)) => plug.draws(watts),
            _ => write(&say(lang, "sim-plug-help", &[])),
        }
    }
    loop {
        thread::park();
    }
}

fn tell(lang: Locale, trouble: Option<String>) {
    match trouble {
        Some(error) => write(&say(lang, "sim-plug-alone", &[("error", error.into())])),
        None => write(&say(lang, "sim-plug-there", &[])),
    }
}

fn write(text: &str) {
    // Nobody reads any more: nothing can be done about it.
    let _ = writeln!(io::stdout(), "{text}");
}
