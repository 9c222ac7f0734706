//! The laws, through anything.

use proptest::prelude::{Just, Strategy, any, prop_assert, prop_assert_eq, prop_oneof, proptest};
use serde_json::json;

use super::{
    Happening, Reply,
    bench::{ADA, Bench, DEVICE},
};

fn anything() -> impl Strategy<Value = (i64, Happening)> {
    let word = prop_oneof![Just(ADA.to_owned()), Just("04FFFFFF".to_owned())];
    let said = prop_oneof![
        Just(json!({ "verdict": "grant", "session": "s-9", "until": "2026-03-02T08:30:00Z" })),
        Just(json!({ "verdict": "grant", "session": "s-9", "until": "yesterday" })),
        Just(json!({ "verdict": "deny", "reasons": [] })),
        Just(json!({ "verdict": "end", "session": "s-9" })),
        Just(json!({ "time": "2026-03-02T08:00:00Z", "machines": [{ "slug": "scie", "policy":
            { "link_loss_running": "continue_until_idle" } }] })),
        Just(json!([1, "x", null])),
    ];
    let reply = prop_oneof![
        Just(Reply::Silence),
        (200_u16..205, said).prop_map(|(status, said)| Reply::Said(status, said.to_string())),
        any::<String>().prop_map(|text| Reply::Said(200, text)),
    ];
    let what = prop_oneof![
        word.prop_map(Happening::Badge),
        Just(Happening::Button),
        Just(Happening::LockOut("defect".into())),
        (0.0..500.0).prop_map(Happening::Watts),
        (1_u64..40, reply).prop_map(|(call, reply)| Happening::Answer(call, reply)),
        Just(Happening::Tick),
    ];
    (0_i64..60_000, what)
}

proptest! {
    /// Whatever happens: never on while locked out, never on after the end, and the button always stops.
    #[test]
    fn the_laws_hold_through_anything(days in proptest::collection::vec(anything(), 1..120)) {
        let mut bench = Bench::ready(&json!({ "link_loss_running": "continue_until_idle" }));
        for (pause, what) in days {
            bench.now += pause;
            bench.live(what);
            prop_assert!(!(bench.core.is_on() && bench.core.lockout().is_some()));
            prop_assert_eq!(bench.core.run.is_some(), bench.core.is_on());
            prop_assert!(bench.core.run.as_ref().is_none_or(|run| run.until > bench.now));
            if bench.core.is_on() && bench.now % 7 == 0 {
                bench.live(Happening::Button);
                prop_assert!(!bench.core.is_on());
            }
        }
        bench.wait(100);
        let last = &bench.core.memory;
        // The chain is whole, whatever was written.
        for pair in last.events.windows(2) {
            prop_assert_eq!(pair[0].hash(DEVICE), pair[1].prev);
        }
    }
}
