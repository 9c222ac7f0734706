//! A small MQTT broker in this very process, so that simulated plugs need nothing else: MQTT 3.1.1 on the loopback,
//! clean sessions, QoS 0 and 1, retained messages, last wills.
//!
//! Absent on purpose: TLS, passwords, sessions that outlive their connection, QoS 2. A lab runs a real broker.

mod hub;

use std::{
    io,
    net::{Ipv4Addr, TcpListener as Bound},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use actix_web::web::BytesMut;
use rumqttc::{
    ConnAck, Connect, ConnectReturnCode, Packet, PubAck, Publish, QoS, SubAck, UnsubAck,
    mqttbytes::{self, v4},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::mpsc,
    time::{Instant as Tick, timeout, timeout_at},
};

use hub::{Hub, Me};

/// Larger packets are nobody's: whoever sends one is hung up on.
const LARGEST: usize = 64 * 1024;
/// Whoever connects says who it is within this time.
const INTRODUCTION: Duration = Duration::from_secs(5);
/// A client that wants no keep-alive is believed to be there for so long.
const A_DAY: Duration = Duration::from_hours(24);

/// A broker that has a port of its own on the loopback, and does not serve yet.
#[derive(Debug)]
pub struct Broker {
    listener: Bound,
    port: u16,
}

impl Broker {
    /// Takes a free port of 127.0.0.1.
    ///
    /// # Errors
    /// When there is none.
    pub fn bind() -> io::Result<Self> {
        let listener = Bound::bind((Ipv4Addr::LOCALHOST, 0))?;
        listener.set_nonblocking(true)?;
        let port = listener.local_addr()?.port();
        Ok(Self { listener, port })
    }

    /// Where it is: `mqtt://127.0.0.1:PORT`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("mqtt://127.0.0.1:{}", self.port)
    }

    /// Serves whoever connects, until the task ends.
    ///
    /// # Errors
    /// When it is not run by tokio.
    pub async fn run(self) -> io::Result<()> {
        let listener = TcpListener::from_std(self.listener)?;
        let hub = Arc::new(Mutex::new(Hub::default()));
        loop {
            // Whoever was gone again before being greeted is no reason to stop.
            if let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, hub.clone()));
            }
        }
    }
}

/// One client, from its first word to its last.
async fn serve(stream: TcpStream, hub: Arc<Mutex<Hub>>) {
    let mut wire = Wire { stream, heard: BytesMut::new() };
    let Ok(Some(Packet::Connect(hello))) = timeout(INTRODUCTION, wire.read()).await else { return };
    let (me, told) = held(&hub).enter(&hello.client_id);
    if !converse(&mut wire, &hub, (me, &hello), told).await
        && let Some(will) = hello.last_will
    {
        let will = Publish { retain: will.retain, ..Publish::from_bytes(will.topic, will.qos, will.message) };
        held(&hub).publish(&will);
    }
    held(&hub).leave(me);
}

/// Answers until one of the two hangs up; whether the client took leave.
async fn converse(
    wire: &mut Wire,
    hub: &Mutex<Hub>,
    (me, hello): (Me, &Connect),
    mut told: mpsc::Receiver<Publish>,
) -> bool {
    let patience =
        if hello.keep_alive == 0 { A_DAY } else { Duration::from_secs(hello.keep_alive.into()) * 3 / 2 };
    let mut alive = wire.write(&Packet::ConnAck(ConnAck::new(ConnectReturnCode::Success, false))).await;
    let mut heard_at = Tick::now();
    while alive {
        let packet = tokio::select! {
            read = timeout_at(heard_at + patience, wire.read()) => read.ok().flatten(),
            // Nothing more comes where another client has taken the name.
            message = told.recv() => match message {
                Some(message) => { alive = wire.write(&Packet::Publish(message)).await; continue }
                None => None,
            },
        };
        heard_at = Tick::now();
        alive = match packet {
            None => false,
            Some(Packet::Disconnect) => return true,
            Some(packet) => answer(wire, hub, me, packet).await,
        };
    }
    false
}

/// Does what a packet asks for; whether the client may stay.
async fn answer(wire: &mut Wire, hub: &Mutex<Hub>, me: Me, packet: Packet) -> bool {
    match packet {
        Packet::Publish(message) => {
            held(hub).publish(&message);
            match message.qos {
                QoS::AtMostOnce => true,
                QoS::AtLeastOnce => wire.write(&Packet::PubAck(PubAck::new(message.pkid))).await,
                QoS::ExactlyOnce => false,
            }
        }
        Packet::Subscribe(wish) => {
            let codes = held(hub).subscribe(me, &wish.filters);
            wire.write(&Packet::SubAck(SubAck::new(wish.pkid, codes))).await
        }
        Packet::Unsubscribe(wish) => {
            held(hub).unsubscribe(me, &wish.topics);
            wire.write(&Packet::UnsubAck(UnsubAck::new(wish.pkid))).await
        }
        Packet::PingReq => wire.write(&Packet::PingResp).await,
        Packet::PubAck(_) => true,
        Packet::Connect(_)
        | Packet::ConnAck(_)
        | Packet::PubRec(_)
        | Packet::PubRel(_)
        | Packet::PubComp(_)
        | Packet::SubAck(_)
        | Packet::UnsubAck(_)
        | Packet::PingResp
        | Packet::Disconnect => false,
    }
}

/// A connection, packet by packet.
struct Wire {
    stream: TcpStream,
    heard: BytesMut,
}

impl Wire {
    /// The next packet; nothing at the end, or where it is none. What was read stays if nobody waits any longer.
    async fn read(&mut self) -> Option<Packet> {
        loop {
            match v4::Packet::read(&mut self.heard, LARGEST) {
                Ok(packet) => return Some(packet),
                Err(mqttbytes::Error::InsufficientBytes(_)) => {}
                Err(_) => return None,
            }
            if self.stream.read_buf(&mut self.heard).await.ok()? == 0 {
                return None;
            }
        }
    }

    /// Whether it could be written.
    async fn write(&mut self, packet: &Packet) -> bool {
        let mut bytes = BytesMut::new();
        packet.write(&mut bytes, LARGEST).is_ok() && self.stream.write_all(&bytes).await.is_ok()
    }
}

/// Nobody leaves the hub half changed.
fn held(hub: &Mutex<Hub>) -> MutexGuard<'_, Hub> {
    hub.lock().unwrap_or_else(PoisonError::into_inner)
}
