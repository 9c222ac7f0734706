//! Where the links of letters lead.

use reqwest::Method;
use serde_json::json;

use crate::world::{Answer, World, people::PASSWORD};

#[tokio::test]
async fn a_link_confirms_by_its_button_and_not_by_being_looked_at() {
    let world = World::founded().await;
    let form = json!({ "email": "ada@example.org", "password": PASSWORD, "display_name": "Ada" });
    world.stranger().post("members", form).await.expect(202);
    let link = format!("/confirm-email/{}", world.token_for("ada@example.org", "confirm_email").await);
    let page = world.stranger().get(&link).await;
    assert_eq!(page.status, 200);
    assert!(page.text().contains("Confirmer mon adresse"), "{}", page.text());

    let press = || {
        let request = world.stranger().request(Method::POST, &link);
        Answer::to(request.header("Accept-Language", "en"))
    };
    let done = press().await;
    assert_eq!(done.status, 200);
    assert!(done.text().contains("Address confirmed"), "{}", done.text());
    let again = press().await;
    assert_eq!((again.status, again.header("content-type")), (422, "text/html; charset=utf-8"));
}

#[tokio::test]
async fn a_link_lets_choose_a_password_and_says_what_is_wrong_with_it() {
    let world = World::founded().await;
    let ada = world.member("ada").await;
    world.stranger().post("password-resets", json!({ "email": ada.email })).await.expect(202);
    let link = format!("/reset-password/{}", world.token_for(&ada.email, "reset_password").await);
    let page = world.stranger().get(&link).await.text();
    assert!(page.contains("autocomplete=\"new-password\""), "{page}");

    let send = |password: &'static str| {
        let body = format!("password={}", password.replace(' ', "+"));
        let request = world.stranger().request(Method::POST, &link);
        Answer::to(request.header("Content-Type", "application/x-www-form-urlencoded").body(body))
    };
    let wrong = send("trop court").await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.text().contains("au moins 15 caractères"), "{}", wrong.text());
    assert!(!wrong.text().contains("trop court"), "a password is not sent back");
    let done = send("trois copeaux de bois").await.text();
    assert!(done.contains("Mot de passe enregistré"), "{done}");
    let sign_in = json!({ "email": ada.email, "password": "trois copeaux de bois" });
    world.stranger().post("sessions", sign_in).await.expect(201);
}
