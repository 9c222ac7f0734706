//! A server under a path of its proxy: every link says so.

use serde_json::json;

use crate::world::World;

#[actix_web::test]
async fn every_link_of_an_answer_has_the_path_of_the_public_address() {
    let world = World::known_as("https://example.org/etabli/").furnished().await;
    let (ada, staff) = (world.maker("Ada").await, world.staff().await);
    let booked = ada.books("scie", "2026-03-03 10:00-11:00").await;
    assert!(booked.header("location").starts_with("/etabli/api/v1/reservations/"));
    booked.expect(201);
    let taken = staff.books("scie", "2026-03-03 10:00-11:00").await;
    let taken = taken.json();
    assert!(taken["type"].as_str().unwrap().starts_with("/etabli/problems/"), "{taken}");
    assert_eq!(taken["instance"], "/etabli/api/v1/reservations");
    let hrefs: Vec<&str> = taken["refusals"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|one| one["remedy"]["href"].as_str())
        .collect();
    assert!(!hrefs.is_empty() && hrefs.iter().all(|href| href.starts_with("/etabli/api/v1/")), "{taken}");
    let gates = "machines/scie/gates?starts_at=2026-03-03T09:00:00Z&ends_at=2026-03-03T10:00:00Z";
    let gates = staff.get(gates).await.expect(200).to_string();
    assert!(gates.contains("\"href\":\"/etabli/api/v1/") && !gates.contains("\"href\":\"/api/"), "{gates}");
    let page = staff.get("members?limit=1").await;
    assert!(page.header("link").starts_with("</etabli/api/v1/members?"), "{}", page.header("link"));
    let missing = world.stranger().get("nowhere").await.json();
    assert_eq!(missing["type"], "/etabli/problems/not_found");
    let closed =
        json!({ "starts_at": "2026-03-04T00:00:00Z", "ends_at": "2026-03-05T00:00:00Z", "reason": "x" });
    let affected = staff.post("closures", closed).await;
    assert!(affected.header("location").starts_with("/etabli/api/v1/closures/"));
}
