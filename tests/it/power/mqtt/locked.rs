//! A broker behind a door: encrypted, and only for whoever knows the password.

use etabli::power::plugs::Adapter;
use rstest::rstest;

use super::{
    bench::{Bench, seconds},
    broker::Broker,
    gadget::{Gadget, Mood},
};

#[actix_web::test]
async fn a_plug_is_switched_through_an_encrypted_door_with_a_password() {
    let mut bench = Bench::with(Adapter::Tasmota, Broker::locked("sésame&1")).await;
    let plug = Gadget::boot(bench.broker.port, Adapter::Tasmota, Mood::Obedient, false);
    bench.until("there", |seen| seen.on == Some(false)).await;
    bench.session().await;
    bench.until("on", |seen| seen.on == Some(true)).await;
    assert!(plug.relay());
    bench.first_stops().await;
}

#[actix_web::test]
async fn a_certificate_signed_with_its_own_key_is_believed_where_it_is_named() {
    let bench = Bench::with(Adapter::Tasmota, Broker::self_signed("sésame&1")).await;
    let plug = Gadget::boot(bench.broker.port, Adapter::Tasmota, Mood::Obedient, false);
    bench.until("there", |seen| seen.on == Some(false)).await;
    bench.session().await;
    bench.until("on", |seen| seen.on == Some(true)).await;
    assert!(plug.relay());
}

#[actix_web::test]
async fn another_certificate_signed_with_its_own_key_is_not_believed() {
    let mut broker = Broker::self_signed("sésame&1");
    broker.believe_somebody_else();
    let bench = Bench::with(Adapter::Tasmota, broker).await;
    let plug = Gadget::boot(bench.broker.port, Adapter::Tasmota, Mood::Obedient, false);
    bench.session().await;
    seconds(2.0).await;
    assert!(bench.observed().await.is_none_or(|seen| seen.on.is_none()), "nothing was heard");
    assert!(plug.commands().is_empty(), "nothing was told");
}

#[rstest]
#[case::another_password(|broker: &mut Broker| broker.forget_password("oublié"))]
#[case::a_certificate_of_somebody_else(Broker::believe_somebody_else)]
#[actix_web::test]
async fn a_door_that_is_not_ours_stays_shut(#[case] change: fn(&mut Broker)) {
    let mut broker = Broker::locked("sésame&1");
    change(&mut broker);
    let bench = Bench::with(Adapter::Tasmota, broker).await;
    let plug = Gadget::boot(bench.broker.port, Adapter::Tasmota, Mood::Obedient, false);
    bench.session().await;
    seconds(2.0).await;
    assert!(bench.observed().await.is_none_or(|seen| seen.on.is_none()), "nothing was heard");
    assert!(plug.commands().is_empty(), "nothing was told");
}
