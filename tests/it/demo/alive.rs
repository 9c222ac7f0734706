//! The machines of the demonstration are alive.

use std::{sync::Arc, time::Duration};

use etabli::{
    app::App,
    demo::alive::{Front, Hall, Home, settle::settle},
    power::reconcile,
    simulator::broker::Broker,
};
use serde_json::Value as Json;
use tokio::sync::watch;

use crate::world::{World, database::Database};

/// The demonstration, its devices alive.
struct Living {
    world: World,
    front: Arc<Front>,
    _home: Home,
    _stop: watch::Sender<bool>,
}

impl Living {
    /// On a Tuesday at 10:00 in Paris.
    async fn start() -> Self {
        Self::at("2026-03-03T09:00:00Z").await
    }

    async fn at(instant: &str) -> Self {
        let world = World::start();
        world.clock.set(instant.parse().unwrap());
        world.demonstrate().await;
        let broker = Broker::bind().unwrap();
        let mut config = (*world.app.config).clone();
        config.mqtt_url = broker.url().into();
        let app = App::new(world.app.store.clone(), world.clock.clone(), config).unwrap();
        let app = App { power: world.app.power.clone(), ..app };
        tokio::spawn(broker.run());
        let (stop, stopped) = watch::channel(false);
        tokio::spawn(reconcile::run(app.clone(), app.broker.clone().unwrap(), stopped));
        let home = Home::enter(&app.config.data_dir).unwrap().unwrap();
        let settled = settle(&app, &home).await.unwrap();
        let address = world.address.trim_start_matches("http://").parse().unwrap();
        let hall = Hall::start(&home, settled, address, app.broker.as_ref());
        Self { world, front: Arc::new(Front::new(hall, app)), _home: home, _stop: stop }
    }

    async fn word(&self, machine: &str) -> String {
        let told: Json = self.world.stranger().get(&format!("machines/{machine}/power")).await.expect(200);
        told["state"].as_str().unwrap().to_owned()
    }

    async fn becomes(&self, machine: &str, word: &str) {
        for _ in 0..500 {
            if self.word(machine).await == word {
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("{machine} never became {word}: it is {}", self.word(machine).await);
    }

    /// Types a line.
    async fn types(&self, line: &str) -> String {
        let (front, line) = (self.front.clone(), line.to_owned());
        tokio::task::spawn_blocking(move || front.ask(&line).unwrap_or_else(|why| why)).await.unwrap()
    }
}

#[actix_web::test]
async fn a_newcomer_badges_at_the_band_saw_at_once() {
    let demo = Living::start().await;
    demo.becomes("scie-ruban", "free").await;
    let on = demo.types("badge scie-ruban maker    # as the README has it").await;
    assert!(on.contains("[MARCHE]") && on.contains("Camille Durand") && on.ends_with("in_use"), "{on}");
    assert_eq!(demo.word("scie-ruban").await, "in_use");
    let other = demo.types("badge scie-ruban novice").await;
    assert!(
        !other.contains("[arrêt ]") && other.ends_with("in_use"),
        "a denied badge disturbs nobody: {other}"
    );
    let off = demo.types("badge scie-ruban maker").await;
    assert!(off.contains("[arrêt ]") && off.ends_with("free"), "{off}");
    let novice = demo.types("badge scie-ruban novice").await;
    assert!(novice.contains("formation") && novice.ends_with("free"), "in their language: {novice}");
    let lapsed = demo.types("badge scie-ruban lapsed").await;
    assert!(lapsed.contains("adhésion") && lapsed.ends_with("free"), "{lapsed}");
}

#[actix_web::test]
async fn a_badge_at_the_reader_switches_a_plug() {
    let demo = Living::start().await;
    for machine in ["decoupe-laser", "imprimante-fdm-1", "imprimante-fdm-2"] {
        demo.becomes(machine, "free").await;
    }
    for (machine, who) in
        [("decoupe-laser", "maker"), ("imprimante-fdm-1", "leader"), ("imprimante-fdm-2", "leader")]
    {
        // Somebody else's reservation may be near: then the reader says so, and the next one is tried.
        let on = demo.types(&format!("badge {machine} {who}")).await;
        if on.ends_with("reserved") || on.contains("réserv") {
            continue;
        }
        assert!(on.contains("Bonjour") && on.ends_with("in_use"), "{on}");
        let off = demo.types(&format!("badge {machine} {who}")).await;
        assert!(off.contains("arrêt"), "{off}");
        demo.becomes(machine, "free").await;
    }
}

#[actix_web::test]
async fn on_a_sunday_night_the_lab_is_opened_first() {
    let demo = Living::at("2026-03-08T21:00:00Z").await;
    demo.becomes("scie-ruban", "free").await;
    let closed = demo.types("badge scie-ruban maker").await;
    assert!(closed.contains("fermé") && closed.ends_with("free"), "{closed}");
    assert!(demo.types("open").await.contains("ouvert"));
    let on = demo.types("badge scie-ruban maker").await;
    assert!(on.contains("[MARCHE]") && on.ends_with("in_use"), "{on}");
}

#[actix_web::test]
async fn what_makes_no_sense_is_answered_with_help() {
    let demo = Living::start().await;
    for line in ["", "dance", "badge nowhere maker", "quit scie-ruban", "watts decoupe-laser lots"] {
        let answer = demo.types(line).await;
        assert!(
            answer.contains("scie-ruban, tour-metal") && answer.contains("badge MACHINE"),
            "{line}: {answer}"
        );
    }
}

#[actix_web::test]
async fn devices_come_back_with_the_keys_they_had_and_with_new_ones_where_these_are_revoked() {
    let world = World::start();
    world.demonstrate().await;
    let home = Home::enter(&world.app.config.data_dir).unwrap().unwrap();
    let first = settle(&world.app, &home).await.unwrap();
    let before = world.dump().await;
    let second = settle(&world.app, &home).await.unwrap();
    let ids = |settled: &[etabli::demo::alive::settle::Settled]| -> Vec<String> {
        settled.iter().map(|one| one.memory.id.clone()).collect()
    };
    assert_eq!(ids(&first), ids(&second));
    assert_eq!(first.len(), 6);
    let changed = |dump: &[String]| dump.iter().filter(|line| !line.starts_with("controller_nonce")).count();
    assert_eq!(changed(&before), changed(&world.dump().await), "no second badge, no second plug");

    let credentials = serde_json::json!({ "email": "staff@example.org", "password": etabli::demo::PASSWORD });
    let signed_in = world.stranger().post("sessions", credentials).await.expect(201);
    let staff = world.bearer(signed_in["token"].as_str().unwrap());
    let path = format!("controllers/{}/revocation", first[0].memory.id);
    staff.post(&path, serde_json::json!({ "reason": "volé" })).await.expect(200);
    let third = settle(&world.app, &home).await.unwrap();
    assert_ne!(third[0].memory.id, first[0].memory.id);
    assert_eq!(ids(&third)[1..], ids(&first)[1..]);
}

#[test]
fn a_second_terminal_speaks_to_the_demonstration() {
    let mut database = Database::fresh();
    let (lines, demo) = super::command::until(super::command::etabli(&database, &["demo"]), "etabli demo ");
    let all = lines.join("\n");
    assert!(all.contains("04DE3005") && all.contains("scie-ruban"), "{all}");
    // The devices say hello as soon as the server answers.
    let mut told = String::new();
    for _ in 0..100 {
        let output =
            super::command::etabli(&database, &["demo", "badge", "scie-ruban", "novice"]).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        told = String::from_utf8_lossy(&output.stdout).into_owned();
        if told.contains("écran") && !told.trim_end().ends_with("offline") {
            break;
        }
        std::thread::sleep(Duration::from_millis(200));
    }
    // Without training and, at some hours, before a closed door: never on.
    assert!(
        told.contains("écran") && !told.contains("MARCHE") && !told.trim_end().ends_with("offline"),
        "{told}"
    );
    drop(demo);
    let alone =
        super::command::etabli(&database, &["demo", "badge", "scie-ruban", "maker"]).output().unwrap();
    assert_eq!(alone.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&alone.stderr).contains("etabli demo"), "{alone:?}");
    database.forget();
}

#[test]
fn two_demonstrations_on_one_database_break_nothing() {
    let mut database = Database::fresh();
    let (_, first) = super::command::until(super::command::etabli(&database, &["demo"]), "etabli demo ");
    // SQLite too: the second one finds the devices alive elsewhere, and serves.
    let (lines, second) =
        super::command::until(super::command::etabli(&database, &["demo"]), "live in another");
    assert!(lines.iter().any(|line| line.starts_with("listening on ")), "{lines:?}");
    drop((first, second));
    database.forget();
}
