//! The language of the command line, from the environment as every Unix program reads it (POSIX, 8.2).

use crate::kernel::Locale;

/// French where the environment says French or nothing, English where it names any other language.
#[must_use]
pub fn language() -> Locale {
    let said = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(spoken);
    said.map_or(Locale::Fr, |tag| named(&tag))
}

#[expect(clippy::disallowed_methods, reason = "the one place that reads the environment of the terminal")]
fn spoken(variable: &str) -> Option<String> {
    std::env::var(variable).ok().filter(|tag| !tag.is_empty())
}

fn named(tag: &str) -> Locale {
    let language = tag.split(['_', '.', '@', '-']).next().unwrap_or_default();
    if ["fr", "c", "posix"].iter().any(|french| language.eq_ignore_ascii_case(french)) {
        Locale::Fr
    } else {
        Locale::En
    }
}

#[cfg(test)]
mod tests {
    use super::{Locale, named};

    #[test]
    fn a_tag_of_posix_names_a_language() {
        for (tag, language) in [
            ("fr_FR.UTF-8", Locale::Fr),
            ("fr", Locale::Fr),
            ("C.UTF-8", Locale::Fr),
            ("POSIX", Locale::Fr),
            ("en_GB.UTF-8", Locale::En),
            ("de_DE@euro", Locale::En),
        ] {
            assert_eq!(named(tag), language, "{tag}");
        }
    }
}
