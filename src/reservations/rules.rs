//! When a reservation may still be changed, and by whom.

use chrono::TimeDelta;

use super::model::{Reservation, State};
use crate::{
    gates::review::overridable,
    kernel::{Code, Error, Exception, Instant, Refusal, Result, Value, Zone},
    machines::Rules,
};

/// Refuses what is over: cancelled, released, past, or used up. One that is being used may still be changed.
///
/// # Errors
/// `reservation_over`.
pub fn still_live(reservation: &Reservation, now: Instant) -> Result<()> {
    let live = match reservation.seen(now) {
        State::Confirmed => true,
        State::Used => now < reservation.period.end(),
        State::Cancelled | State::Released | State::Past => false,
    };
    if live { Ok(()) } else { Err(Error::refused(Code::ReservationOver)) }
}

/// Refuses a member who cancels later than the machine's notice before the start; staff may until the end.
///
/// # Errors
/// `too_late_to_cancel`, with the last instant when it was possible.
pub fn in_time_to_cancel(
    reservation: &Reservation,
    rules: &Rules,
    zone: Zone,
    staff: bool,
    now: Instant,
) -> Result<()> {
    let notice = i64::from(rules.cancel_minutes);
    let last = reservation.period.start() - TimeDelta::minutes(notice);
    if staff || now <= last {
        return Ok(());
    }
    let refusal = Refusal::new(Code::TooLateToCancel)
        .with("notice_minutes", Value::Minutes(notice))
        .with("until", Value::At(last, zone));
    Err(refusal.into())
}

/// Refuses an exception that is not staff's to make, or that names a gate nobody may override.
///
/// # Errors
/// `forbidden`; `override_not_allowed` with the gate.
pub fn may_except(exception: Option<&Exception>, staff: bool) -> Result<()> {
    let Some(exception) = exception else { return Ok(()) };
    if !staff {
        return Err(Error::refused(Code::Forbidden));
    }
    match exception.gates.iter().find(|gate| !overridable(**gate)) {
        Some(gate) => Err(Refusal::new(Code::OverrideNotAllowed).with("gate", gate.as_str()).into()),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{
        Code, Exception, Instant, Reservation, Rules, State, Zone, in_time_to_cancel, may_except, still_live,
    };
    use crate::kernel::{Id, Period};

    fn at(text: &str) -> Instant {
        format!("2026-03-03T{text}:00Z").parse().unwrap()
    }

    fn reservation() -> Reservation {
        Reservation {
            id: Id::new(),
            machine: Id::new(),
            member: Id::new(),
            period: Period::new(at("10:00"), at("11:00")).unwrap(),
            state: State::Confirmed,
            note: None,
            created_by: Id::new(),
            created_at: at("07:00"),
            moved_at: None,
            sequence: 0,
            cancelled: None,
            exception: None,
            version: 1,
        }
    }

    #[rstest]
    #[case("08:00", false, true)]
    #[case("08:01", false, false)]
    #[case("10:30", true, true)]
    fn two_hours_before_is_the_last_moment(#[case] now: &str, #[case] staff: bool, #[case] allowed: bool) {
        let answer = in_time_to_cancel(&reservation(), &Rules::default(), Zone::PARIS, staff, at(now));
        assert_eq!(answer.is_ok(), allowed);
    }

    #[test]
    fn what_is_over_stays_as_it_is() {
        assert!(still_live(&reservation(), at("10:59")).is_ok());
        assert!(still_live(&reservation(), at("11:00")).is_err());
        assert!(still_live(&Reservation { state: State::Cancelled, ..reservation() }, at("09:00")).is_err());
        let used = Reservation { state: State::Used, ..reservation() };
        assert!(still_live(&used, at("10:59")).is_ok() && still_live(&used, at("11:00")).is_err());
    }

    #[rstest]
    #[case(Code::LabClosed, true, Ok(()))]
    #[case(Code::LabClosed, false, Err(Code::Forbidden))]
    #[case(Code::TrainingMissing, true, Err(Code::OverrideNotAllowed))]
    #[case(Code::MachineTaken, true, Err(Code::OverrideNotAllowed))]
    fn some_gates_are_staffs_to_open(
        #[case] gate: Code,
        #[case] staff: bool,
        #[case] expected: std::result::Result<(), Code>,
    ) {
        let exception = Exception { gates: vec![gate], reason: "open day".into() };
        assert_eq!(may_except(Some(&exception), staff).map_err(|error| error.code()), expected);
    }
}
