//! Letters are part of the transaction that posts them.

use etabli::{
    kernel::{Code, Error, Result},
    outbox,
};

use super::office::{Office, note};

#[tokio::test]
async fn a_reminder_is_written_once_and_what_stands_beside_it_lives_on() {
    let office = Office::open();
    let now = office.now();
    for _ in 0..3 {
        let written = office.app.store.write(move |db| {
            outbox::post(db, note().once("reminder:1"), now)?;
            // On PostgreSQL a failed statement would take this one with it.
            outbox::post(db, note(), now)
        });
        written.await.unwrap();
    }
    assert_eq!(office.letters().await.len(), 4);
}

#[tokio::test]
async fn a_letter_of_a_booking_that_failed_never_was() {
    let office = Office::open();
    let now = office.now();
    let booking = office.app.store.write(move |db| -> Result<()> {
        outbox::post(db, note(), now)?;
        Err(Error::refused(Code::MachineTaken))
    });
    booking.await.unwrap_err();
    assert!(office.letters().await.is_empty());
}
