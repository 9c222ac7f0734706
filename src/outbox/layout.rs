//! The words of a letter in their two shapes: a text and a page.

use anyhow::Context;
use askama::Template;

use super::model::Written;
use crate::kernel::{Locale, Value, words::say};

/// What stands on every letter of this lab.
#[derive(Debug, Clone)]
pub struct Letterhead {
    /// The name of the lab.
    pub lab: String,
    /// What stands before a path of this server, without a slash at its end.
    pub public_url: String,
}

/// A letter ready to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Laid {
    /// As plain text.
    pub text: String,
    /// As a page that loads nothing from anywhere.
    pub html: String,
}

#[derive(Template)]
#[template(path = "outbox/letters/layout.html")]
struct Sheet<'a> {
    locale: Locale,
    letter: &'a Written,
    lab: &'a str,
    greeting: String,
    action: Option<(&'a str, String)>,
    link_hint: String,
    closing: String,
    why: String,
}

/// Gives a letter its two shapes.
///
/// # Errors
/// A fault of the template, which a test forbids.
pub fn lay(letter: &Written, head: &Letterhead) -> anyhow::Result<Laid> {
    let locale = letter.locale;
    let lab = [("lab", Value::from(head.lab.as_str()))];
    let why = if letter.to_member { "letter-why-member" } else { "letter-why-stranger" };
    let sheet = Sheet {
        locale,
        letter,
        lab: &head.lab,
        greeting: greeting(locale, &letter.body.name),
        action: (letter.body.action.as_ref())
            .map(|action| (action.label.as_str(), format!("{}{}", head.public_url, action.path))),
        link_hint: say(locale, "letter-link-hint", &[]),
        closing: say(locale, "letter-closing", &lab),
        why: say(locale, why, &lab),
    };
    Ok(Laid { text: sheet.text(), html: sheet.render().context("lay out a letter")? })
}

fn greeting(locale: Locale, name: &str) -> String {
    if name.trim().is_empty() {
        say(locale, "letter-greeting-nobody", &[])
    } else {
        say(locale, "letter-greeting", &[("name", Value::from(name.trim()))])
    }
}

impl Sheet<'_> {
    fn text(&self) -> String {
        let colon = match self.locale {
            Locale::Fr => "\u{a0}:",
            Locale::En => ":",
        };
        let mut blocks = vec![self.greeting.clone()];
        blocks.extend(self.letter.body.paragraphs.iter().cloned());
        let facts = self.letter.body.facts.iter().map(|(label, text)| format!("{label}{colon} {text}"));
        blocks.extend(Some(facts.collect::<Vec<_>>().join("\n")).filter(|facts| !facts.is_empty()));
        blocks.extend(self.action.as_ref().map(|(label, url)| format!("{label}{colon}\n{url}")));
        blocks.push(self.closing.clone());
        blocks.push(format!("-- \n{}", self.why));
        blocks.join("\n\n") + "\n"
    }
}

#[cfg(test)]
mod tests {
    use super::{Laid, Letterhead, Locale, Written, lay};
    use crate::{
        kernel::LetterId,
        outbox::model::{Action, Body},
    };

    fn letter(locale: Locale) -> Written {
        Written {
            id: LetterId::new(),
            to: "ada@example.org".parse().unwrap(),
            to_member: true,
            locale,
            kind: "reservation_confirmed".into(),
            subject: "Votre réservation".into(),
            body: Body {
                name: "Ada <b>".into(),
                paragraphs: vec!["La découpe laser est à vous & à personne d'autre.".into()],
                facts: vec![("Machine".into(), "Découpe laser".into()), ("Quand".into(), "mardi".into())],
                action: Some(Action { label: "Voir".into(), path: "/r/1?a=1&b=2".into(), secret: false }),
            },
            invitation: None,
            written_at: "2026-11-23T07:00:00Z".parse().unwrap(),
        }
    }

    fn laid(locale: Locale) -> Laid {
        let head = Letterhead { lab: "Makerspace".into(), public_url: "https://lab.example.org".into() };
        lay(&letter(locale), &head).unwrap()
    }

    #[test]
    fn the_text_has_everything_in_order() {
        let text = laid(Locale::Fr).text;
        assert_eq!(
            text,
            "Bonjour Ada <b>,\n\n\
             La découpe laser est à vous & à personne d'autre.\n\n\
             Machine\u{a0}: Découpe laser\nQuand\u{a0}: mardi\n\n\
             Voir\u{a0}:\nhttps://lab.example.org/r/1?a=1&b=2\n\n\
             À bientôt,\nl’équipe de Makerspace\n\n\
             -- \nVous recevez ce message parce que vous avez un compte chez Makerspace et qu’il vous concerne.\n"
        );
    }

    #[test]
    fn the_page_is_escaped_and_loads_nothing() {
        let html = laid(Locale::En).html;
        assert!(html.contains("<html lang=\"en\">") && html.contains("Hello Ada &#60;b&#62;,"), "{html}");
        assert!(html.contains("vous &#38; à personne"), "{html}");
        assert!(html.contains("href=\"https://lab.example.org/r/1?a=1&#38;b=2\""), "{html}");
        for loader in ["<img", "<script", "<link", "url(", "@import", "src="] {
            assert!(!html.contains(loader), "{loader} in {html}");
        }
    }
}
