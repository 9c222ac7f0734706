//! Letters, the journal, and answers already given.
#![expect(missing_docs, reason = "the columns are explained where they are made, in migrations/*/*/up.sql")]

use diesel::table;

table! {
    use diesel::sql_types::{Integer, Nullable, Text};
    use crate::store::columns::{SqlId, SqlInstant};

    letter (id) {
        id -> SqlId,
        member_id -> Nullable<SqlId>,
        recipient -> Text,
        locale -> Text,
        kind -> Text,
        subject -> Text,
        body -> Text,
        invitation -> Nullable<Text>,
        once_key -> Nullable<Text>,
        state -> Text,
        attempts -> Integer,
        next_at -> SqlInstant,
        give_up_at -> SqlInstant,
        claimed_until -> Nullable<SqlInstant>,
        last_error -> Nullable<Text>,
        created_at -> SqlInstant,
        sent_at -> Nullable<SqlInstant>,
        thread -> Nullable<Text>,
    }
}

table! {
    use diesel::sql_types::{Nullable, Text};
    use crate::store::columns::{SqlId, SqlInstant};

    journal (id) {
        id -> SqlId,
        at -> SqlInstant,
        actor_id -> Nullable<SqlId>,
        action -> Text,
        subject_kind -> Text,
        subject_id -> SqlId,
        reason -> Nullable<Text>,
        details -> Text,
    }
}

table! {
    use diesel::sql_types::{Binary, Integer, Nullable, Text};
    use crate::store::columns::SqlInstant;

    idempotency (key_hash) {
        key_hash -> Binary,
        request_hash -> Binary,
        status -> Nullable<Integer>,
        headers -> Nullable<Text>,
        body -> Nullable<Binary>,
        created_at -> SqlInstant,
        finished_at -> Nullable<SqlInstant>,
    }
}
