//! The place: hours and closures.
#![expect(missing_docs, reason = "the columns are explained where they are made, in migrations/*/*/up.sql")]

use diesel::table;

table! {
    use diesel::sql_types::{BigInt, Bool, Integer, Text};
    use crate::store::columns::SqlId;

    lab (id) {
        id -> SqlId,
        singleton -> Bool,
        slug -> Text,
        name -> Text,
        time_zone -> Text,
        charter_version -> Integer,
        charter_fr -> Text,
        charter_en -> Text,
        french_holidays -> Bool,
        demo -> Bool,
        calendar_version -> BigInt,
        version -> BigInt,
    }
}

table! {
    use diesel::sql_types::{Bool, Date, Integer, Nullable};
    use crate::store::columns::SqlId;

    opening_span (id) {
        id -> SqlId,
        weekday -> Integer,
        opens_minute -> Integer,
        closes_minute -> Integer,
        staffed -> Bool,
        valid_from -> Nullable<Date>,
        valid_to -> Nullable<Date>,
    }
}

table! {
    use diesel::sql_types::{Nullable, Text};
    use crate::store::columns::{SqlId, SqlInstant};

    closure (id) {
        id -> SqlId,
        workshop_id -> Nullable<SqlId>,
        machine_id -> Nullable<SqlId>,
        starts_at -> SqlInstant,
        ends_at -> SqlInstant,
        reason -> Text,
        created_by -> Nullable<SqlId>,
        created_at -> SqlInstant,
    }
}
