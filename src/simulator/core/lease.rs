//! What time does.

use serde_json::{Value as Json, json};

use super::{BEAT, Core, HELLO, LOST, words::Matter};
use crate::kernel::Value;

/// The display warns so many milliseconds before the end.
const WARNING: i64 = 5 * 60_000;

impl Core {
    /// Looks at every deadline; a stop needs nobody's leave.
    pub(super) fn pass_time(&mut self) {
        self.impatience();
        self.watch_link();
        self.watch_end();
        if self.now >= self.next {
            self.speak();
        }
    }

    fn watch_link(&mut self) {
        let lost = self.now - self.heard > LOST;
        let Some(run) = &mut self.run else { return };
        if lost && run.lost.is_none() {
            run.lost = Some(self.now);
            self.write_down("link_lost", &json!({}));
            self.show_words("sim-link-lost", &[]);
        }
        let since = self.run.as_ref().and_then(|run| run.lost);
        let patience = match self.policy.running.as_str() {
            "continue_until_idle" => i64::MAX,
            "continue_for" => self.policy.minutes.saturating_mul(60_000),
            _ => 0,
        };
        if since.is_some_and(|since| self.now - since >= patience) {
            self.stop("link");
        }
    }

    fn watch_end(&mut self) {
        let Some(run) = &mut self.run else { return };
        let left = run.until.saturating_sub(self.now);
        if left <= 0 {
            return self.stop("lease");
        }
        let idle = self.idle_since.zip(self.policy.idle_ms);
        if idle.is_some_and(|(since, allowed)| self.now - since >= allowed) {
            return self.stop("idle");
        }
        if left <= WARNING && !run.warned {
            run.warned = true;
            self.show_words("sim-soon", &[("minutes", Value::Count(left.div_euclid(60_000) + 1))]);
        }
    }

    /// A running session is told about; a controller at rest says hello, and so does one whose session the server
    /// does not know.
    fn speak(&mut self) {
        let session = self.run.as_ref().and_then(|run| run.session.clone());
        match session {
            Some(session) if !self.waits_for(|matter| *matter == Matter::Beat) => {
                let idle = self.idle_since.map(|since| (self.now - since).div_euclid(1000));
                let said = json!({ "outputs": self.outputs(), "watts": self.watts, "idle_s": idle });
                self.call(Matter::Beat, "POST", &format!("sessions/{session}/heartbeat"), &said);
                self.next = self.now + BEAT;
            }
            None if !self.waits_for(|matter| *matter == Matter::Hello) => {
                self.hello();
                // What runs without a session is spoken of as often as with one: the link would count as lost meanwhile.
                self.next = self.now + if self.run.is_some() { BEAT } else { HELLO };
            }
            Some(_) | None => {}
        }
    }

    fn hello(&mut self) {
        let told = !self.keeps_back("offline_start");
        if let Some(run) = &mut self.run {
            run.told = told;
        }
        let lockouts: Vec<Json> = self
            .memory
            .lockout
            .iter()
            .map(|class| json!({ "machine": self.machine, "class": class, "told": self.memory.lockout_told }))
            .collect();
        let said = json!({
            "firmware": "etabli-simulator 1.0",
            "boot_id": self.boot,
            "reset_reason": "power",
            "list_version": self.memory.list_version,
            "log_head": self.memory.head(),
            "outputs": self.outputs(),
            "lockouts": lockouts,
        });
        self.call(Matter::Hello, "POST", "hello", &said);
    }

    /// What it can say of relays; one that only reads badges leaves that to the plug.
    fn outputs(&self) -> Json {
        if self.switches { json!([{ "machine": self.machine, "on": self.relay }]) } else { json!([]) }
    }
}
