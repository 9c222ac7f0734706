//! Tags of versions: what an answer says of other things counts too.

use reqwest::Method;
use serde_json::{Value as Json, json};

use crate::world::{Answer, World, people::Person};

/// What somebody is answered who read a thing in English, after something else changed.
async fn read_again(reader: &Person<'_>, path: &str, writer: &Person<'_>, change: (&str, Json)) -> u16 {
    let read = |held: String| {
        let request = reader.request(Method::GET, path).header("accept-language", "en");
        Answer::to(request.header("if-none-match", held))
    };
    let tag = read(String::new()).await.header("etag").to_owned();
    assert_eq!(read(tag.clone()).await.status, 304, "{path}");
    writer.patch(change.0, change.1).await.expect(200);
    read(tag).await.status
}

fn called(fr: &str, en: &str) -> Json {
    json!({ "name": { "fr": fr, "en": en } })
}

#[actix_web::test]
async fn what_an_answer_says_of_other_things_makes_another_version_of_it() {
    let world = World::with_lab().await;
    let (ada, staff) = (world.maker("Ada").await, world.staff().await);
    let booked = ada.books("scie", "2026-03-03 10:00-11:00").await.expect(201);
    let booked = format!("reservations/{}", booked["id"].as_str().unwrap());
    let mine = ("me", json!({ "display_name": "Ada L." }));
    assert_eq!(read_again(&ada, &booked, &ada, mine).await, 200, "one's own name");
    let saw = ("machines/scie", called("scie", "Band saw"));
    assert_eq!(read_again(&ada, &booked, &staff, saw).await, 200, "the machine's name");
    let training = ("trainings/laser", called("Laser", "Laser cutting"));
    assert_eq!(read_again(&ada, "machines/laser", &staff, training).await, 200, "the training's name");
    let laser = ("machines/laser", called("laser", "Laser cutter"));
    assert_eq!(read_again(&ada, "trainings/laser", &staff, laser).await, 200, "the name of what asks for it");
    let first = ("machines/scie", json!({ "position": 9 }));
    assert_eq!(read_again(&ada, "workshops/bois", &staff, first).await, 200, "the order of its machines");
    let moved = ("machines/scie", json!({ "workshop": "impression" }));
    assert_eq!(read_again(&ada, "workshops/bois", &staff, moved).await, 200, "one machine less");
    let idle = ("machines/scie", json!({ "position": 3 }));
    assert_eq!(read_again(&ada, "workshops/bois", &staff, idle).await, 304, "nothing of it changed");
}

#[actix_web::test]
async fn who_has_an_old_version_of_a_workshop_or_a_machine_does_not_change_it() {
    let world = World::with_lab().await;
    let staff = world.staff().await;
    for path in ["workshops/bois", "machines/laser"] {
        let tag = staff.get(path).await.header("etag").to_owned();
        let write = |position: i32, tag: &str| {
            let request = staff.request(Method::PATCH, path).header("if-match", tag);
            Answer::to(request.json(&json!({ "position": position })))
        };
        let first = write(1, &tag).await;
        first.expect(200);
        write(2, &tag).await.problem(412, "precondition_failed");
        let next = first.header("etag").to_owned();
        assert_eq!(staff.get(path).await.header("etag"), next, "{path}");
        write(2, &next).await.expect(200);
    }
}
