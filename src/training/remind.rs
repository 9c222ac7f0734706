//! The job that warns members whose certification is about to end.

use chrono::Days;

use super::{
    letters,
    model::Certification,
    rules::ends_for_good,
    store::{certifications, trainings},
};
use crate::{
    kernel::{Instant, Result},
    lab, outbox, people,
    store::Db,
};

/// How many days before its last day a certification is spoken of.
pub const NOTICE: Days = Days::new(30);

/// Posts a letter, once, about each certification that ends within [`NOTICE`] and is not renewed. Runs as often as
/// it likes, on as many instances as there are.
pub fn due(db: &mut Db, now: Instant) -> Result<()> {
    let lab = lab::get(db)?;
    let today = lab.zone.day_of(now).date;
    for certification in certifications::ending(db, today, today + NOTICE)? {
        if ends_for_good(&certification, &certifications_of(db, &certification)?) {
            let training = trainings::by_id(db, certification.training)?;
            let contact = people::contact(db, certification.member)?;
            outbox::post(db, letters::expiring(&contact, &training, &certification, &lab), now)?;
        }
    }
    Ok(())
}

fn certifications_of(db: &mut Db, one: &Certification) -> Result<Vec<Certification>> {
    certifications::held(db, one.member, &[one.training])
}
