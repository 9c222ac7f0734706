//! The table of who holds what.

use rstest::rstest;

use super::{Certification, Holding, Instant, TrainingId, holding};
use crate::kernel::{CertificationId, MemberId};

/// `given/last day/state since`: `2026-01-10/2027-01-10/suspended 2026-02-01`; `-` for "for ever".
fn certification(training: TrainingId, text: &str) -> Certification {
    let mut parts = text.split('/');
    let instant = |date: &str| format!("{date}T10:00:00Z").parse::<Instant>().unwrap();
    let given_at = instant(parts.next().unwrap());
    let valid_until =
        Some(parts.next().unwrap()).filter(|last| *last != "-").map(|last| last.parse().unwrap());
    let (state, since) =
        parts.next().unwrap().split_once(' ').map_or(("valid", None), |(s, at)| (s, Some(at)));
    Certification {
        id: CertificationId::new(),
        member: MemberId::new(),
        training,
        given_by: None,
        given_at,
        valid_until,
        note: None,
        session: None,
        state: state.parse().unwrap(),
        state_reason: None,
        state_by: None,
        state_at: since.map(instant),
    }
}

#[rstest]
#[case::never_given(&[], Holding::Missing)]
#[case::for_ever(&["2020-01-10/-/valid"], Holding::Held)]
#[case::on_its_last_day(&["2025-06-15/2026-06-15/valid"], Holding::Held)]
#[case::the_day_after(&["2025-06-14/2026-06-14/valid"], Holding::Expired { on: "2026-06-14".parse().unwrap() })]
#[case::renewed(&["2024-06-14/2025-06-14/valid", "2025-06-20/2026-06-20/valid"], Holding::Held)]
#[case::suspended(&["2026-01-10/2027-01-10/suspended 2026-02-01"], Holding::Suspended)]
#[case::suspended_and_out_of_date(
    &["2025-01-10/2026-01-10/suspended 2025-02-01"], Holding::Expired { on: "2026-01-10".parse().unwrap() })]
#[case::revoked(&["2026-01-10/2027-01-10/revoked 2026-02-01"], Holding::Missing)]
#[case::suspending_the_newer_stops_the_older(
    &["2025-12-01/2026-12-01/valid", "2026-01-10/2027-01-10/suspended 2026-02-01"], Holding::Suspended)]
#[case::suspending_the_older_stops_the_newer(
    &["2025-12-01/2026-12-01/suspended 2026-02-01", "2026-01-10/2027-01-10/valid"], Holding::Suspended)]
#[case::given_again_after_a_suspension(
    &["2026-01-10/2027-01-10/suspended 2026-02-01", "2026-03-01/2027-03-01/valid"], Holding::Held)]
#[case::revoking_the_newer_ends_the_older(
    &["2025-12-01/2026-12-01/valid", "2026-01-10/2027-01-10/revoked 2026-02-01"], Holding::Missing)]
#[case::given_again_after_a_revocation(
    &["2026-01-10/2027-01-10/revoked 2026-02-01", "2026-03-01/-/valid"], Holding::Held)]
#[case::lifted_again(&["2026-01-10/2027-01-10/valid 2026-03-01"], Holding::Held)]
fn holding_by_the_last_word(#[case] certifications: &[&str], #[case] expected: Holding) {
    let training = TrainingId::new();
    let other = TrainingId::new();
    let mut all: Vec<_> = certifications.iter().map(|text| certification(training, text)).collect();
    assert_eq!(holding(&all, training, "2026-06-15".parse().unwrap()), expected);
    all.reverse();
    assert_eq!(
        holding(&all, training, "2026-06-15".parse().unwrap()),
        expected,
        "whatever the order of the rows"
    );
    assert_eq!(holding(&all, other, "2026-06-15".parse().unwrap()), Holding::Missing, "of another training");
}
