//! A client that costs next to nothing: HTTP/1.1 over kept connections, requests written out beforehand.
//!
//! One thread carries many clients, each with one request under way: it reads the answers in turn and asks anew.

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    time::{Duration, Instant},
};

use crate::slices::SLICE;

/// A client with its connection.
pub struct Wire {
    stream: TcpStream,
    read: Vec<u8>,
}

/// What came back.
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Wire {
    pub fn open(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).unwrap();
        stream.set_nodelay(true).unwrap();
        Self { stream, read: Vec::with_capacity(64 * 1024) }
    }

    pub fn send(&mut self, request: &[u8]) {
        self.stream.write_all(request).unwrap();
    }

    /// Waits for a whole answer; its status, and where head and body end in what was read.
    fn wait(&mut self) -> (u16, usize, usize) {
        self.read.clear();
        let mut ends = None;
        loop {
            if ends.is_none() {
                ends = ends_of(&self.read);
            }
            if let Some((head, whole)) = ends
                && self.read.len() >= whole
            {
                let status = std::str::from_utf8(&self.read[9..12]).unwrap().parse().unwrap();
                return (status, head, whole);
            }
            let old = self.read.len();
            self.read.resize(old + 32 * 1024, 0);
            let more = self.stream.read(&mut self.read[old..]).unwrap();
            self.read.truncate(old + more);
            assert!(more > 0, "the server hung up");
        }
    }

    /// Waits for an answer of this status.
    pub fn expect(&mut self, wanted: u16) {
        let (status, head, whole) = self.wait();
        let body = || String::from_utf8_lossy(&self.read[head..whole]).into_owned();
        assert!(status == wanted, "{status} instead of {wanted}: {}", body());
    }

    pub fn ask(&mut self, request: &[u8]) -> Answer {
        self.send(request);
        let (status, head, whole) = self.wait();
        let text = String::from_utf8_lossy(&self.read[..head]).into_owned();
        Answer { status, head: text, body: self.read[head..whole].to_vec() }
    }
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.into_iter().find(|(header, _)| header.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }
}

/// Where the head ends and where the body does, once the head is there.
fn ends_of(read: &[u8]) -> Option<(usize, usize)> {
    let head = read.windows(4).position(|four| four == b"\r\n\r\n")? + 4;
    let text = std::str::from_utf8(&read[..head]).unwrap();
    let length = text.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>().unwrap())
    });
    Some((head, head + length.unwrap_or(0)))
}

/// A `GET`.
pub fn get(path: &str, headers: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nHost: bench\r\n{headers}\r\n").into_bytes()
}

/// A `POST` of JSON.
pub fn post(path: &str, headers: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!(
        "POST {path} HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n{headers}\r\n{body}"
    )
    .into_bytes()
}

/// Clients that one thread carries.
pub struct Crowd(Vec<Wire>);

impl Crowd {
    pub fn new(address: SocketAddr, clients: usize) -> Self {
        Self((0..clients).map(|_| Wire::open(address)).collect())
    }

    /// Asks for a slice, all clients at once; how many answers a second.
    pub fn run(&mut self, next: impl FnMut() -> Vec<u8>, wanted: u16) -> f64 {
        self.run_for(SLICE, next, wanted)
    }

    /// The same for longer.
    pub fn run_for(&mut self, slice: Duration, mut next: impl FnMut() -> Vec<u8>, wanted: u16) -> f64 {
        let since = Instant::now();
        let mut answered = 0u32;
        self.0.iter_mut().for_each(|wire| wire.send(&next()));
        while since.elapsed() < slice {
            for wire in &mut self.0 {
                wire.expect(wanted);
                wire.send(&next());
                answered += 1;
            }
        }
        for wire in &mut self.0 {
            wire.expect(wanted);
            answered += 1;
        }
        f64::from(answered) / since.elapsed().as_secs_f64()
    }
}
