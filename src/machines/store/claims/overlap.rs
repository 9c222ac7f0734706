//! Which claims meet a period.

use diesel::{alias, declare_sql_function, prelude::*, sql_types::Nullable};

use crate::{
    kernel::{Instant, Period},
    store::{
        columns::SqlInstant,
        schema::{claim, machine},
    },
};

alias!(claim as earlier: Earlier);

#[declare_sql_function]
extern "SQL" {
    fn coalesce(perhaps: Nullable<SqlInstant>, otherwise: SqlInstant) -> SqlInstant;
}

/// Live claims of a machine are disjoint: of those that began before the period, only the last can still last, so that
/// the search begins there, one step in the index, however long and full the past.
#[diesel::dsl::auto_type]
pub(super) fn meeting(within: Period) -> _ {
    let (start, end): (Instant, Instant) = (within.start(), within.end());
    let last_before = earlier
        .filter(earlier.field(claim::machine_id).eq(machine::id))
        .filter(earlier.field(claim::starts_at).le(start))
        .order(earlier.field(claim::starts_at).desc())
        .select(earlier.field(claim::starts_at))
        .single_value();
    machine::table
        .inner_join(claim::table)
        .filter(claim::starts_at.ge(coalesce(last_before, start)))
        .filter(claim::starts_at.lt(end))
        .filter(claim::ends_at.gt(start))
        .order(claim::starts_at)
}
