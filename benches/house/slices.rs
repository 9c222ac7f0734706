//! Measured and floor in turns, so that whatever else the machine does hits both.

use std::time::{Duration, Instant};

/// How long each turn lasts.
pub const SLICE: Duration = Duration::from_millis(700);
const ROUNDS: usize = 5;

/// What came of turns.
pub struct Turns {
    /// The median of what was measured.
    pub measured: f64,
    /// The median of the floor.
    pub floor: f64,
    /// The median of the ratios, round by round.
    pub ratio: f64,
}

/// Takes turns; each gives how much it did a second. The first turn of each only warms up.
pub fn alternate(mut measured: impl FnMut() -> f64, mut floor: impl FnMut() -> f64) -> Turns {
    measured();
    floor();
    let mut costs = Vec::new();
    let mut costing = |turn: &mut dyn FnMut() -> f64| {
        let (since, before) = (Instant::now(), processor("self"));
        let rate = turn();
        costs.push((processor("self") - before) * 1e6 / (rate * since.elapsed().as_secs_f64()));
        rate
    };
    let rounds: Vec<(f64, f64)> =
        (0..ROUNDS).map(|_| (costing(&mut measured), costing(&mut floor))).collect();
    let cost = |turn: usize| median(costs.iter().skip(turn).step_by(2).copied());
    eprintln!("  processor time of each: {:.0} µs; of the floor: {:.0} µs", cost(0), cost(1));
    Turns {
        measured: median(rounds.iter().map(|round| round.0)),
        floor: median(rounds.iter().map(|round| round.1)),
        ratio: median(rounds.iter().map(|round| round.0 / round.1)),
    }
}

/// Repeats something for a slice; how often a second.
pub fn repeat(mut work: impl FnMut()) -> f64 {
    let (since, mut done) = (Instant::now(), 0u32);
    while since.elapsed() < SLICE {
        work();
        done += 1;
    }
    f64::from(done) / since.elapsed().as_secs_f64()
}

pub fn median(values: impl Iterator<Item = f64>) -> f64 {
    quantile(values.collect(), 0.5)
}

/// The value that this part of them does not pass.
pub fn quantile(mut values: Vec<f64>, part: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let last = values.len().saturating_sub(1);
    values[((last as f64) * part).round() as usize]
}

/// Seconds of processor time that this process (`self`, clients included) or this thread (`thread-self`) has used: what
/// the machine's other work does not touch.
pub fn processor(whose: &str) -> f64 {
    let stat = std::fs::read_to_string(format!("/proc/{whose}/stat")).unwrap();
    let ticks = stat.rsplit_once(')').unwrap().1.split_whitespace().skip(11).take(2);
    ticks.map(|ticks| ticks.parse::<f64>().unwrap() / 100.0).sum()
}
