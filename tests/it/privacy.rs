//! What the program keeps is for nobody else to look into, and what strangers send fills no log.

use std::{
    fs::{self, File},
    io::{BufRead, BufReader, ErrorKind, Read, Write},
    net::TcpStream,
    os::unix::fs::PermissionsExt,
    path::Path,
    process::{Child, Command, Stdio},
};

/// The program with a data folder that is not there yet, and with what it says on standard error.
fn start(folder: &Path) -> (Child, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_etabli"))
        .arg("demo")
        .current_dir(folder)
        .env("ETABLI_LISTEN", "127.0.0.1:0")
        .stdout(Stdio::piped())
        .stderr(File::create(folder.join("said")).unwrap())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let address = lines.find_map(|line| {
        let line = line.unwrap();
        Some(line.split("listening on http://").nth(1)?.trim().to_owned())
    });
    (child, address.expect("a line that says where it listens"))
}

#[test]
fn folders_are_its_own_and_a_malformed_request_is_no_error_of_ours() {
    let folder = tempfile::tempdir().unwrap();
    let (mut child, address) = start(folder.path());
    let mut stream = TcpStream::connect(&address).unwrap();
    stream.write_all(b"GET / HT\x01TP/9.9\r\n\r\n").unwrap();
    // It answers 400 and closes, or closes at once.
    let closed = stream.read_to_end(&mut Vec::new());
    assert!(closed.is_ok() || closed.is_err_and(|error| error.kind() == ErrorKind::ConnectionReset));
    child.kill().unwrap();
    child.wait().unwrap();
    let said = fs::read_to_string(folder.path().join("said")).unwrap();
    assert!(!said.contains("ERROR"), "{said}");
    for kept in ["data", "data/demo-devices"] {
        let mode = fs::metadata(folder.path().join(kept)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o700, "{kept}");
    }
}
