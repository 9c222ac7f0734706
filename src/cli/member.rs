//! `etabli member add|promote|reset-password`: the first admin, and whoever is locked out.

use std::io::{self, BufRead, Write};

use actix_web::rt::System;
use anyhow::Context;
use clap::{Args, Subcommand};

use super::{open, sorry};
use crate::{
    app::App,
    config::{Config, language},
    kernel::{EmailAddress, Error, Locale, Result, secret::Token},
    people::{self, Details, NewMember, Password, Role},
    store::Db,
};

/// What to do to a member.
#[derive(Debug, Clone, Subcommand)]
pub(super) enum Deed {
    /// Make a member with a confirmed address. Without a password of your own, one is made up and printed.
    Add {
        /// Where letters go.
        email: EmailAddress,
        /// The name others see.
        #[arg(long)]
        name: String,
        /// What the member does besides making things; may be repeated: leader, trainer, staff, admin.
        #[arg(long = "role")]
        roles: Vec<Role>,
        /// The language of letters: fr or en.
        #[arg(long, default_value = "fr")]
        language: Locale,
        #[command(flatten)]
        secret: Secret,
    },
    /// Give a member one more role.
    Promote {
        /// Address or identifier.
        member: String,
        /// leader, trainer, staff or admin.
        role: Role,
    },
    /// Give a member another password and end every sign-in.
    ResetPassword {
        /// Address or identifier.
        member: String,
        #[command(flatten)]
        secret: Secret,
    },
}

/// Where a password comes from. Not from the command line itself, which everybody on the machine can read.
#[derive(Debug, Clone, Copy, Args)]
pub(super) struct Secret {
    /// Read the password from standard input, one line.
    #[arg(long)]
    password_stdin: bool,
}

pub(super) fn run(config: Config, deed: &Deed) -> anyhow::Result<()> {
    if matches!(deed, Deed::Add { .. }) {
        drop(open::real(&config)?);
    }
    let app = open::app(config)?;
    let done = match deed {
        Deed::Add { email, name, roles, language, secret } => {
            let details = Details {
                display_name: name.trim().to_owned(),
                locale: *language,
                birth_date: None,
                commune: None,
                audience: None,
            };
            let new = NewMember {
                roles: roles.iter().copied().collect(),
                ..NewMember::new(email.clone(), details)
            };
            add(&app, new, *secret)
        }
        Deed::Promote { member, role } => promote(&app, member, *role),
        Deed::ResetPassword { member, secret } => reset_password(&app, member, *secret),
    };
    app.store.close();
    done
}

fn add(app: &App, new: NewMember, secret: Secret) -> anyhow::Result<()> {
    let (password, made_up) = secret.read()?;
    let about = [new.details.display_name.as_str(), new.email.as_str()];
    let hash = Some(good_hash(app, &password, &about)?);
    let (now, new) = (app.now(), NewMember { password_hash: hash, ..new });
    let id = write(app, move |db| people::add(db, &new, now))?;
    tell(&format!("member {id}"), made_up.then_some(&password))
}

fn promote(app: &App, who: &str, role: Role) -> anyhow::Result<()> {
    let (now, who) = (app.now(), who.to_owned());
    write(app, move |db| {
        let member = people::find(db, &who)?.ok_or_else(nobody)?;
        people::promote(db, member.id, role, now)
    })
}

fn reset_password(app: &App, who: &str, secret: Secret) -> anyhow::Result<()> {
    let (password, made_up) = secret.read()?;
    let hash = good_hash(app, &password, &[who])?;
    let (now, who) = (app.now(), who.to_owned());
    let id = write(app, move |db| {
        let member = people::find(db, &who)?.ok_or_else(nobody)?;
        people::set_password(db, member.id, &hash, now).map(|()| member.id)
    })?;
    tell(&format!("member {id}"), made_up.then_some(&password))
}

impl Secret {
    /// The password, and whether it was made up.
    fn read(self) -> anyhow::Result<(Password, bool)> {
        if !self.password_stdin {
            return Ok((Password::new(Token::new()?.reveal()), true));
        }
        let mut line = String::new();
        io::stdin().lock().read_line(&mut line).context("read the password from standard input")?;
        Ok((Password::new(line.trim_end_matches(['\r', '\n'])), false))
    }
}

fn good_hash(app: &App, password: &Password, about: &[&str]) -> anyhow::Result<String> {
    if let Some(weak) = people::weakness(password, about) {
        return Err(sorry(Error::Invalid(vec![weak.at("password")]), language()));
    }
    app.passwords.hash_here(password)
}

fn write<T: Send + 'static>(
    app: &App,
    work: impl Fn(&mut Db) -> Result<T> + Send + 'static,
) -> anyhow::Result<T> {
    System::new().block_on(app.store.write(work)).map_err(|error| sorry(error, language()))
}

fn nobody() -> Error {
    Error::field("member", "unknown_member")
}

fn tell(what: &str, password: Option<&Password>) -> anyhow::Result<()> {
    let mut out = io::stdout();
    writeln!(out, "{what}")?;
    if let Some(password) = password {
        writeln!(out, "password {}", password.reveal())?;
    }
    Ok(())
}
