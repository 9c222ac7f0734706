//! Hours and energy add up.

use chrono::TimeDelta;
use etabli::{
    access::usage,
    kernel::{Instant, Period, Zone},
    power,
};

use super::{
    audit::{Kept, kept},
    week::Week,
};

/// What a plug is believed to draw without a measurement, at most: two minutes.
const GUESSED: f64 = 130.0 / 3600.0;

pub async fn adds_up(week: &Week<'_>) {
    let kept = kept(week).await;
    let now = week.now();
    for (at, spot) in week.spots.iter().enumerate() {
        let mine: Vec<&Kept> = kept.iter().filter(|session| session.machine == spot.id).collect();
        let id = spot.id;
        let weeks = week.world.app.store.read(move |db| usage::weeks(db, id, 3, now)).await.unwrap();
        for week in &weeks {
            let monday = week.starts_on.and_hms_opt(12, 0, 0).unwrap().and_utc();
            let within = Zone::PARIS.week_of(Instant::from_utc(monday));
            let on: TimeDelta = mine.iter().filter_map(|session| inside(session, within)).sum();
            assert_eq!(week.on, on, "{} in the week of {}", spot.slug, week.starts_on);
        }
        let all: TimeDelta = weeks.iter().map(|week| week.on).sum();
        let sum: TimeDelta = mine.iter().map(|session| session.end() - session.started_at).sum();
        assert_eq!(all, sum, "{}: nothing outside these weeks", spot.slug);
        if spot.metered {
            energy(week, at, &mine).await;
        }
    }
}

fn inside(session: &Kept, week: Period) -> Option<TimeDelta> {
    Some(Period::new(session.started_at, session.end())?.intersection(week)?.duration())
}

/// What the house counted against what a bystander did: never more than was drawn and what it must guess, and all that
/// was drawn while the link was well.
async fn energy(week: &Week<'_>, at: usize, sessions: &[&Kept]) {
    let id = week.spots[at].id;
    let seen = week.world.app.store.read(move |db| power::observed(db, id)).await.unwrap();
    let counted = seen.map_or(0.0, |seen| seen.watt_hours);
    let runs: Vec<_> = week.readers.iter().filter(|reader| reader.spot == at).flat_map(|r| &r.runs).collect();
    let drawn: f64 = runs.iter().map(|run| run.drawn).sum();
    let smooth: f64 = runs.iter().filter(|run| !run.rough).map(|run| run.drawn).sum();
    let most = drawn + 550.0 * GUESSED * count(runs.len());
    let least = smooth - 550.0 * 30.0 / 3600.0 * count(runs.len());
    let name = &week.spots[at].slug;
    let right = (least..=most).contains(&counted);
    assert!(right, "{name}: {counted} Wh, between {least} and {most}: {runs:#?}, {sessions:#?}");
    let of_sessions: f64 = sessions.iter().filter_map(|session| Some(session.to? - session.from?)).sum();
    assert!(of_sessions <= counted + 0.001, "{name}: sessions have {of_sessions} Wh of {counted}");
    println!(
        "{name}: {} runs, {drawn:.0} Wh drawn, {counted:.0} counted, {of_sessions:.0} in sessions",
        runs.len()
    );
}

fn count(of: usize) -> f64 {
    f64::from(u32::try_from(of).unwrap())
}
