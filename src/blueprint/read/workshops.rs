//! `[defaults]`, `[[workshop]]` and `[[workshop.machine]]`.

use super::{
    desk::Kind,
    power,
    sheet::Sheet,
    value::{Slug, Slugs},
};
use crate::{
    blueprint::model::{MachineDraft, WorkshopDraft},
    kernel::FieldError,
    machines::{PowerPolicy, Rules},
};

/// The rules that are numbers, by the names of their columns.
const NUMBERS: [&str; 7] = [
    "grid_minutes",
    "min_minutes",
    "max_minutes",
    "notice_minutes",
    "horizon_days",
    "cancel_minutes",
    "buffer_minutes",
];

/// Reads the workshops with their machines, after the trainings they may name.
pub fn read(whole: &mut Sheet<'_>) -> Vec<WorkshopDraft> {
    let usual = whole.may_table("defaults", |sheet| {
        let power = power::read(sheet, None);
        Some(Usual { rules: rules(sheet, &Rules::default()), power })
    });
    let usual = usual.unwrap_or_default();
    whole.tables("workshop", |sheet| workshop(sheet, &usual))
}

/// What holds for every machine that says nothing else.
#[derive(Default)]
struct Usual {
    rules: Rules,
    power: Option<PowerPolicy>,
}

fn workshop(sheet: &mut Sheet<'_>, usual: &Usual) -> Option<WorkshopDraft> {
    let slug = sheet.slug(Kind::Workshop);
    let name = sheet.name("name");
    let area_m2 = sheet.number("area_m2", 1..=1_000_000);
    let capacity = sheet.number("capacity", 1..=10_000);
    let machines = sheet.tables("machine", |sheet| machine(sheet, usual));
    Some(WorkshopDraft { slug: slug?, name: name?, area_m2: area_m2?, capacity: capacity?, machines })
}

fn machine(sheet: &mut Sheet<'_>, usual: &Usual) -> Option<MachineDraft> {
    let slug = sheet.slug(Kind::Machine);
    let name = sheet.name("name");
    let kind = sheet.may("kind").map(|Slug(kind)| kind);
    let trainings = trainings(sheet);
    let rules = rules(sheet, &usual.rules);
    let power = power::read(sheet, usual.power.as_ref());
    Some(MachineDraft { slug: slug?, name: name?, kind, trainings, rules, power })
}

fn trainings(sheet: &mut Sheet<'_>) -> Vec<String> {
    let Some(Slugs(mut slugs)) = sheet.may("trainings") else { return Vec::new() };
    for slug in slugs.iter().filter(|slug| !sheet.desk.knows(Kind::Training, slug)) {
        sheet.wrong("trainings", "unknown-training", vec![("slug", slug.as_str().into())]);
    }
    slugs.sort_unstable();
    slugs.dedup();
    slugs
}

fn rules(sheet: &mut Sheet<'_>, usual: &Rules) -> Rules {
    let mut own = usual.clone();
    for (key, rule) in NUMBERS.into_iter().zip(numbers(&mut own)) {
        *rule = sheet.may(key).unwrap_or(*rule);
    }
    // Nought says that the usual age does not count here.
    own.min_age = sheet.may("min_age").or(own.min_age).filter(|age| *age != 0);
    own.supervised = sheet.may("supervised").unwrap_or(own.supervised);
    own.unattended = sheet.may("unattended").unwrap_or(own.unattended);
    if own != *usual {
        for mistake in own.mistakes("") {
            blame(sheet, &own, mistake);
        }
    }
    own
}

fn numbers(rules: &mut Rules) -> [&mut i32; 7] {
    [
        &mut rules.grid_minutes,
        &mut rules.min_minutes,
        &mut rules.max_minutes,
        &mut rules.notice_minutes,
        &mut rules.horizon_days,
        &mut rules.cancel_minutes,
        &mut rules.buffer_minutes,
    ]
}

/// Says what is wrong with a rule, at its own key if the table has it, else at the one it does not go with.
fn blame(sheet: &Sheet<'_>, rules: &Rules, mistake: FieldError) {
    let name = mistake.path.trim_start_matches('.');
    let Some(key) = NUMBERS.into_iter().chain(["min_age"]).find(|key| *key == name) else { return };
    if key == "max_minutes" && rules.max_minutes < rules.min_minutes {
        let at = if sheet.has(key) { key } else { "min_minutes" };
        let minutes = [("least", rules.min_minutes), ("most", rules.max_minutes)];
        sheet.wrong(
            at,
            "min-over-max",
            minutes.map(|(of, n)| (of, crate::kernel::Value::Count(n.into()))).to_vec(),
        );
    } else {
        let renamed = |(of, value)| (if of == "min" { "least" } else { "most" }, value);
        sheet.wrong(key, "range", mistake.values.into_iter().map(renamed).collect());
    }
}
