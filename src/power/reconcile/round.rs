//! All plugs together: which there are, what should be, and what to do next.

use std::collections::BTreeMap;

use serde_json::json;

use super::{
    decide::{Step, decide},
    hand::Hand,
    leaving::Leaving,
    record::Book,
    show,
};
use crate::{
    app::App,
    kernel::{Instant, MachineId, PlugId, Result},
    power::{
        Fault, Intended, Observed, all_intended, all_observed,
        mqtt::Line,
        plugs::{Message, Plug, store},
    },
    store::Db,
};

/// Whoever speaks with the plugs.
pub(super) struct Round {
    pub(super) app: App,
    pub(super) line: Option<Line>,
    pub(super) hands: BTreeMap<PlugId, Hand>,
    pub(super) book: Book,
    /// Plugs that are ours no longer and did not say yet that they are off.
    pub(super) leaving: Leaving,
}

/// A plug as it stands in the database.
type Kept = (Plug, Option<Intended>, Option<Observed>);

/// Three statements, however many plugs there are.
fn kept(db: &mut Db) -> Result<Vec<Kept>> {
    let plugs = store::list(db)?;
    if plugs.is_empty() {
        return Ok(Vec::new());
    }
    let (intended, observed) = (all_intended(db)?, all_observed(db)?);
    let whole = |plug: Plug| {
        let meant = intended.iter().find(|intended| intended.machine == plug.machine).copied();
        let seen = observed.iter().find(|observed| observed.machine == plug.machine).copied();
        (plug, meant, seen)
    };
    Ok(plugs.into_iter().map(whole).collect())
}

impl Round {
    pub(super) fn new(app: App) -> Self {
        Self { book: Book::open(&app), app, line: None, hands: BTreeMap::new(), leaving: Leaving::default() }
    }

    /// Reads which plugs there are, and what should be.
    pub(super) async fn read(&mut self) {
        match self.app.store.read(kept).await {
            Ok(plugs) => self.take(plugs),
            Err(error) => return tracing::error!(?error, "plugs cannot be read"),
        }
        self.show_faces().await;
    }

    fn take(&mut self, plugs: Vec<Kept>) {
        let now = self.app.now();
        let mut before = std::mem::take(&mut self.hands);
        for (plug, intended, observed) in plugs {
            let id = plug.id;
            // A plug that was found elsewhere is another one.
            let hand = match before.remove(&id) {
                Some(known) if known.plug.wiring == plug.wiring => self.meant(known, intended, now),
                other => {
                    before.extend(other.map(|other| (id, other)));
                    self.met(Hand::new(plug, intended, observed.as_ref(), now))
                }
            };
            self.hands.insert(id, hand);
        }
        for gone in before.into_values() {
            let machine = gone.plug.machine;
            if let Some(line) = self.line.as_ref().filter(|_| !self.has_plug(machine)) {
                show::conceal(line, &self.app, &gone);
            }
            self.leaving.see_off(gone.plug);
        }
        self.leaving.keep_from(&self.hands.values().map(|hand| &hand.plug).collect::<Vec<_>>());
        self.say_goodbye();
    }

    /// A plug that is known, with what was said since. What went wrong before is over for people at once.
    fn meant(&self, known: Hand, intended: Option<Intended>, now: Instant) -> Hand {
        let fault = known.fault;
        let mut hand = known.meant(intended);
        if hand.fault != fault {
            self.book.keep(&mut hand, None, now);
        }
        hand
    }

    /// Plugs that are ours no longer are told to be off, until they say that they are.
    pub(super) fn say_goodbye(&mut self) {
        if let Some(line) = &self.line {
            self.leaving.due().for_each(|plug| {
                send(line, plug.switch(false));
                send(line, plug.ask());
            });
        }
    }

    fn has_plug(&self, machine: MachineId) -> bool {
        self.hands.values().any(|hand| hand.plug.machine == machine)
    }

    fn met(&self, hand: Hand) -> Hand {
        self.greet(&hand);
        hand
    }

    /// Begins to listen to a plug and asks it how it is.
    pub(super) fn greet(&self, hand: &Hand) {
        let Some(line) = &self.line else { return };
        line.listen(hand.plug.topics());
        self.ask(&hand.plug);
        show::announce(line, &self.app, hand);
        show::state(line, &self.app, hand);
    }

    pub(super) fn ask(&self, plug: &Plug) {
        if let Some(line) = &self.line {
            send(line, plug.ask());
            send(line, plug.ask_settings());
        }
    }

    /// Looks for commands that somebody left where plugs take their orders: a broker does not tell whoever listens
    /// already that a message was left to lie.
    pub(super) fn search_all(&self) {
        self.hands.values().for_each(|hand| self.search(&hand.plug));
    }

    /// The same for one plug.
    pub(super) fn search(&self, plug: &Plug) {
        if let Some(line) = &self.line {
            line.listen(plug.orders());
        }
    }

    /// Does with every plug what is to be done next.
    pub(super) fn look(&mut self) {
        let now = self.app.now();
        self.say_goodbye();
        let Some(line) = &self.line else { return };
        for hand in self.hands.values_mut() {
            match decide(&hand.scene(now)) {
                Step::Rest => {}
                Step::Switch(on) => {
                    send(line, hand.plug.switch(on));
                    hand.tell(on);
                    self.book.keep(hand, None, now);
                    ask(line, hand);
                }
                Step::Renew => {
                    send(line, hand.plug.switch(true));
                    hand.renew();
                    ask(line, hand);
                }
                Step::Recover => {
                    hand.fault = None;
                    self.book.keep(hand, None, now);
                    show::state(line, &self.app, hand);
                }
                Step::Fail(fault) => fail((&self.app, &self.book), line, hand, (fault, now)),
            }
            if hand.wants_asking(now) {
                ask(line, hand);
            }
            if hand.reading_expires() {
                self.book.keep(hand, None, now);
                show::state(line, &self.app, hand);
            }
        }
    }

    /// Takes leave of the broker; machines stay as they are, leases run on.
    pub(super) fn leave(&self) {
        if let Some(line) = &self.line {
            show::gone(line, &self.app);
            line.close();
        }
    }
}

/// Asks how it is.
pub(super) fn ask(line: &Line, hand: &mut Hand) {
    send(line, hand.plug.ask());
    hand.ask();
}

fn fail((app, book): (&App, &Book), line: &Line, hand: &mut Hand, (fault, now): (Fault, Instant)) {
    hand.fault = Some(fault);
    let kind = match fault {
        Fault::NoAnswer => "no_answer",
        Fault::OnWithoutSession => "will_not_go_off",
        Fault::OffInSession => "off_in_session",
        Fault::Device => "device_fault",
    };
    book.keep(hand, Some((kind, json!(null))), now);
    show::state(line, app, hand);
}

/// What cannot be sent now is decided anew a moment later.
fn send(line: &Line, messages: Vec<Message>) {
    for message in messages {
        line.send(&message.topic, &message.payload);
    }
}
