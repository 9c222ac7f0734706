//! Controllers, the machines they act on, the keys and words they have used up.
#![expect(missing_docs, reason = "the columns are explained where they are made, in migrations/*/*/up.sql")]

use diesel::table;

table! {
    use diesel::sql_types::{BigInt, Binary, Nullable, Text};
    use crate::store::columns::{SqlId, SqlInstant};

    controller (id) {
        id -> SqlId,
        name -> Nullable<Text>,
        public_key -> Binary,
        state -> Text,
        code -> Nullable<Text>,
        code_until -> Nullable<SqlInstant>,
        firmware -> Text,
        asked_at -> SqlInstant,
        accepted_at -> Nullable<SqlInstant>,
        revoked_at -> Nullable<SqlInstant>,
        revoked_reason -> Nullable<Text>,
        key_since -> SqlInstant,
        last_seen_at -> Nullable<SqlInstant>,
        version -> BigInt,
    }
}

table! {
    use crate::store::columns::SqlId;

    controller_machine (controller_id, machine_id) {
        controller_id -> SqlId,
        machine_id -> SqlId,
    }
}

table! {
    use diesel::sql_types::{Bool, Nullable, Text};
    use crate::store::columns::{SqlId, SqlInstant};

    controller_output (controller_id, machine_id) {
        controller_id -> SqlId,
        machine_id -> SqlId,
        is_on -> Bool,
        amiss -> Nullable<Text>,
        at -> SqlInstant,
    }
}

table! {
    use diesel::sql_types::Binary;
    use crate::store::columns::{SqlId, SqlInstant};

    retired_key (public_key) {
        public_key -> Binary,
        controller_id -> SqlId,
        retired_at -> SqlInstant,
    }
}

table! {
    use diesel::sql_types::Text;
    use crate::store::columns::{SqlId, SqlInstant};

    controller_nonce (controller_id, nonce) {
        controller_id -> SqlId,
        nonce -> Text,
        expires_at -> SqlInstant,
    }
}

table! {
    use diesel::sql_types::{Binary, Integer};
    use crate::store::columns::SqlInstant;

    house_key (one) {
        one -> Integer,
        public_key -> Binary,
        made_at -> SqlInstant,
    }
}

table! {
    use diesel::sql_types::{BigInt, Binary, Nullable, Text};
    use crate::store::columns::{SqlId, SqlInstant};

    controller_event (controller_id, boot, seq, hash) {
        controller_id -> SqlId,
        boot -> Text,
        seq -> BigInt,
        hash -> Binary,
        prev -> Binary,
        link -> Text,
        at -> SqlInstant,
        mono_ms -> BigInt,
        wall -> Nullable<BigInt>,
        kind -> Text,
        details -> Text,
        received_at -> SqlInstant,
    }
}

table! {
    use diesel::sql_types::{BigInt, Binary, Text};
    use crate::store::columns::SqlId;

    controller_chain (controller_id) {
        controller_id -> SqlId,
        boot -> Text,
        seq -> BigInt,
        hash -> Binary,
        gaps -> BigInt,
        resets -> BigInt,
        forks -> BigInt,
    }
}

table! {
    use diesel::sql_types::{BigInt, Binary, Nullable};
    use crate::store::columns::SqlId;

    allow_list (controller_id, machine_id) {
        controller_id -> SqlId,
        machine_id -> SqlId,
        version -> BigInt,
        print -> Nullable<Binary>,
    }
}
