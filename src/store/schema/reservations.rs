//! Reservations.
#![expect(missing_docs, reason = "the columns are explained where they are made, in migrations/*/*/up.sql")]

use diesel::table;

table! {
    use diesel::sql_types::{BigInt, Integer, Nullable, Text};
    use crate::store::columns::{SqlId, SqlInstant};

    reservation (id) {
        id -> SqlId,
        machine_id -> SqlId,
        member_id -> SqlId,
        starts_at -> SqlInstant,
        ends_at -> SqlInstant,
        state -> Text,
        note -> Nullable<Text>,
        created_by -> SqlId,
        created_at -> SqlInstant,
        sequence -> Integer,
        cancelled_at -> Nullable<SqlInstant>,
        cancelled_by -> Nullable<SqlId>,
        cancel_reason -> Nullable<Text>,
        override_gates -> Nullable<Text>,
        override_reason -> Nullable<Text>,
        version -> BigInt,
        moved_at -> Nullable<SqlInstant>,
    }
}
