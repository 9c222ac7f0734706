//! Members, their sessions, plans and memberships.
#![expect(missing_docs, reason = "the columns are explained where they are made, in migrations/*/*/up.sql")]

use diesel::table;

table! {
    use diesel::sql_types::{BigInt, Bool, Date, Integer, Nullable, Text};
    use crate::store::columns::{SqlId, SqlInstant};

    member (id) {
        id -> SqlId,
        email -> Text,
        display_name -> Text,
        search_key -> Text,
        locale -> Text,
        birth_date -> Nullable<Date>,
        commune -> Nullable<Text>,
        audience -> Nullable<Text>,
        password_hash -> Nullable<Text>,
        email_confirmed_at -> Nullable<SqlInstant>,
        charter_version -> Nullable<Integer>,
        charter_accepted_at -> Nullable<SqlInstant>,
        suspended_at -> Nullable<SqlInstant>,
        suspended_until -> Nullable<SqlInstant>,
        suspended_reason -> Nullable<Text>,
        guardian_name -> Nullable<Text>,
        guardian_consent_at -> Nullable<SqlInstant>,
        demo -> Bool,
        created_at -> SqlInstant,
        version -> BigInt,
    }
}

table! {
    use diesel::sql_types::{Text};
    use crate::store::columns::SqlId;

    member_role (member_id, role) {
        member_id -> SqlId,
        role -> Text,
    }
}

table! {
    use diesel::sql_types::{Text};
    use crate::store::columns::SqlId;

    member_word (word, member_id) {
        word -> Text,
        member_id -> SqlId,
    }
}

table! {
    use diesel::sql_types::{Binary, Nullable, Text};
    use crate::store::columns::{SqlId, SqlInstant};

    session (id) {
        id -> SqlId,
        member_id -> SqlId,
        token_hash -> Binary,
        label -> Nullable<Text>,
        created_at -> SqlInstant,
        last_seen_at -> SqlInstant,
        expires_at -> SqlInstant,
    }
}

table! {
    use diesel::sql_types::{Binary, Nullable, Text};
    use crate::store::columns::{SqlId, SqlInstant};

    one_time_token (token_hash) {
        token_hash -> Binary,
        member_id -> SqlId,
        purpose -> Text,
        created_at -> SqlInstant,
        expires_at -> SqlInstant,
        used_at -> Nullable<SqlInstant>,
    }
}

table! {
    use diesel::sql_types::{Binary, Integer};
    use crate::store::columns::SqlInstant;

    sign_in_failure (address_hash) {
        address_hash -> Binary,
        failures -> Integer,
        last_at -> SqlInstant,
    }
}

table! {
    use diesel::sql_types::{BigInt, Bool, Integer, Nullable, Text};
    use crate::store::columns::SqlId;

    plan (id) {
        id -> SqlId,
        slug -> Text,
        name_fr -> Text,
        name_en -> Text,
        duration_days -> Integer,
        weekly_minutes -> Nullable<Integer>,
        reservations_ahead -> Nullable<Integer>,
        unstaffed_hours -> Bool,
        active -> Bool,
        version -> BigInt,
    }
}

table! {
    use diesel::sql_types::{Bool, Date, Nullable};
    use crate::store::columns::{SqlId, SqlInstant};

    membership (id) {
        id -> SqlId,
        member_id -> SqlId,
        plan_id -> SqlId,
        starts_on -> Date,
        ends_on -> Date,
        paid -> Bool,
        created_at -> SqlInstant,
        created_by -> Nullable<SqlId>,
        ended_at -> Nullable<SqlInstant>,
    }
}
