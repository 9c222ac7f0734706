//! What an operation is called in programs: `list_machines`, `cancel_reservation`. Two rooms may both have a handler called
//! `list`; method and path are unique, and the name is read from them.

/// Names that the path does not tell.
pub const OWN: &[(&str, &str, &str)] = &[
    ("GET", "/api/openapi.json", "get_description"),
    ("GET", "/metrics", "get_metrics"),
    ("GET", "/api/v1/live", "follow_live"),
    ("GET", "/api/v1/badges/fresh", "list_fresh_cards"),
    ("GET", "/api/v1/reservations/affected", "list_affected_reservations"),
    ("POST", "/api/v1/members", "sign_up"),
    ("POST", "/api/v1/members/confirmations", "confirm_email"),
    ("POST", "/api/v1/sessions", "sign_in"),
    ("DELETE", "/api/v1/sessions/current", "sign_out"),
    ("POST", "/api/v1/password-resets", "ask_for_password_reset"),
    ("POST", "/api/v1/password-resets/{token}", "choose_new_password"),
    ("POST", "/api/v1/training-sessions/{id}/enrolments", "enrol_in_training_session"),
    ("GET", "/api/v1/training-sessions/{id}/enrolments/me", "get_my_enrolment"),
    ("DELETE", "/api/v1/training-sessions/{id}/enrolments/me", "leave_training_session"),
    ("POST", "/api/v1/training-sessions/{id}/results", "record_training_results"),
    ("POST", "/controller/v1/hello", "greet_as_controller"),
    ("POST", "/controller/v1/scans", "scan_badge_as_controller"),
    ("POST", "/controller/v1/events", "upload_events_as_controller"),
    ("POST", "/controller/v1/lockouts", "lock_out_as_controller"),
    ("POST", "/controller/v1/pairings", "ask_for_pairing_as_controller"),
    ("POST", "/controller/v1/keys", "replace_key_as_controller"),
    ("POST", "/controller/v1/sessions/{id}/heartbeat", "renew_session_as_controller"),
];

/// Last words of a path that are deeds, and the verb of each.
const DEEDS: &[(&str, &str)] = &[
    ("cancellation", "cancel"),
    ("clearance", "clear"),
    ("confirmation", "confirm"),
    ("end", "end"),
    ("retirement", "retire"),
    ("retry", "retry"),
    ("revocation", "revoke"),
    ("suspension", "suspend"),
];

/// The name of the operation.
///
/// ```
/// use etabli::web::openapi::names::of;
/// assert_eq!(of("GET", "/api/v1/machines"), "list_machines");
/// assert_eq!(of("GET", "/api/v1/machines/{machine}/calendar"), "get_machine_calendar");
/// assert_eq!(of("POST", "/api/v1/reservations/{id}/cancellation"), "cancel_reservation");
/// assert_eq!(of("PATCH", "/api/v1/me"), "change_me");
/// assert_eq!(of("GET", "/api/v1/me/reservations"), "list_my_reservations");
/// assert_eq!(of("DELETE", "/api/v1/members/{id}/suspension"), "delete_member_suspension");
/// ```
#[must_use]
pub fn of(method: &str, path: &str) -> String {
    if let Some((_, _, own)) = OWN.iter().find(|(m, p, _)| (*m, *p) == (method, path)) {
        return (*own).to_owned();
    }
    let mut words = words(path);
    let one = path.ends_with('}');
    let deed = words.last().and_then(|last| DEEDS.iter().find(|(noun, _)| noun == last));
    let verb = match (method, deed) {
        ("POST", Some((_, verb))) => {
            words.pop();
            one_of_the_last(&mut words);
            verb
        }
        ("GET", _) if !one && words.last().is_some_and(|last| last.ends_with('s')) => "list",
        ("GET", _) => "get",
        ("POST", _) => {
            let many = words.last().is_some_and(|last| last.ends_with('s'));
            one_of_the_last(&mut words);
            if many { "create" } else { "set" }
        }
        ("PUT", _) => "set",
        ("PATCH", _) => "change",
        _ => "delete",
    };
    words.insert(0, verb.to_owned());
    words.join("_")
}

/// The words of a path: what is followed by a parameter is one thing, and what stands under `me` is mine.
fn words(path: &str) -> Vec<String> {
    let path = path.trim_start_matches("/api/v1").replace("/controller/v1", "/controller");
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let mut words = Vec::new();
    for (at, part) in parts.iter().enumerate().filter(|(_, part)| !part.starts_with('{')) {
        let next = parts.get(at + 1);
        let word = part.replace(['-', '.'], "_");
        words.push(match next {
            Some(next) if next.starts_with('{') => singular(&word),
            Some(_) if word == "me" => "my".to_owned(),
            _ => word,
        });
    }
    words
}

fn one_of_the_last(words: &mut [String]) {
    if let Some(last) = words.last_mut() {
        *last = singular(last);
    }
}

fn singular(word: &str) -> String {
    match word.strip_suffix("ies") {
        Some("ser") => word.to_owned(),
        Some(stem) => format!("{stem}y"),
        None => word.strip_suffix('s').unwrap_or(word).to_owned(),
    }
}
