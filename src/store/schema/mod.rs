//! Every table of the house, as diesel sees it; `tests/tidy.rs` compares it with both migration folders.

use diesel::{allow_tables_to_appear_in_same_query, joinable};

mod controllers;
mod machines;
mod people;
mod place;
mod power;
mod records;
mod reservations;
mod sessions;
mod trainings;

pub use controllers::{
    allow_list, controller, controller_chain, controller_event, controller_machine, controller_nonce,
    controller_output, house_key, retired_key,
};
pub use machines::{claim, machine, power_policy, workshop};
pub use people::{
    member, member_role, member_word, membership, one_time_token, plan, session, sign_in_failure,
};
pub use place::{closure, lab, opening_span};
pub use power::{plug, plug_keeper, power_event, power_intent, power_log_head, power_observed};
pub use records::{idempotency, journal, letter};
pub use reservations::reservation;
pub use sessions::{
    badge, badge_tag, lockout, lockout_held, machine_service, power_approval, power_pin, power_session, scan,
};
pub use trainings::{
    certification, enrolment, machine_training, training, training_session, training_session_machine,
    training_trainer,
};

joinable!(member_role -> member (member_id));
joinable!(member_word -> member (member_id));
joinable!(session -> member (member_id));
joinable!(one_time_token -> member (member_id));
joinable!(membership -> member (member_id));
joinable!(membership -> plan (plan_id));
joinable!(machine -> workshop (workshop_id));
joinable!(machine -> member (state_by));
joinable!(power_policy -> machine (machine_id));
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
joinable!(training_session_machine -> training_session (session_id));
joinable!(training_session_machine -> machine (machine_id));
joinable!(enrolment -> training_session (session_id));
joinable!(enrolment -> member (member_id));
joinable!(certification -> member (member_id));
joinable!(certification -> training (training_id));
joinable!(certification -> training_session (session_id));
joinable!(reservation -> machine (machine_id));
joinable!(reservation -> member (member_id));
joinable!(letter -> member (member_id));
joinable!(power_intent -> machine (machine_id));
joinable!(plug -> machine (machine_id));
joinable!(power_observed -> machine (machine_id));
joinable!(controller_machine -> controller (controller_id));
joinable!(controller_machine -> machine (machine_id));
joinable!(badge -> member (member_id));
joinable!(badge_tag -> badge (badge_id));
joinable!(power_session -> machine (machine_id));
joinable!(power_session -> member (member_id));
joinable!(scan -> machine (machine_id));
joinable!(lockout -> machine (machine_id));
joinable!(lockout_held -> lockout (lockout_id));
joinable!(controller_output -> controller (controller_id));

allow_tables_to_appear_in_same_query!(
    lab,
    opening_span,
    member,
    member_role,
    member_word,
    session,
    one_time_token,
    sign_in_failure,
    plan,
    membership,
    workshop,
    machine,
    power_policy,
    badge,
    badge_tag,
    lockout,
    lockout_held,
    machine_service,
    power_approval,
    power_pin,
    power_session,
    scan,
    claim,
    closure,
    training,
    machine_training,
    training_trainer,
    training_session,
    training_session_machine,
    enrolment,
    certification,
    reservation,
    letter,
    journal,
    idempotency,
    power_intent,
    power_observed,
    power_event,
    power_log_head,
    controller,
    controller_machine,
    controller_output,
    plug,
    plug_keeper,
);
