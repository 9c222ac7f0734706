//! The power goes, ten times, while people book: whatever was answered is there afterwards.

mod clients;
mod house;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    time::Duration,
};

use chrono::TimeDelta;
use diesel::{ExpressionMethods, QueryDsl, RunQueryDsl};
use etabli::{
    kernel::{Clock, clock::SystemClock},
    store::{Store, StoreOptions, schema::letter},
};
use mailparse::{MailHeaderMap, parse_mail};
use serde_json::Value as Json;

use crate::world::{World, database::Database};
use clients::Client;
use house::House;

const ROUNDS: usize = 10;
/// So many answers of a round are waited for before the end comes, in the middle of others.
const ANSWERS: usize = 25;

#[tokio::test]
async fn what_was_answered_survives_ten_sudden_deaths() {
    let world = World::with_lab().await;
    world.clock.set(SystemClock.now());
    let mut clients = Vec::new();
    for number in 0..4 {
        clients.push(Client::of(&world, number).await);
    }
    let staff = world.staff().await.token.clone();
    let mut database = world.leave();

    let mut booked = BTreeSet::new();
    for round in 0..ROUNDS {
        let before = booked.len();
        let mut house = House::open(&database);
        clients::book_until(&mut clients, &mut house, &mut booked, ANSWERS).await;
        assert!(booked.len() >= before + ANSWERS, "round {round}: nobody could book");
    }

    let mut house = House::open(&database);
    let kept = reservations(&house, &staff).await;
    let lost: Vec<_> = booked.difference(&kept).collect();
    assert!(lost.is_empty(), "{} of {} answered bookings are lost: {lost:?}", lost.len(), booked.len());
    settle(&house, &staff).await;
    house.kill();
    every_letter_is_there_once(&database, &kept).await;
    database.forget();
}

/// Every live reservation, as staff see them.
async fn reservations(house: &House, staff: &str) -> BTreeSet<String> {
    let (mut found, mut after) = (BTreeSet::new(), String::new());
    loop {
        let page = house.get(staff, &format!("reservations?state=confirmed&limit=200{after}")).await;
        found.extend(
            page["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()),
        );
        match page["next"].as_str() {
            Some(next) => after = format!("&after={next}"),
            None => return found,
        }
    }
}

/// Lets the courier send what it can: what a dead instance held stays held for a while.
async fn settle(house: &House, staff: &str) {
    for _ in 0..40 {
        let waiting = house.get(staff, "letters?state=waiting&limit=50").await;
        if waiting["items"].as_array().unwrap().len() < 20 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// Queued or sent, one letter for each reservation, answered or not; and a mail for each that was sent.
async fn every_letter_is_there_once(database: &Database, kept: &BTreeSet<String>) {
    let store = Store::open(&database.url, &StoreOptions::default()).unwrap();
    let rows: Vec<(String, Option<String>)> = store
        .read(|db| {
            let confirmations = letter::table.filter(letter::kind.eq("reservation_confirmed"));
            Ok(confirmations.select((letter::state, letter::invitation)).load(db)?)
        })
        .await
        .unwrap();
    store.close();
    let mails = mails(&database.folder.path().join("mail"));
    let mut lettered = BTreeSet::new();
    for (state, invitation) in rows {
        let invitation: Json = serde_json::from_str(&invitation.unwrap()).unwrap();
        let reservation = uid(&invitation);
        assert!(lettered.insert(reservation.clone()), "two letters for {reservation}");
        let ids = mails.get(&reservation).map_or(0, BTreeSet::len);
        match state.as_str() {
            "sent" => assert_eq!(ids, 1, "{reservation} was sent under {ids} Message-IDs"),
            "waiting" => assert!(ids <= 1, "{reservation} was sent under {ids} Message-IDs"),
            other => panic!("a letter is {other}"),
        }
    }
    assert_eq!(&lettered, kept, "a reservation without its letter, or a letter without its reservation");
    assert!(!mails.is_empty(), "no letter left the house");
}

fn uid(invitation: &Json) -> String {
    invitation["event"]["uid"].as_str().unwrap_or_else(|| panic!("no uid in {invitation}")).to_owned()
}

/// The Message-IDs under which the invitation to each reservation left.
fn mails(folder: &Path) -> BTreeMap<String, BTreeSet<String>> {
    let mut found = BTreeMap::<String, BTreeSet<String>>::new();
    let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    for file in files.filter(|file| file.extension().is_some_and(|ending| ending == "eml")) {
        let raw = fs::read(&file).unwrap();
        let mail = parse_mail(&raw).unwrap();
        let calendar = mail.parts().find(|part| part.ctype.mimetype == "text/calendar");
        let calendar = calendar.unwrap_or_else(|| panic!("no invitation in {}", file.display()));
        let text = calendar.get_body().unwrap();
        let uid = text.lines().find_map(|line| line.strip_prefix("UID:")).unwrap().to_owned();
        let id = mail.headers.get_first_value("Message-ID").unwrap();
        found.entry(uid.trim().to_owned()).or_default().insert(id);
    }
    found
}

/// The time the test books in: from tomorrow on.
fn tomorrow() -> chrono::NaiveDate {
    (SystemClock.now() + TimeDelta::days(1)).utc().date_naive()
}
