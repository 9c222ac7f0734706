//! What happens to the lab under sessions that are on the calendar: staff see each, with its learners.

use serde_json::{Value as Json, json};

use crate::world::{World, bookings::paris, people::Person, training::Course};

/// A session on the saw with one learner and one who waits.
async fn class(course: &Course<'_>, ada: &Person<'_>, bob: &Person<'_>) -> String {
    let made = course.teaches("2026-03-03 10:00-12:00", &["scie"]).await.expect(201);
    let id = made["id"].as_str().unwrap().to_owned();
    for one in [ada, bob] {
        one.post(&format!("training-sessions/{id}/enrolments"), json!({})).await.expect(201);
    }
    id
}

fn told(answer: &Json, id: &str, ada: &Person<'_>, bob: &Person<'_>) {
    let listed = &answer["affected_sessions"];
    assert_eq!(listed.as_array().map(Vec::len), Some(1), "{answer}");
    let one = &listed[0];
    assert_eq!((&one["session"], &one["training"]), (&json!(id), &json!("bois")));
    assert_eq!((&one["trainer"], &one["machines"]), (&json!("bois-trainer"), &json!(["scie"])));
    let learners = json!([{ "member_id": ada.id, "member": "Ada", "waits": false },
        { "member_id": bob.id, "member": "Bob", "waits": true }]);
    assert_eq!(one["learners"], learners);
}

#[actix_web::test]
async fn a_closure_an_outage_and_new_hours_name_the_sessions_they_hurt_and_their_learners() {
    let world = World::with_lab().await;
    let course = world.training("bois").await;
    let (ada, bob, staff) = (world.maker("Ada").await, world.maker("Bob").await, world.staff().await);
    let id = class(&course, &ada, &bob).await;
    let (starts_at, ends_at) = paris("2026-03-03 11:00-18:00");
    let closure = |what: Option<&str>| json!({ "machine": what, "starts_at": starts_at, "ends_at": ends_at, "reason": "Révision." });
    let other = staff.post("closures", closure(Some("scie-2"))).await.expect(201);
    assert_eq!(other["affected_sessions"], json!([]), "it uses another machine");
    let machine = staff.post("closures", closure(Some("scie"))).await.expect(201);
    told(&machine, &id, &ada, &bob);
    let lab = staff.post("closures", closure(None)).await.expect(201);
    told(&lab, &id, &ada, &bob);
    for closure in [&machine, &lab] {
        let path = format!("closures/{}", closure["closure"]["id"].as_str().unwrap());
        assert_eq!(staff.delete(&path).await.status, 204);
    }

    let broken = json!({ "state": "broken", "reason": "Lame." });
    told(&staff.post("machines/scie/state", broken).await.expect(200), &id, &ada, &bob);
    let repaired = json!({ "state": "in_service", "reason": "Lame changée." });
    let repaired = staff.post("machines/scie/state", repaired).await.expect(200);
    assert_eq!(repaired["affected_sessions"], json!([]));

    let hours = |opens: &str| json!({ "spans": [{ "weekday": 2, "opens": opens, "closes": "19:00", "staffed": true }] });
    let kept = staff.put("lab/opening-hours", hours("10:00")).await.expect(200);
    assert_eq!(kept["affected_sessions"], json!([]));
    told(&staff.put("lab/opening-hours", hours("11:00")).await.expect(200), &id, &ada, &bob);
}

#[actix_web::test]
async fn sessions_of_a_trainer_who_is_one_no_more_are_listed_until_somebody_else_has_them() {
    let world = World::with_lab().await;
    let course = world.training("bois").await;
    let (ada, bob) = (world.maker("Ada").await, world.maker("Bob").await);
    let (staff, admin) = (world.staff().await, world.admin().await);
    let id = class(&course, &ada, &bob).await;
    let listed = async || staff.get("training-sessions/affected").await.expect(200)["items"].clone();
    assert_eq!(listed().await, json!([]));
    admin.patch(&format!("members/{}", course.trainer.id), json!({ "roles": [] })).await.expect(200);
    let hurt = listed().await;
    assert_eq!(hurt[0]["session"]["id"], json!(id));
    assert_eq!(hurt[0]["session"]["roster"].as_array().unwrap().len(), 2);
    assert_eq!(hurt[0]["refusals"][0]["code"], "trainer_missing");
    ada.get("training-sessions/affected").await.problem(403, "forbidden");

    let path = format!("training-sessions/{id}");
    let wrong = staff.patch(&path, json!({ "trainer": ada.email })).await.problem(422, "invalid_request");
    assert_eq!(wrong["fields"][0]["code"], "not_its_trainer");
    let given = staff.patch(&path, json!({ "trainer": "staff@example.org" })).await.expect(200);
    assert_eq!(given["trainer"], "staff");
    assert_eq!(listed().await, json!([]));
    let told = async |address: &str| world.posted_to(address).await.pop().unwrap();
    let (was, is) = (told("bois-trainer@example.org").await, told("staff@example.org").await);
    assert_eq!((was.kind.as_str(), is.kind.as_str()), ("lesson_taken_over", "lesson_given"));
    assert_eq!(was.invitation.unwrap()["method"], "CANCEL");
    assert_eq!(is.invitation.unwrap()["method"], "REQUEST");
}

#[actix_web::test]
async fn a_session_that_was_on_a_closed_day_already_may_still_get_another_place() {
    let world = World::with_lab().await;
    let course = world.training("bois").await;
    let staff = world.staff().await;
    let made = course.teaches("2026-03-03 10:00-12:00", &["scie"]).await.expect(201);
    let path = format!("training-sessions/{}", made["id"].as_str().unwrap());
    let (starts_at, ends_at) = paris("2026-03-03 08:00-20:00");
    let closure = json!({ "starts_at": starts_at, "ends_at": ends_at, "reason": "Inventaire." });
    staff.post("closures", closure).await.expect(201);
    course.trainer.patch(&path, json!({ "place": "Salle 2" })).await.expect(200);
    let (starts_at, _) = paris("2026-03-03 14:00-16:00");
    let moved = course.trainer.patch(&path, json!({ "starts_at": starts_at })).await;
    super::machines::refusal(&moved, "lab_closed");
}
