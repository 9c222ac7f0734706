//! Whoever tries passwords waits longer and longer.
//!
//! Outcomes are settled in the database one after the other, so that a hundred guesses at once learn no more than
//! a hundred in a row.

use chrono::TimeDelta;

use super::{rules::Failures, store};
use crate::{
    kernel::{Code, EmailAddress, Error, Instant, Refusal, Result, secret::Fingerprint},
    store::Db,
};

/// Others may change the count while we look at it; this often we look again.
const TRIES: usize = 16;

/// Under what an address is counted, member or not.
pub fn print_of(email: &EmailAddress) -> Fingerprint {
    Fingerprint::of(&format!("sign-in {}", email.as_str()))
}

/// Refuses while the address has to wait, whatever the password.
pub fn check(db: &mut Db, address: Fingerprint, now: Instant) -> Result<Failures> {
    let failures = store::attempts::of(db, address)?;
    failures.wait(now).map_or(Ok(failures), |wait| Err(too_many(wait)))
}

/// Counts a wrong password and answers with its refusal: `otherwise`, or "wait" where the wait has begun meanwhile. The
/// refusal is the value, not the error: an error would undo the counting.
pub fn count(db: &mut Db, address: Fingerprint, otherwise: &Refusal, now: Instant) -> Result<Refusal> {
    for _ in 0..TRIES {
        let seen = store::attempts::of(db, address)?;
        if let Some(wait) = seen.wait(now) {
            return Ok(too_many_tries(wait));
        }
        if store::attempts::replace(db, address, &seen, &seen.one_more(now))? {
            return Ok(otherwise.clone());
        }
    }
    Ok(too_many_tries(TimeDelta::seconds(1)))
}

/// Forgets the failures after a right password; refuses where the wait has begun meanwhile.
pub fn forgive(db: &mut Db, address: Fingerprint, now: Instant) -> Result<()> {
    if check(db, address, now)?.count > 0 {
        store::attempts::forget(db, address)?;
    }
    Ok(())
}

fn too_many(wait: TimeDelta) -> Error {
    too_many_tries(wait).into()
}

fn too_many_tries(wait: TimeDelta) -> Refusal {
    let seconds = (wait + TimeDelta::milliseconds(999)).num_seconds().max(1);
    Refusal::new(Code::TooManyTries).retry_after(u64::try_from(seconds).unwrap_or(1))
}
