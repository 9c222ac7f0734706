//! A letter as a mail (RFC 5322, MIME, iMIP RFC 6047).

use std::time::SystemTime;

use anyhow::Context;
use lettre::{
    Address, Message,
    message::{
        Attachment, Mailbox, MultiPart, SinglePart,
        header::{ContentType, HeaderName, HeaderValue},
    },
};

use super::{
    calendar::{Party, Setting},
    layout::{self, Laid, Letterhead},
    model::Written,
};
use crate::kernel::{EmailAddress, Instant, LetterId};

/// Whom letters come from. The organizer of every invitation is the same address.
#[derive(Debug, Clone)]
pub struct Sender {
    /// The `From` address.
    pub address: EmailAddress,
    /// What every letter carries.
    pub head: Letterhead,
}

/// A mail ready to go, with what a mailer that writes files names them after.
#[derive(Debug, Clone)]
pub struct Parcel {
    /// The letter it was made of.
    pub id: LetterId,
    /// What kind of letter.
    pub kind: String,
    /// When it was handed in.
    pub written_at: Instant,
    /// The mail.
    pub message: Message,
}

/// Puts a letter in its envelope: a text and a page, and where it invites, the invitation both beside them, where
/// mail programs look for it, and attached, where people do.
///
/// The same letter makes the same Message-ID and Date every time, so that a second delivery is recognised.
///
/// # Errors
/// When an address is none for mail.
pub fn pack(letter: &Written, sender: &Sender) -> anyhow::Result<Parcel> {
    let Laid { text, html } = layout::lay(letter, &sender.head)?;
    let words =
        MultiPart::alternative().singlepart(SinglePart::plain(text)).singlepart(SinglePart::html(html));
    let builder = Message::builder()
        .message_id(Some(message_id(letter.id, &sender.address)))
        .date(SystemTime::from(letter.written_at.utc()))
        .from(mailbox(&sender.head.lab, &sender.address).context("the address letters come from")?)
        .to(mailbox(&letter.body.name, &letter.to).context("the address of a letter")?)
        .subject(plain(&letter.subject))
        .raw_header(HeaderValue::new(
            HeaderName::new_from_ascii_str("Auto-Submitted"),
            "auto-generated".into(),
        ))
        .raw_header(HeaderValue::new(
            HeaderName::new_from_ascii_str("Content-Language"),
            letter.locale.tag().into(),
        ));
    let message = match invitation(letter, sender) {
        None => builder.multipart(words),
        Some((method, ics)) => {
            let beside = ContentType::parse(&format!("text/calendar; charset=utf-8; method={method}"))?;
            let attached = ContentType::parse(&format!("application/ics; name=\"{FILE}\""))?;
            let words = words.singlepart(SinglePart::builder().header(beside).body(ics.clone()));
            builder.multipart(
                MultiPart::mixed()
                    .multipart(words)
                    .singlepart(Attachment::new(FILE.to_owned()).body(ics, attached)),
            )
        }
    };
    Ok(Parcel {
        id: letter.id,
        kind: letter.kind.clone(),
        written_at: letter.written_at,
        message: message.context("put a letter in its envelope")?,
    })
}

const FILE: &str = "invite.ics";

/// What a second delivery is recognised by.
#[must_use]
pub fn message_id(letter: LetterId, sender: &EmailAddress) -> String {
    format!("<{letter}@{}>", sender.domain())
}

fn invitation(letter: &Written, sender: &Sender) -> Option<(&'static str, String)> {
    let invitation = letter.invitation.as_ref()?;
    let ics = invitation.render(&Setting {
        organizer: Party { address: &sender.address, name: &sender.head.lab },
        attendee: Party { address: &letter.to, name: &letter.body.name },
        written_at: letter.written_at,
        public_url: &sender.head.public_url,
    });
    Some((invitation.method.as_str(), ics))
}

fn mailbox(name: &str, address: &EmailAddress) -> anyhow::Result<Mailbox> {
    let address: Address = address.as_str().parse()?;
    let name = plain(name);
    Ok(Mailbox::new(Some(name).filter(|name| !name.is_empty()), address))
}

/// A header is one line, whatever people call themselves.
fn plain(text: &str) -> String {
    text.split(char::is_control).map(str::trim).collect::<Vec<_>>().join(" ").trim().to_owned()
}
