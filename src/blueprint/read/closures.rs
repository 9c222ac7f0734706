//! `[[closure]]`: closed all the same.

use chrono::NaiveDateTime;

use super::{
    desk::Kind,
    sheet::Sheet,
    value::{Moment, Slug, Title},
};
use crate::{
    blueprint::model::ClosureDraft,
    kernel::{Instant, Period, Zone},
};

/// Reads the closures, after the workshops they may name; without a zone nobody knows when they are.
pub fn read(whole: &mut Sheet<'_>, zone: Option<Zone>) -> Vec<ClosureDraft> {
    whole.tables("closure", |sheet| closure(sheet, zone))
}

fn closure(sheet: &mut Sheet<'_>, zone: Option<Zone>) -> Option<ClosureDraft> {
    let (from, to) = (sheet.must("from"), sheet.must("to"));
    let reason = sheet.must("reason");
    let workshop = named(sheet, "workshop", Kind::Workshop);
    let machine = named(sheet, "machine", Kind::Machine);
    if workshop.is_some() && machine.is_some() {
        sheet.wrong("machine", "one-of-two", vec![]);
    }
    let zone = zone?;
    let from = start(sheet, from?, zone);
    let to = end(sheet, to?, zone);
    let period = Period::new(from?, to?);
    if period.is_none() {
        sheet.wrong("to", "ends-before-start", vec![]);
    }
    let Title(reason) = reason?;
    Some(ClosureDraft { workshop, machine, period: period?, reason })
}

fn named(sheet: &mut Sheet<'_>, key: &'static str, kind: Kind) -> Option<String> {
    let Slug(slug) = sheet.may(key)?;
    if sheet.desk.knows(kind, &slug) {
        return Some(slug);
    }
    sheet.wrong(key, "unknown-slug", vec![("slug", slug.into())]);
    None
}

fn start(sheet: &Sheet<'_>, moment: Moment, zone: Zone) -> Option<Instant> {
    match moment {
        Moment::Day(date) => Some(zone.day(date).start()),
        Moment::Time(wall) => exact(sheet, "from", wall, zone),
    }
}

/// A date as an end is the last day that is closed.
fn end(sheet: &Sheet<'_>, moment: Moment, zone: Zone) -> Option<Instant> {
    match moment {
        Moment::Day(date) => Some(zone.day(date).next().start()),
        Moment::Time(wall) => exact(sheet, "to", wall, zone),
    }
}

fn exact(sheet: &Sheet<'_>, key: &'static str, wall: NaiveDateTime, zone: Zone) -> Option<Instant> {
    let found = zone.day(wall.date()).at(wall.time());
    if found.is_err() {
        sheet.wrong(key, "no-such-time", vec![("zone", zone.to_string().into())]);
    }
    found.ok()
}
