//! From text to nouns.
//!
//! [`desk`] collects mistakes, [`sheet`] is one table on it, [`value`] says what each kind of value looks like; then a
//! file for each part of the lab: [`place`], [`hours`], [`closures`], [`rights`] (plans, trainings), [`workshops`],
//! [`power`].

mod closures;
mod desk;
mod hours;
mod place;
mod power;
mod rights;
mod sheet;
mod value;
mod workshops;

#[cfg(test)]
mod tests;

use toml::de::DeTable;

use self::{desk::Desk, sheet::Sheet};
use super::{mistake::Mistake, model::LabFile};

/// Every mistake of a file, by line; none when it can be applied.
///
/// ```
/// let mistakes = etabli::blueprint::check("[lab]\nslug = 'Noyon'\n");
/// assert_eq!((mistakes[0].line, mistakes[0].code), (1, "missing"));
/// assert!(mistakes.iter().any(|mistake| (mistake.line, mistake.code) == (2, "expected-slug")));
/// ```
#[must_use]
pub fn check(text: &str) -> Vec<Mistake> {
    read(text).err().unwrap_or_default()
}

/// The lab a file describes.
///
/// # Errors
/// Every mistake, by line; never empty.
pub fn read(text: &str) -> Result<LabFile, Vec<Mistake>> {
    let desk = Desk::over(text);
    let (document, wrong) = DeTable::parse_recoverable(text);
    for error in &wrong {
        desk.syntax(error);
    }
    // A text that is not TOML reads as less than it says: what seems to be missing may only be misspelt.
    let lab = if wrong.is_empty() { lab(Sheet::whole(&desk, document.get_ref())) } else { None };
    desk.clear(lab)
}

fn lab(mut whole: Sheet<'_>) -> Option<LabFile> {
    let lab = whole.must_table("lab", place::read);
    let hours = hours::read(&mut whole);
    let plans = whole.tables("plan", rights::plan);
    let trainings = whole.tables("training", rights::training);
    let workshops = workshops::read(&mut whole);
    let zone = lab.as_ref().map(|lab| lab.zone);
    let closures = closures::read(&mut whole, zone);
    whole.close();
    Some(LabFile { lab: lab?, hours, closures, plans, trainings, workshops })
}
