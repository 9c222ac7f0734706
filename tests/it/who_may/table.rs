//! The table. Rows are asked in this order, each by everybody from left to right.

/// Nobody in particular; a member; the member whose thing it is; a leader; the trainer of the training in question;
/// the trainer of another one; staff; an admin; a paired controller, which signs.
pub const KINDS: [&str; 9] =
    ["stranger", "member", "owner", "leader", "trainer", "other", "staff", "admin", "controller"];

const ALL: &str = "yes yes yes yes yes yes yes yes yes";
const MEMBERS: &str = "401 yes yes yes yes yes yes yes 401";
const OWNER: &str = "401 404 yes 404 404 404 yes yes 401";
const TRAINERS: &str = "401 403 403 403 yes yes yes yes 401";
const ITS_TRAINER: &str = "401 403 403 403 yes 403 yes yes 401";
const STAFF: &str = "401 403 403 403 403 403 yes yes 401";
const CONTROLLER: &str = "401 401 401 401 401 401 401 401 yes";
const ADMIN: &str = "401 403 403 403 403 403 403 yes 401";

/// Method, path, and what each kind is answered: refused as unknown (401) or not allowed (403), told that there is no
/// such thing (404), or let in, whatever comes of it.
pub const TABLE: &[(&str, &str, &str)] = &[
    ("GET", "/health/live", ALL),
    ("GET", "/health/ready", ALL),
    ("GET", "/metrics", ALL),
    ("GET", "/api/openapi.json", ALL),
    // The lab.
    ("GET", "/lab", ALL),
    ("PUT", "/lab/opening-hours", STAFF),
    ("POST", "/closures", STAFF),
    ("DELETE", "/closures/{id}", STAFF),
    ("GET", "/workshops", ALL),
    ("GET", "/workshops/{workshop}", ALL),
    ("POST", "/workshops", STAFF),
    ("PATCH", "/workshops/{workshop}", STAFF),
    ("GET", "/machines", ALL),
    ("GET", "/machines/{machine}", ALL),
    ("POST", "/machines", STAFF),
    ("PATCH", "/machines/{machine}", STAFF),
    ("POST", "/machines/{machine}/state", STAFF),
    ("GET", "/machines/{machine}/power-policy", ALL),
    ("PUT", "/machines/{machine}/power-policy", STAFF),
    // Plugs.
    ("GET", "/plugs", STAFF),
    ("POST", "/plugs", STAFF),
    ("GET", "/plugs/{id}", STAFF),
    ("PATCH", "/plugs/{id}", STAFF),
    ("GET", "/plugs/{id}/check", STAFF),
    ("DELETE", "/plugs/{id}", STAFF),
    // Bookings.
    ("GET", "/calendar", ALL),
    ("GET", "/machines/{machine}/calendar", ALL),
    ("GET", "/machines/{machine}/gates", MEMBERS),
    ("POST", "/reservations", MEMBERS),
    ("GET", "/reservations", MEMBERS),
    ("GET", "/reservations/affected", STAFF),
    ("GET", "/reservations/{id}", OWNER),
    ("PATCH", "/reservations/{id}", OWNER),
    ("POST", "/reservations/{id}/cancellation", OWNER),
    ("GET", "/me/reservations", MEMBERS),
    // Machine access; the code of a device that waits does not outlive the clock being moved below.
    ("GET", "/controllers", STAFF),
    ("GET", "/controllers/{id}", STAFF),
    ("PATCH", "/controllers/{id}", STAFF),
    ("GET", "/controllers/{id}/events", STAFF),
    ("POST", "/controllers", STAFF),
    ("POST", "/controllers/{id}/revocation", STAFF),
    ("GET", "/badges/fresh", STAFF),
    ("POST", "/badges", STAFF),
    ("GET", "/members/{id}/badges", STAFF),
    ("POST", "/badges/{id}/revocation", STAFF),
    ("GET", "/machines/{machine}/power", ALL),
    ("GET", "/power-sessions", STAFF),
    ("POST", "/controller/v1/hello", CONTROLLER),
    ("POST", "/controller/v1/scans", CONTROLLER),
    ("POST", "/controller/v1/sessions/{id}/heartbeat", CONTROLLER),
    ("POST", "/controller/v1/sessions/{id}/end", CONTROLLER),
    ("POST", "/controller/v1/lockouts", CONTROLLER),
    ("POST", "/power-sessions/{id}/end", STAFF),
    ("POST", "/machines/{machine}/lockouts", MEMBERS),
    ("POST", "/machines/{machine}/lockouts/clearance", STAFF),
    ("GET", "/me/power-sessions", MEMBERS),
    ("PUT", "/me/power-pin", MEMBERS),
    ("POST", "/me/power-approvals", MEMBERS),
    ("POST", "/controller/v1/pairings", CONTROLLER),
    ("GET", "/controller/v1/pairings/{id}", CONTROLLER),
    ("POST", "/controller/v1/events", CONTROLLER),
    ("POST", "/controller/v1/keys", CONTROLLER),
    // Trainings.
    ("GET", "/trainings", ALL),
    ("GET", "/trainings/{t}", ALL),
    ("GET", "/trainings/{t}/sessions", ALL),
    ("POST", "/trainings", STAFF),
    ("PATCH", "/trainings/{t}", STAFF),
    ("PUT", "/trainings/{t}/trainers", STAFF),
    ("POST", "/training-sessions", ITS_TRAINER),
    ("GET", "/training-sessions/{id}", ALL),
    ("PATCH", "/training-sessions/{id}", ITS_TRAINER),
    ("POST", "/training-sessions/{id}/enrolments", MEMBERS),
    ("GET", "/training-sessions/{id}/enrolments/me", MEMBERS),
    ("DELETE", "/training-sessions/{id}/enrolments/me", MEMBERS),
    ("POST", "/training-sessions/{id}/results", ITS_TRAINER),
    ("POST", "/training-sessions/{id}/cancellation", ITS_TRAINER),
    ("GET", "/me/certifications", MEMBERS),
    ("GET", "/certifications/{id}", "401 404 yes 404 yes yes yes yes 401"),
    ("GET", "/members/{id}/certifications", TRAINERS),
    ("POST", "/members/{id}/certifications", ITS_TRAINER),
    ("POST", "/certifications/{id}/suspension", ITS_TRAINER),
    ("DELETE", "/certifications/{id}/suspension", ITS_TRAINER),
    ("POST", "/certifications/{id}/revocation", ITS_TRAINER),
    // Records.
    ("GET", "/letters", STAFF),
    ("GET", "/letters/{id}", STAFF),
    ("POST", "/letters/{id}/retry", STAFF),
    ("GET", "/journal", ADMIN),
    // People.
    ("GET", "/members", STAFF),
    ("GET", "/members/{id}", STAFF),
    ("PATCH", "/members/{id}", STAFF),
    ("GET", "/members/{id}/memberships", STAFF),
    ("POST", "/members/{id}/memberships", STAFF),
    ("POST", "/memberships/{id}/end", STAFF),
    ("POST", "/members/{id}/guardian-consent", STAFF),
    ("POST", "/members/{id}/suspension", STAFF),
    ("DELETE", "/members/{id}/suspension", STAFF),
    ("GET", "/plans", ALL),
    ("GET", "/plans/{plan}", ALL),
    ("POST", "/plans", STAFF),
    ("PATCH", "/plans/{plan}", STAFF),
    ("POST", "/members", ALL),
    ("POST", "/members/confirmations", ALL),
    ("POST", "/password-resets", ALL),
    ("POST", "/password-resets/{token}", ALL),
    ("GET", "/me", MEMBERS),
    ("PATCH", "/me", MEMBERS),
    ("GET", "/me/memberships", MEMBERS),
    ("POST", "/sessions", ALL),
    ("GET", "/me/sessions", MEMBERS),
    ("DELETE", "/me/sessions/{id}", MEMBERS),
    ("DELETE", "/sessions/current", MEMBERS),
];
