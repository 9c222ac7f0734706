use rstest::rstest;

use super::{check, read};
use crate::{
    blueprint::mistake::Mistake,
    kernel::{Locale, Value, words},
    machines::policy::Need,
};

/// The file of the house with some of its text changed.
fn with(old: &str, new: &str) -> String {
    let whole = include_str!("../../../config/lab.toml");
    assert!(whole.contains(old), "the file does not say {old}");
    whole.replacen(old, new, 1)
}

/// The line of the first place where the text says this.
fn line(text: &str, words: &str) -> usize {
    let at = text.find(words).unwrap_or_else(|| panic!("the text does not say {words}"));
    text[..at].lines().count() + usize::from(text[..at].ends_with('\n') || at == 0)
}

fn found(text: &str) -> Vec<(usize, &'static str)> {
    check(text).into_iter().map(|mistake| (mistake.line, mistake.code)).collect()
}

#[test]
fn the_file_of_the_house_is_in_order() {
    let lab = read(include_str!("../../../config/lab.toml")).unwrap();
    let areas: Vec<i32> = lab.workshops.iter().map(|workshop| workshop.area_m2).collect();
    assert_eq!(areas, [110, 130, 60, 60]);
    assert_eq!(areas.iter().sum::<i32>() + 40, 400, "with the welcome area of 40 m²");
    let machines: Vec<usize> = lab.workshops.iter().map(|workshop| workshop.machines.len()).collect();
    assert_eq!(machines, [5, 6, 6, 6]);
}

#[rstest]
#[case::unknown_key("french_holidays = true", "french_holiday = true", "unknown-key")]
#[case::unknown_key_of_a_machine("kind = \"imprimante-fdm\"", "genre = \"imprimante-fdm\"", "unknown-key")]
#[case::unknown_table("[defaults]", "[default]", "unknown-key")]
#[case::text_for_number("area_m2 = 110", "area_m2 = \"110\"", "expected-number")]
#[case::number_for_text("name = \"Makerspace du Pays Noyonnais\"", "name = 12", "expected-title")]
#[case::text_for_flag("staffed = true", "staffed = \"oui\"", "expected-flag")]
#[case::no_area("area_m2 = 110", "area_m2 = 0", "range")]
#[case::below_no_area("area_m2 = 110", "area_m2 = -3", "range")]
#[case::nobody_fits("capacity = 4", "capacity = 0", "range")]
#[case::wrong_slug("slug = \"touret\"", "slug = \"Touret à meuler\"", "expected-slug")]
#[case::empty_slug("slug = \"touret\"", "slug = \"\"", "expected-slug")]
#[case::unknown_training(
    "trainings = [\"securite-metal\"]",
    "trainings = [\"securite\"]",
    "unknown-training"
)]
#[case::trainings_as_text(
    "trainings = [\"securite-metal\"]",
    "trainings = \"securite-metal\"",
    "expected-slugs"
)]
#[case::zone("time_zone = \"Europe/Paris\"", "time_zone = \"Paris\"", "expected-zone")]
#[case::wall_time("opens = \"09:00\"", "opens = \"9h\"", "expected-wall-time")]
#[case::after_midnight("closes = \"22:00\"", "closes = \"24:30\"", "expected-wall-time")]
#[case::opens_after_it_closes("closes = \"21:00\"", "closes = \"13:00\"", "ends-before-start")]
#[case::day("days = [\"mercredi\"]", "days = [\"mercredis\"]", "expected-days")]
#[case::no_day("days = [\"mercredi\"]", "days = []", "expected-days")]
#[case::hours_meet("days = [\"mercredi\"]", "days = [\"mardi\"]", "hours-overlap")]
#[case::plan_without_end("duration_days = 1", "duration_days = 0", "range")]
#[case::months("valid_months = 24", "valid_months = 1200", "range")]
#[case::min_over_max("max_minutes = 240", "max_minutes = 20", "min-over-max")]
#[case::grid("grid_minutes = 30", "grid_minutes = 1", "range")]
#[case::age("min_age = 16", "min_age = 160", "range")]
#[case::charter("version = 1", "version = 0", "range")]
#[case::a_table_that_should_be_many(
    "[[plan]]\nslug = \"decouverte\"",
    "[plan]\nslug = \"decouverte\"",
    "syntax"
)]
#[case::not_toml("capacity = 4", "capacity = ", "syntax")]
#[case::key_twice("capacity = 4", "capacity = 4\ncapacity = 5", "syntax")]
fn a_mistake_is_named_with_its_line(#[case] old: &str, #[case] new: &str, #[case] code: &str) {
    let text = with(old, new);
    let wrong = found(&text);
    let last_word = new.lines().last().unwrap();
    assert!(wrong.iter().any(|(_, found)| *found == code), "{wrong:?}");
    if code != "syntax" {
        assert_eq!(
            wrong.iter().find(|(_, found)| *found == code).unwrap().0,
            line(&text, last_word),
            "{wrong:?}"
        );
    }
}

#[rstest]
#[case::machine("slug = \"touret\"", "slug = \"poste-mig\"")]
#[case::machine_across_workshops("slug = \"scie-ruban\"", "slug = \"poste-mig\"")]
#[case::training("slug = \"securite-bois\"", "slug = \"securite-metal\"")]
#[case::plan("slug = \"autonome\"", "slug = \"maker\"")]
fn a_slug_given_twice_is_named_on_its_second_line(#[case] old: &str, #[case] new: &str) {
    let (text, second) = (with(old, new), line(include_str!("../../../config/lab.toml"), old));
    assert!(found(&text).contains(&(second, "duplicate")), "{:?}", found(&text));
}

#[test]
fn syntax_mistakes_have_their_line_too() {
    let text = with("capacity = 4", "capacity = ");
    assert_eq!(found(&text), [(line(&text, "capacity = \n"), "syntax")]);
}

#[rstest]
#[case("time_zone = \"Europe/Paris\"\n", "[lab]")]
#[case("slug = \"touret\"\n", "[[workshop.machine]]\nname = { fr = \"Touret à meuler\"")]
#[case("staffed = false\n", "[[opening]]\ndays = [\"lundi\"")]
fn what_is_missing_is_missed_at_the_head_of_its_table(#[case] gone: &str, #[case] head: &str) {
    let text = with(gone, "");
    assert_eq!(found(&text), [(line(&text, head), "missing")]);
}

#[test]
fn a_text_without_a_lab_says_so() {
    assert_eq!(found(""), [(1, "missing")]);
}

#[test]
fn every_mistake_is_told_at_once_in_the_order_of_the_lines() {
    let text = "[lab]\nslug = \"Lab\"\nname = \"\"\ntime_zone = \"Mars\"\n[lab.charter]\nversion = 1\nfr = \"Oui\"\nen = \"Yes\"\n\
                [[workshop]]\nslug = \"bois\"\nname = { fr = \"Bois\" }\narea_m2 = -1\n";
    let expected = [
        (2, "expected-slug"),
        (3, "expected-title"),
        (4, "expected-zone"),
        (9, "missing"),
        (11, "missing"),
        (12, "range"),
    ];
    assert_eq!(found(text), expected);
}

/// A small lab with these lines at its end.
fn small(more: &str) -> String {
    let head = "[lab]\nslug = \"lab\"\nname = \"Lab\"\ntime_zone = \"Europe/Paris\"\n\
                [lab.charter]\nversion = 1\nfr = \"Oui\"\nen = \"Yes\"\n";
    format!("{head}{more}")
}

#[rstest]
#[case("from = 2026-12-24\nto = 2026-12-23\nreason = \"Fête\"", &[(11, "ends-before-start")])]
#[case("from = 2026-03-29T02:30:00\nto = 2026-03-30\nreason = \"Fête\"", &[(10, "no-such-time")])]
#[case("from = \"hier\"\nto = 2026-03-30\nreason = \"Fête\"", &[(10, "expected-moment")])]
#[case("from = 2026-03-29\nto = 2026-03-30\nreason = \"Fête\"\nmachine = \"scie\"", &[(13, "unknown-slug")])]
#[case("from = 2026-03-29\nto = 2026-03-30", &[(9, "missing")])]
#[case("from = 2026-03-29\nto = 2026-03-29\nreason = \"Fête\"", &[])]
fn closures_are_checked(#[case] lines: &str, #[case] expected: &[(usize, &str)]) {
    assert_eq!(found(&small(&format!("[[closure]]\n{lines}\n"))), expected);
}

#[test]
fn a_closure_by_dates_lasts_through_its_last_day() {
    let lab = read(&small("[[closure]]\nfrom = 2026-12-24\nto = 2026-12-26\nreason = \"Noël\"\n")).unwrap();
    let period = lab.closures[0].period;
    assert_eq!((period.start().to_string(), period.minutes()), ("2026-12-23T23:00:00Z".into(), 3 * 24 * 60));
}

#[rstest]
#[case::a_staffed_span_inside_an_unstaffed_one(
    "days = [\"tue\"]\nopens = \"10:00\"\ncloses = \"12:00\"\nstaffed = true",
    true
)]
#[case::two_seasons(
    "days = [\"mar\"]\nopens = \"07:00\"\ncloses = \"12:00\"\nstaffed = false\nvalid_from = 2027-01-01",
    true
)]
#[case::the_last_day_counts(
    "days = [\"mar\"]\nopens = \"07:00\"\ncloses = \"12:00\"\nstaffed = false\nvalid_from = 2026-12-31",
    false
)]
#[case::they_touch("days = [\"mar\"]\nopens = \"22:00\"\ncloses = \"24:00\"\nstaffed = false", true)]
fn hours_of_one_sort_do_not_meet(#[case] second: &str, #[case] right: bool) {
    let first =
        "days = [\"mardi\"]\nopens = \"07:00\"\ncloses = \"22:00\"\nstaffed = false\nvalid_to = 2026-12-31";
    let wrong = found(&small(&format!("[[opening]]\n{first}\n[[opening]]\n{second}\n")));
    assert_eq!(wrong.is_empty(), right, "{wrong:?}");
}

#[test]
fn the_rules_of_a_machine_go_over_the_usual_ones() {
    let lab = read(include_str!("../../../config/lab.toml")).unwrap();
    let machine =
        |slug: &str| lab.workshops.iter().flat_map(|w| &w.machines).find(|m| m.slug == slug).unwrap();
    let mill = machine("fraiseuse-cnc");
    assert_eq!((mill.rules.grid_minutes, mill.rules.buffer_minutes, mill.rules.min_age), (30, 30, Some(18)));
    assert!(mill.rules.supervised && !machine("poste-mig").rules.supervised);
    assert_eq!(mill.trainings, ["fraiseuse-cnc", "securite-metal"]);
    assert_eq!(machine("imprimante-fdm-1").rules.max_minutes, 1440);
}

#[test]
fn the_power_of_a_machine_goes_over_the_usual_one() {
    let head = "[defaults.power]\nrisk_class = 2\n[[workshop]]\nslug = \"bois\"\nname = \"Bois\"\narea_m2 = 9\ncapacity = 2\n";
    let lab = read(&small(&format!(
        "{head}[[workshop.machine]]\nslug = \"scie\"\nname = \"Scie\"\npower = {{ risk_class = 4, reservation = \"walk_in\" }}\n\
         [[workshop.machine]]\nslug = \"tour\"\nname = \"Tour\"\n"
    )))
    .unwrap();
    let powers: Vec<_> = lab.workshops[0].machines.iter().map(|one| one.power.clone().unwrap()).collect();
    assert_eq!((powers[0].risk_class, powers[0].reservation), (4, Need::WalkIn));
    assert_eq!((powers[1].risk_class, powers[1].reservation), (2, Need::ReservationRequired));
}

#[rstest]
#[case("reservation = \"jamais\"", "expected-reservation")]
#[case("link_loss_running = true", "expected-link-loss-running")]
#[case("link_loss_start = \"all\"", "expected-link-loss-start")]
#[case("supervision = \"chat\"", "expected-supervision")]
#[case("risk_class = 5", "range")]
#[case("idle_watts = 12", "idle-by-halves")]
#[case("link_loss_start = \"allow_list\"\nrisk_class = 2", "start-needs-server")]
#[case("colour = 1", "unknown-key")]
fn the_words_of_power_are_checked(#[case] key: &str, #[case] code: &str) {
    assert_eq!(found(&small(&format!("[defaults.power]\n{key}\n"))), [(10, code)]);
}

#[test]
fn every_mistake_has_a_sentence_in_both_languages() {
    let sources = [
        include_str!("desk.rs"),
        include_str!("sheet.rs"),
        include_str!("value.rs"),
        include_str!("hours.rs"),
        include_str!("closures.rs"),
        include_str!("workshops.rs"),
        include_str!("power.rs"),
    ];
    // Codes are the only texts of these files with a hyphen.
    let codes = sources.iter().flat_map(|source| source.split('"').skip(1).step_by(2));
    let codes =
        codes.filter(|text| text.contains('-') && text.chars().all(|c| c == '-' || c.is_ascii_lowercase()));
    let names = ["key", "slug", "line", "from", "to", "known", "least", "most", "zone", "message"];
    let values = names.map(|name| (name, Value::from(name)));
    for code in codes.chain(["syntax", "duplicate", "range", "missing"]) {
        for locale in [Locale::Fr, Locale::En] {
            let said = words::find(locale, &format!("blueprint-{code}"), &values);
            assert!(said.is_some(), "{code} {locale:?}");
        }
    }
}

#[test]
fn a_sentence_speaks_of_what_is_wrong() {
    let mistakes = check(&with("max_minutes = 240", "max_minutes = 20"));
    let said = |locale| mistakes.iter().map(|one: &Mistake| one.sentence(locale)).collect::<Vec<_>>();
    assert!(
        said(Locale::Fr)[0].contains("30 min") && said(Locale::Fr)[0].contains("20 min"),
        "{:?}",
        said(Locale::Fr)
    );
    assert!(said(Locale::En)[0].contains("shortest"), "{:?}", said(Locale::En));
}
