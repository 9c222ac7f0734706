//! What a newcomer may try now: asked of the rule book, so that what is printed works.

use super::devices::CONTROLLERS;
use crate::{
    access::{
        ask::{Who, ask},
        standing,
    },
    app::App,
    demo::accounts::{ACCOUNTS, address},
    kernel::Result,
    machines, people,
    store::Db,
};

/// What may be tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Try {
    /// This badge switches this machine on, now.
    Badge(&'static str, &'static str),
    /// No badge switches anything on now: the lab is closed.
    OpenFirst,
}

/// The first pair of a machine and a badge that would be let in; the band saw and the maker before all others.
///
/// # Errors
/// When the database cannot be read.
pub async fn suggest(app: &App) -> Result<Try> {
    let now = app.now();
    let read = move |db: &mut Db| {
        for controller in CONTROLLERS {
            if machines::store::find(db, controller.machine)?.is_none() {
                continue;
            }
            let (scene, _) = standing::at(db, controller.machine, now)?;
            for login in ["maker", "trainer", "leader", "staff"].iter().filter(|one| ACCOUNTS.contains(*one))
            {
                let Some(member) = people::find(db, &address(login))? else { continue };
                let running = scene.session.as_ref().map(|session| session.member);
                let who = Who { member: member.id, proven: false, supervised: false, running };
                if running.is_none() && ask(db, &scene, who, now, now)?.lasting.is_ok() {
                    return Ok(Try::Badge(controller.machine, login));
                }
            }
        }
        Ok(Try::OpenFirst)
    };
    app.store.read(read).await
}
