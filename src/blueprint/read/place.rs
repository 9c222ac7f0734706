//! `[lab]` and `[lab.charter]`.

use super::{
    sheet::Sheet,
    value::{Prose, Slug, Title},
};
use crate::{blueprint::model::Place, kernel::Name};

/// Reads the place itself.
pub fn read(sheet: &mut Sheet<'_>) -> Option<Place> {
    let slug = sheet.must("slug");
    let name = sheet.must("name");
    let zone = sheet.must("time_zone");
    let french_holidays = sheet.may("french_holidays").unwrap_or(false);
    let charter = sheet.must_table("charter", charter);
    let (Slug(slug), Title(name), (charter_version, charter)) = (slug?, name?, charter?);
    Some(Place { slug, name, zone: zone?, french_holidays, charter_version, charter })
}

fn charter(sheet: &mut Sheet<'_>) -> Option<(i32, Name)> {
    let version = sheet.number("version", 1..=1_000_000);
    let (fr, en) = (sheet.must("fr"), sheet.must("en"));
    let (Prose(fr), Prose(en)) = (fr?, en?);
    Some((version?, Name { fr, en }))
}
