//! What stands on controllers' lists for badges.

use diesel::{insert_into, prelude::*};

use super::badges;
use crate::{
    access::badge::Badge,
    kernel::{BadgeId, ControllerId, Instant, Result},
    store::{
        Db, on,
        schema::{badge, badge_tag},
    },
};

/// Learns the tag of a badge at a controller, unless it is known.
pub fn learn(db: &mut Db, controller: ControllerId, badge: BadgeId, tag: &str, now: Instant) -> Result<()> {
    let row = (
        badge_tag::controller_id.eq(controller),
        badge_tag::badge_id.eq(badge),
        badge_tag::tag.eq(tag),
        badge_tag::learned_at.eq(now),
    );
    on!(db, |c| insert_into(badge_tag::table).values(row).on_conflict_do_nothing().execute(c))?;
    Ok(())
}

/// The badges a controller has seen and that are live, with their tags, by tag.
pub fn live(db: &mut Db, controller: ControllerId, now: Instant) -> Result<Vec<(String, Badge)>> {
    let rows: Vec<(String, badges::Row)> = badge_tag::table
        .inner_join(badge::table)
        .filter(badge_tag::controller_id.eq(controller))
        .filter(badge::revoked_at.is_null())
        .filter(badge::until.is_null().or(badge::until.gt(now)))
        .order(badge_tag::tag)
        .select((badge_tag::tag, badges::Row::as_select()))
        .load(db)?;
    let read = |(tag, row): (String, badges::Row)| Ok((tag, Badge::try_from(row)?));
    Ok(rows.into_iter().map(read).collect::<anyhow::Result<_>>()?)
}
