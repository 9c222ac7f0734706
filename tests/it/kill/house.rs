//! The real program over a database, until it is killed.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
};

use serde_json::Value as Json;

use crate::world::database::Database;

/// A running `etabli serve`.
pub struct House {
    child: Child,
    pub address: String,
    pub client: reqwest::Client,
}

impl House {
    /// Starts it and waits until it says where it listens.
    pub fn open(database: &Database) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_etabli"))
            .arg("serve")
            .env("ETABLI_LISTEN", "127.0.0.1:0")
            .env("ETABLI_DATABASE_URL", database.address())
            .env("ETABLI_DATA_DIR", database.folder.path())
            .env("ETABLI_MAIL_URL", format!("file://{}", database.folder.path().join("mail").display()))
            .env("ETABLI_MAIL_FROM", "lab@example.org")
            .env("ETABLI_RATE_LIMITS", "off")
            .env("ETABLI_LOG", "error")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address =
            line.trim().strip_prefix("listening on ").expect("a line that says where it listens").to_owned();
        Self { child, address, client: reqwest::Client::new() }
    }

    /// SIGKILL: no time to finish anything.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// What a member reads.
    pub async fn get(&self, token: &str, path: &str) -> Json {
        let request = self.client.get(format!("{}/api/v1/{path}", self.address)).bearer_auth(token);
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), 200, "{path}");
        response.json().await.unwrap()
    }
}

impl Drop for House {
    fn drop(&mut self) {
        // Already dead where the test went well.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
