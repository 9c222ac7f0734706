//! Badges, power sessions, scans, lockouts, and what is shown beside a badge.
#![expect(missing_docs, reason = "the columns are explained where they are made, in migrations/*/*/up.sql")]

use diesel::table;

table! {
    use diesel::sql_types::{BigInt, Binary, Nullable, Text};
    use crate::store::columns::{SqlId, SqlInstant};

    badge (id) {
        id -> SqlId,
        print -> Binary,
        member_id -> SqlId,
        label -> Nullable<Text>,
        given_by -> SqlId,
        given_at -> SqlInstant,
        until -> Nullable<SqlInstant>,
        revoked_at -> Nullable<SqlInstant>,
        revoked_by -> Nullable<SqlId>,
        revoked_reason -> Nullable<Text>,
        card_key -> Nullable<Binary>,
        card_count -> Nullable<BigInt>,
    }
}

table! {
    use diesel::sql_types::{Double, Nullable, Text};
    use crate::store::columns::{SqlId, SqlInstant};

    power_session (id) {
        id -> SqlId,
        machine_id -> SqlId,
        member_id -> SqlId,
        badge_id -> Nullable<SqlId>,
        controller_id -> Nullable<SqlId>,
        reservation_id -> Nullable<SqlId>,
        supervisor_id -> Nullable<SqlId>,
        started_at -> SqlInstant,
        until -> SqlInstant,
        bound -> Nullable<Text>,
        heard_at -> SqlInstant,
        ended_at -> Nullable<SqlInstant>,
        end_reason -> Nullable<Text>,
        meter_from -> Nullable<Double>,
        meter_to -> Nullable<Double>,
    }
}

table! {
    use diesel::sql_types::{Binary, Integer, Nullable, Text};
    use crate::store::columns::{SqlId, SqlInstant};

    scan (id) {
        id -> SqlId,
        controller_id -> SqlId,
        request -> Text,
        machine_id -> SqlId,
        at -> SqlInstant,
        print -> Nullable<Binary>,
        badge_id -> Nullable<SqlId>,
        member_id -> Nullable<SqlId>,
        verdict -> Text,
        session_id -> Nullable<SqlId>,
        reasons -> Text,
        untold -> Integer,
    }
}

table! {
    use diesel::sql_types::{Nullable, Text};
    use crate::store::columns::{SqlId, SqlInstant};

    lockout (id) {
        id -> SqlId,
        machine_id -> SqlId,
        class -> Text,
        reason -> Nullable<Text>,
        member_id -> Nullable<SqlId>,
        controller_id -> Nullable<SqlId>,
        at -> SqlInstant,
        cleared_at -> Nullable<SqlInstant>,
        cleared_by -> Nullable<SqlId>,
        clear_reason -> Nullable<Text>,
        words -> Text,
    }
}

table! {
    use crate::store::columns::SqlId;

    lockout_held (controller_id, lockout_id) {
        controller_id -> SqlId,
        lockout_id -> SqlId,
    }
}

table! {
    use diesel::sql_types::{Binary, Integer, Nullable};
    use crate::store::columns::{SqlId, SqlInstant};

    power_pin (member_id) {
        member_id -> SqlId,
        code -> Binary,
        set_at -> SqlInstant,
        failures -> Integer,
        shut_until -> Nullable<SqlInstant>,
    }
}

table! {
    use diesel::sql_types::Nullable;
    use crate::store::columns::{SqlId, SqlInstant};

    power_approval (id) {
        id -> SqlId,
        member_id -> SqlId,
        machine_id -> SqlId,
        given_at -> SqlInstant,
        until -> SqlInstant,
        used_at -> Nullable<SqlInstant>,
    }
}

table! {
    use diesel::sql_types::{Nullable, Text};
    use crate::store::columns::{SqlId, SqlInstant};

    machine_service (id) {
        id -> SqlId,
        machine_id -> SqlId,
        at -> SqlInstant,
        member_id -> SqlId,
        note -> Nullable<Text>,
    }
}

table! {
    use diesel::sql_types::Text;
    use crate::store::columns::{SqlId, SqlInstant};

    badge_tag (controller_id, badge_id) {
        controller_id -> SqlId,
        badge_id -> SqlId,
        tag -> Text,
        learned_at -> SqlInstant,
    }
}
