//! The words staff find a member by, and how the search reads no more members than it shows.

use diesel::{insert_into, prelude::*};

use crate::{
    kernel::{MemberId, Result},
    people::model::Role,
    store::{
        Db, on,
        schema::{member_role, member_word},
    },
};

/// What divides words inside a name or an address, beside white space.
const BETWEEN: [char; 11] = ['@', '.', '-', '_', '+', '\'', '’', ',', '/', '(', ')'];

/// A word of so many members or fewer is rare: whoever searches for it reads those members and no others. One of more is
/// frequent: the list is walked in its order, and a page is full soon.
const RARE: usize = 2000;

/// Lower case without accents.
pub fn folded(text: &str) -> String {
    use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
    text.nfkd().filter(|c| !is_combining_mark(*c)).collect::<String>().to_lowercase()
}

/// The words of a search key: its pieces, and whole what white space divides, an address above all.
fn of(search_key: &str) -> Vec<String> {
    let whole = search_key.split_whitespace();
    let pieces = search_key.split(|c: char| c.is_whitespace() || BETWEEN.contains(&c));
    let mut words: Vec<String> =
        whole.chain(pieces).filter(|word| !word.is_empty()).map(str::to_owned).collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// Writes the words of a member anew.
pub fn set(db: &mut Db, member: MemberId, search_key: &str) -> Result<()> {
    diesel::delete(member_word::table.filter(member_word::member_id.eq(member))).execute(db)?;
    let rows: Vec<_> = of(search_key)
        .into_iter()
        .map(|word| (member_word::word.eq(word), member_word::member_id.eq(member)))
        .collect();
    on!(db, |c| insert_into(member_word::table).values(&rows).execute(c))?;
    Ok(())
}

/// What somebody searches: how words begin, and a role.
pub struct Wanted {
    /// Folded beginnings of words.
    pub words: Vec<String>,
    /// A role.
    pub role: Option<Role>,
}

impl Wanted {
    /// From what was typed.
    pub fn of(typed: &str, role: Option<Role>) -> Self {
        let typed = folded(typed);
        let mut words: Vec<String> = Vec::new();
        for word in typed.split_whitespace() {
            if word.contains('@') {
                words.push(word.to_owned());
            } else {
                words.extend(word.split(BETWEEN).filter(|piece| !piece.is_empty()).map(str::to_owned));
                // A sign by itself is a word of nobody.
                if word.chars().all(|c| BETWEEN.contains(&c)) {
                    words.push(word.to_owned());
                }
            }
        }
        Self { words, role }
    }

    /// The members behind the rarest thing that is wanted; nothing where all of it is frequent.
    pub fn rarest(&self, db: &mut Db) -> Result<Option<Vec<MemberId>>> {
        let most = i64::try_from(RARE + 1).unwrap_or(i64::MAX);
        let mut rarest: Option<Vec<MemberId>> = None;
        let mut keep = |found: Vec<MemberId>| {
            if found.len() <= RARE && rarest.as_ref().is_none_or(|known| found.len() < known.len()) {
                rarest = Some(found);
            }
        };
        for word in &self.words {
            let those = member_word::table
                .filter(member_word::word.ge(word.clone()))
                .filter(member_word::word.lt(after(word)))
                .limit(most)
                .select(member_word::member_id);
            let mut found: Vec<MemberId> = on!(db, |c| those.load(c))?;
            found.sort_unstable();
            found.dedup();
            keep(found);
        }
        if let Some(role) = self.role {
            let role: &'static str = role.into();
            let those = member_role::table.filter(member_role::role.eq(role)).limit(most);
            keep(on!(db, |c| those.select(member_role::member_id).load(c))?);
        }
        Ok(rarest)
    }
}

/// Behind every word that begins like this one.
pub fn after(word: &str) -> String {
    format!("{word}{}", char::MAX)
}

#[cfg(test)]
mod tests {
    use super::{Wanted, folded, of};

    #[test]
    fn a_name_and_an_address_come_apart_into_words() {
        let key = folded("Zoé Saint-Exupéry zoe.s@example.org");
        let words = ["example", "exupery", "org", "s", "saint", "saint-exupery", "zoe", "zoe.s@example.org"];
        assert_eq!(of(&key), words);
        assert_eq!(Wanted::of("Élise d’Ar zoe@ex", None).words, ["elise", "d", "ar", "zoe@ex"]);
        assert_eq!(Wanted::of("% -", None).words, ["%", "-"]);
    }
}
