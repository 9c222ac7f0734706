//! What must be true all the time.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use etabli::{access::read, kernel::Instant, machines::policy::WhileRunning};

use super::{
    reader::{Reader, TICK},
    week::{ROUND, Week},
};

/// A controller believes in its link for so long after the last answer.
const LOST: TimeDelta = TimeDelta::seconds(25);

/// Who lost the machine hears of it with the next heartbeat.
const NEWS: TimeDelta = TimeDelta::seconds(30);

/// No machine is on that the house, or a list that holds, does not let run; none outlives its lease; none runs
/// without its link for longer than its policy says.
pub fn machines(week: &Week<'_>) {
    let now = week.now();
    for reader in week.readers.iter().filter(|reader| reader.core.is_on()) {
        let run = reader.running().unwrap_or_else(|| panic!("{} is on for nobody", reader.core.machine));
        let until = reader.lease();
        assert!(now <= until + TICK, "{}: on at {now}, until {until}: {run:?}", reader.core.machine);
        let dark = reader.line.dark.filter(|(_, until)| now < *until);
        if let Some((since, _)) = dark {
            let patience = patience(week, reader);
            let since = since.max(run.began) + LOST + TICK + TICK;
            let allowed = patience.is_none_or(|patience| now <= since + patience);
            assert!(allowed, "{}: on at {now} without a link since {since}", reader.core.machine);
        }
        assert_eq!(reader.core.lockout(), None, "{}: on and locked out", reader.core.machine);
    }
    for spot in 0..2 {
        let on = week.readers.iter().filter(|reader| reader.spot == spot && reader.core.is_on());
        let clear = on.filter(|reader| reader.line.is_clear(now)).filter_map(|reader| reader.running());
        let believed: Vec<_> = clear.filter(|run| now - run.began > NEWS).collect();
        assert!(
            believed.len() <= 1,
            "{now}: two controllers have {} on: {believed:?}",
            week.spots[spot].slug
        );
    }
}

fn patience(week: &Week<'_>, reader: &Reader<'_>) -> Option<TimeDelta> {
    let policy = &week.spots[reader.spot].policy;
    match policy.link_loss_running {
        WhileRunning::ContinueUntilIdle => None,
        WhileRunning::ContinueFor => Some(TimeDelta::minutes(policy.link_loss_minutes.into())),
        WhileRunning::Stop => Some(TimeDelta::zero()),
    }
}

/// The house has one open session on a machine at most, none that is over, none of somebody who was suspended; and
/// whatever runs under a clear sky has its session.
pub async fn house(week: &Week<'_>) {
    let now = week.now();
    let open = week.world.app.store.read(read::open).await.unwrap();
    let machines: BTreeSet<_> = open.iter().map(|session| session.machine).collect();
    assert_eq!(machines.len(), open.len(), "two open sessions on one machine");
    for session in &open {
        assert!(session.started_at <= now, "begun in the future: {session:?}");
        assert!(now <= session.until + ROUND + TICK, "open after its end: {session:?}");
        let member = week.people.iter().position(|person| person.id == session.member);
        let shut = member.is_some_and(|member| suspended(week, member, now));
        assert!(!shut, "of somebody who is suspended: {session:?}");
    }
    for reader in week.readers.iter().filter(|reader| reader.line.is_clear(now) && reader.core.is_on()) {
        let run = reader.running().unwrap();
        let known = open.iter().any(|session| Some(session.id.to_string()) == run.session);
        if known || reader.line.anew || reader.lease() <= now {
            // It goes off with this tick, or the next heartbeat brings the news.
            continue;
        }
        let id = run.session.as_ref().map(|id| id.parse().unwrap());
        let kept =
            week.world.app.store.read(move |db| id.map(|id| read::get(db, id)).transpose()).await.unwrap();
        panic!("{} is on at {now} without a session: {run:?}, {kept:?}", reader.core.machine);
    }
}

/// Since longer than the house needs to see it.
fn suspended(week: &Week<'_>, member: usize, now: Instant) -> bool {
    let mut of = week.suspended.iter().filter(|(who, ..)| *who == member);
    of.any(|(_, since, lifted)| *since + ROUND < now && lifted.is_none())
}
