//! For those who run the server.

use crate::world::World;

#[tokio::test]
async fn a_healthy_server_says_so() {
    let world = World::start();
    assert_eq!(world.stranger().get("/health/live").await.expect(200)["status"], "ok");
    assert_eq!(world.stranger().get("/health/ready").await.expect(200)["status"], "ok");
}

#[tokio::test]
async fn a_server_without_its_database_lives_but_is_not_ready() {
    let world = World::start();
    world.app.store.close();
    world.stranger().get("/health/live").await.expect(200);
    let answer = world.stranger().get("/health/ready").await;
    answer.problem(503, "overloaded");
    assert!(!answer.header("retry-after").is_empty());
}

#[tokio::test]
async fn the_figures_name_routes_and_never_what_was_asked() {
    let world = World::start();
    world.stranger().get("/health/live").await.expect(200);
    world.stranger().get("/api/v1/secret-path-4711?token=4712").await.problem(404, "not_found");
    let figures = world.stranger().get("/metrics").await.text();
    assert!(figures.contains("route=\"/health/live\""), "{figures}");
    assert!(figures.contains("status=\"404\""), "{figures}");
    assert!(!figures.contains("secret-path") && !figures.contains("token="), "{figures}");
}

#[tokio::test]
async fn a_world_begins_with_an_empty_mailbox() {
    assert_eq!(World::start().mails().await.len(), 0);
}
