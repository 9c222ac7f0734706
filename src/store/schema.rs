//! Every table of the house, as diesel sees it; `tests/tidy.rs` compares it with both migration folders.
#![expect(missing_docs, reason = "the columns are explained where they are made, in migrations/*/*/up.sql")]

use diesel::{allow_tables_to_appear_in_same_query, joinable, table};

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
    }
}

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
    }
}

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
        text_body -> Text,
        html_body -> Text,
        calendar_method -> Nullable<Text>,
        calendar_body -> Nullable<Text>,
        message_id -> Text,
        once_key -> Nullable<Text>,
        state -> Text,
        attempts -> Integer,
        next_at -> SqlInstant,
        claimed_until -> Nullable<SqlInstant>,
        last_error -> Nullable<Text>,
        created_at -> SqlInstant,
        sent_at -> Nullable<SqlInstant>,
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

joinable!(member_role -> member (member_id));
joinable!(session -> member (member_id));
joinable!(one_time_token -> member (member_id));
joinable!(membership -> member (member_id));
joinable!(membership -> plan (plan_id));
joinable!(machine -> workshop (workshop_id));
joinable!(machine -> member (state_by));
joinable!(claim -> machine (machine_id));
joinable!(claim -> member (member_id));
joinable!(closure -> workshop (workshop_id));
joinable!(closure -> machine (machine_id));
joinable!(closure -> member (created_by));
joinable!(machine_training -> machine (machine_id));
joinable!(machine_training -> training (training_id));
joinable!(training_trainer -> training (training_id));
joinable!(training_trainer -> member (member_id));
joinable!(training_session -> training (training_id));
joinable!(training_session -> member (trainer_id));
joinable!(enrolment -> training_session (session_id));
joinable!(enrolment -> member (member_id));
joinable!(certification -> member (member_id));
joinable!(certification -> training (training_id));
joinable!(certification -> training_session (session_id));
joinable!(reservation -> machine (machine_id));
joinable!(reservation -> member (member_id));
joinable!(letter -> member (member_id));

allow_tables_to_appear_in_same_query!(
    lab,
    opening_span,
    member,
    member_role,
    session,
    one_time_token,
    sign_in_failure,
    plan,
    membership,
    workshop,
    machine,
    claim,
    closure,
    training,
    machine_training,
    training_trainer,
    training_session,
    enrolment,
    certification,
    reservation,
    letter,
    journal,
    idempotency,
);
