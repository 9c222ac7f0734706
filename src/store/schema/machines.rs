//! Workshops, machines, and who holds them.
#![expect(missing_docs, reason = "the columns are explained where they are made, in migrations/*/*/up.sql")]

use diesel::table;

table! {
    use diesel::sql_types::{BigInt, Integer, Text};
    use crate::store::columns::SqlId;

    workshop (id) {
        id -> SqlId,
        slug -> Text,
        name_fr -> Text,
        name_en -> Text,
        area_m2 -> Integer,
        capacity -> Integer,
        position -> Integer,
        version -> BigInt,
    }
}

table! {
    use diesel::sql_types::{BigInt, Bool, Integer, Nullable, Text};
    use crate::store::columns::{SqlId, SqlInstant};

    machine (id) {
        id -> SqlId,
        workshop_id -> SqlId,
        slug -> Text,
        name_fr -> Text,
        name_en -> Text,
        kind -> Nullable<Text>,
        position -> Integer,
        state -> Text,
        state_reason -> Nullable<Text>,
        state_by -> Nullable<SqlId>,
        state_since -> Nullable<SqlInstant>,
        state_until -> Nullable<SqlInstant>,
        grid_minutes -> Integer,
        min_minutes -> Integer,
        max_minutes -> Integer,
        notice_minutes -> Integer,
        horizon_days -> Integer,
        cancel_minutes -> Integer,
        buffer_minutes -> Integer,
        min_age -> Nullable<Integer>,
        supervised -> Bool,
        unattended -> Bool,
        calendar_version -> BigInt,
        version -> BigInt,
    }
}

table! {
    use diesel::sql_types::{Integer, Nullable, Text};
    use crate::store::columns::{SqlId, SqlInstant};

    claim (id) {
        id -> SqlId,
        machine_id -> SqlId,
        starts_at -> SqlInstant,
        ends_at -> SqlInstant,
        use_ends_at -> SqlInstant,
        kind -> Text,
        holder_id -> SqlId,
        member_id -> Nullable<SqlId>,
        people -> Integer,
    }
}

table! {
    use diesel::sql_types::{BigInt, Integer, Nullable, Text};
    use crate::store::columns::SqlId;

    power_policy (machine_id) {
        machine_id -> SqlId,
        reservation -> Text,
        risk_class -> Integer,
        no_show_minutes -> Integer,
        max_session_minutes -> Integer,
        grace_minutes -> Integer,
        link_loss_running -> Text,
        link_loss_minutes -> Integer,
        link_loss_start -> Text,
        supervision -> Text,
        idle_watts -> Nullable<Integer>,
        idle_minutes -> Nullable<Integer>,
        service_hours -> Nullable<Integer>,
        version -> BigInt,
    }
}
