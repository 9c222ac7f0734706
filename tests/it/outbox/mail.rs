//! What a mail looks like when it arrives.

use ical::IcalParser;
use mailparse::{ParsedMail, parse_mail};

use super::office::{Office, confirmation, header, note};

fn kinds(mail: &ParsedMail<'_>) -> Vec<String> {
    mail.parts().map(|part| part.ctype.mimetype.clone()).collect()
}

fn part<'a>(mail: &'a ParsedMail<'a>, kind: &str) -> &'a ParsedMail<'a> {
    mail.parts().find(|part| part.ctype.mimetype == kind).unwrap()
}

#[tokio::test]
async fn a_letter_arrives_with_its_headers_and_in_two_shapes() {
    let office = Office::open();
    office.post(note()).await;
    assert_eq!(office.round().await.sent, 1);

    let received = office.mail();
    assert_eq!(received.to, "ada@example.org");
    let mail = parse_mail(&received.mail).unwrap();
    let id = office.letter().await.id;
    let expected = [
        ("Message-ID", format!("<{id}@example.org>")),
        ("Date", "Mon, 23 Nov 2026 09:00:00 +0000".into()),
        ("From", "Établi <lab@example.org>".into()),
        ("To", "\"Ada Lovelace\" <ada@example.org>".into()),
        ("Subject", "Une note à vous".into()),
        ("Auto-Submitted", "auto-generated".into()),
        ("Content-Language", "fr".into()),
        ("MIME-Version", "1.0".into()),
    ];
    for (name, value) in expected {
        assert_eq!(header(&mail, name), value, "{name}");
    }
    assert_eq!(kinds(&mail), ["multipart/alternative", "text/plain", "text/html"]);
    let text = part(&mail, "text/plain").get_body().unwrap();
    assert!(text.starts_with("Bonjour Ada Lovelace,\r\n") && text.contains("Le four à céramique"), "{text}");
    assert!(part(&mail, "text/html").get_body().unwrap().contains("<p>Le four à céramique est réparé.</p>"));
    assert_eq!(office.letter().await.state, "sent");
}

#[tokio::test]
async fn an_invitation_stands_where_programs_and_where_people_look() {
    let office = Office::open();
    office.post(confirmation()).await;
    office.round().await;

    let received = office.mail();
    let mail = parse_mail(&received.mail).unwrap();
    assert_eq!(
        kinds(&mail),
        [
            "multipart/mixed",
            "multipart/alternative",
            "text/plain",
            "text/html",
            "text/calendar",
            "application/ics"
        ]
    );
    let beside = part(&mail, "text/calendar");
    assert_eq!(beside.ctype.params.get("method").unwrap(), "REQUEST");
    assert_eq!(beside.ctype.charset, "utf-8");
    let attached = part(&mail, "application/ics");
    assert_eq!(attached.get_content_disposition().params.get("filename").unwrap(), "invite.ics");
    assert_eq!(attached.get_body_raw().unwrap(), beside.get_body_raw().unwrap());
    let text = part(&mail, "text/plain").get_body().unwrap();
    assert!(text.contains("https://lab.example.org/reservations/1"), "{text}");
}

#[tokio::test]
async fn the_invitation_reads_in_a_foreign_parser_and_names_both_ends_of_the_mail() {
    let office = Office::open();
    office.post(confirmation()).await;
    office.round().await;

    let received = office.mail();
    let mail = parse_mail(&received.mail).unwrap();
    let ics = part(&mail, "text/calendar").get_body_raw().unwrap();
    let calendar = IcalParser::new(ics.as_slice()).next().unwrap().unwrap();
    let method = calendar.properties.iter().find(|property| property.name == "METHOD").unwrap();
    assert_eq!(method.value.as_deref(), Some("REQUEST"));
    let said = |name: &str| {
        let event = &calendar.events[0].properties;
        event
            .iter()
            .find(|property| property.name == name)
            .and_then(|property| property.value.clone())
            .unwrap()
    };
    assert_eq!(said("ORGANIZER"), "mailto:lab@example.org");
    assert_eq!(said("ATTENDEE"), "mailto:ada@example.org");
    assert_eq!(said("UID"), "reservation-1@etabli");
    assert_eq!((said("DTSTART"), said("DTEND")), ("20261124T080000Z".into(), "20261124T093000Z".into()));
    assert_eq!(said("DTSTAMP"), "20261123T090000Z");
    assert_eq!(said("LOCATION"), "Makerspace\\, atelier bois");
    assert!(ics.windows(2).filter(|pair| pair[1] == b'\n').all(|pair| pair[0] == b'\r'), "CRLF only");
}

#[tokio::test]
async fn a_link_that_holds_a_token_is_in_the_mail_and_then_forgotten() {
    let office = Office::open();
    office.post(note().secret_link("Choisir un mot de passe", "/password?token=s3same")).await;
    assert!(office.letter().await.body.contains("s3same"));
    office.round().await;

    let received = office.mail();
    let mail = parse_mail(&received.mail).unwrap();
    let text = part(&mail, "text/plain").get_body().unwrap();
    assert!(text.contains("https://lab.example.org/password?token=s3same"), "{text}");
    let kept = office.letter().await.body;
    assert!(!kept.contains("s3same") && kept.contains("céramique"), "{kept}");
}
