//! Trainings, their sessions, and certifications.
#![expect(missing_docs, reason = "the columns are explained where they are made, in migrations/*/*/up.sql")]

use diesel::table;

table! {
    use diesel::sql_types::{BigInt, Integer, Nullable, Text};
    use crate::store::columns::SqlId;

    training (id) {
        id -> SqlId,
        slug -> Text,
        name_fr -> Text,
        name_en -> Text,
        valid_months -> Nullable<Integer>,
        version -> BigInt,
    }
}

table! {
    use diesel::sql_types::{};
    use crate::store::columns::SqlId;

    machine_training (machine_id, training_id) {
        machine_id -> SqlId,
        training_id -> SqlId,
    }
}

table! {
    use diesel::sql_types::{};
    use crate::store::columns::SqlId;

    training_trainer (training_id, member_id) {
        training_id -> SqlId,
        member_id -> SqlId,
    }
}

table! {
    use diesel::sql_types::{BigInt, Integer, Nullable, Text};
    use crate::store::columns::{SqlId, SqlInstant};

    training_session (id) {
        id -> SqlId,
        training_id -> SqlId,
        trainer_id -> SqlId,
        starts_at -> SqlInstant,
        ends_at -> SqlInstant,
        place -> Nullable<Text>,
        seats -> Integer,
        taken -> Integer,
        cancelled_at -> Nullable<SqlInstant>,
        created_at -> SqlInstant,
        version -> BigInt,
        override_gates -> Nullable<Text>,
        override_reason -> Nullable<Text>,
    }
}

table! {
    use diesel::sql_types::{};
    use crate::store::columns::SqlId;

    training_session_machine (session_id, machine_id) {
        session_id -> SqlId,
        machine_id -> SqlId,
    }
}

table! {
    use diesel::sql_types::{Text};
    use crate::store::columns::{SqlId, SqlInstant};

    enrolment (id) {
        id -> SqlId,
        session_id -> SqlId,
        member_id -> SqlId,
        state -> Text,
        created_at -> SqlInstant,
        changed_at -> SqlInstant,
    }
}

table! {
    use diesel::sql_types::{Date, Nullable, Text};
    use crate::store::columns::{SqlId, SqlInstant};

    certification (id) {
        id -> SqlId,
        member_id -> SqlId,
        training_id -> SqlId,
        given_by -> Nullable<SqlId>,
        given_at -> SqlInstant,
        valid_until -> Nullable<Date>,
        note -> Nullable<Text>,
        session_id -> Nullable<SqlId>,
        state -> Text,
        state_reason -> Nullable<Text>,
        state_by -> Nullable<SqlId>,
        state_at -> Nullable<SqlInstant>,
    }
}
