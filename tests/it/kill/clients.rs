//! People who book one period after the other, until nobody answers any more.

use std::{
    collections::BTreeSet,
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use chrono::TimeDelta;
use futures_util::future::join_all;
use serde_json::{Value as Json, json};

use super::{house::House, tomorrow};
use crate::world::World;

/// One of them: always the same machine, and days of their own, so that nobody is in anybody's way.
pub struct Client {
    token: String,
    machine: &'static str,
    wishes: Box<dyn Iterator<Item = (String, String)> + Send>,
}

impl Client {
    pub async fn of(world: &World, number: i64) -> Self {
        let today = (tomorrow() - TimeDelta::days(1)).to_string();
        let member = world.member(&format!("client{number}")).on_plan("autonome", &today).await;
        let days = (0..58).filter(move |day| day % 2 == number / 2);
        let wishes = days.flat_map(|day| {
            let date = tomorrow() + TimeDelta::days(day);
            // Half-hours inside opening hours, in summer and in winter.
            (16..34).map(move |half| (at(date, half), at(date, half + 1)))
        });
        let machine = if number % 2 == 0 { "scie" } else { "scie-2" };
        Self { token: member.token.clone(), machine, wishes: Box::new(wishes) }
    }

    /// Books until the connection breaks; answers what was answered with 201.
    async fn book(&mut self, client: &reqwest::Client, url: &str, answered: &AtomicUsize) -> Vec<String> {
        let mut booked = Vec::new();
        for (starts_at, ends_at) in self.wishes.by_ref() {
            let body = json!({ "machine": self.machine, "starts_at": starts_at, "ends_at": ends_at });
            let Ok(answer) = client.post(url).bearer_auth(&self.token).json(&body).send().await else {
                break;
            };
            let status = answer.status().as_u16();
            // The head of the answer has come; its body may break off all the same.
            let Ok(body) = answer.json::<Json>().await else { break };
            match status {
                201 => {
                    booked.push(body["id"].as_str().unwrap().to_owned());
                    answered.fetch_add(1, Ordering::SeqCst);
                }
                // Sundays and public holidays.
                422 => assert_eq!(body["code"], "lab_closed", "{body}"),
                _ => panic!("{status} {body}"),
            }
        }
        booked
    }
}

fn at(date: chrono::NaiveDate, half: i32) -> String {
    format!("{date}T{:02}:{:02}:00Z", half / 2, half % 2 * 30)
}

/// Everybody books; once so many were answered the house is killed, in the middle of the next ones.
pub async fn book_until(
    clients: &mut [Client],
    house: &mut House,
    booked: &mut BTreeSet<String>,
    enough: usize,
) {
    let answered = AtomicUsize::new(0);
    let (http, url) = (house.client.clone(), format!("{}/api/v1/reservations", house.address));
    let booking = join_all(clients.iter_mut().map(|client| client.book(&http, &url, &answered)));
    let killing = async {
        let patience = tokio::time::Instant::now() + Duration::from_secs(20);
        while answered.load(Ordering::SeqCst) < enough && tokio::time::Instant::now() < patience {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        house.kill();
    };
    let (answers, ()) = tokio::join!(booking, killing);
    booked.extend(answers.into_iter().flatten());
}
