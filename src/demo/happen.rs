//! What happens to the place: a printer waits for a part, a workshop will be closed for an afternoon.

use chrono::{Datelike, TimeDelta, Weekday};

use super::stage::Stage;
use crate::{
    kernel::{Period, Result},
    machines::{
        State,
        change_state::{Said, change_state},
        close::{What, close},
    },
    store::Db,
};

/// Makes both happen, before anybody books.
pub fn happen(db: &mut Db, stage: &Stage) -> Result<()> {
    let by = stage.actor("staff")?.id;
    let said = Said {
        state: State::Maintenance,
        reason: "Buse bouchée, pièce commandée.".to_owned(),
        until: Some(stage.at(stage.date(3), 12)),
        by,
    };
    change_state(db, "imprimante-fdm-4", &said, stage.now - TimeDelta::hours(20))?;

    let thursday = (15..22).map(|days| stage.date(days)).find(|date| date.weekday() == Weekday::Thu);
    let date = thursday.unwrap_or(stage.today);
    if let Some(afternoon) = Period::new(stage.at(date, 14), stage.at(date, 19)) {
        let what = What { workshop: Some("textile".to_owned()), machine: None };
        close(
            db,
            &what,
            (afternoon, "Révision annuelle des machines à coudre."),
            by,
            stage.now - TimeDelta::days(2),
        )?;
    }
    Ok(())
}
