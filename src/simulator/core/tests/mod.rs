//! A controller through bad days, without a server.

mod bench;
mod laws;

use serde_json::{Value as Json, json};

use super::{BEAT, HELLO, Happening, LOST, PATIENCE, Reply};
use bench::{ADA, Bench, MONDAY, letters, memory};

#[test]
fn the_badge_that_started_the_machine_stops_it_without_asking_anybody() {
    let mut bench = Bench::running(&json!({}));
    bench.calls.clear();
    bench.live(Happening::Badge(ADA.into()));
    assert!(!bench.core.is_on());
    assert_eq!(bench.asked("sessions/s-1/end").body, r#"{"reason":"badge"}"#);
    let mut bench = Bench::running(&json!({}));
    bench.live(Happening::Button);
    assert!(!bench.core.is_on());
}

#[test]
fn a_grant_that_comes_too_late_starts_nothing_and_the_server_is_told() {
    let mut bench = Bench::ready(&json!({}));
    bench.live(Happening::Badge(ADA.into()));
    bench.wait(PATIENCE + 100);
    let grant = bench.grant(3600);
    bench.answer("scans", 200, &grant);
    assert!(!bench.core.is_on());
    assert_eq!(bench.asked("sessions/s-1/end").body, r#"{"reason":"link"}"#);
    assert!(bench.kinds().contains(&"late_grant_ignored"));
}

#[test]
fn a_grant_that_is_said_twice_starts_once() {
    let mut bench = Bench::ready(&json!({}));
    bench.live(Happening::Badge(ADA.into()));
    let (call, grant) = (bench.asked("scans"), bench.grant(3600).to_string());
    bench.live(Happening::Answer(call.id, Reply::Said(200, grant.clone())));
    bench.live(Happening::Button);
    // A proxy that kept the answer, and says it again.
    bench.live(Happening::Answer(call.id, Reply::Said(200, grant)));
    assert!(!bench.core.is_on());
}

#[test]
fn without_the_time_there_is_no_start() {
    let mut bench = Bench::start(memory());
    bench.live(Happening::Badge(ADA.into()));
    let grant = bench.grant(3600);
    bench.answer("scans", 200, &grant);
    assert!(!bench.core.is_on());
    assert_eq!(
        bench.asked("sessions/s-1/end").body,
        r#"{"reason":"link"}"#,
        "the house must not believe in it"
    );
    assert!(bench.kinds().contains(&"late_grant_ignored"), "{:?}", bench.kinds());
}

#[test]
fn events_the_server_cannot_take_are_given_up_and_the_others_told() {
    let mut bench = Bench::running(&json!({}));
    bench.live(Happening::Button);
    bench.greet_again("deny");
    let (before, told) = (bench.kinds().len(), bench.core.memory.events[1].clone());
    let wrong = json!({ "code": "invalid_request", "fields": [{ "path": "events[1].data", "code": "invalid_value" }] });
    bench.answer("events", 422, &wrong);
    let left = &bench.core.memory.events;
    assert!(left.len() == before - 1 && left.iter().all(|event| event.prev != told.prev), "{left:?}");
    let first = left[0].prev.to_string();
    let again = bench.calls.iter().rfind(|call| call.path == "events").unwrap().body.clone();
    assert!(!again.contains(&told.prev.to_string()) && again.contains(&first));
    // A refusal that names nothing there is, is no reason to ask for ever.
    let nothing = json!({ "code": "invalid_request", "fields": [{ "path": "events[500].data" }] });
    bench.answer("events", 422, &nothing);
    assert!(!bench.calls.iter().any(|call| call.path == "events"));
}

#[test]
fn a_lockout_survives_a_reboot_and_is_taken_back_only_by_a_server_that_knew_of_it() {
    let mut bench = Bench::running(&json!({}));
    bench.live(Happening::LockOut("emergency".into()));
    assert!(!bench.core.is_on());
    assert_eq!(bench.asked("sessions/s-1/end").body, r#"{"reason":"emergency"}"#);
    // The message about it is lost, and so is the power.
    let call = bench.asked("lockouts");
    bench.live(Happening::Answer(call.id, Reply::Silence));
    let mut bench = Bench::start(bench.core.memory.clone());
    assert_eq!(bench.core.lockout(), Some("emergency"));
    // The server knows nothing of it yet: that clears nothing.
    bench.greet(&json!({}), &json!(null), &json!(null));
    assert_eq!(bench.core.lockout(), Some("emergency"));
    bench.live(Happening::Badge(ADA.into()));
    assert!(!bench.calls.iter().any(|call| call.path == "scans"));
    bench.wait(HELLO);
    bench.greet(&json!({}), &json!({ "class": "emergency" }), &json!(null));
    bench.wait(HELLO);
    bench.greet(&json!({}), &json!(null), &json!(null));
    assert_eq!(bench.core.lockout(), None);
}

#[test]
fn what_a_lost_link_does_to_a_running_machine_is_its_policy() {
    let minute = 60_000;
    let still_on = |policy: Json, millis: i64| {
        let mut bench = Bench::running(&policy);
        bench.wait(LOST + millis);
        bench.core.is_on()
    };
    assert!(!still_on(json!({ "link_loss_running": "stop" }), 200));
    let a_while = json!({ "link_loss_running": "continue_for", "link_loss_minutes": 5 });
    assert!(still_on(a_while.clone(), 4 * minute) && !still_on(a_while, 5 * minute + 200));
    let until_idle =
        json!({ "link_loss_running": "continue_until_idle", "idle_watts": 50, "idle_minutes": 2 });
    assert!(still_on(until_idle.clone(), 30 * minute));
    let mut bench = Bench::running(&until_idle);
    bench.wait(LOST + minute);
    bench.live(Happening::Watts(12.0));
    bench.wait(minute);
    bench.live(Happening::Watts(400.0));
    bench.wait(3 * minute);
    assert!(bench.core.is_on());
    bench.live(Happening::Watts(12.0));
    bench.wait(2 * minute + 200);
    assert!(!bench.core.is_on());
    // Whatever the policy, the end of the lease is the end.
    let mut bench = Bench::running(&json!({ "link_loss_running": "continue_until_idle" }));
    bench.wait(3_600_000 + 200);
    assert!(!bench.core.is_on());
}

#[test]
fn after_a_power_cut_outputs_are_off_and_the_server_hears_why() {
    let bench = Bench::running(&json!({}));
    let mut bench = Bench::start(bench.core.memory.clone());
    assert!(!bench.core.is_on());
    assert_eq!(bench.asked("sessions/s-1/end").body, r#"{"reason":"power"}"#);
    // The server still believes in the session: it is told again, and nothing is switched.
    let call = bench.calls.iter().position(|call| call.path == "hello").unwrap();
    assert!(call < bench.calls.len());
    bench.greet(&json!({}), &json!(null), &json!("s-1"));
    assert!(!bench.core.is_on());
}

#[test]
fn a_denied_badge_disturbs_nobody() {
    let mut bench = Bench::running(&json!({}));
    bench.live(Happening::Badge("04FFFFFF".into()));
    bench.answer(
        "scans",
        200,
        &json!({ "verdict": "deny", "reasons": [{ "code": "badge_unknown", "text": "?" }] }),
    );
    assert!(bench.core.is_on());
    bench.live(Happening::Badge("04FFFFFE".into()));
    bench.wait(PATIENCE + 100);
    assert!(bench.core.is_on());
}

#[test]
fn a_heartbeat_moves_the_end_and_may_be_the_end() {
    let mut bench = Bench::running(&json!({}));
    bench.wait(BEAT);
    let until = bench.time(7200);
    bench.answer("heartbeat", 200, &json!({ "until": until }));
    for _ in 0..400 {
        bench.wait(BEAT);
        let until = bench.time(7200);
        bench.answer("heartbeat", 200, &json!({ "until": until }));
    }
    assert!(bench.core.is_on());
    bench.wait(BEAT);
    bench.answer("heartbeat", 409, &json!({ "code": "power_session_over" }));
    assert!(!bench.core.is_on());
}

#[test]
fn without_the_server_a_list_decides_where_the_policy_lets_it() {
    let start = |policy: &str, letters: &[String], jump: i64| {
        let mut bench = Bench::ready(&json!({ "link_loss_start": policy }));
        for list in letters {
            // As a controller asks for it.
            bench.greet_again(policy);
            let call = bench.asked("allow-list");
            bench.live(Happening::Answer(call.id, Reply::Said(200, list.clone())));
        }
        bench.core.jump(jump);
        bench.live(Happening::Badge(ADA.into()));
        let call = bench.asked("scans");
        bench.live(Happening::Answer(call.id, Reply::Silence));
        (bench.core.is_on(), bench.kinds().contains(&"list_refused"))
    };
    let (valid, expired) = (letters(3, MONDAY + 40_000), letters(4, MONDAY + 1));
    assert_eq!(start("allow_list", std::slice::from_ref(&valid), 0), (true, false));
    assert_eq!(start("deny", &[], 0), (false, false));
    assert_eq!(start("allow_list", &[], 0), (false, false));
    assert_eq!(start("allow_list", &[expired], 5), (false, false));
    // A clock that jumps out of the list's time finds it worth nothing.
    assert_eq!(start("allow_list", std::slice::from_ref(&valid), 80_000), (false, false));
    assert_eq!(start("allow_list", std::slice::from_ref(&valid), -80_000), (false, false));
    // An older list, a list that holds too long, one with a letter changed: refused, and the one held stays.
    let rolled_back = letters(2, MONDAY + 40_000);
    assert_eq!(start("allow_list", &[valid.clone(), rolled_back], 0), (true, true));
    assert_eq!(start("allow_list", &[letters(9, MONDAY + 80 * 3600)], 0), (false, true));
    assert_eq!(start("allow_list", &[valid.replace("scie", "laser")], 0), (false, true));
}

#[test]
fn a_deny_is_a_deny_whatever_the_list_says() {
    let mut bench = Bench::ready(&json!({ "link_loss_start": "allow_list" }));
    let call = bench.asked("allow-list");
    bench.live(Happening::Answer(call.id, Reply::Said(200, letters(1, MONDAY + 40_000))));
    bench.live(Happening::Badge(ADA.into()));
    bench.answer("scans", 200, &json!({ "verdict": "deny", "reasons": [] }));
    bench.wait(PATIENCE + 100);
    assert!(!bench.core.is_on());
}

#[test]
fn what_the_house_will_not_have_goes_off_once_it_has_heard_of_it() {
    let policy = json!({ "link_loss_start": "allow_list" });
    let mut bench = Bench::ready(&policy);
    let call = bench.asked("allow-list");
    bench.live(Happening::Answer(call.id, Reply::Said(200, letters(1, MONDAY + 40_000))));
    bench.live(Happening::Badge(ADA.into()));
    let call = bench.asked("scans");
    bench.live(Happening::Answer(call.id, Reply::Silence));
    assert!(bench.core.is_on());
    // The house has not heard of it: that it knows of no session means nothing.
    bench.greet(&policy, &json!(null), &json!(null));
    assert!(bench.core.is_on());
    let head = bench.core.memory.head().to_string();
    bench.answer("events", 200, &json!({ "head": { "hash": head } }));
    assert!(bench.core.is_on());
    bench.wait(BEAT);
    bench.greet(&policy, &json!(null), &json!(null));
    assert!(!bench.core.is_on());
    assert!(bench.kinds().contains(&"offline_end"));
}
