//! The line to the server: HTTP/1.1, one connection for each request, as the simplest firmware would.

use std::{
    io::{Error, ErrorKind, Read, Result, Write},
    net::{TcpStream, ToSocketAddrs},
    time::Duration,
};

/// After so long without a word the line gives up.
const TIMEOUT: Duration = Duration::from_secs(5);

/// A request with everything that is sent.
#[derive(Debug, Clone)]
pub struct Letter {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// From the root of the server.
    pub path: String,
    /// Names and values.
    pub headers: Vec<(&'static str, String)>,
    /// JSON, or nothing.
    pub body: String,
}

/// Asks the server at this `http://host:port`; the status and the body.
///
/// # Errors
/// When it cannot be reached, says nothing in time, or says something that is not HTTP.
pub fn ask(server: &str, letter: &Letter) -> Result<(u16, String)> {
    let host = server.strip_prefix("http://").unwrap_or(server).trim_end_matches('/');
    let address = host.to_socket_addrs()?.next().ok_or_else(|| Error::from(ErrorKind::NotFound))?;
    let mut stream = TcpStream::connect_timeout(&address, TIMEOUT)?;
    stream.set_read_timeout(Some(TIMEOUT))?;
    stream.write_all(&written(host, letter))?;
    let mut answer = Vec::new();
    stream.take(1 << 20).read_to_end(&mut answer)?;
    read(&String::from_utf8_lossy(&answer)).ok_or_else(|| Error::from(ErrorKind::InvalidData))
}

fn written(host: &str, letter: &Letter) -> Vec<u8> {
    let Letter { method, path, headers, body } = letter;
    let mut text = format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n");
    for (name, value) in headers {
        text.extend([name, ": ", value.as_str(), "\r\n"]);
    }
    if !body.is_empty() {
        text.push_str("Content-Type: application/json\r\n");
    }
    text.extend(["Content-Length: ", &body.len().to_string(), "\r\n\r\n", body.as_str()]);
    text.into_bytes()
}

fn read(answer: &str) -> Option<(u16, String)> {
    let (head, body) = answer.split_once("\r\n\r\n")?;
    let status = head.strip_prefix("HTTP/1.1 ")?.get(..3)?.parse().ok()?;
    Some((status, body.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::{Letter, read, written};

    #[test]
    fn a_request_is_written_and_an_answer_read() {
        let letter = Letter {
            method: "POST",
            path: "/controller/v1/hello".into(),
            headers: vec![("X-Nonce", "n".into())],
            body: "{}".into(),
        };
        assert_eq!(
            String::from_utf8(written("lab:80", &letter)).unwrap(),
            "POST /controller/v1/hello HTTP/1.1\r\nHost: lab:80\r\nConnection: close\r\nX-Nonce: n\r\n\
             Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
        );
        assert_eq!(read("HTTP/1.1 200 OK\r\nx: y\r\n\r\n{}"), Some((200, "{}".into())));
        assert_eq!(read("nonsense"), None);
    }
}
