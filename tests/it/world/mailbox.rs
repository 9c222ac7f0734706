//! The mailbox of the whole world.

use std::fs;

use etabli::outbox::Courier;
use ical::{IcalParser, parser::ical::component::IcalEvent};
use mailparse::{MailHeaderMap, parse_mail};
use tokio::sync::watch;

use super::World;

/// A mail that came.
#[derive(Debug, Clone)]
pub struct Mail {
    pub to: String,
    pub subject: String,
    /// The plain text.
    pub text: String,
    /// All of it, as it was sent.
    pub raw: Vec<u8>,
}

impl World {
    /// Lets the courier run until nothing goes any more, and opens every mail that ever came, oldest first.
    pub async fn mails(&self) -> Vec<Mail> {
        let (_stop, stopped) = watch::channel(false);
        let courier = Courier::new(&self.app);
        while courier.round(&stopped).await.unwrap().sent > 0 {}
        let folder = self.database.folder.path().join("mail");
        let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
        let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
        files.sort();
        files.into_iter().map(|file| read(fs::read(file).unwrap())).collect()
    }
}

fn read(raw: Vec<u8>) -> Mail {
    let mail = parse_mail(&raw).unwrap();
    let header = |name| mail.headers.get_first_value(name).unwrap_or_default();
    let plain = mail.parts().find(|part| part.ctype.mimetype == "text/plain");
    let text = plain.map(|part| part.get_body().unwrap()).unwrap_or_default();
    Mail { to: header("To"), subject: header("Subject"), text, raw }
}

impl Mail {
    /// What it puts in the calendar, if it does: one event, read by a parser that is not ours.
    pub fn invitation(&self) -> Option<IcalEvent> {
        let mail = parse_mail(&self.raw).unwrap();
        let part = mail.parts().find(|part| part.ctype.mimetype == "text/calendar")?;
        let text = part.get_body().unwrap();
        let mut calendar = IcalParser::new(text.as_bytes()).next().unwrap().unwrap();
        calendar.events.pop()
    }
}

/// The value of a property of an event.
pub fn property(event: &IcalEvent, name: &str) -> String {
    let found = event.properties.iter().find(|property| property.name == name);
    found.and_then(|property| property.value.clone()).unwrap_or_default()
}
