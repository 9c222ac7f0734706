//! Arithmetic on sets of periods.

use super::{Instant, Period};

/// Joins periods that overlap or touch; the answer is sorted and disjoint.
#[must_use]
pub fn merge(mut periods: Vec<Period>) -> Vec<Period> {
    periods.sort_unstable();
    let mut merged: Vec<Period> = Vec::with_capacity(periods.len());
    for period in periods {
        match merged.last_mut() {
            Some(last) if period.start() <= last.end() => {
                *last = last.extended((period.end() - last.end()).max(chrono::TimeDelta::zero()));
            }
            _ => merged.push(period),
        }
    }
    merged
}

/// What is left of `from` when every hole is cut out; sorted if `from` is.
#[must_use]
pub fn subtract(from: &[Period], holes: &[Period]) -> Vec<Period> {
    let holes = merge(holes.to_vec());
    from.iter().flat_map(|whole| pieces(*whole, &holes)).collect()
}

fn pieces(whole: Period, holes: &[Period]) -> Vec<Period> {
    let mut left = Vec::new();
    let mut start = whole.start();
    for hole in holes.iter().filter(|hole| hole.overlaps(whole)) {
        left.extend(Period::new(start, hole.start()));
        start = start.max(hole.end());
    }
    left.extend(Period::new(start, whole.end()));
    left
}

/// Whether `period` lies inside the union of the spans.
#[must_use]
pub fn cover(spans: &[Period], period: Period) -> bool {
    merge(spans.to_vec()).iter().any(|span| span.contains(period))
}

/// The largest weight present at one instant of `within`: each span weighs as much as people stand in it.
#[must_use]
pub fn peak(weighted: &[(Period, i64)], within: Period) -> i64 {
    let mut steps: Vec<(Instant, i64)> = weighted
        .iter()
        .filter_map(|(period, weight)| Some((period.intersection(within)?, weight)))
        .flat_map(|(period, weight)| [(period.start(), *weight), (period.end(), -weight)])
        .collect();
    steps.sort_unstable();
    let (mut now, mut most) = (0, 0);
    for (_, step) in steps {
        now += step;
        most = most.max(now);
    }
    most
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Instant, Period, merge, peak, subtract};

    fn period(a: i64, length: i64) -> Period {
        Period::new(Instant::from_micros(a).unwrap(), Instant::from_micros(a + length).unwrap()).unwrap()
    }

    fn periods() -> impl Strategy<Value = Vec<Period>> {
        prop::collection::vec((0i64..60, 1i64..20).prop_map(|(a, n)| period(a, n)), 0..8)
    }

    fn holds(spans: &[Period], at: i64) -> bool {
        spans.iter().any(|span| span.has(Instant::from_micros(at).unwrap()))
    }

    proptest! {
        #[test]
        fn merging_keeps_every_instant_and_leaves_gaps(spans in periods()) {
            let merged = merge(spans.clone());
            for at in 0..90 { prop_assert_eq!(holds(&spans, at), holds(&merged, at)); }
            for pair in merged.windows(2) { prop_assert!(pair[0].end() < pair[1].start()); }
        }

        #[test]
        fn subtracting_leaves_what_is_in_no_hole(from in periods(), holes in periods()) {
            let left = subtract(&from, &holes);
            for at in 0..90 { prop_assert_eq!(holds(&left, at), holds(&from, at) && !holds(&holes, at)); }
        }

        #[test]
        fn the_peak_is_the_busiest_instant(spans in periods(), within in (0i64..60, 1i64..20)) {
            let within = period(within.0, within.1);
            let weighted: Vec<_> = spans.iter().map(|span| (*span, 1)).collect();
            let busiest = (within.start().micros()..within.end().micros())
                .map(|at| spans.iter().filter(|span| span.has(Instant::from_micros(at).unwrap())).count());
            prop_assert_eq!(peak(&weighted, within), i64::try_from(busiest.max().unwrap()).unwrap());
        }
    }
}
