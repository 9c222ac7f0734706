//! Rows of letters.

mod read;
mod work;

pub(super) use read::{find, list, written};
pub(super) use work::{Claimed, Settled, claim, due, lab_name, retry, settle, waiting};

use anyhow::Context;
use diesel::prelude::*;

use super::{NewLetter, State, rules};
use crate::{
    kernel::{Instant, LetterId, MemberId, Result},
    store::{Db, on, schema::letter},
};

#[derive(Insertable)]
#[diesel(table_name = letter, treat_none_as_default_value = false)]
struct NewRow {
    id: LetterId,
    member_id: Option<MemberId>,
    recipient: String,
    locale: &'static str,
    kind: &'static str,
    subject: String,
    body: String,
    invitation: Option<String>,
    once_key: Option<String>,
    state: &'static str,
    attempts: i32,
    next_at: Instant,
    give_up_at: Instant,
    claimed_until: Option<Instant>,
    last_error: Option<String>,
    created_at: Instant,
    sent_at: Option<Instant>,
    thread: Option<String>,
}

pub(super) fn insert(db: &mut Db, letter: NewLetter, now: Instant) -> Result<()> {
    let once = letter.once_key.is_some();
    let row = row(letter, now)?;
    if once {
        // A duplicate must not be an error: on PostgreSQL it would spoil the caller's transaction.
        on!(db, |c| diesel::insert_into(letter::table)
            .values(&row)
            .on_conflict(letter::once_key)
            .do_nothing()
            .execute(c))?;
    } else {
        on!(db, |c| diesel::insert_into(letter::table).values(&row).execute(c))?;
    }
    Ok(())
}

fn row(letter: NewLetter, now: Instant) -> Result<NewRow> {
    let invitation = letter.invitation.as_ref().map(serde_json::to_string).transpose();
    Ok(NewRow {
        id: LetterId::new(),
        member_id: letter.to.member,
        recipient: letter.to.email.as_str().to_owned(),
        locale: letter.to.locale.tag(),
        kind: letter.kind,
        subject: letter.subject,
        body: serde_json::to_string(&letter.body).context("write down a letter")?,
        invitation: invitation.context("write down an invitation")?,
        once_key: letter.once_key,
        state: State::Waiting.as_str(),
        attempts: 0,
        next_at: now,
        give_up_at: now + rules::PATIENCE,
        claimed_until: None,
        last_error: None,
        created_at: now,
        sent_at: None,
        thread: letter.invitation.map(|invitation| invitation.event.uid),
    })
}
