//! Invitations as calendars read them: iTIP (RFC 5546) in iCalendar (RFC 5545).
//!
//! A room says *what* is in the calendar ([`Event`]) inside its own transaction; who invites whom is only known
//! where the letter leaves, because the organizer must be the address the mail comes from. So the event is kept
//! with the letter as a few values and becomes text here, at delivery.

use icalendar::{Attendee, CUType, Calendar, Component, EventLike, EventStatus, PartStat, Property, Role};
use serde::{Deserialize, Serialize};

use crate::kernel::{EmailAddress, Instant};

/// Something that stands in a calendar under the same `uid` for life.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// The same for life; the identifier of the reservation or of the seat does.
    pub uid: String,
    /// Grows by one with every change, cancelling included.
    pub sequence: i32,
    /// First instant inside.
    pub starts_at: Instant,
    /// First instant after.
    pub ends_at: Instant,
    /// One line: `CO₂ laser cutter`.
    pub summary: String,
    /// More words; may be empty.
    pub description: String,
    /// Where to go; may be empty.
    pub location: String,
    /// A path of this server where the thing is shown.
    pub path: Option<String>,
}

/// What the letter asks of the calendar that reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, strum::IntoStaticStr)]
#[serde(rename_all = "UPPERCASE")]
#[strum(serialize_all = "UPPERCASE")]
pub enum Method {
    /// Put it in, or change what is already in.
    Request,
    /// Take it out.
    Cancel,
}

/// An event and what to do with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// What to do.
    pub method: Method,
    /// With what.
    pub event: Event,
}

/// Somebody in a calendar: an address and, where known, a name.
#[derive(Debug, Clone, Copy)]
pub struct Party<'a> {
    /// The address.
    pub address: &'a EmailAddress,
    /// The name; may be empty.
    pub name: &'a str,
}

/// Who invites whom, when it was written, and where paths lead.
#[derive(Debug, Clone, Copy)]
pub struct Setting<'a> {
    /// The address the mail comes from.
    pub organizer: Party<'a>,
    /// The address the mail goes to.
    pub attendee: Party<'a>,
    /// When the letter was written; a second delivery says the same.
    pub written_at: Instant,
    /// What stands before a path of this server, without a slash at its end.
    pub public_url: &'a str,
}

impl Method {
    /// As it stands in `METHOD` and in the MIME parameter of the same name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// Puts the event in the reader's calendar, or replaces an older `sequence` of it.
#[must_use]
pub const fn request(event: Event) -> Invitation {
    Invitation { method: Method::Request, event }
}

/// Takes the event out of the reader's calendar.
#[must_use]
pub const fn cancel(event: Event) -> Invitation {
    Invitation { method: Method::Cancel, event }
}

impl Invitation {
    /// The iCalendar text: UTC times, CRLF, lines folded at 75 bytes.
    #[must_use]
    pub fn render(&self, setting: &Setting<'_>) -> String {
        let mut calendar = Calendar::empty();
        calendar
            .append_property(("VERSION", "2.0"))
            .append_property(("PRODID", concat!("-//Etabli//etabli ", env!("CARGO_PKG_VERSION"), "//FR")))
            .append_property(("CALSCALE", "GREGORIAN"))
            .append_property(("METHOD", self.method.as_str()))
            .push(self.component(setting));
        calendar.to_string()
    }

    fn component(&self, setting: &Setting<'_>) -> icalendar::Event {
        let event = &self.event;
        let status = match self.method {
            Method::Request => EventStatus::Confirmed,
            Method::Cancel => EventStatus::Cancelled,
        };
        let mut component = icalendar::Event::with_uid(&event.uid);
        component
            .timestamp(setting.written_at.utc())
            .sequence(u32::try_from(event.sequence).unwrap_or_default())
            .starts(event.starts_at.utc())
            .ends(event.ends_at.utc())
            .summary(&event.summary)
            .status(status)
            .append_property(organizer(setting.organizer))
            .attendee(attendee(setting.attendee))
            .add_property("TRANSP", "OPAQUE");
        for (name, text) in [("DESCRIPTION", &event.description), ("LOCATION", &event.location)] {
            if !text.is_empty() {
                component.add_property(name, text);
            }
        }
        if let Some(path) = &event.path {
            component.url(&format!("{}{path}", setting.public_url));
        }
        component.done()
    }
}

fn organizer(party: Party<'_>) -> Property {
    let mut property = Property::new("ORGANIZER", format!("mailto:{}", party.address.as_str()));
    if let Some(name) = said(party.name) {
        property.add_parameter("CN", &name);
    }
    property.done()
}

/// The member asked for it: the seat is taken (`ACCEPTED`) and nobody waits for an answer (`RSVP=FALSE`).
fn attendee(party: Party<'_>) -> Attendee {
    let mut attendee = Attendee::new(format!("mailto:{}", party.address.as_str()))
        .cutype(CUType::Individual)
        .role(Role::ReqParticipant)
        .partstat(PartStat::Accepted)
        .rsvp(false);
    attendee.cn = said(party.name);
    attendee
}

/// A parameter's value can hold neither quotes nor line ends (RFC 5545, 3.2), whatever people call themselves.
fn said(name: &str) -> Option<String> {
    let plain: String = name.chars().filter(|c| !c.is_control() && *c != '"').collect();
    let plain = plain.trim();
    (!plain.is_empty()).then(|| plain.to_owned())
}

#[cfg(test)]
mod tests {
    use ical::{IcalParser, property::Property};

    use super::{Event, Invitation, Party, Setting, cancel, request};

    fn event() -> Event {
        Event {
            uid: "0193-reservation@etabli".into(),
            sequence: 2,
            starts_at: "2026-11-24T08:00:00Z".parse().unwrap(),
            ends_at: "2026-11-24T09:30:00Z".parse().unwrap(),
            summary: "Découpe laser CO₂, atelier bois ; première fois".into(),
            description:
                "Une longue phrase, avec des accents é è à et des virgules, pour que la ligne se plie.\nDeux."
                    .into(),
            location: "Campus Inovia, bâtiment 9".into(),
            path: Some("/reservations/1".into()),
        }
    }

    fn text(invitation: &Invitation, name: &str) -> String {
        let lab = "lab@example.org".parse().unwrap();
        let ada = "ada@example.org".parse().unwrap();
        let setting = Setting {
            organizer: Party { address: &lab, name: "Établi" },
            attendee: Party { address: &ada, name },
            written_at: "2026-11-23T07:00:00.123456Z".parse().unwrap(),
            public_url: "https://lab.example.org",
        };
        invitation.render(&setting)
    }

    fn read(text: &str) -> (Vec<Property>, Vec<Property>) {
        let mut calendar = IcalParser::new(text.as_bytes()).next().unwrap().unwrap();
        (calendar.properties, calendar.events.remove(0).properties)
    }

    fn value(properties: &[Property], name: &str) -> String {
        properties.iter().find(|property| property.name == name).unwrap().value.clone().unwrap()
    }

    fn parameter(properties: &[Property], name: &str, parameter: &str) -> String {
        let property = properties.iter().find(|property| property.name == name).unwrap();
        let params = property.params.as_ref().unwrap();
        params.iter().find(|(name, _)| name == parameter).unwrap().1.join("|")
    }

    #[test]
    fn a_request_reads_back_in_a_foreign_parser() {
        let (calendar, event) = read(&text(&request(event()), "Ada"));
        assert_eq!(value(&calendar, "METHOD"), "REQUEST");
        assert_eq!(value(&calendar, "VERSION"), "2.0");
        assert!(value(&calendar, "PRODID").starts_with("-//Etabli//"));
        let said = ["UID", "SEQUENCE", "DTSTART", "DTEND", "DTSTAMP", "STATUS", "URL"]
            .map(|name| value(&event, name));
        assert_eq!(
            said,
            [
                "0193-reservation@etabli",
                "2",
                "20261124T080000Z",
                "20261124T093000Z",
                "20261123T070000Z",
                "CONFIRMED",
                "https://lab.example.org/reservations/1",
            ]
        );
        assert_eq!(value(&event, "SUMMARY"), "Découpe laser CO₂\\, atelier bois \\; première fois");
        assert!(value(&event, "DESCRIPTION").ends_with("se plie.\\nDeux."));
        assert_eq!(value(&event, "ORGANIZER"), "mailto:lab@example.org");
        assert_eq!(value(&event, "ATTENDEE"), "mailto:ada@example.org");
        assert_eq!(parameter(&event, "ATTENDEE", "PARTSTAT"), "ACCEPTED");
        assert_eq!(parameter(&event, "ATTENDEE", "RSVP"), "FALSE");
        assert_eq!(parameter(&event, "ATTENDEE", "CN"), "Ada");
    }

    #[test]
    fn a_cancellation_says_so_twice() {
        let (calendar, event) = read(&text(&cancel(event()), "Ada"));
        assert_eq!(
            (value(&calendar, "METHOD"), value(&event, "STATUS")),
            ("CANCEL".into(), "CANCELLED".into())
        );
    }

    #[test]
    fn lines_end_in_crlf_and_are_short() {
        let text = text(&request(event()), "Ada");
        assert!(text.ends_with("END:VCALENDAR\r\n"));
        assert!(text.split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')), "{text}");
        assert!(text.contains("\r\n "), "a long line is folded");
    }

    #[test]
    fn a_name_cannot_smuggle_lines_or_parameters() {
        let text = text(&request(event()), "\"Eve\r\nATTENDEE:mailto:all@example.org\";X=\"");
        let (_, event) = read(&text);
        assert_eq!(event.iter().filter(|property| property.name == "ATTENDEE").count(), 1);
        assert_eq!(parameter(&event, "ATTENDEE", "CN"), "EveATTENDEE:mailto:all@example.org;X=");
    }
}
