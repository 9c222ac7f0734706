//! What power machines should have and do have, and the log of both.
#![expect(missing_docs, reason = "the columns are explained where they are made, in migrations/*/*/up.sql")]

use diesel::table;

table! {
    use diesel::sql_types::{BigInt, Bool, Nullable};
    use crate::store::columns::{SqlId, SqlInstant};

    power_intent (machine_id) {
        machine_id -> SqlId,
        is_on -> Bool,
        until -> Nullable<SqlInstant>,
        session_id -> Nullable<SqlId>,
        said_at -> SqlInstant,
        version -> BigInt,
    }
}

table! {
    use diesel::sql_types::{Bool, Double, Nullable, Text};
    use crate::store::columns::{SqlId, SqlInstant};

    power_observed (machine_id) {
        machine_id -> SqlId,
        source -> Text,
        online -> Bool,
        is_on -> Nullable<Bool>,
        watts -> Nullable<Double>,
        fault -> Nullable<Text>,
        seen_at -> SqlInstant,
        since -> SqlInstant,
        idle_since -> Nullable<SqlInstant>,
        watt_hours -> Double,
    }
}

table! {
    use diesel::sql_types::{BigInt, Binary, Nullable, Text};
    use crate::store::columns::{SqlId, SqlInstant};

    power_event (seq) {
        seq -> BigInt,
        at -> SqlInstant,
        kind -> Text,
        machine_id -> Nullable<SqlId>,
        session_id -> Nullable<SqlId>,
        controller_id -> Nullable<SqlId>,
        member_id -> Nullable<SqlId>,
        details -> Text,
        prev -> Binary,
        hash -> Binary,
    }
}

table! {
    use diesel::sql_types::{BigInt, Binary, Integer};

    power_log_head (id) {
        id -> Integer,
        seq -> BigInt,
        hash -> Binary,
    }
}

table! {
    use diesel::sql_types::{Integer, Nullable, Text};
    use crate::store::columns::{SqlId, SqlInstant};

    plug (id) {
        id -> SqlId,
        machine_id -> SqlId,
        adapter -> Text,
        topic -> Text,
        channel -> Text,
        meter -> Nullable<Text>,
        lease_seconds -> Nullable<Integer>,
        settings -> Text,
        settings_at -> Nullable<SqlInstant>,
        created_at -> SqlInstant,
    }
}

table! {
    use diesel::sql_types::{Integer, Nullable};
    use crate::store::columns::{SqlId, SqlInstant};

    plug_keeper (id) {
        id -> Integer,
        holder_id -> Nullable<SqlId>,
        until -> Nullable<SqlInstant>,
    }
}
