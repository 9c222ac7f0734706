//! Starting and stopping.

use serde_json::json;

use super::{
    Core, PATIENCE,
    words::{Matter, Run},
};
use crate::wire::list::{AllowList, tag};

impl Core {
    /// A badge is shown. The one that started the machine stops it, here and at once; any other is asked about.
    pub(super) fn badge(&mut self, badge: String, pin: Option<String>) {
        if self.run.as_ref().is_some_and(|run| run.badge == badge) {
            return self.stop("badge");
        }
        if self.memory.lockout.is_some() {
            return self.at_rest();
        }
        if self.waits_for(|matter| matches!(matter, Matter::Scan { .. })) {
            return self.show_words("sim-moment", &[]);
        }
        let request = format!("{}-{}", self.boot, self.calls + 1);
        let mut said = json!({
            "request": request, "machine": self.machine, "badge": badge, "mono_ms": self.now
        });
        if let Some(said) = said.as_object_mut() {
            said.extend(pin.map(|pin| ("pin".to_owned(), pin.into())));
            said.extend(self.switches.then(|| ("on".to_owned(), self.relay.into())));
        }
        self.call(Matter::Scan { badge, at: self.now }, "POST", "scans", &said);
        self.display("…");
    }

    /// Stops the machine: first the relay, then everything else.
    pub(super) fn stop(&mut self, reason: &str) {
        self.switch(false);
        let Some(run) = self.run.take() else { return };
        (self.memory.open, self.memory.offline) = (None, false);
        self.idle_since = None;
        self.write_down("session_ended", &json!({ "session": run.session, "reason": reason }));
        match run.session {
            Some(session) => self.tell_end(session, reason),
            None if run.offline => {
                let said = json!({ "machine": self.machine, "reason": reason });
                self.write_down("offline_end", &said);
            }
            None => {}
        }
        self.show_words(&format!("sim-off-{reason}"), &[]);
        // Told at once: whoever looks shall not see it running.
        self.next = self.now;
    }

    /// Locks the machine out: off, latched, and told.
    pub(super) fn lock_out(&mut self, class: &str) {
        let reason = if class == "emergency" { "emergency" } else { "lockout" };
        self.memory.lockout = Some(class.to_owned());
        self.memory.lockout_told = false;
        self.stop(reason);
        self.write_down("lockout", &json!({ "class": class }));
        let said = json!({ "machine": self.machine, "class": class });
        self.call(Matter::LockOut, "POST", "lockouts", &said);
        self.at_rest();
    }

    /// Power on, until the lease ends; without a session where the server was not asked.
    pub(super) fn begin(&mut self, session: Option<String>, badge: String, until: i64) {
        let offline = session.is_none();
        (self.memory.open, self.memory.offline) = (session.clone(), offline);
        self.write_down("session_started", &json!({ "session": session }));
        self.run = Some(Run { session, offline, badge, until, warned: false, told: false, lost: None });
        // What the meter showed before says nothing about what begins.
        (self.watts, self.idle_since) = (None, None);
        self.switch(true);
        // The relay is told of at once: a command is not yet a machine that runs.
        self.next = self.now;
    }

    /// Tells the server of an end, again and again until it has heard.
    pub(super) fn tell_end(&mut self, session: String, reason: &str) {
        self.memory.ends.push((session, reason.to_owned()));
        self.tell_ends();
    }

    pub(super) fn tell_ends(&mut self) {
        for (session, reason) in self.memory.ends.clone() {
            if !self.waits_for(|matter| *matter == Matter::End(session.clone())) {
                let path = format!("sessions/{session}/end");
                self.call(Matter::End(session), "POST", &path, &json!({ "reason": reason }));
            }
        }
    }

    /// No verdict came: the list decides, where the machine's policy lets it.
    pub(super) fn without_the_server(&mut self, badge: &str) {
        let allowed = self.policy.reads_lists() && self.switches && self.run.is_none();
        let known = self.tagged(badge).zip(self.list().filter(|_| allowed)).zip(self.wall());
        let found = known.and_then(|((tag, list), wall)| Some((list.until(&tag, wall)?, tag, wall)));
        match found {
            Some((until, tag, wall)) => {
                let said = json!({ "machine": self.machine, "tag": tag, "until": until });
                self.write_down("offline_start", &said);
                let lease = until.saturating_sub(wall).saturating_mul(1000);
                self.begin(None, badge.to_owned(), self.now.saturating_add(lease));
                self.show_words("sim-on-alone", &[]);
            }
            None => self.show_words("sim-no-answer", &[]),
        }
    }

    /// The list it holds, checked anew each time: flash can be written by others.
    fn list(&self) -> Option<AllowList> {
        let (list, key) = (self.memory.list.as_ref()?, self.memory.server_key?);
        let list = list.open(&self.memory.id, &key, self.memory.list_version).ok()?;
        (list.machine == self.machine).then_some(list)
    }

    fn tagged(&self, badge: &str) -> Option<String> {
        let mut key = [0; 32];
        hex::decode_to_slice(self.memory.device_key.as_deref()?, &mut key).ok()?;
        let digits: String = badge.chars().filter(char::is_ascii_hexdigit).collect();
        Some(tag(&key, &hex::decode(digits).ok()?))
    }

    /// Whoever waited half a second has waited long enough.
    pub(super) fn impatience(&mut self) {
        let late = |matter: &Matter, now| matches!(matter, Matter::Scan { at, .. } if now - at > PATIENCE);
        let Some(at) = self.asked.iter().position(|(_, matter)| late(matter, self.now)) else { return };
        if let (_, Matter::Scan { badge, .. }) = self.asked.remove(at) {
            self.without_the_server(&badge);
        }
    }

    /// The meter shows so many watts.
    pub(super) fn measure(&mut self, watts: f64) {
        self.watts = Some(watts);
        let idle = self.policy.idle_ms.is_some() && watts < self.policy.idle_watts;
        self.idle_since = if idle { self.idle_since.or(Some(self.now)) } else { None };
    }
}
