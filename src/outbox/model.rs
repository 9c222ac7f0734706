//! Letters: what a room hands in, and what the outbox keeps of it.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use super::calendar::Invitation;
use crate::kernel::{EmailAddress, Instant, LetterId, Locale, MemberId};

/// Who a letter is for.
#[derive(Debug, Clone)]
pub struct Addressee {
    /// The member, where the address belongs to one.
    pub member: Option<MemberId>,
    /// Where it goes.
    pub email: EmailAddress,
    /// How to greet the person; may be empty.
    pub name: String,
    /// The language to write in.
    pub locale: Locale,
}

/// A letter to be posted, as sentences and facts; it gets its shape when it leaves.
#[derive(Debug, Clone)]
pub struct NewLetter {
    pub(super) to: Addressee,
    pub(super) kind: &'static str,
    pub(super) subject: String,
    pub(super) body: Body,
    pub(super) invitation: Option<Invitation>,
    pub(super) once_key: Option<String>,
}

/// What a letter says between greeting and closing, which are the same for all and written by the layout.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {
    /// How to greet the person; may be empty.
    pub name: String,
    /// Sentences, one paragraph each.
    pub paragraphs: Vec<String>,
    /// What and when, as pairs of a label and a text.
    pub facts: Vec<(String, String)>,
    /// What the reader can do now.
    pub action: Option<Action>,
}

/// A link of a letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Action {
    /// The words on it.
    pub label: String,
    /// A path of this server; what stands before it is put there when the letter leaves.
    pub path: String,
    /// Whoever holds the link may act as the member: only the letter shows it, and it is forgotten once sent.
    pub secret: bool,
}

/// How far a letter has come.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    utoipa::ToSchema,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[schema(as = LetterState)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum State {
    /// Not gone yet; it is tried again.
    Waiting,
    /// A mail server has taken it.
    Sent,
    /// Given up: refused for good, or undeliverable for a day.
    Failed,
}

/// A letter as staff see it; its words are in [`Written`].
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "explained in migrations/*/*_outbox/up.sql")]
pub struct Letter {
    pub id: LetterId,
    pub member: Option<MemberId>,
    pub to: EmailAddress,
    pub kind: String,
    pub subject: String,
    pub state: State,
    pub attempts: i32,
    pub next_at: Instant,
    pub last_error: Option<String>,
    pub created_at: Instant,
    pub sent_at: Option<Instant>,
}

/// All that is needed to put a letter on paper.
#[derive(Debug, Clone)]
pub struct Written {
    /// Its identifier; the Message-ID is made of it.
    pub id: LetterId,
    /// Where it goes.
    pub to: EmailAddress,
    /// Whether the address belongs to a member.
    pub to_member: bool,
    /// The language it is written in.
    pub locale: Locale,
    /// What kind of letter: `reservation_confirmed`.
    pub kind: String,
    /// The subject.
    pub subject: String,
    /// What it says.
    pub body: Body,
    /// What it puts in the calendar.
    pub invitation: Option<Invitation>,
    /// When a room handed it in.
    pub written_at: Instant,
}

impl NewLetter {
    /// A letter that says nothing yet. `kind` is a stable word for staff and file names: `reservation_confirmed`.
    #[must_use]
    pub fn new(to: Addressee, kind: &'static str, subject: impl Into<String>) -> Self {
        let body = Body { name: to.name.clone(), ..Body::default() };
        Self { to, kind, subject: subject.into(), body, invitation: None, once_key: None }
    }

    /// Adds a paragraph.
    #[must_use]
    pub fn says(mut self, paragraph: impl Into<String>) -> Self {
        self.body.paragraphs.push(paragraph.into());
        self
    }

    /// Adds a line to the small table of facts: a label and a text.
    #[must_use]
    pub fn fact(mut self, label: impl Into<String>, text: impl Into<String>) -> Self {
        self.body.facts.push((label.into(), text.into()));
        self
    }

    /// Offers a link to a path of this server.
    #[must_use]
    pub fn link(mut self, label: impl Into<String>, path: impl Into<String>) -> Self {
        self.body.action = Some(Action { label: label.into(), path: path.into(), secret: false });
        self
    }

    /// Offers a link that holds a token: staff never see it, and it is forgotten once the letter is sent.
    #[must_use]
    pub fn secret_link(mut self, label: impl Into<String>, path: impl Into<String>) -> Self {
        self.body.action = Some(Action { label: label.into(), path: path.into(), secret: true });
        self
    }

    /// Puts something in the reader's calendar, or takes it out.
    #[must_use]
    pub fn invites(mut self, invitation: Invitation) -> Self {
        self.invitation = Some(invitation);
        self
    }

    /// Posts it only if no letter of this key was ever posted, whoever tries.
    #[must_use]
    pub fn once(mut self, key: impl Into<String>) -> Self {
        self.once_key = Some(key.into());
        self
    }
}

impl Body {
    /// Whether something in it is for the reader's eyes only.
    #[must_use]
    pub fn has_secrets(&self) -> bool {
        self.action.as_ref().is_some_and(|action| action.secret)
    }

    /// The same words without the link that only the addressee may hold.
    #[must_use]
    pub fn without_secrets(mut self) -> Self {
        if self.has_secrets() {
            self.action = None;
        }
        self
    }
}

impl State {
    /// As it is stored and sent.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}
