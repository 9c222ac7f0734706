//! Long passwords that everybody chooses.
//!
//! Lists of leaked passwords hold few of fifteen characters and more; what is left is mostly short favourites repeated,
//! walks along the keyboard, and lines everybody knows. They are compared without case, accents, spaces and signs.

use std::{collections::BTreeSet, sync::LazyLock};

/// Short favourites: alone they are too short, twice or three times in a row they are no better.
const FAVOURITES: &[&str] = &[
    "000000",
    "111111",
    "112233",
    "121212",
    "123123",
    "123321",
    "1234",
    "12345",
    "123456",
    "1234567",
    "12345678",
    "123456789",
    "1234567890",
    "654321",
    "666666",
    "777777",
    "987654321",
    "abc123",
    "abcdef",
    "admin",
    "adobe123",
    "amour",
    "anniversaire",
    "azerty",
    "azertyuiop",
    "bienvenue",
    "bonjour",
    "changeme",
    "chocolat",
    "doudou",
    "dragon",
    "football",
    "france",
    "iloveyou",
    "jetaime",
    "letmein",
    "loulou",
    "marseille",
    "master",
    "monkey",
    "motdepasse",
    "nicolas",
    "p4ssw0rd",
    "passw0rd",
    "password",
    "password1",
    "princess",
    "princesse",
    "qsdfgh",
    "qsdfghjklm",
    "qwerty",
    "qwertyuiop",
    "salut",
    "secret",
    "soleil",
    "sunshine",
    "superman",
    "test",
    "toto",
    "trustno1",
    "user",
    "vacances",
    "welcome",
    "wxcvbn",
    "1q2w3e4r",
    "1qaz2wsx",
    "azerty123",
    "qwerty123",
];

/// Whole phrases people think nobody else thinks of.
const PHRASES: &[&str] = &[
    "allonsenfantsdelapatrie",
    "cecinestpasunmotdepasse",
    "correcthorsebatterystaple",
    "ilestinterditdinterdire",
    "ilfaitbeauaujourdhui",
    "ilovemyfamily",
    "jaimelechocolat",
    "jaimemafamille",
    "jenaipasdemotdepasse",
    "jenesaispasquoimettre",
    "jepensedoncjesuis",
    "jetaimemonamour",
    "jetaimepourtoujours",
    "joyeuxanniversaire",
    "libertéégalitéfraternité",
    "libertegalitefraternite",
    "lorsqueenfantparait",
    "maythefourthbewithyou",
    "maytheforcebewithyou",
    "monmotdepasse",
    "monmotdepasseestlong",
    "monmotdepassesecret",
    "motdepassetreslong",
    "motdepasseoublie",
    "mypasswordislong",
    "mypasswordissecret",
    "passwordpassword",
    "quelesoitlafete",
    "quinzecaracteres",
    "thequickbrownfoxjumpsoverthelazydog",
    "thisismypassword",
    "tobeornottobe",
    "tobeornottobethatisthequestion",
    "unmotdepassetreslong",
    "whatisyourpassword",
    "youllneverwalkalone",
];

/// Ways across the keyboards of both languages; any stretch of them, in either direction.
const WALKS: &[&str] = &[
    "1234567890azertyuiopqsdfghjklmwxcvbn",
    "1234567890qwertyuiopasdfghjklzxcvbnm",
    "azertyuiopqsdfghjklmwxcvbn1234567890",
    "qwertyuiopasdfghjklzxcvbnm1234567890",
    "qwertzuiopasdfghjklyxcvbnm1234567890",
    "abcdefghijklmnopqrstuvwxyz0123456789",
    "01234567890123456789012345678901234567890",
    "1q2w3e4r5t6y7u8i9o0p",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "1aqw2zsx3edc4rfv5tgb6yhn7uj8ik9ol0pm",
    "azeqsdwxcrtyfghvbnuiojklpm",
];

static COMMON: LazyLock<BTreeSet<String>> =
    LazyLock::new(|| FAVOURITES.iter().chain(PHRASES).map(|text| bare(text)).collect());

/// Letters and digits only, in lower case, without accents.
pub(super) fn bare(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    text.to_lowercase().nfkd().filter(|c| c.is_alphanumeric()).collect()
}

/// Whether a bare text is one of those everybody chooses: from the list, one of the list repeated or followed by
/// digits, or a walk along the keyboard.
pub(super) fn is_common(bare: &str) -> bool {
    let worn = bare.trim_matches(|c: char| c.is_ascii_digit());
    let backwards: String = bare.chars().rev().collect();
    COMMON.contains(bare)
        || COMMON.contains(worn)
        || is_made_of_favourites(bare)
        || WALKS.iter().any(|walk| walk.contains(bare) || walk.contains(&backwards))
}

/// Whether the text is nothing but favourites in a row.
fn is_made_of_favourites(text: &str) -> bool {
    let mut reached = BTreeSet::from([0]);
    while let Some(at) = reached.pop_first() {
        let Some(rest) = text.get(at..) else { continue };
        if rest.is_empty() {
            return true;
        }
        reached.extend(FAVOURITES.iter().filter(|word| rest.starts_with(**word)).map(|word| at + word.len()));
    }
    false
}

#[cfg(test)]
mod tests {
    use super::{bare, is_common};

    #[test]
    fn what_everybody_chooses_is_found_in_every_dress() {
        for text in [
            "passwordpassword",
            "Mot de passe! Mot de passe!",
            "azertyuiopqsdfghjklm",
            "ponmlkjihgfedcba",
            "Correct Horse Battery Staple",
            "123456789012345",
            "Liberté, Égalité, Fraternité",
            "bonjour bonjour 1234",
            "joyeux anniversaire 2026",
        ] {
            assert!(is_common(&bare(text)), "{text}");
        }
    }

    #[test]
    fn what_nobody_chooses_is_left_alone() {
        for text in ["girafe tournevis dimanche", "trois copeaux de hêtre", "пятнадцать берёз у реки"]
        {
            assert!(!is_common(&bare(text)), "{text}");
        }
    }
}
