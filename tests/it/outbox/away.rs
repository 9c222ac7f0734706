//! A mail server that is away, busy, rude, or refuses.

use chrono::TimeDelta;
use etabli::outbox::calendar::{Invitation, Method};

use super::office::{Office, confirmation_of, event, message_ids, note};
use crate::world::smtp::Mood;

#[tokio::test]
async fn a_server_that_was_away_gets_every_letter_when_it_is_back() {
    let office = Office::open();
    office.server.leave();
    for uid in ["1", "2", "3"] {
        office.post(confirmation_of(uid)).await;
    }
    assert_eq!(office.round().await.put_off, 3);
    office.pass(TimeDelta::seconds(29));
    assert_eq!(office.round().await.put_off, 0, "it is not time yet");
    office.pass(TimeDelta::seconds(1));
    assert_eq!(office.round().await.put_off, 3);

    office.server.come_back();
    assert_eq!(office.round().await.sent, 0, "the second pause is a minute");
    office.pass(TimeDelta::minutes(1));
    assert_eq!(office.round().await.sent, 3);

    let mut ids = message_ids(&office.server.received());
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 3, "each letter came, and came once");
    for letter in office.letters().await {
        assert_eq!((letter.state.as_str(), letter.attempts, letter.last_error), ("sent", 3, None));
    }
}

#[tokio::test]
async fn what_was_written_later_about_the_same_booking_leaves_later() {
    let office = Office::open();
    office.server.leave();
    office.post(confirmation_of("1")).await;
    assert_eq!(office.round().await.put_off, 1);
    office.pass(TimeDelta::seconds(20));
    let forgets = Invitation { method: Method::Cancel, event: event("1") };
    office.post(note().invites(forgets)).await;
    office.post(confirmation_of("2")).await;
    office.server.come_back();
    assert_eq!(
        office.round().await.sent,
        1,
        "of the other booking; the cancellation waits for its confirmation"
    );
    office.pass(TimeDelta::seconds(10));
    assert_eq!((office.round().await.sent, office.round().await.sent), (1, 1));
    let mails: Vec<String> = office
        .server
        .received()
        .iter()
        .map(|received| String::from_utf8_lossy(&received.mail).into_owned())
        .collect();
    let cancels: Vec<bool> = mails.iter().map(|mail| mail.contains("method=CANCEL")).collect();
    assert_eq!(cancels, [false, false, true], "{mails:#?}");
}

#[tokio::test]
async fn a_server_that_leaves_between_two_letters_loses_neither() {
    let office = Office::open();
    office.post(note()).await;
    assert_eq!(office.round().await.sent, 1);
    // The connection was kept open for the next letter.
    office.server.leave();
    office.post(note()).await;
    assert_eq!(office.round().await.put_off, 1);
    office.server.come_back();
    office.pass(TimeDelta::seconds(30));
    assert_eq!(office.round().await.sent, 1);
    assert_eq!(office.server.received().len(), 2);
}

#[tokio::test]
async fn a_letter_that_leaves_twice_has_the_same_message_id() {
    let office = Office::open();
    office.server.mood(Mood::Rude);
    office.post(note()).await;
    assert_eq!(office.round().await.put_off, 1, "it was taken, but nobody said so");
    office.server.mood(Mood::Open);
    office.pass(TimeDelta::seconds(30));
    assert_eq!(office.round().await.sent, 1);

    let mails = office.server.received();
    let ids = message_ids(&mails);
    assert_eq!(ids.len(), 2);
    assert_eq!(ids[0], ids[1]);
}

#[tokio::test]
async fn a_refusal_for_good_stops_at_once_and_says_why() {
    let office = Office::open();
    office.server.mood(Mood::Refusing);
    office.post(note()).await;
    assert_eq!(office.round().await.failed, 1);
    let letter = office.letter().await;
    assert_eq!((letter.state.as_str(), letter.attempts), ("failed", 1));
    assert!(letter.last_error.unwrap().contains("no such mailbox"));

    office.server.mood(Mood::Open);
    office.pass(TimeDelta::days(2));
    assert_eq!(office.round().await.sent, 0);
    assert!(office.server.received().is_empty());
}

#[tokio::test]
async fn a_busy_server_is_asked_again() {
    let office = Office::open();
    office.server.mood(Mood::Busy);
    office.post(note()).await;
    assert_eq!(office.round().await.put_off, 1);
    let letter = office.letter().await;
    assert_eq!((letter.state.as_str(), letter.next_at), ("waiting", office.now() + TimeDelta::seconds(30)));
    assert!(letter.last_error.unwrap().contains("come back later"));
    office.server.mood(Mood::Open);
    office.pass(TimeDelta::seconds(30));
    assert_eq!(office.round().await.sent, 1);
}

#[tokio::test]
async fn a_letter_nobody_takes_for_a_day_is_given_up() {
    let office = Office::open();
    office.server.leave();
    office.post(note()).await;
    let posted = office.now();
    while office.letter().await.state == "waiting" {
        assert!(office.now() - posted <= TimeDelta::hours(24));
        office.world.clock.set(office.letter().await.next_at);
        let round = office.round().await;
        assert_eq!(round.put_off + round.failed, 1);
    }
    let letter = office.letter().await;
    assert_eq!(letter.state, "failed");
    assert_eq!(office.now() - posted, TimeDelta::hours(24));
    assert!(letter.attempts > 25, "an hour apart at the end: {}", letter.attempts);
}
