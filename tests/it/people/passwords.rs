//! A password that is not good enough is told why, in the reader's language.

use reqwest::Method;
use rstest::rstest;
use serde_json::json;

use crate::world::{Answer, World};

#[rstest]
#[case("trop court", "password_too_short", "au moins 15 caractères", "at least 15 characters")]
#[case("azertyuiopqsdfgh", "password_common", "tout le monde choisit", "everybody chooses")]
#[case("ababababababababab", "password_repeating", "répète", "repeats")]
#[case("ada-lovelace-1815", "password_personal", "« lovelace »", "“lovelace”")]
#[case("atelier d'essai 1", "password_personal", "« atelier »", "“atelier”")]
#[case("manchesterunited", "password_guessable", "se devine vite", "quickly guessed")]
#[tokio::test]
async fn the_reason_is_shown(#[case] password: &str, #[case] code: &str, #[case] fr: &str, #[case] en: &str) {
    let world = World::founded().await;
    for (language, words) in [("fr", fr), ("en", en)] {
        let form =
            json!({ "email": "ada@example.org", "password": password, "display_name": "Ada Lovelace" });
        let request = world.stranger().request(Method::POST, "members").header("Accept-Language", language);
        let problem = Answer::to(request.json(&form)).await.problem(422, "invalid_request");
        assert_eq!(problem["fields"][0]["path"], "password");
        assert_eq!(problem["fields"][0]["code"], code);
        let said = problem["fields"][0]["detail"].as_str().unwrap();
        assert!(said.contains(words), "{said}");
    }
}

#[tokio::test]
async fn hashing_costs_what_the_settings_say() {
    let world = World::founded().await;
    let hash = world.app.passwords.hash(&etabli::people::Password::new("x")).await.unwrap();
    let settings = world.app.config.passwords;
    let costs =
        format!("$argon2id$v=19$m={},t={},p={}$", settings.memory_kib, settings.iterations, settings.lanes);
    assert!(hash.starts_with(&costs), "{hash}");
}
