//! Methods: the right ones, the others, and those that every path has.

use std::{
    io::{Read, Write},
    net::TcpStream,
};

use reqwest::Method;

use super::things::world;
use crate::world::Answer;

const THING: &str = "things/0198c0de-0000-7000-8000-000000000000";

#[tokio::test]
async fn a_wrong_method_is_told_the_right_ones() {
    let world = world();
    let answer = world.stranger().put(THING, serde_json::json!({})).await;
    answer.problem(405, "method_not_allowed");
    assert_eq!(answer.header("allow"), "DELETE, GET, HEAD, OPTIONS, PATCH");
    let answer = world.stranger().delete("things").await;
    answer.problem(405, "method_not_allowed");
    assert_eq!(answer.header("allow"), "GET, HEAD, OPTIONS, POST");
    let odd = Method::from_bytes(b"BREW").unwrap();
    Answer::to(world.stranger().request(odd, "things")).await.problem(405, "method_not_allowed");
    Answer::to(world.stranger().request(Method::HEAD, "slow")).await;
}

#[tokio::test]
async fn options_tells_the_methods() {
    let world = world();
    let answer = Answer::to(world.stranger().request(Method::OPTIONS, THING)).await;
    assert_eq!((answer.status, answer.header("allow")), (204, "DELETE, GET, HEAD, OPTIONS, PATCH"));
    Answer::to(world.stranger().request(Method::OPTIONS, "nowhere")).await.problem(404, "not_found");
}

#[tokio::test]
async fn head_is_get_without_a_body() {
    let world = world();
    let get = world.stranger().get(THING).await;
    let mut socket = TcpStream::connect(world.address.trim_start_matches("http://")).unwrap();
    let request =
        |method| format!("{method} /api/v1/{THING} HTTP/1.1\r\nhost: etabli\r\nconnection: close\r\n\r\n");
    socket.write_all(request("HEAD").as_bytes()).unwrap();
    let mut answer = String::new();
    socket.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 200"), "{head}");
    assert!(head.contains(&format!("content-length: {}", get.body.len())), "{head}");
    assert!(head.contains(get.header("etag")), "{head}");
    assert_eq!(body, "");
}
