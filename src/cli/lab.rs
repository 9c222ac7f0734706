//! `etabli lab check|apply FILE`: a lab as a file that people edit, explained in config/lab.toml.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

use actix_web::rt::System;
use anyhow::{Context, anyhow};
use clap::{Args, Subcommand};

use super::{open, sorry};
use crate::{
    blueprint::{self, Birth, LabFile, Outcome},
    config::{Config, language},
    kernel::{Locale, Value, words::say},
};

/// What to do with a file.
#[derive(Debug, Clone, Subcommand)]
pub(super) enum Deed {
    /// Say every mistake of a lab file, with its line.
    Check(Read),
    /// Write what a lab file says into the database; the same file again changes nothing.
    Apply(Read),
}

/// Which file, and in which language to speak of it.
#[derive(Debug, Clone, Args)]
pub(super) struct Read {
    /// The file; config/lab.toml explains the format.
    file: PathBuf,
    /// The language of the answer: fr or en; that of the terminal (LANG) where nothing is said.
    #[arg(long = "lang", alias = "language", default_value = language().tag())]
    language: Locale,
}

/// Checks a file; needs no settings.
pub(super) fn check(read: &Read) -> anyhow::Result<()> {
    look(read)?;
    tell(&sentence(read.language, "right", &[("file", shown(&read.file))]))
}

/// Applies a file to the database of the settings.
pub(super) fn apply(config: Config, read: &Read) -> anyhow::Result<()> {
    drop(open::real(&config)?);
    let file = look(read)?;
    let app = open::app(config)?;
    let outcome = System::new().block_on(async {
        let now = app.now();
        let outcome = app.store.write(move |db| blueprint::apply(db, &file, Birth::Production, now)).await;
        app.store.close();
        outcome
    });
    report(&outcome.map_err(|error| sorry(error, read.language))?, read.language)
}

/// The lab of a file, or every mistake on standard output.
fn look(read: &Read) -> anyhow::Result<LabFile> {
    let name = read.file.display();
    let text = fs::read_to_string(&read.file).with_context(|| format!("the file {name} cannot be read"))?;
    let mistakes = match blueprint::read(&text) {
        Ok(lab) => return Ok(lab),
        Err(mistakes) => mistakes,
    };
    for mistake in &mistakes {
        tell(&format!("{name}:{}: {}", mistake.line, mistake.sentence(read.language)))?;
    }
    let count = Value::Count(i64::try_from(mistakes.len()).unwrap_or(i64::MAX));
    Err(anyhow!(sentence(read.language, "count", &[("count", count), ("file", shown(&read.file))])))
}

fn report(outcome: &Outcome, language: Locale) -> anyhow::Result<()> {
    if outcome.is_nothing() {
        tell(&sentence(language, "same", &[]))?;
    }
    for (key, things) in [("made", &outcome.made), ("changed", &outcome.changed), ("left", &outcome.left)] {
        for thing in things {
            tell(&sentence(language, key, &[("what", thing.in_words(language).into())]))?;
        }
    }
    if outcome.hurt.is_empty() {
        return Ok(());
    }
    let count = Value::Count(i64::try_from(outcome.hurt.len()).unwrap_or(i64::MAX));
    tell(&sentence(language, "hurt", &[("count", count)]))
}

fn sentence(language: Locale, key: &str, values: &[(&'static str, Value)]) -> String {
    say(language, &format!("blueprint-{key}"), values)
}

fn shown(file: &Path) -> Value {
    Value::Text(file.display().to_string())
}

fn tell(line: &str) -> anyhow::Result<()> {
    Ok(writeln!(io::stdout(), "{line}")?)
}
