//! Who there is. Names and lives are invented.

mod makers;
mod team;

use crate::people::{Audience, Role};

/// An invented person.
#[derive(Debug, Clone, Copy)]
pub struct Person {
    /// What stands before `@example.org`.
    pub login: &'static str,
    /// What others read.
    pub name: &'static str,
    /// In years.
    pub age: i64,
    /// Which public they belong to.
    pub audience: Audience,
    /// Where they live.
    pub commune: &'static str,
    /// What they do besides making things.
    pub roles: &'static [Role],
    /// How they stand with the lab.
    pub membership: Standing,
    /// Slugs of the trainings they once passed.
    pub trainings: &'static [&'static str],
    /// Whether a guardian signed; for minors.
    pub consent: bool,
}

/// How somebody stands with the lab.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// A member now, under this plan.
    In(&'static str),
    /// Was a member under this plan; it ended, and so did the trainings that end.
    Out(&'static str),
    /// Has an account and no more.
    Curious,
}

impl Person {
    /// Whether they are a member now.
    #[must_use]
    pub const fn in_order(&self) -> bool {
        matches!(self.membership, Standing::In(_))
    }

    /// Whether they passed this training.
    #[must_use]
    pub fn passed(&self, training: &str) -> bool {
        self.trainings.contains(&training)
    }
}

/// Everybody: those who run the lab first.
pub fn everybody() -> impl Iterator<Item = &'static Person> {
    team::TEAM.iter().chain(makers::MAKERS)
}

/// A grown-up maker in order, to begin with.
const SOMEBODY: Person = Person {
    login: "",
    name: "",
    age: 30,
    audience: Audience::Resident,
    commune: "Noyon",
    roles: &[],
    membership: Standing::In("maker"),
    trainings: &[],
    consent: false,
};

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Audience, Role, Standing, everybody};
    use crate::demo::ACCOUNTS;

    #[test]
    fn everybody_is_one_person_and_the_promised_ones_are_there() {
        let logins: BTreeSet<&str> = everybody().map(|person| person.login).collect();
        assert_eq!(logins.len(), everybody().count());
        assert!(ACCOUNTS.iter().all(|login| logins.contains(login)), "{logins:?}");
        let count = |role| everybody().filter(|person| person.roles.contains(&role)).count();
        assert_eq!((count(Role::Staff), count(Role::Trainer), count(Role::Leader)), (2, 2, 3));
    }

    #[test]
    fn every_public_is_there_and_every_way_of_standing() {
        use strum::VariantArray;
        for audience in Audience::VARIANTS {
            assert!(everybody().any(|person| person.audience == *audience), "{audience:?}");
        }
        let minors = everybody().filter(|person| person.age < 18);
        assert_eq!(minors.map(|person| person.consent).collect::<BTreeSet<_>>().len(), 2);
        assert!(everybody().any(|person| person.membership == Standing::Curious));
        assert!(everybody().any(|person| matches!(person.membership, Standing::Out(_))));
    }
}
