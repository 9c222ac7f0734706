//! Give a badge, and take it back.

use chrono::TimeDelta;
use serde_json::json;

use super::{
    badge::{Badge, BadgeKey, Card, Print},
    scan::Kept,
    store,
};
use crate::{
    gates::{Lasting, rules::badge::holder},
    journal,
    kernel::{BadgeId, Code, Error, Instant, MemberId, Refusal, Result, ScanId},
    store::Db,
};

/// For so long a card that was shown at a controller can be given to somebody.
const FRESH: TimeDelta = TimeDelta::minutes(30);

/// A card to be given: staff hold it at any controller first, so that nobody ever types a number.
#[derive(Debug, Clone)]
pub struct Giving {
    /// When it was shown.
    pub scan: ScanId,
    /// To whom.
    pub member: MemberId,
    /// A word by which people tell one from another.
    pub label: Option<String>,
    /// The end of a temporary badge.
    pub until: Option<Instant>,
    /// By whom.
    pub by: MemberId,
}

/// Cards that were just shown and that nobody has, each as it was shown last, with the badge that it was before: it was
/// taken back, or its time is over.
pub fn fresh(db: &mut Db, now: Instant) -> Result<Vec<(Kept, Option<Badge>)>> {
    let mut shown: Vec<(Print, Kept)> = Vec::new();
    for scan in store::scans::fresh(db, now - FRESH)? {
        let Some(print) = scan.print else { continue };
        if shown.iter().all(|(known, _)| *known != print) {
            shown.push((print, scan));
        }
    }
    let prints: Vec<Print> = shown.iter().map(|(print, _)| *print).collect();
    let last = store::badges::last_of(db, &prints)?;
    let before = |print: Print| last.iter().find(|(of, _)| *of == print).map(|(_, badge)| badge.clone());
    let cards = shown.into_iter().map(|(print, scan)| (scan, before(print)));
    Ok(cards.filter(|(_, badge)| opens(badge.as_ref(), now).is_err() || badge.is_none()).collect())
}

/// Forgets the prints of cards that nobody was given in time. Run now and then.
pub fn forget(db: &mut Db, now: Instant) -> Result<()> {
    store::scans::forget_prints(db, now - FRESH)
}

/// Gives a card to a member.
///
/// # Errors
/// Field errors for a scan that is too old or was of somebody's badge, and for an end that has passed; `badge_taken`
/// when somebody was quicker.
pub fn give(db: &mut Db, house: &BadgeKey, giving: Giving, now: Instant) -> Result<Badge> {
    if giving.until.is_some_and(|until| until <= now) {
        return Err(Error::field("until", "in_past"));
    }
    let shown = store::scans::find(db, giving.scan)?.filter(|scan| now - scan.at <= FRESH);
    let print = shown.and_then(|scan| scan.print);
    let print = print.ok_or_else(|| Error::field("scan", "badge_scan"))?;
    let (id, before) = (BadgeId::new(), store::badges::with_print(db, &print)?);
    if let Some(over) = before.as_ref().filter(|badge| badge.revoked.is_none()) {
        make_room(db, over, giving.by, now)?;
    }
    let badge = Badge {
        id,
        member: giving.member,
        label: giving.label,
        given_by: giving.by,
        given_at: now,
        until: giving.until,
        revoked: None,
        card: before.and_then(|before| passed_on(house, &before, id)),
    };
    store::badges::insert(db, &badge, &print)?;
    let details = json!({ "badge": badge.id, "until": badge.until });
    note(db, ("badge_given", badge.member), (giving.by, None), details, now)?;
    Ok(badge)
}

/// A temporary badge whose time is over is taken back when its card is given again; one that still opens is not.
fn make_room(db: &mut Db, badge: &Badge, by: MemberId, now: Instant) -> Result<()> {
    if opens(Some(badge), now).is_ok() || !store::badges::revoke(db, badge.id, by, None, now)? {
        return Ok(());
    }
    let details = json!({ "badge": badge.id, "until": badge.until });
    note(db, ("badge_revoked", badge.member), (by, None), details, now)
}

/// A card that signs goes on signing whoever has it, and its count goes on: what was read of it before proves nothing.
fn passed_on(house: &BadgeKey, before: &Badge, id: BadgeId) -> Option<Card> {
    let card = before.card.as_ref()?;
    Some(Card { hidden: house.hide(id, &house.reveal(before.id, &card.hidden)), count: card.count })
}

/// Says that a badge is a card that signs, and with which key, which is written down only hidden; its counts begin
/// anew.
///
/// # Errors
/// `not_found`.
pub fn signs(
    db: &mut Db,
    house: &BadgeKey,
    (id, key): (BadgeId, [u8; 16]),
    by: MemberId,
    now: Instant,
) -> Result<Badge> {
    let badge = store::badges::find(db, id)?.ok_or_else(|| Error::refused(Code::NotFound))?;
    let card = Card { hidden: house.hide(id, &key), count: -1 };
    store::badges::put_card(db, id, &card)?;
    note(db, ("badge_signs", badge.member), (by, None), json!({ "badge": id }), now)?;
    Ok(Badge { card: Some(card), ..badge })
}

/// Takes a badge back; it opens nothing from now on, and what it has opened ends at the next lease.
///
/// # Errors
/// `not_found`; a badge that was taken back already stays so.
pub fn revoke(db: &mut Db, id: BadgeId, by: MemberId, reason: &str, now: Instant) -> Result<Badge> {
    let badge = store::badges::find(db, id)?.ok_or_else(|| Error::refused(Code::NotFound))?;
    if !store::badges::revoke(db, id, by, Some(reason), now)? {
        return Ok(badge);
    }
    let details = json!({ "badge": id });
    note(db, ("badge_revoked", badge.member), (by, Some(reason.to_owned())), details, now)?;
    Ok(Badge { revoked: Some((now, Some(reason.to_owned()))), ..badge })
}

/// Whose live badge this is; nobody where none was shown, or nobody knows it.
pub fn holder_of(db: &mut Db, key: &BadgeKey, number: Option<&str>) -> Result<Option<MemberId>> {
    let Some(print) = number.and_then(|number| Print::of(key, number)) else { return Ok(None) };
    let badge = store::badges::with_print(db, &print)?;
    Ok(badge.filter(|badge| badge.revoked.is_none()).map(|badge| badge.member))
}

/// Every badge a member was ever given, the newest first.
pub fn of_member(db: &mut Db, member: MemberId) -> Result<Vec<Badge>> {
    store::badges::of_member(db, member)
}

fn note(
    db: &mut Db,
    (action, member): (&'static str, MemberId),
    (by, reason): (MemberId, Option<String>),
    details: serde_json::Value,
    now: Instant,
) -> Result<()> {
    let entry = journal::Entry {
        at: now,
        actor: Some(by),
        action,
        subject_kind: "member",
        subject: member.uuid(),
        reason,
        details,
    };
    journal::note(db, entry)
}

/// The badge a session was opened with; none where it was the phone.
pub fn of_session(db: &mut Db, badge: Option<BadgeId>) -> Result<Option<Badge>> {
    Ok(badge.map(|id| store::badges::find(db, id)).transpose()?.flatten())
}

/// Whether what this badge opened may stay open; yes where there was none.
pub fn opens(badge: Option<&Badge>, now: Instant) -> std::result::Result<(), Vec<Refusal>> {
    badge.map_or(Ok(()), |badge| holder(Some(badge.shown()), now).map(drop).map_err(|refusal| vec![refusal]))
}

/// Until when a use lasts and which gate ends it there: the end of a temporary badge, where that is earlier.
#[must_use]
pub fn until(badge: Option<&Badge>, lasting: &Lasting) -> (Instant, Option<Code>) {
    let end = lasting.accepted.period().end();
    match badge.and_then(|badge| badge.until).filter(|last| *last < end) {
        Some(last) => (last, Some(Code::BadgeRevoked)),
        None => (end, lasting.bound),
    }
}
