//! Who holds which badge.

use anyhow::Context;
use uuid::Uuid;

use crate::{
    access::{
        badges::{self, Giving},
        scan::{Asked, Place, scan},
    },
    demo::accounts::{ACCOUNTS, address},
    kernel::{Code, Locale, MemberId, Result},
    people,
    store::Db,
};

/// The number in the card of one of the [`ACCOUNTS`]; nothing for anybody else.
///
/// ```
/// use etabli::demo::alive::cards::number;
/// assert_eq!(number("maker").as_deref(), Some("04DE3005"));
/// assert_eq!(number("nobody"), None);
/// ```
#[must_use]
pub fn number(login: &str) -> Option<String> {
    let place = ACCOUNTS.iter().position(|known| *known == login)?;
    Some(format!("04DE30{:02X}", place + 1))
}

/// Gives a card to everybody who never had one, as staff do: it is shown at a controller, then given.
pub(super) fn hand_out(db: &mut Db, place: &Place<'_>, machine: &str, by: MemberId) -> Result<()> {
    for login in ACCOUNTS {
        let member = people::find(db, &address(login))?;
        let (Some(member), Some(badge)) = (member, number(login)) else { continue };
        if !badges::of_member(db, member.id)?.is_empty() {
            continue;
        }
        let request = Uuid::now_v7().to_string();
        let asked = Asked {
            request: request.clone(),
            machine: machine.to_owned(),
            badge,
            pin: None,
            tap: None,
            on: None,
            locale: Locale::Fr,
        };
        let answer = scan(db, place, &asked)?;
        if answer.reasons.iter().all(|reason| reason.code != Code::BadgeUnknown) {
            continue;
        }
        let shown = badges::fresh(db, place.now)?.into_iter().find(|(kept, _)| kept.request == request);
        let scan = shown.context("a card that was just shown")?.0.id;
        let label = Some("Carte de démonstration".to_owned());
        badges::give(db, place.key, Giving { scan, member: member.id, label, until: None, by }, place.now)?;
    }
    Ok(())
}
