//! What the server says.

use chrono::DateTime;
use serde_json::{Value as Json, json};

use super::{
    Core,
    words::{Matter, Policy, Reply},
};
use crate::{kernel::words::say, wire::list::Sealed};

impl Core {
    /// A request is answered, or is not.
    pub(super) fn answered(&mut self, call: u64, reply: Reply) {
        let known = self.asked.iter().position(|(asked, _)| *asked == call);
        let matter = known.map(|at| self.asked.remove(at).1);
        match (matter, reply) {
            (Some(Matter::Scan { badge, .. }), Reply::Silence) => self.without_the_server(&badge),
            (_, Reply::Silence) => {}
            (None, Reply::Said(_, letters)) => self.too_late(&read(&letters)),
            (Some(Matter::List), Reply::Said(200, letters)) => self.take_list(&letters),
            (Some(matter), Reply::Said(status, letters)) => {
                let said = read(&letters);
                self.hear(&said);
                self.said(matter, status, &said);
            }
        }
    }

    fn said(&mut self, matter: Matter, status: u16, said: &Json) {
        match (matter, status) {
            (Matter::Scan { badge, .. }, 200) => self.verdict(badge, said),
            (Matter::Scan { .. }, _) => self.display(self.reason(said)),
            (Matter::Hello, 200) => self.greeted(said),
            // Now it knows the time, and says hello again as it should.
            (Matter::Hello, 401) if text(said, "/code") == "clock_skew" => self.next = self.now,
            (Matter::Beat, 200) => self.renewed(said),
            // The session is not the server's any more: what it was started for is over.
            (Matter::Beat, 403 | 404 | 409) => self.ended_elsewhere(),
            (Matter::End(session), 200..=400 | 402..=428) => {
                self.memory.ends.retain(|(ended, _)| *ended != session);
            }
            (Matter::Events, 200) => {
                self.memory.heard(text(said, "/head/hash"));
                self.upload();
            }
            (Matter::Events, 422) => self.drop_events(said),
            (Matter::LockOut, 200 | 201) => self.memory.lockout_told = true,
            (
                Matter::Hello
                | Matter::Beat
                | Matter::End(_)
                | Matter::Events
                | Matter::List
                | Matter::LockOut,
                _,
            ) => {}
        }
    }

    /// Whatever the server says, it says that the link is there; most of it also tells the time.
    fn hear(&mut self, said: &Json) {
        self.heard = self.now;
        if let Some(run) = &mut self.run
            && run.lost.take().is_some()
        {
            self.write_down("link_found", &json!({}));
        }
        let refused =
            text(said, "/refusals/0/time").parse().ok().map(|seconds: i64| seconds.saturating_mul(1000));
        if let Some(time) = millis(said, "/time").or(refused) {
            self.epoch = Some(time.saturating_sub(self.now));
        }
    }

    /// A verdict nobody waits for any more changes nothing here; the server must not believe that it did.
    fn too_late(&mut self, said: &Json) {
        let session = session(said, "/session");
        let running = self.run.as_ref().and_then(|run| run.session.clone());
        if text(said, "/verdict") == "grant" && session.is_some() && session != running {
            self.write_down("late_grant_ignored", &json!({ "session": session }));
            self.tell_end(session.unwrap_or_default(), "link");
        }
    }

    fn verdict(&mut self, badge: String, said: &Json) {
        // A time it cannot place is no time: no start.
        let until = millis(said, "/until").zip(self.epoch).map(|(until, epoch)| until.saturating_sub(epoch));
        match (text(said, "/verdict"), session(said, "/session"), until) {
            ("grant", Some(_), _) | ("end", _, _) if !self.switches => self.read_only(said),
            ("grant", Some(session), Some(until)) if self.memory.lockout.is_none() => {
                if let Some(run) = self.run.take() {
                    self.write_down("session_ended", &json!({ "reason": "takeover" }));
                    if run.offline && run.session.is_none() {
                        let said = json!({ "machine": self.machine, "reason": "takeover" });
                        self.write_down("offline_end", &said);
                    }
                }
                self.begin(Some(session), badge, until);
                self.greet(said);
            }
            ("grant", Some(session), _) => self.not_begun(session),
            ("end", _, _) => self.ended_elsewhere(),
            _ => self.display(self.reason(said)),
        }
    }

    /// A grant whose end it cannot place, because it does not know the time, or that a lockout overtook: no start, and
    /// the server must not believe in one.
    fn not_begun(&mut self, session: String) {
        self.write_down("late_grant_ignored", &json!({ "session": session }));
        self.tell_end(session, "link");
        if self.memory.lockout.is_some() {
            return self.at_rest();
        }
        self.show_words("sim-no-time", &[]);
        // The answer to a hello tells the time.
        self.next = self.now;
    }

    /// Where a plug switches the machine there is nothing more to do than to say so.
    fn read_only(&mut self, said: &Json) {
        if text(said, "/verdict") == "grant" {
            self.greet(said);
        } else {
            self.show_words("sim-off-badge", &[]);
        }
    }

    fn greet(&mut self, said: &Json) {
        let name = text(said, "/member_name").to_owned();
        self.show_words("sim-on", &[("name", name.into())]);
    }

    fn greeted(&mut self, said: &Json) {
        let machines = said.get("machines").and_then(Json::as_array).map(Vec::as_slice).unwrap_or_default();
        let own = machines.iter().find(|told| text(told, "/slug") == self.machine).cloned();
        let Some(own) = own else { return self.show_words("sim-not-ours", &[]) };
        let policy = Policy::of(own.get("policy").unwrap_or(&Json::Null));
        if policy.start != self.policy.start {
            // A list that was signed for another policy may name people whom this one would not let start.
            self.memory.list = None;
        }
        self.policy = policy;
        self.hear_lockout(&own);
        self.compare(&own);
        self.tell_ends();
        self.upload();
        if self.policy.reads_lists() && self.switches {
            let path = format!("allow-list?machine={}", self.machine);
            self.call(Matter::List, "GET", &path, &Json::Null);
        }
    }

    /// A lockout is latched: it is taken back by the server, once the server knows of it.
    fn hear_lockout(&mut self, own: &Json) {
        let told = own.get("lockout").filter(|told| !told.is_null());
        match told {
            Some(told) => {
                let class = told.as_str().unwrap_or_else(|| text(told, "/class")).to_owned();
                if self.memory.lockout.is_none() {
                    self.memory.lockout = Some(class);
                    self.stop("lockout");
                    self.at_rest();
                }
                self.memory.lockout_told = true;
            }
            None if self.memory.lockout.is_some() && self.memory.lockout_told => {
                self.memory.lockout = None;
                self.write_down("lockout_cleared", &json!({}));
                self.at_rest();
            }
            None => {}
        }
    }

    /// What the server believes, against what is.
    fn compare(&mut self, own: &Json) {
        if !self.switches {
            return;
        }
        let believed = session(own, "/session");
        let told = self.run.as_ref().is_some_and(|run| run.told);
        let running = self.run.as_ref().map(|run| run.session.clone());
        match (running, believed) {
            (None, Some(session)) if !self.asks_or_told(&session) => self.tell_end(session, "power"),
            // Only once the house has heard of it: what it believed before may be somebody else's.
            (Some(None), Some(session)) if told && !self.asks_or_told(&session) => self.resume(session),
            // It has heard, and will not have it: the machine runs at another controller, or the badge opens nothing now.
            (Some(None), None) if told => self.ended_elsewhere(),
            (Some(Some(session)), believed) if believed.as_ref() != Some(&session) => self.ended_elsewhere(),
            _ => {}
        }
    }

    /// Whether it waits for a verdict, or is telling the end of this session already.
    fn asks_or_told(&self, session: &str) -> bool {
        let told = self.memory.ends.iter().any(|(ended, _)| ended == session);
        told || self.waits_for(|matter| matches!(matter, Matter::Scan { .. }))
    }

    /// What was started without the server is a session now.
    fn resume(&mut self, session: String) {
        self.memory.open = Some(session.clone());
        if let Some(run) = &mut self.run {
            run.session = Some(session);
        }
    }

    fn renewed(&mut self, said: &Json) {
        let over = said.get("ended").is_some_and(|ended| !ended.is_null()) || text(said, "/desired") == "off";
        if over {
            return self.ended_elsewhere();
        }
        let until = millis(said, "/until").zip(self.epoch).map(|(until, epoch)| until.saturating_sub(epoch));
        if let (Some(run), Some(until)) = (&mut self.run, until) {
            run.warned &= until <= run.until;
            run.until = until;
        }
        // What ran here before is news to it; everything else may wait until the machine rests.
        if self.keeps_back("offline_start") || self.keeps_back("offline_end") {
            self.upload();
        }
    }

    /// The server ended the session: nothing has to be told.
    fn ended_elsewhere(&mut self) {
        if let Some(run) = &mut self.run {
            run.session = None;
            self.stop("lease");
        }
    }

    /// The list is taken letter by letter: it is what the house signed.
    fn take_list(&mut self, letters: &str) {
        let (Ok(sealed), Some(key)) = (serde_json::from_str::<Sealed>(letters), self.memory.server_key)
        else {
            return;
        };
        match sealed.open(&self.memory.id, &key, self.memory.list_version) {
            Ok(list) if list.machine == self.machine => {
                self.memory.list_version = list.version;
                self.memory.list = Some(sealed);
            }
            Ok(_) => self.write_down("list_refused", &json!({ "why": "it is another machine's" })),
            Err(why) => self.write_down("list_refused", &json!({ "why": why.to_string() })),
        }
    }

    /// Why not, in the server's words.
    fn reason(&self, said: &Json) -> String {
        let told = [text(said, "/reasons/0/text"), text(said, "/detail")];
        let told = told.into_iter().find(|told| !told.is_empty()).map(str::to_owned);
        told.unwrap_or_else(|| say(self.locale, "sim-refused", &[]))
    }
}

fn read(letters: &str) -> Json {
    serde_json::from_str(letters).unwrap_or_default()
}

pub(super) fn text<'a>(said: &'a Json, pointer: &str) -> &'a str {
    said.pointer(pointer).and_then(Json::as_str).unwrap_or_default()
}

/// A session is told by its identifier, or as a thing that has one.
fn session(said: &Json, pointer: &str) -> Option<String> {
    let told = said.pointer(pointer)?;
    told.as_str().or_else(|| told.get("id")?.as_str()).map(str::to_owned)
}

/// An instant, in milliseconds since 1970.
fn millis(said: &Json, pointer: &str) -> Option<i64> {
    DateTime::parse_from_rfc3339(text(said, pointer)).ok().map(|at| at.timestamp_millis())
}
