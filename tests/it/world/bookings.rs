//! Members who book in the small lab.

use serde_json::{Value as Json, json};

use super::{Answer, World, people::Person};

impl World {
    /// A grown-up in order: house rules accepted, a membership under the plan `maker` for the year.
    pub async fn maker(&self, name: &str) -> Person<'_> {
        self.member(name).on_plan("maker", "2026-01-01").await
    }

    /// Somebody of the staff.
    pub async fn staff(&self) -> Person<'_> {
        self.member("staff").staff().await
    }

    /// Somebody who reads the journal.
    pub async fn admin(&self) -> Person<'_> {
        self.member("admin").admin().await
    }
}

impl Person<'_> {
    /// Books a machine for a period of local time: `ada.books("scie", "2026-03-03 10:00-11:00")`.
    pub async fn books(&self, machine: &str, period: &str) -> Answer {
        self.post("reservations", wish(machine, period)).await
    }
}

/// The body of a booking for a period of winter time in Paris.
pub fn wish(machine: &str, period: &str) -> Json {
    let (starts_at, ends_at) = paris(period);
    json!({ "machine": machine, "starts_at": starts_at, "ends_at": ends_at })
}

/// Start and end of `2026-03-03 10:00-11:00`, in winter time in Paris.
pub fn paris(period: &str) -> (String, String) {
    let (date, hours) = period.split_once(' ').unwrap();
    let (from, to) = hours.split_once('-').unwrap();
    (format!("{date}T{from}:00+01:00"), format!("{date}T{to}:00+01:00"))
}
