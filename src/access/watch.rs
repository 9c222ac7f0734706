//! What a plug tells about the session it is on for: that nobody is there any more, or that the power is gone.
//!
//! A native controller sees both itself and ends its session. Behind a plug there is nobody but the house.

use chrono::TimeDelta;
use uuid::Uuid;

use super::{
    session::{EndReason, PowerSession},
    store,
};
use crate::{
    kernel::{Instant, Result},
    machines::{self, PowerPolicy},
    power::{self, Fault, Observed, Source},
    store::Db,
};

/// A fault that was seen so soon after the start may still be that of the session before.
const SETTLING: TimeDelta = TimeDelta::seconds(10);

/// The open sessions whose plug stands idle or has a fault: to be asked about sooner than the others. Two statements.
pub fn troubled(db: &mut Db, _: Instant) -> Result<Vec<Uuid>> {
    let mut seen = power::all_observed(db)?;
    seen.retain(|seen| seen.source == Source::Plug && (seen.idle_since.is_some() || seen.fault.is_some()));
    if seen.is_empty() {
        return Ok(Vec::new());
    }
    let open = store::sessions::all_open(db)?.into_iter();
    let troubled = open.filter(|session| seen.iter().any(|seen| seen.machine == session.machine));
    Ok(troubled.map(|session| session.id.uuid()).collect())
}

/// Why a session is over, if its plug says so.
pub fn over(db: &mut Db, session: &PowerSession, now: Instant) -> Result<Option<EndReason>> {
    let observed = power::observed(db, session.machine)?;
    let Some(seen) = observed.filter(|seen| seen.source == Source::Plug) else { return Ok(None) };
    let (policy, _) = machines::store::policy(db, session.machine)?;
    Ok(told(&seen, &policy, session.started_at, now))
}

/// The same, of plain values.
fn told(seen: &Observed, policy: &PowerPolicy, started_at: Instant, now: Instant) -> Option<EndReason> {
    let failed = matches!(seen.fault, Some(Fault::NoAnswer | Fault::OffInSession));
    if failed && seen.seen_at >= started_at && now >= started_at + SETTLING {
        return Some(EndReason::Power);
    }
    let patience = TimeDelta::minutes(policy.idle_minutes?.into());
    (now >= seen.idle_since?.max(started_at) + patience).then_some(EndReason::Idle)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{EndReason, Fault, Instant, Observed, PowerPolicy, Source, told};
    use crate::kernel::Id;

    fn at(text: &str) -> Instant {
        format!("2026-03-03T{text}Z").parse().unwrap()
    }

    #[rstest]
    #[case::at_work(None, None, "11:00:00", None)]
    #[case::idle_for_a_while(None, Some("10:20:00"), "10:29:59", None)]
    #[case::idle_for_long(None, Some("10:20:00"), "10:30:00", Some(EndReason::Idle))]
    #[case::idle_since_before_it_began(None, Some("09:00:00"), "10:09:59", None)]
    #[case::never_started(Some(Fault::NoAnswer), None, "10:00:10", Some(EndReason::Power))]
    #[case::perhaps_of_the_one_before(Some(Fault::NoAnswer), None, "10:00:09", None)]
    #[case::went_off(Some(Fault::OffInSession), None, "10:30:00", Some(EndReason::Power))]
    #[case::on_all_the_same(Some(Fault::OnWithoutSession), None, "10:30:00", None)]
    fn a_session_is_over_when_its_plug_says_so(
        #[case] fault: Option<Fault>,
        #[case] idle_since: Option<&str>,
        #[case] now: &str,
        #[case] expected: Option<EndReason>,
    ) {
        let seen = Observed {
            machine: Id::new(),
            source: Source::Plug,
            online: true,
            on: Some(true),
            watts: None,
            fault,
            seen_at: at("10:00:05"),
            since: at("10:00:00"),
            idle_since: idle_since.map(at),
            watt_hours: 0.0,
        };
        let policy = PowerPolicy { idle_minutes: Some(10), ..PowerPolicy::default() };
        assert_eq!(told(&seen, &policy, at("10:00:00"), at(now)), expected);
    }
}
