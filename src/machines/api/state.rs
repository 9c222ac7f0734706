//! Say that a machine is broken, or back.

use actix_web::{HttpResponse, post, web::Data};
use serde::{Deserialize, Serialize};

use super::out::MachineOut;
use crate::{
    app::App,
    kernel::{Instant, Result},
    machines::{
        affected::{Affected, Hurt},
        affected_sessions::AffectedSession,
        change_state::{Said, change_state},
        model::State,
        store,
    },
    people::caller::Staff,
    web::{
        Reader,
        check::{Check, Fields},
        json::Json,
        ok,
        path::Path,
    },
};

/// What is said about a machine.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StateIn {
    state: State,
    /// Why, 1 to 500 characters; everybody reads it.
    #[schema(min_length = 1, max_length = 500)]
    reason: String,
    /// The expected end; nobody knows where nothing is said.
    until: Option<Instant>,
}

impl Check for StateIn {
    fn check(&self, fields: &mut Fields) {
        fields.length("reason", &self.reason, 1..=500);
    }
}

/// The machine as it is now, and the reservations that this hurts.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct StateOut {
    machine: MachineOut,
    /// Reservations ahead that meet the outage: keep or cancel each.
    affected: Vec<Affected>,
    /// Training sessions ahead that use the machine meanwhile, with their learners.
    affected_sessions: Vec<AffectedSession>,
}

/// Changes the state of a machine; the answer lists the reservations ahead that this hurts.
#[utoipa::path(tag = "machines", params(("machine" = String, Path, description = "Slug or identifier")),
    request_body = StateIn, security(("bearer" = [])),
    responses((status = 200, body = StateOut)))]
#[post("/machines/{machine}/state")]
pub async fn set_state(
    app: Data<App>,
    by: Staff,
    reader: Reader,
    key: Path<String>,
    body: Json<StateIn>,
) -> Result<HttpResponse> {
    let (now, Json(StateIn { state, reason, until })) = (app.now(), body);
    let said = Said { state, reason, until, by: by.0.id };
    let written = app.store.write(move |db| {
        let (machine, affected) = change_state(db, &key.0, &said, now)?;
        let required = store::required_trainings(db, &[machine.id])?;
        Ok((machine, required, affected))
    });
    let (machine, required, hurt) = written.await?;
    let Hurt { reservations: affected, sessions: affected_sessions } = hurt;
    let machine = MachineOut::new(&machine, &required, reader.locale, now);
    ok(&StateOut { machine, affected, affected_sessions })
}
