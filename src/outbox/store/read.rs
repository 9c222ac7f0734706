//! Letters as staff see them, and as the worker needs them.

use anyhow::Context;
use diesel::{dsl::sql, prelude::*, sql_types::Bool};

use super::super::{Letter, State, model::Written};
use crate::{
    kernel::{Instant, LetterId, MemberId, Page, PageRequest, Result},
    store::{Db, schema::letter},
};

#[derive(Queryable, Selectable)]
#[diesel(table_name = letter)]
struct Row {
    id: LetterId,
    member_id: Option<MemberId>,
    recipient: String,
    kind: String,
    subject: String,
    state: String,
    attempts: i32,
    next_at: Instant,
    last_error: Option<String>,
    created_at: Instant,
    sent_at: Option<Instant>,
}

/// The columns of [`WrittenRow`], in its order.
pub(super) const WRITTEN: Columns = (
    letter::id,
    letter::member_id,
    letter::recipient,
    letter::locale,
    letter::kind,
    letter::subject,
    letter::body,
    letter::invitation,
    letter::created_at,
);

type Columns = (
    letter::id,
    letter::member_id,
    letter::recipient,
    letter::locale,
    letter::kind,
    letter::subject,
    letter::body,
    letter::invitation,
    letter::created_at,
);

#[derive(Queryable)]
pub(super) struct WrittenRow {
    pub(super) id: LetterId,
    member_id: Option<MemberId>,
    recipient: String,
    locale: String,
    kind: String,
    subject: String,
    body: String,
    invitation: Option<String>,
    created_at: Instant,
}

/// Newest first.
pub(in super::super) fn list(db: &mut Db, state: Option<State>, page: &PageRequest) -> Result<Page<Letter>> {
    let mut query =
        letter::table.select(Row::as_select()).order(letter::id.desc()).limit(page.rows()).into_boxed();
    if let Some(state) = state {
        // Literal, so that both databases see that a partial index will do.
        query = query.filter(match state {
            State::Waiting => sql::<Bool>("state = 'waiting'"),
            State::Sent => sql::<Bool>("state = 'sent'"),
            State::Failed => sql::<Bool>("state = 'failed'"),
        });
    }
    if let Some(after) = page.last_read(|key| key.parse::<LetterId>().ok())? {
        query = query.filter(letter::id.lt(after));
    }
    let letters: Result<Vec<Letter>> = query.load::<Row>(db)?.into_iter().map(Row::letter).collect();
    Ok(page.page(letters?, |letter| letter.id.to_string()))
}

pub(in super::super) fn find(db: &mut Db, id: LetterId) -> Result<Option<Letter>> {
    let row = letter::table.find(id).select(Row::as_select()).get_result(db).optional()?;
    row.map(Row::letter).transpose()
}

/// The words of a letter.
pub(in super::super) fn written(db: &mut Db, id: LetterId) -> Result<Option<Written>> {
    let row = letter::table.find(id).select(WRITTEN).get_result::<WrittenRow>(db).optional()?;
    Ok(row.map(Written::try_from).transpose()?)
}

impl Row {
    fn letter(self) -> Result<Letter> {
        Ok(Letter {
            id: self.id,
            member: self.member_id,
            to: self.recipient.parse().context("the recipient of a letter")?,
            kind: self.kind,
            subject: self.subject,
            state: self.state.parse().context("the state of a letter")?,
            attempts: self.attempts,
            next_at: self.next_at,
            last_error: self.last_error,
            created_at: self.created_at,
            sent_at: self.sent_at,
        })
    }
}

impl TryFrom<WrittenRow> for Written {
    type Error = anyhow::Error;

    fn try_from(row: WrittenRow) -> anyhow::Result<Self> {
        Ok(Self {
            id: row.id,
            to: row.recipient.parse().context("the recipient of a letter")?,
            // Whoever signs up may have mistyped the address: this one letter may reach a stranger.
            to_member: row.member_id.is_some() && row.kind != "confirm_email",
            locale: row.locale.parse().context("the language of a letter")?,
            kind: row.kind,
            subject: row.subject,
            body: serde_json::from_str(&row.body).context("the words of a letter")?,
            invitation: row
                .invitation
                .map(|text| serde_json::from_str(&text))
                .transpose()
                .context("the invitation of a letter")?,
            written_at: row.created_at,
        })
    }
}
