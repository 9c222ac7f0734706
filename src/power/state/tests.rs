//! Every combination of facts, against a table whose rows shut each other out.

use strum::VariantArray;

use super::{Facts, Instant, LockClass, PowerSessionId, PowerState};
use crate::kernel::Id;

/// What a row of the table asks of a fact; `Any` asks nothing.
#[derive(Clone, Copy)]
enum Ask {
    Any,
    Yes,
    No,
}
use Ask::{Any, No, Yes};

impl Ask {
    fn of(self, fact: bool) -> bool {
        match self {
            Any => true,
            Yes => fact,
            No => !fact,
        }
    }
}

/// Locked hard, to check, online, fault, session, on, idle, settling, reserved: the word.
const TABLE: [([Ask; 9], &str); 12] = [
    ([Yes, No, Any, Any, Any, Any, Any, Any, Any], "locked"),
    ([No, Any, No, Any, Any, Any, Any, Any, Any], "offline"),
    ([No, Any, Yes, Yes, Any, Any, Any, Any, Any], "fault"),
    ([No, Any, Yes, No, Yes, Yes, No, Any, Any], "in_use"),
    ([No, Any, Yes, No, Yes, Yes, Yes, Any, Any], "idle"),
    ([No, Any, Yes, No, Yes, No, Any, Yes, Any], "starting"),
    ([No, Any, Yes, No, Yes, No, Any, No, Any], "fault"),
    ([No, Any, Yes, No, No, Yes, Any, No, Any], "fault"),
    ([No, Yes, Yes, No, No, No, Any, Any, Any], "to_check"),
    ([No, Yes, Yes, No, No, Yes, Any, Yes, Any], "to_check"),
    ([No, No, Yes, No, No, No, Any, Any, Any], "free or reserved"),
    ([No, No, Yes, No, No, Yes, Any, Yes, Any], "free or reserved"),
];

fn expected(facts: &Facts) -> &'static str {
    let hard = facts.lock.is_some_and(|class| class != LockClass::ToCheck);
    let told = [
        hard,
        facts.lock == Some(LockClass::ToCheck),
        facts.online,
        facts.fault,
        facts.session.is_some(),
        facts.on == Some(true),
        facts.idle,
        facts.settling,
        facts.reserved.is_some(),
    ];
    let rows: Vec<&str> = TABLE
        .iter()
        .filter(|(asks, _)| asks.iter().zip(told).all(|(ask, fact)| ask.of(fact)))
        .map(|(_, word)| *word)
        .collect();
    let [word] = rows[..] else { panic!("{} rows speak of {facts:?}", rows.len()) };
    match (word, facts.reserved) {
        ("free or reserved", Some(_)) => "reserved",
        ("free or reserved", None) => "free",
        (word, _) => word,
    }
}

fn every() -> Vec<Facts> {
    let session: PowerSessionId = Id::new();
    let start: Instant = "2026-03-03T10:00:00Z".parse().unwrap();
    let locks: Vec<Option<LockClass>> = LockClass::VARIANTS.iter().copied().map(Some).chain([None]).collect();
    let mut all = Vec::new();
    for lock in locks {
        for on in [None, Some(false), Some(true)] {
            for bits in 0_u8..64 {
                let bit = |place: u8| bits >> place & 1 == 1;
                all.push(Facts {
                    online: bit(0),
                    fault: bit(1),
                    on,
                    idle: bit(2),
                    settling: bit(3),
                    lock,
                    session: bit(4).then_some(session),
                    reserved: bit(5).then_some(start),
                });
            }
        }
    }
    all
}

#[test]
fn every_combination_of_facts_has_the_word_of_the_table() {
    let all = every();
    assert_eq!(all.len(), 5 * 3 * 64);
    for facts in &all {
        assert_eq!(PowerState::of(facts).word(), expected(facts), "{facts:?}");
    }
}

#[test]
fn a_state_carries_what_its_facts_said() {
    for facts in &every() {
        match PowerState::of(facts) {
            PowerState::Locked(class) => assert_eq!(facts.lock, Some(class)),
            PowerState::Reserved(start) => assert_eq!(facts.reserved, Some(start)),
            PowerState::Starting(session) | PowerState::InUse(session) | PowerState::Idle(session) => {
                assert_eq!(facts.session, Some(session));
            }
            PowerState::Offline | PowerState::Fault | PowerState::Free | PowerState::ToCheck => {}
        }
    }
}
