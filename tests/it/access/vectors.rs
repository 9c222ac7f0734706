//! The vectors of `docs/vectors`: made by another program, reproduced here letter by letter.

use etabli::wire::{
    Event, Link, PublicKey, Seal, Signature, SigningKey,
    list::{Sealed, tag},
    seal,
};
use serde_json::{Value as Json, value::RawValue};

const VECTORS: &str = include_str!("../../../docs/vectors/controller-v1.json");

fn vectors() -> Json {
    serde_json::from_str(VECTORS).unwrap()
}

fn text(thing: &Json) -> &str {
    thing.as_str().unwrap()
}

fn key(of: &Json) -> SigningKey {
    let key = SigningKey::from_seed(&hex::decode(text(&of["seed"])).unwrap().try_into().unwrap());
    assert_eq!(key.public().to_string(), of["public_key"]);
    key
}

#[test]
fn requests_are_signed_as_the_vectors_say() {
    let vectors = vectors();
    let device = key(&vectors["device"]);
    assert_eq!(device.public().fingerprint(), vectors["device"]["fingerprint"]);
    let requests = vectors["requests"].as_array().unwrap();
    assert_eq!(requests.len(), 3);
    for request in requests {
        let seal = Seal {
            method: text(&request["method"]),
            path: text(&request["path"]),
            timestamp: request["timestamp"].as_i64().unwrap(),
            nonce: text(&request["nonce"]),
        };
        let body = text(&request["body"]).as_bytes();
        assert_eq!(hex::encode(seal.over(body)), request["signed_bytes"]);
        assert_eq!(seal.sign(&device, body).to_string(), request["signature"]);
        let signature: Signature = text(&request["signature"]).parse().unwrap();
        assert!(seal.holds(&device.public(), &signature, body));
        assert!(!seal.holds(&device.public(), &signature, b"{}"));
    }
}

#[test]
fn a_new_key_is_proven_as_the_vectors_say() {
    let vectors = vectors();
    let new = key(&vectors["new_key"]);
    let bytes = seal::of_new_key(text(&vectors["controller"]), &new.public());
    assert_eq!(hex::encode(&bytes), vectors["new_key"]["signed_bytes"]);
    assert_eq!(new.sign(&bytes).to_string(), vectors["new_key"]["proof"]);
}

#[test]
fn events_are_chained_as_the_vectors_say() {
    let vectors = vectors();
    let mut prev = Link::NONE;
    for told in vectors["events"].as_array().unwrap() {
        let event = Event {
            seq: told["seq"].as_i64().unwrap(),
            boot_id: text(&told["boot_id"]).into(),
            mono_ms: told["mono_ms"].as_i64().unwrap(),
            wall: told["wall"].as_i64(),
            kind: text(&told["type"]).into(),
            data: RawValue::from_string(text(&told["data_letters"]).into()).unwrap(),
            prev,
        };
        assert_eq!(prev.to_string(), told["prev"]);
        prev = event.hash(text(&vectors["controller"]));
        assert_eq!(prev.to_string(), told["hash"]);
    }
}

#[test]
fn a_list_is_signed_and_searched_as_the_vectors_say() {
    let vectors = vectors();
    let (told, house) = (&vectors["allow_list"], key(&vectors["house"]));
    let device_key: [u8; 32] = hex::decode(text(&told["device_key"])).unwrap().try_into().unwrap();
    let found = tag(&device_key, &hex::decode(text(&told["badge"])).unwrap());
    assert_eq!(found, told["tag"]);
    let letters =
        format!(r#"{{"list":{},"signature":"{}"}}"#, text(&told["list_letters"]), text(&told["signature"]));
    let sealed: Sealed = serde_json::from_str(&letters).unwrap();
    let public: PublicKey = house.public();
    let list = sealed.open(text(&vectors["controller"]), &public, 7).unwrap();
    assert_eq!(list.until(&found, 1_772_438_400), Some(1_772_500_000));
    assert_eq!(list.until(&found, 1_772_438_399), None);
    assert!(sealed.open(text(&vectors["controller"]), &public, 8).is_err());
    assert!(sealed.open("01939000-0000-7000-8000-000000000002", &public, 7).is_err());
    // What the house writes is what it signs.
    let again = Sealed::of(&list, text(&vectors["controller"]), &house).unwrap();
    assert_eq!((again.list.get(), again.signature), (text(&told["list_letters"]), sealed.signature));
}
