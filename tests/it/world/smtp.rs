//! A mail server that takes mails, or does not, as it is told (RFC 5321).

use std::{
    io::{BufRead, BufReader, Write},
    net::{Shutdown, SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread,
};

/// How it receives mails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    /// It takes them.
    Open,
    /// It asks to come back later (451).
    Busy,
    /// It knows nobody of that name (550).
    Refusing,
    /// It takes them and hangs up before it says so.
    Rude,
}

/// A mail as it came in.
#[derive(Debug, Clone)]
pub struct Received {
    /// The address of the envelope.
    pub to: String,
    /// Headers and body.
    pub mail: Vec<u8>,
}

/// A mail server on a port of this machine.
pub struct MailServer {
    address: SocketAddr,
    desk: Arc<Desk>,
    open: Mutex<Option<Arc<AtomicBool>>>,
}

struct Desk {
    mood: Mutex<Mood>,
    received: Mutex<Vec<Received>>,
    lines: Mutex<Vec<TcpStream>>,
}

impl MailServer {
    /// A server that is there and takes mails.
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let desk = Arc::new(Desk {
            mood: Mutex::new(Mood::Open),
            received: Mutex::default(),
            lines: Mutex::default(),
        });
        let server = Self { address, desk, open: Mutex::new(None) };
        server.listen(listener);
        server
    }

    /// Its address for the settings.
    pub fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }

    /// Changes how it receives mails from now on.
    pub fn mood(&self, mood: Mood) {
        *self.desk.mood.lock().unwrap() = mood;
    }

    /// Closes its port and every connection.
    pub fn leave(&self) {
        if let Some(open) = self.open.lock().unwrap().take() {
            open.store(false, Ordering::SeqCst);
            // Wakes the thread that waits for somebody to call.
            drop(TcpStream::connect(self.address));
        }
        for line in self.desk.lines.lock().unwrap().drain(..) {
            drop(line.shutdown(Shutdown::Both));
        }
        while TcpStream::connect(self.address).is_ok() {
            thread::yield_now();
        }
    }

    /// Opens the same port again.
    pub fn come_back(&self) {
        self.listen(TcpListener::bind(self.address).unwrap());
    }

    /// Every mail so far, in the order they came.
    pub fn received(&self) -> Vec<Received> {
        self.desk.received.lock().unwrap().clone()
    }

    fn listen(&self, listener: TcpListener) {
        let open = Arc::new(AtomicBool::new(true));
        *self.open.lock().unwrap() = Some(open.clone());
        let desk = self.desk.clone();
        thread::spawn(move || {
            for line in listener.incoming().map_while(Result::ok) {
                if !open.load(Ordering::SeqCst) {
                    return;
                }
                desk.lines.lock().unwrap().push(line.try_clone().unwrap());
                let desk = desk.clone();
                // A line that breaks ends its conversation and nothing else.
                thread::spawn(move || drop(desk.converse(line)));
            }
        });
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        self.leave();
    }
}

impl Desk {
    fn converse(&self, mut line: TcpStream) -> std::io::Result<()> {
        let mut heard = BufReader::new(line.try_clone()?);
        let mut to = String::new();
        line.write_all(b"220 desk.example.org\r\n")?;
        loop {
            let mut said = String::new();
            if heard.read_line(&mut said)? == 0 {
                return Ok(());
            }
            let mood = *self.mood.lock().unwrap();
            let answer = match said.split_whitespace().next().unwrap_or_default().to_uppercase().as_str() {
                "EHLO" => "250-desk.example.org\r\n250-8BITMIME\r\n250 SMTPUTF8",
                "RCPT" if mood == Mood::Busy => "451 4.7.1 come back later",
                "RCPT" if mood == Mood::Refusing => "550 5.1.1 no such mailbox",
                "RCPT" => {
                    said.split(['<', '>']).nth(1).unwrap_or_default().clone_into(&mut to);
                    "250 yes"
                }
                "DATA" => {
                    line.write_all(b"354 go on\r\n")?;
                    let mail = read_mail(&mut heard)?;
                    self.received.lock().unwrap().push(Received { to: to.clone(), mail });
                    if mood == Mood::Rude {
                        return line.shutdown(Shutdown::Both);
                    }
                    "250 taken"
                }
                "QUIT" => {
                    line.write_all(b"221 bye\r\n")?;
                    return Ok(());
                }
                "HELO" | "MAIL" | "RSET" | "NOOP" => "250 yes",
                _ => "502 what?",
            };
            line.write_all(format!("{answer}\r\n").as_bytes())?;
        }
    }
}

/// Up to the line with one dot; a dot in front of a line was added on the way (RFC 5321, 4.5.2).
fn read_mail(heard: &mut impl BufRead) -> std::io::Result<Vec<u8>> {
    let mut mail = Vec::new();
    loop {
        let mut line = Vec::new();
        if heard.read_until(b'\n', &mut line)? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        match line.strip_prefix(b".") {
            Some(b"\r\n") => return Ok(mail),
            Some(rest) => mail.extend_from_slice(rest),
            None => mail.extend_from_slice(&line),
        }
    }
}
